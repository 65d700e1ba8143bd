"""Dreigt te laat: what ends today or this week if nobody does anything."""

from __future__ import annotations

from collections.abc import Sequence
from datetime import datetime

from django.http import HttpResponseBase
from django.utils import timezone
from django.utils.translation import gettext

from contracts.running import ClockKind
from helpdesk.forecast import (
    MOST,
    before_the_weekend_is_over,
    before_tonight,
    coming,
    late_in_words,
    running,
    today_in_words,
    too_late,
    week_in_words,
)
from helpdesk.models import TicketClock
from helpdesk.queue import used_percent
from helpdesk.states import AREA
from helpdesk.time_left import due_at
from helpdesk.views.ticket import address_of, to_the_list
from screens.due import due
from screens.formats import near, number
from screens.inline import Tone, link
from screens.tables import Cell, Heading, Row, RowGroup, Table
from tenants.accounts.pages import PageRequest, page
from tenants.accounts.rights import Level
from tenants.accounts.shell import show_page


@page(area=AREA, level=Level.SEE)
def forecast(request: PageRequest) -> HttpResponseBase:
    now, person = timezone.now(), request.person
    count = coming(person, now)
    groups = [
        (late_in_words, count.late, too_late(now)),
        (today_in_words, count.today, before_tonight(now)),
        (week_in_words, count.week, before_the_weekend_is_over(now)),
    ]
    found = [
        (_heading(f"{number(many)} {words(many)}", many), list(running(person).filter(which)[:MOST]))
        for words, many, which in groups
        if many
    ]
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
        groups=[RowGroup(word, [_row(clock, words, now) for clock in clocks]) for word, clocks in groups],
    )


def _heading(words: str, count: int) -> str:
    """Of all that there are, also where fewer are shown."""
    if count <= MOST:
        return words
    return gettext("%(words)s, hier de eerste %(most)s") % {"words": words, "most": number(MOST)}


def _row(clock: TicketClock, words: Sequence[str], now: datetime) -> Row:
    ticket = clock.ticket
    is_late = clock.due_at is not None and clock.due_at < now
    return Row(
        [
            Cell(due(due_at(clock.due_at or now, used_percent(clock, now), now)), wide=True),
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
