"""Warnings while there is still time: of each part of a clock once, and inside its calendar.

A moment at which half of the time is used lies in working time. Who is asked a little later, when the day is
over, is told the next morning; what runs day and night is told to whoever is on call.
"""

from __future__ import annotations

from collections.abc import Sequence
from datetime import datetime, timedelta

from django.conf import settings
from django.db import transaction
from django.template.loader import render_to_string
from django.utils.translation import override

from contracts.running import Clock, ClockKind
from contracts.working_time import Hours, NeverDueError, due_after, working_seconds
from helpdesk import telling
from helpdesk.models import Ticket, TicketClock, Warned
from helpdesk.storing import LATE_PERCENT, clocks_of, next_warning, store_clocks
from tenants.accounts.letters import post
from tenants.registry.context import require_public

AT_A_TIME = 500
SECOND = timedelta(seconds=1)


def with_something_to_tell(now: datetime) -> Sequence[int]:
    """The reports of which a part of a clock is used up: those of the longest ago, and those of just now.

    After an outage there may be thousands; what a clock reaches now is told all the same.
    """
    require_public()
    rows = TicketClock.objects.filter(next_warning_at__lte=now).values_list("ticket_id", flat=True)
    longest, newest = rows.order_by("next_warning_at"), rows.order_by("-next_warning_at")
    return list(dict.fromkeys([*newest[: AT_A_TIME // 2], *longest[: AT_A_TIME // 2]]))


@transaction.atomic
def warn(pk: int, now: datetime) -> bool:
    """Tell of what is used of each clock of this report; False where it was told, or is being told."""
    require_public()
    if not Ticket.objects.select_for_update(skip_locked=True).filter(pk=pk).values_list("pk").first():
        return False
    ticket = Ticket.objects.select_related("municipality", "owner", "service_level_version").get(pk=pk)
    found = clocks_of(ticket.events.all(), ticket.service_level_version, now=now)
    known = list(ticket.warned.all())
    told = [_tell(ticket, clock, parts_told(known, clock), now) for clock in found if clock.stopped is None]
    if any(told):
        store_clocks(ticket, now)
    _wait_for_working_time(ticket, found, now)
    return any(told)


def _wait_for_working_time(ticket: Ticket, found: Sequence[Clock], now: datetime) -> None:
    """What is not told now is not looked at again before it can be: it would keep others waiting."""
    for row in TicketClock.objects.filter(ticket=ticket, next_warning_at__lte=now):
        clock = next((each for each in found if (each.kind, each.start) == (row.kind, row.started_at)), None)
        row.next_warning_at = None if clock is None else next_working_moment(clock.target.hours, now)
        row.save(update_fields=["next_warning_at"])


def parts_told(known: Sequence[Warned], clock: Clock) -> set[int]:
    return {each.percent for each in known if (each.kind, each.started_at) == (clock.kind, clock.start)}


def _tell(ticket: Ticket, clock: Clock, told: set[int], now: datetime) -> bool:
    """Of parts that passed since, the last one: who is told that 90 per cent is used needs no 75."""
    percent = used_up(clock, now)
    moment = next_warning(clock, told)
    if moment is None or moment > now or percent is None:
        return False
    if percent < LATE_PERCENT and not is_working_time(clock.target.hours, now):
        return False
    Warned.objects.create(
        ticket=ticket, kind=clock.kind, started_at=clock.start, percent=percent, told_at=now
    )
    if percent < LATE_PERCENT:
        _send(ticket, clock, percent)
    return True


def used_up(clock: Clock, now: datetime) -> int | None:
    """The highest part of which the moment has passed; None before the first."""
    end = [] if clock.due is None else [(LATE_PERCENT, clock.due)]
    passed = [percent for percent, moment in [*clock.warnings, *end] if moment <= now]
    return max(passed, default=None)


def is_working_time(hours: Hours, now: datetime) -> bool:
    return working_seconds(hours, now, now + SECOND) > 0


def next_working_moment(hours: Hours, now: datetime) -> datetime | None:
    """None where these hours have none any more."""
    try:
        return due_after(hours, now, SECOND) - SECOND
    except NeverDueError:
        return None


def _send(ticket: Ticket, clock: Clock, percent: int) -> None:
    """To who has it; a clock that runs day and night to who is on call as well."""
    whom = telling.owner(ticket)
    if clock.target.hours.always:
        whom = list(dict.fromkeys([*whom, *telling.on_call()]))
    if not whom:
        return
    with override(settings.LANGUAGE_CODE):
        given = {
            "ticket": ticket,
            "clock": str(ClockKind(clock.kind).label).lower(),
            "percent": percent,
            "due": clock.due,
            "link": telling.at_the_vendor(ticket),
        }
        body = render_to_string("helpdesk/mail/warning.txt", given)
    post(f"Melding {ticket.number}: {percent} % van de tijd is gebruikt", body, whom)
