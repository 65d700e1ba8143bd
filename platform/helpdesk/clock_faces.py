"""The clocks of a report as both sides see them: how each stands, and why, line by line."""

from __future__ import annotations

from collections.abc import Callable, Iterable, Mapping, Sequence
from dataclasses import dataclass
from datetime import datetime

from django.utils import timezone
from django.utils.functional import Promise
from django.utils.translation import gettext as _
from django.utils.translation import gettext_lazy

from contracts.level_tables import explanation_of, worked
from contracts.models import ServiceLevelVersion
from contracts.models.version import in_force
from contracts.running import Clock, ClockKind, Outcome
from contracts.showing import hours_in_words
from helpdesk.models import TicketEvent
from helpdesk.storing import levels_of
from helpdesk.time_left import due_at, in_words
from screens.due import Due, DueKind
from screens.formats import near
from screens.parts import Clock as Face
from screens.tables import Table

FULL = 100
KINDS = tuple(ClockKind)
PROMISES: Mapping[ClockKind, Promise] = {
    ClockKind.RESPONSE: gettext_lazy("een eerste reactie"),
    ClockKind.UPDATE: gettext_lazy("een update"),
    ClockKind.WORKAROUND: gettext_lazy("een tijdelijke oplossing"),
    ClockKind.RESOLUTION: gettext_lazy("een oplossing"),
}


@dataclass(frozen=True, slots=True)
class Explanation:
    """Why a clock stands as it does: a question, what was agreed, and each piece of time."""

    question: str
    agreed: str
    lines: Table


def last_of_each(clocks: Sequence[Clock]) -> list[Clock]:
    """In the order of their kinds; of updates, one of which follows the other, the one of now.

    Where a report went to another vendor, those of who has it now come first.
    """
    last = {(-clock.stint, KINDS.index(clock.kind)): clock for clock in clocks}
    return [last[place] for place in sorted(last)]


def faces(clocks: Sequence[Clock], now: datetime, stint: int = 0) -> list[Face]:
    """``stint`` is of who has it now; what others owed before says so."""
    return [Face(_name(clock, stint), _due(clock, now), _note(clock, now)) for clock in last_of_each(clocks)]


def _name(clock: Clock, stint: int) -> str:
    name = str(clock.kind.label)
    return name if clock.stint == stint else _("%(clock)s (vorige leverancier)") % {"clock": name}


def explanations(
    clocks: Sequence[Clock],
    version: ServiceLevelVersion | None,
    now: datetime,
    events: Iterable[TicketEvent] = (),
) -> list[Explanation]:
    """Of ``events`` each line tells whose hand it was, and each clock what was agreed with who owed it."""
    happened = list(events)
    hands = {each.at: each.actor_name for each in happened if each.actor_name}
    levels, calendars = levels_of(happened, version), dict[int, dict[str, str]]()
    told = []
    for clock in last_of_each(clocks):
        level = levels[clock.stint] if clock.stint < len(levels) else version
        if level is None:
            continue
        if clock.stint not in calendars:
            begun = min(each.start for each in clocks if each.stint == clock.stint)
            calendars[clock.stint] = _calendars(level, begun)
        agreed = f"{_agreed(clock, level)} {calendars[clock.stint].get(clock.priority, '')}".strip()
        lines = explanation_of(clock, now, lambda line: hands.get(line.start, ""))
        told.append(Explanation(_question(clock, now), agreed, lines))
    return told


def _calendars(version: ServiceLevelVersion, begun: datetime) -> dict[str, str]:
    """By priority, when its clocks run."""
    targets = version.targets.select_related("calendar").prefetch_related("calendar__versions")
    told = {}
    for target in targets:
        holds = in_force(target.calendar.versions.all(), timezone.localdate(begun))
        if holds is not None:
            told[target.priority] = _("Kalender: %(name)s, %(hours)s.") % {
                "name": target.calendar.name,
                "hours": hours_in_words(holds),
            }
    return told


def _due(clock: Clock, now: datetime) -> Due:
    percent = FULL * clock.used / clock.seconds if clock.seconds else FULL
    told: Mapping[Outcome, Callable[[], Due]] = {
        Outcome.RUNS: lambda: due_at(clock.due or now, percent, now),
        Outcome.STILL: lambda: Due(DueKind.STILL, _("staat stil"), round(percent)),
        Outcome.MET: lambda: Due(DueKind.DONE, _("gehaald"), round(percent)),
        Outcome.LATE: lambda: Due(DueKind.LATE, _late(clock, now), FULL),
        Outcome.LAPSED: lambda: Due(DueKind.STILL, _("vervallen")),
        Outcome.HANDED_OVER: lambda: Due(DueKind.STILL, _("overgedragen")),
    }
    return told[clock.outcome]()


def _late(clock: Clock, now: datetime) -> str:
    return _("te laat") if clock.due is None else in_words(clock.due, clock.stopped or now)


def _note(clock: Clock, now: datetime) -> str:
    due = near(clock.due, now) if clock.due else ""
    spent = {"used": worked(clock.used), "agreed": worked(clock.seconds)}
    told = {
        Outcome.RUNS: _("uiterlijk %(due)s") % {"due": due},
        Outcome.STILL: _("%(used)s van %(agreed)s gebruikt") % spent,
        Outcome.MET: _("in %(used)s van %(agreed)s") % spent,
        Outcome.LATE: _("was uiterlijk %(due)s") % {"due": due},
        Outcome.LAPSED: "",
        Outcome.HANDED_OVER: _("na %(used)s van %(agreed)s") % spent,
    }
    return told[clock.outcome]


def _question(clock: Clock, now: datetime) -> str:
    words = {"what": str(clock.kind.label).lower(), "due": near(clock.due, now) if clock.due else ""}
    told = {
        Outcome.RUNS: _("Waarom uiterlijk %(due)s? Klok: %(what)s") % words,
        Outcome.STILL: _("Waarom staat de klok stil? Klok: %(what)s") % words,
        Outcome.MET: _("Waarom is dit gehaald? Klok: %(what)s") % words,
        Outcome.LATE: _("Waarom is dit te laat? Klok: %(what)s") % words,
        Outcome.LAPSED: _("Waarom is dit vervallen? Klok: %(what)s") % words,
        Outcome.HANDED_OVER: _("Hoe stond dit bij de overdracht? Klok: %(what)s") % words,
    }
    if clock.outcome is Outcome.RUNS and clock.kind is ClockKind.RESOLUTION:
        return _("Waarom is de oplossing %(due)s klaar?") % words
    return told[clock.outcome]


def _agreed(clock: Clock, version: ServiceLevelVersion) -> str:
    return _(
        "Afspraak: bij %(priority)s %(what)s binnen %(time)s werktijd"
        " (serviceniveau %(level)s, versie %(number)s)."
    ) % {
        "priority": clock.priority,
        "what": PROMISES[clock.kind],
        "time": worked(clock.seconds),
        "level": version.level.name,
        "number": version.number,
    }
