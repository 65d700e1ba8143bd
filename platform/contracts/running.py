"""One clock of a report as it runs, stands still, is met or is too late."""

from __future__ import annotations

from collections.abc import Iterator, Mapping
from dataclasses import dataclass, field
from datetime import datetime, timedelta

from django.db.models import TextChoices
from django.utils.translation import gettext_lazy as _

from contracts.working_time import A_SECOND, Hours, due_after, slices, working_length

MINUTE = 60
WARN_AT = (50, 75, 90)
"""Per cent of the working time of a target."""


class Happening(TextChoices):
    """What happens to a report. Of what happens at the same moment, the first here comes first."""

    RECEIVED = "ontvangen", _("Melding ontvangen")
    OPENED = "geopend", _("Melding door onszelf geopend")
    PRIORITY = "prioriteit", _("Andere prioriteit")
    AUTOMATIC = "automatisch", _("Automatisch antwoord")
    NOTE = "notitie", _("Interne notitie")
    REPLIED = "reactie", _("De melder antwoordt")
    DISPUTED = "oneens", _("De melder is het niet eens met de oplossing")
    RESUMED = "verder", _("Wij gaan verder")
    ANSWERED = "antwoord", _("Wij antwoorden en blijven aan zet")
    ASKED = "vraag", _("Wij stellen de melder een vraag")
    WAITS_FOR_THIRD = "derde", _("Wij wachten op een derde")
    WORKAROUND = "omweg", _("Wij geven een tijdelijke oplossing")
    SOLVED = "opgelost", _("Opgelost")
    WITHDRAWN = "ingetrokken", _("De melder trekt de melding in")
    MOVED = "leverancier", _("Overgedragen aan een andere leverancier")
    CORRECTED = "correctie", _("Onterechte pauze gecorrigeerd")


class ClockKind(TextChoices):
    RESPONSE = "reactie", _("Eerste reactie")
    UPDATE = "update", _("Volgende update")
    WORKAROUND = "omweg", _("Tijdelijke oplossing")
    RESOLUTION = "oplossing", _("Oplossing")


AFTER_A_SOLUTION = (ClockKind.WORKAROUND, ClockKind.RESOLUTION)
"""Those that a solution which was none brings back."""


class Outcome(TextChoices):
    RUNS = "loopt", _("Loopt")
    STILL = "gepauzeerd", _("Staat stil")
    MET = "gehaald", _("Gehaald")
    LATE = "te_laat", _("Te laat")
    LAPSED = "vervallen", _("Vervallen")
    HANDED_OVER = "overgedragen", _("Overgedragen")


class LineKind(TextChoices):
    RUNS = "loopt", _("Klok loopt")
    STILL = "stil", _("Stil")
    OUTSIDE = "buiten", _("Buiten de kalender")
    LEFT = "resteert", _("Resteert")


@dataclass(frozen=True, slots=True)
class Target:
    """What is agreed for one priority, in minutes of working time; None where nothing is."""

    hours: Hours
    minutes: Mapping[ClockKind, int | None]
    pauses_for_reporter: bool = True
    pauses_for_third_party: bool = False

    def seconds(self, kind: ClockKind) -> int | None:
        agreed = self.minutes.get(kind)
        return None if agreed is None else agreed * MINUTE

    def stands_still(self, kind: ClockKind, waits: Happening | None) -> bool:
        """Whether this clock stands still while we wait so. The first answer and updates are ours alone."""
        if kind in {ClockKind.RESPONSE, ClockKind.UPDATE}:
            return False
        allowed = {
            Happening.ASKED: self.pauses_for_reporter,
            Happening.WAITS_FOR_THIRD: self.pauses_for_third_party,
        }
        return waits is not None and allowed[waits]


@dataclass(frozen=True, slots=True)
class Line:
    """A line of the explanation: what counted of this piece, and what was used at its end, in seconds."""

    start: datetime
    end: datetime
    kind: LineKind
    why: Happening
    counted: int
    used: int


@dataclass(frozen=True, slots=True)
class Clock:
    """``due`` is None while it stands still; ``used`` and ``paused`` are working time, in seconds.

    ``stint`` counts the vendors that owed it: 0 is of the first, one more after each that handed it over.
    """

    kind: ClockKind
    priority: str
    target: Target
    seconds: int
    start: datetime
    stopped: datetime | None
    outcome: Outcome
    used: int
    paused: int
    due: datetime | None
    warnings: tuple[tuple[int, datetime], ...]
    lines: tuple[Line, ...]
    stint: int = 0


@dataclass(slots=True)
class _Part:
    """A piece in which it runs or stands still; the last one has no end yet."""

    start: datetime
    runs: bool
    why: Happening
    end: datetime | None = None


@dataclass(slots=True)
class Run:
    """A clock while its events go by: the parts follow on each other without a gap."""

    kind: ClockKind
    terms: Mapping[str, Target]
    priority: str
    start: datetime
    began_with: Happening
    stint: int = 0
    parts: list[_Part] = field(default_factory=list)
    late_since: datetime | None = None
    stopped: datetime | None = None
    stopped_by: Happening | None = None
    lapsed: bool = False
    handed_over: bool = False

    def __post_init__(self) -> None:
        self.parts = [_Part(self.start, runs=True, why=self.began_with)]

    @property
    def target(self) -> Target:
        return self.terms[self.priority]

    @property
    def is_open(self) -> bool:
        return self.stopped is None

    # What happens to it ---------------------------------------------------------------------------

    def advance(self, now: datetime) -> None:
        """Too late is too late for good. What is done at the due moment itself is in time."""
        if not self.is_open or self.late_since is not None:
            return
        due = self.due()
        if due is not None and due < now:
            self.late_since = due

    def change(self, priority: str) -> None:
        """Another target from the same start, with what stood still so far. What is over or late stays."""
        if self.is_open and self.late_since is None:
            self.priority = priority

    def settle(self, waits: Happening | None, at: datetime, why: Happening) -> None:
        """Run or stand still, as the target allows; who is too late cannot stand still any more."""
        still = self.target.stands_still(self.kind, waits) and self.late_since is None
        if self.is_open and self.parts[-1].runs is still:
            self._next(at, runs=not still, why=why)

    def stop(self, at: datetime, why: Happening) -> None:
        if self.is_open:
            self.parts[-1].end = at
            self.stopped, self.stopped_by = at, why

    def reopen(self, at: datetime) -> None:
        """After a solution that was none it goes on where it was; meanwhile the ball was not ours."""
        if self.kind not in AFTER_A_SOLUTION or self.stopped is None:
            return
        if self.stopped_by is Happening.SOLVED:
            self.parts.append(_Part(self.stopped, runs=False, why=Happening.SOLVED))
            self._next(at, runs=True, why=Happening.DISPUTED)
            self.stopped = self.stopped_by = None

    def lapse(self, at: datetime) -> None:
        if self.is_open:
            self.stop(at, Happening.WITHDRAWN)
            self.lapsed = True

    def hand_over(self, at: datetime) -> None:
        """Another owes it from here on, by a clock of its own; what was too late before stays so."""
        if self.is_open:
            self.stop(at, Happening.MOVED)
            self.handed_over = True

    def _next(self, at: datetime, *, runs: bool, why: Happening) -> None:
        self.parts[-1].end = at
        self.parts.append(_Part(at, runs=runs, why=why))

    # How it stands --------------------------------------------------------------------------------

    def due(self) -> datetime | None:
        """When the target is used up; None where none is agreed, or while that waits on somebody else."""
        seconds = self.target.seconds(self.kind)
        return None if seconds is None else self._reached(seconds)

    def _reached(self, seconds: int) -> datetime | None:
        """When so much is used, if from now on it runs; None while it stands still."""
        left, hours = timedelta(seconds=seconds), self.target.hours
        running = [part for part in self.parts if part.runs]
        for part in running:
            goes_on = part is self.parts[-1]
            held = left if goes_on or part.end is None else working_length(hours, part.start, part.end)
            if left <= held:
                return due_after(hours, part.start, left)
            left -= held
        return None

    def clock(self, now: datetime) -> Clock | None:
        """None where nothing is agreed."""
        seconds = self.target.seconds(self.kind)
        if seconds is None:
            return None
        end, hours = self.stopped or now, self.target.hours
        spent = {True: timedelta(), False: timedelta()}
        for part in self.parts:
            spent[part.runs] += working_length(hours, part.start, part.end or end)
        used = spent[True] // A_SECOND
        return Clock(
            kind=self.kind,
            priority=self.priority,
            target=self.target,
            seconds=seconds,
            start=self.start,
            stopped=self.stopped,
            outcome=self.outcome,
            used=used,
            paused=(spent[True] + spent[False]) // A_SECOND - used,
            due=self.late_since or self._reached(seconds),
            warnings=tuple(self._warnings(seconds)),
            lines=tuple(self._lines(end, seconds)),
            stint=self.stint,
        )

    @property
    def outcome(self) -> Outcome:
        if self.late_since is not None:
            return Outcome.LATE
        if self.lapsed:
            return Outcome.LAPSED
        if self.handed_over:
            return Outcome.HANDED_OVER
        if not self.is_open:
            return Outcome.MET
        return Outcome.RUNS if self.parts[-1].runs else Outcome.STILL

    def _warnings(self, seconds: int) -> Iterator[tuple[int, datetime]]:
        """The moments of each, which lie inside the calendar; of those after the end there are none."""
        for percent in WARN_AT:
            moment = self._reached(seconds * percent // 100)
            if moment is not None and (self.stopped is None or moment <= self.stopped):
                yield percent, moment

    def _lines(self, end: datetime, seconds: int) -> Iterator[Line]:
        hours, used, agreed = self.target.hours, timedelta(), timedelta(seconds=seconds)
        for part in self.parts:
            until = part.end or end
            if not part.runs:
                yield Line(part.start, until, LineKind.STILL, part.why, 0, used // A_SECOND)
                continue
            yield from _pieces(hours, part, until, used)
            used += working_length(hours, part.start, until)
        if self.is_open and self.parts[-1].runs and self.late_since is None and used < agreed:
            ahead = due_after(hours, end, agreed - used)
            for line in _pieces(hours, _Part(end, runs=True, why=self.parts[-1].why), ahead, used):
                kind = LineKind.LEFT if line.kind is LineKind.RUNS else line.kind
                yield Line(line.start, line.end, kind, line.why, line.counted, line.used)


def _pieces(hours: Hours, part: _Part, until: datetime, used: timedelta) -> Iterator[Line]:
    """The working time of a part that runs, and what lies between."""
    at = part.start
    for piece in slices(hours, part.start, until):
        before = used // A_SECOND
        if at < piece.start:
            yield Line(at, piece.start, LineKind.OUTSIDE, part.why, 0, before)
        used += piece.length
        after = used // A_SECOND
        yield Line(piece.start, piece.end, LineKind.RUNS, part.why, after - before, after)
        at = piece.end
    if at < until:
        yield Line(at, until, LineKind.OUTSIDE, part.why, 0, used // A_SECOND)
