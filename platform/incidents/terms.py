"""The terms of the law that an incident sets running; who has to report it does so himself.

They are counted from when somebody knew. The third of the Cbw counts from the report before it: what is
shown here is a month from when one knew, which is never too late.
"""

from __future__ import annotations

from collections.abc import Iterator, Mapping, Sequence
from dataclasses import dataclass
from datetime import datetime, timedelta
from types import MappingProxyType

from django.utils import timezone
from django.utils.functional import Promise
from django.utils.translation import gettext
from django.utils.translation import gettext_lazy as _

from contracts.standing import add_months
from incidents.models import Concerned, Incident, Nature
from screens.due import Due, DueKind, due, due_kind
from screens.formats import near, remaining
from screens.tables import Cell, Heading, Row, Table


@dataclass(frozen=True, slots=True)
class Rule:
    word: str | Promise
    law: str | Promise
    length: timedelta | None
    """None is a month."""


CBW = (
    Rule(_("Vroegtijdige waarschuwing"), _("Cbw, 24 uur"), timedelta(hours=24)),
    Rule(_("Melding van het incident"), _("Cbw, 72 uur"), timedelta(hours=72)),
    Rule(_("Eindverslag"), _("Cbw, een maand"), None),
)
AVG = Rule(
    _("Melding van de gemeente aan de Autoriteit Persoonsgegevens"), _("AVG, 72 uur"), timedelta(hours=72)
)
RULES: Mapping[Nature, tuple[Rule, ...]] = MappingProxyType(
    {Nature.STORING: (), Nature.BEVEILIGING: CBW, Nature.DATALEK: (AVG, *CBW)}
)


def known_to(incident: Incident, part: Concerned | None = None) -> datetime | None:
    """Since when who mends it knew of its nature, or the municipality that this is of; None for a storing."""
    if incident.nature_since is None:
        return None
    return incident.nature_since if part is None else max(incident.nature_since, part.since)


def ends_of(incident: Incident, known_at: datetime) -> Iterator[tuple[Rule, datetime]]:
    for rule in RULES[Nature(incident.nature)]:
        yield rule, month_after(known_at) if rule.length is None else known_at + rule.length


def month_after(moment: datetime) -> datetime:
    """The same time of the same day, or of the last day of a month that is shorter; in Amsterdam."""
    local = timezone.localtime(moment)
    day = add_months(local.date(), 1)
    return local.replace(year=day.year, month=day.month, day=day.day)


def table_of_terms(incident: Incident, known_at: datetime | None, now: datetime) -> Table | None:
    """Nothing where the law asks nothing."""
    if known_at is None:
        return None
    words = (gettext("Wat"), gettext("Regel"), gettext("Uiterlijk"), gettext("Nog"))
    return Table(
        caption=gettext("Wettelijke termijnen"),
        headings=[Heading(word) for word in words],
        rows=_rows(list(ends_of(incident, known_at)), words, known_at, now),
    )


def _rows(
    ends: Sequence[tuple[Rule, datetime]], words: Sequence[str], known_at: datetime, now: datetime
) -> list[Row]:
    return [
        Row(
            [
                Cell(str(rule.word), wide=True),
                Cell(str(rule.law), label=words[1]),
                Cell(near(end, now), label=words[2], nowrap=True),
                Cell(due(_due(known_at, end, now)), label=words[3]),
            ]
        )
        for rule, end in ends
    ]


def _due(begin: datetime, end: datetime, now: datetime) -> Due:
    """Whether it was reported in time is not known here, so what is past is not called late."""
    if end <= now:
        return Due(DueKind.STILL, gettext("voorbij"))
    return Due(due_kind((now - begin) / (end - begin) * 100), remaining(end, now))
