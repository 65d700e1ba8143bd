"""Something that waits for somebody, and the table of all of them."""

from __future__ import annotations

from collections.abc import Iterable
from dataclasses import dataclass
from datetime import datetime

from django.utils.translation import gettext

from screens.due import Due, DueKind, due
from screens.inline import Tone, link
from screens.tables import Cell, Heading, Row, Table
from tenants.accounts.person import Person
from tenants.accounts.rights import Level

SHOWN = 10
"""Of each kind; one more is read, so that more can be told of."""


@dataclass(frozen=True, slots=True)
class Todo:
    """With where it is done. ``at`` is when it is due, ``turn`` who has to do it."""

    due: Due
    at: datetime
    words: str
    url: str
    sub: str
    whom: str
    turn: str
    next: str


def in_order(todo: Iterable[Todo]) -> list[Todo]:
    """First what is late, in the order in which it was found; then what is due first."""
    found = list(todo)
    late = [each for each in found if each.due.kind is DueKind.LATE]
    return late + sorted(
        (each for each in found if each.due.kind is not DueKind.LATE), key=lambda each: each.at
    )


def table_of(todo: list[Todo]) -> Table:
    words = (
        gettext("Resteert"),
        gettext("Wat"),
        gettext("Voor wie"),
        gettext("Wie is aan zet"),
        gettext("Volgende stap"),
    )
    return Table(
        caption=gettext("Eerst doen"),
        headings=[Heading(word) for word in words],
        rows=[
            Row(
                [
                    Cell(due(each.due), wide=True),
                    Cell(link(each.words, each.url), sub=each.sub, wide=True),
                    Cell(each.whom, label=words[2]),
                    Cell(each.turn, label=words[3]),
                    Cell(link(each.next, each.url, hidden=each.whom), nowrap=True),
                ],
                tone=Tone.BAD if each.due.kind is DueKind.LATE else Tone.PLAIN,
            )
            for each in todo
        ],
    )


def roles_of(person: Person, area: str, level: Level) -> str:
    """Whose turn it is where it is nobody's in particular."""
    return person.side.table.who_may(area, level)
