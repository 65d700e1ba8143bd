"""How soon something would be done about a report that is not sent yet: of each impact and urgency."""

from __future__ import annotations

from collections.abc import Mapping
from dataclasses import dataclass
from datetime import datetime

from django.utils.translation import gettext as _

from contracts.clocks import Event, TermsAt, clocks
from contracts.models import ServiceLevelVersion
from contracts.running import Clock, ClockKind, Happening
from contracts.terms import CalendarNotYet, terms_of
from contracts.working_time import NeverDueError
from helpdesk.agreed import priority_of
from helpdesk.forms.municipality import IMPACTS, URGENCIES
from helpdesk.words import Weight
from screens.formats import near
from screens.inline import strong
from screens.tables import Cell, Heading, Row, Table

TOLD = (ClockKind.RESPONSE, ClockKind.RESOLUTION)


@dataclass(frozen=True, slots=True)
class Foreseen:
    """Of one priority: until when somebody answers, and until when it is solved, where that is agreed."""

    priority: str
    due: Mapping[ClockKind, datetime | None]


class Foresight:
    """Of one level at one moment; what it says of a priority is worked out once."""

    def __init__(self, version: ServiceLevelVersion | None, now: datetime) -> None:
        self.version, self.now = version, now
        self.terms: TermsAt | None = None if version is None else terms_of(version)
        self._known: dict[str, Foreseen] = {}

    def of(self, impact: str, urgency: str) -> Foreseen:
        priority = priority_of(self.version, impact, urgency)
        if priority not in self._known:
            self._known[priority] = Foreseen(
                priority, {each.kind: each.due for each in self._clocks(priority)}
            )
        return self._known[priority]

    def _clocks(self, priority: str) -> list[Clock]:
        """None where nothing is agreed, or where the calendar has not begun yet."""
        if self.terms is None:
            return []
        try:
            return clocks([Event(self.now, Happening.RECEIVED, priority)], self.terms, now=self.now)
        except (CalendarNotYet, NeverDueError):
            return []


def in_words(foreseen: Foreseen, now: datetime) -> str:
    """As eerste reactie uiterlijk vandaag 12:20, oplossing uiterlijk morgen 15:25."""
    words = {ClockKind.RESPONSE: _("eerste reactie"), ClockKind.RESOLUTION: _("oplossing")}
    told = [
        _("%(what)s uiterlijk %(when)s") % {"what": words[kind], "when": near(due, now)}
        for kind in TOLD
        if (due := foreseen.due.get(kind)) is not None
    ]
    return ", ".join(told) or _("geen beloofde tijd")


def table_of(foresight: Foresight) -> Table:
    """Who is affected by how long it can wait."""
    waits = [str(URGENCIES[each][0]) for each in Weight]
    return Table(
        caption=_("Prioriteit en tijden, als u nu verstuurt"),
        headings=[Heading(_("Wie heeft er last van?")), *(Heading(word) for word in waits)],
        rows=[
            Row(
                [
                    Cell(str(IMPACTS[impact][0])),
                    *(
                        _cell(foresight.of(impact.value, urgency.value), word, foresight.now)
                        for urgency, word in zip(Weight, waits, strict=True)
                    ),
                ]
            )
            for impact in Weight
        ],
    )


def _cell(foreseen: Foreseen, word: str, now: datetime) -> Cell:
    return Cell(strong(foreseen.priority), sub=in_words(foreseen, now), label=word)
