"""The clocks of a report: what was promised for it, how much of that was used, and when each part is due.

One pure function, from what happened and what was agreed to clocks. The same events give the same clocks in
whatever order they were saved.
"""

from __future__ import annotations

from collections import defaultdict
from collections.abc import Callable, Iterable, Mapping, Sequence
from dataclasses import dataclass, replace
from datetime import datetime
from zoneinfo import ZoneInfo

from contracts.running import AFTER_A_SOLUTION, Clock, ClockKind, Happening, Run, Target
from contracts.working_time import Hours

TermsAt = Callable[[datetime], Mapping[str, Target]]
"""What is agreed by priority for a clock that starts then: of calendars the version that holds that day."""
NOTHING = Target(hours=Hours(zone=ZoneInfo("UTC"), always=True), minutes={})


def nothing_agreed(_start: datetime) -> Mapping[str, Target]:
    """As it is without a contract: no priority has a clock."""
    return defaultdict(lambda: NOTHING)


@dataclass(frozen=True, slots=True)
class Event:
    """Something that happened. ``priority`` is that of a report as it came, or what it became.

    A correction names by ``corrects`` the ``key`` of the event that it is about. ``terms`` is what the vendor
    agreed to which a report moves.
    """

    at: datetime
    what: Happening
    priority: str = ""
    key: str = ""
    corrects: str = ""
    terms: TermsAt = nothing_agreed


WAITS = {Happening.ASKED, Happening.WAITS_FOR_THIRD}
ENDS_WAITING = {
    Happening.ANSWERED,
    Happening.REPLIED,
    Happening.RESUMED,
    Happening.WORKAROUND,
    Happening.SOLVED,
    Happening.DISPUTED,
}
BY_A_HUMAN_OF_OURS = {Happening.ANSWERED, Happening.ASKED, Happening.WORKAROUND, Happening.SOLVED}
"""Public words of somebody; an automatic answer and an internal note are none."""
BEGINS_ANOTHER_UPDATE = {
    Happening.OPENED,
    Happening.ANSWERED,
    Happening.WORKAROUND,
    Happening.REPLIED,
    Happening.RESUMED,
    Happening.DISPUTED,
}


def clocks(events: Iterable[Event], terms_at: TermsAt, *, now: datetime) -> list[Clock]:
    """As they stand now: of updates one for each that was owed. What nothing was agreed for has no clock."""
    ticket = _Ticket(terms_at)
    happened = as_corrected([event for event in events if event.at <= now])
    for event in sorted(happened, key=lambda each: (each.at, ORDER.index(each.what), each.priority)):
        ticket.meet(event)
    for run in ticket.all_runs:
        run.advance(now)
    return [clock for run in ticket.all_runs if (clock := run.clock(now))]


ORDER = tuple(Happening)
"""Of what happened at the same moment."""
WITHOUT_WAITING = {Happening.ASKED: Happening.ANSWERED, Happening.WAITS_FOR_THIRD: Happening.RESUMED}


def as_corrected(happened: Sequence[Event]) -> list[Event]:
    """What counts: a wait that was wrong was none from its own moment on; what was said stays said.

    Of what a former vendor waited for nobody takes anything back.
    """
    moves = [event.at for event in happened if event.what is Happening.MOVED]
    begun = {event.key: event.at for event in happened}
    wrong = {
        event.corrects
        for event in happened
        if event.what is Happening.CORRECTED
        and not any(begun.get(event.corrects, event.at) < move < event.at for move in moves)
    } - {""}
    return [
        replace(event, what=WITHOUT_WAITING.get(event.what, event.what)) if event.key in wrong else event
        for event in happened
        if event.what is not Happening.CORRECTED
    ]


class _Ticket:
    """What is known of it as its events go by."""

    def __init__(self, terms_at: TermsAt) -> None:
        self.terms_at = terms_at
        self.runs: list[Run] = []
        self.handed_over: list[Run] = []
        self.solved_before: set[ClockKind] = set()
        self.priority = ""
        self.waits: Happening | None = None
        self.stint = 0
        self.begun = self.over = False

    @property
    def all_runs(self) -> list[Run]:
        return [*self.handed_over, *self.runs]

    def meet(self, event: Event) -> None:
        at, what = event.at, event.what
        for run in self.runs:
            run.advance(at)
        if what in {Happening.RECEIVED, Happening.OPENED}:
            self._begin(event)
        elif not self.begun or self.over:
            return
        elif what is Happening.MOVED:
            self._move(at, event.terms)
        else:
            self._go_on(at, what, event.priority)

    def _begin(self, event: Event) -> None:
        """Once: a report is received or opened one time."""
        if self.begun:
            return
        self.begun, self.priority = True, event.priority
        kinds = [ClockKind.WORKAROUND, ClockKind.RESOLUTION]
        if event.what is Happening.RECEIVED:
            kinds.insert(0, ClockKind.RESPONSE)
        for kind in kinds:
            self._start(kind, event.at, event.what)
        if event.what in BEGINS_ANOTHER_UPDATE:
            self._start(ClockKind.UPDATE, event.at, event.what)

    def _move(self, at: datetime, terms: TermsAt) -> None:
        """What one vendor still owed the next one owes anew: neither has a breach of the other."""
        owed = [run.kind for run in self.runs if run.is_open]
        self.solved_before |= {run.kind for run in self.runs if run.stopped_by is Happening.SOLVED}
        for run in self.runs:
            run.hand_over(at)
        self.handed_over += self.runs
        self.runs, self.terms_at, self.stint = [], terms, self.stint + 1
        for kind in owed:
            self._start(kind, at, Happening.MOVED)
        for run in self.runs:
            run.settle(self.waits, at, Happening.MOVED)

    def _go_on(self, at: datetime, what: Happening, priority: str) -> None:
        if what is Happening.WITHDRAWN:
            self.over = True
            for run in self.runs:
                run.lapse(at)
            return
        if what is Happening.PRIORITY:
            self.priority = priority
            for run in self.runs:
                run.change(priority)
        if what in WAITS:
            self.waits = what
        elif what in ENDS_WAITING:
            self.waits = None
        self._stop(at, what)
        if what is Happening.DISPUTED:
            self._reopen(at)
        for run in self.runs:
            run.settle(self.waits, at, what)
        self._restart_update(at, what)

    def _reopen(self, at: datetime) -> None:
        """What another vendor solved is owed by this one from now on."""
        for run in self.runs:
            run.reopen(at)
        for kind in AFTER_A_SOLUTION:
            if kind in self.solved_before:
                self._start(kind, at, Happening.DISPUTED)
        self.solved_before.clear()

    def _stop(self, at: datetime, what: Happening) -> None:
        stopped = set()
        if what in BY_A_HUMAN_OF_OURS:
            stopped = {ClockKind.RESPONSE, ClockKind.UPDATE}
        if what is Happening.WORKAROUND:
            stopped.add(ClockKind.WORKAROUND)
        if what is Happening.SOLVED:
            stopped = set(ClockKind)
        for run in self.runs:
            if run.kind in stopped:
                run.stop(at, what)

    def _restart_update(self, at: datetime, what: Happening) -> None:
        """A reply gives the ball back to us; where it was ours already the update was owed before."""
        owed = any(run.kind in {ClockKind.RESPONSE, ClockKind.UPDATE} and run.is_open for run in self.runs)
        is_solved = all(not run.is_open for run in self.runs if run.kind is ClockKind.RESOLUTION)
        if what in BEGINS_ANOTHER_UPDATE and not owed and not is_solved:
            self._start(ClockKind.UPDATE, at, what)

    def _start(self, kind: ClockKind, at: datetime, what: Happening) -> None:
        self.runs.append(Run(kind, self.terms_at(at), self.priority, at, what, self.stint))
