"""Dreigt te laat: what ends today or this week if nobody does anything."""

from __future__ import annotations

from collections.abc import Sequence
from datetime import datetime

from django.http import HttpResponseBase
from django.utils import timezone
from django.utils.translation import gettext, ngettext

from contracts.running import ClockKind
from helpdesk.forecast import MOST, before_the_weekend_is_over, before_tonight, too_late
from helpdesk.models import TicketClock
from helpdesk.queue import used_percent
from helpdesk.states import AREA
from helpdesk.views.ticket import address_of, to_the_list
from screens.due import FULL_PERCENT, Due, DueKind, due, due_kind
from screens.formats import near, number, remaining
from screens.inline import Tone, link
from screens.tables import Cell, Heading, Row, RowGroup, Table
from tenants.accounts.pages import PageRequest, page
from tenants.accounts.rights import Level
from tenants.accounts.shell import show_page


@page(area=AREA, level=Level.SEE)
def forecast(request: PageRequest) -> HttpResponseBase:
    now, person = timezone.now(), request.person
    groups = [
        (gettext("Al te laat"), list(too_late(person, now))),
        (gettext("Voor het einde van vandaag"), list(before_tonight(person, now))),
        (gettext("Later deze week"), list(before_the_weekend_is_over(person, now))),
    ]
    found = [(word, clocks) for word, clocks in groups if clocks]
    context = {
        "facts": [near(now, now)],
        "crumbs": [to_the_list()],
        "table": _table(found, now) if found else None,
    }
    return show_page(request, "helpdesk/dreigt.html", context)


def _table(groups: Sequence[tuple[str, Sequence[TicketClock]]], now: datetime) -> Table:
    words = (
        gettext("Resteert"),
        gettext("Klok"),
        gettext("Uiterlijk"),
        gettext("Melding"),
        gettext("Gemeente"),
        gettext("Van wie"),
    )
    return Table(
        caption=gettext("Klokken die deze week aflopen"),
        headings=[Heading(word) for word in words],
        groups=[
            RowGroup(_counted(word, len(clocks)), [_row(clock, words, now) for clock in clocks[:MOST]])
            for word, clocks in groups
        ],
    )


def _counted(word: str, count: int) -> str:
    words = ngettext("%(group)s, %(count)s klok", "%(group)s, %(count)s klokken", count)
    shown = number(count) if count <= MOST else f"{number(MOST)}+"
    return words % {"group": word, "count": shown}


def _row(clock: TicketClock, words: Sequence[str], now: datetime) -> Row:
    ticket = clock.ticket
    is_late = clock.due_at is not None and clock.due_at < now
    return Row(
        [
            Cell(due(_due(clock, now)), wide=True),
            Cell(str(ClockKind(clock.kind).label), label=words[1]),
            Cell(near(clock.due_at, now) if clock.due_at else "", label=words[2], nowrap=True),
            Cell(
                link(f"{ticket.number} {ticket.subject}", address_of(ticket)), sub=ticket.priority, wide=True
            ),
            Cell(ticket.municipality.naam, label=words[4]),
            Cell(ticket.owner_name or gettext("niemand"), label=words[5]),
        ],
        tone=Tone.BAD if is_late else Tone.PLAIN,
    )


def _due(clock: TicketClock, now: datetime) -> Due:
    if clock.due_at is None or clock.due_at < now:
        words = remaining(clock.due_at, now) if clock.due_at else ""
        return Due(DueKind.LATE, words, FULL_PERCENT)
    percent = used_percent(clock, now)
    return Due(due_kind(min(percent, FULL_PERCENT - 1)), remaining(clock.due_at, now), round(percent))
