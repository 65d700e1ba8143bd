"""A service level, and what its clocks say, as tables."""

from __future__ import annotations

from collections.abc import Callable
from datetime import datetime

from django.urls import reverse
from django.utils.translation import gettext as _

from contracts.defaults import LEVELS_OF_IMPACT
from contracts.forms.level import WORDS_OF_IMPACT
from contracts.models import ServiceLevelVersion, Target
from contracts.running import Clock, Line, LineKind, Outcome
from screens.badges import Badge, Kind, badge
from screens.formats import near, percent
from screens.inline import Tone, link, muted
from screens.tables import Cell, Heading, Row, Table

MINUTE, HOUR = 60, 3600
LOOKS = {
    Outcome.RUNS: Kind.BUSY,
    Outcome.STILL: Kind.WAIT,
    Outcome.MET: Kind.SAFE,
    Outcome.LATE: Kind.DANGER,
    Outcome.LAPSED: Kind.NEUTRAL,
    Outcome.HANDED_OVER: Kind.NEUTRAL,
}


def worked(seconds: int) -> str:
    """Working time is told in hours, never in days: 2 u 05."""
    return _("%(hours)s u %(minutes)s") % {
        "hours": seconds // HOUR,
        "minutes": f"{seconds % HOUR // MINUTE:02}",
    }


def targets_of(version: ServiceLevelVersion) -> Table:
    words = (
        _("Prioriteit"),
        _("Eerste reactie"),
        _("Update"),
        _("Tijdelijke oplossing"),
        _("Oplossing"),
        _("Kalender"),
        _("Staat stil"),
    )

    def promised(minutes: int | None, word: str) -> Cell:
        shown = muted(_("niet afgesproken")) if minutes is None else worked(minutes * MINUTE)
        return Cell(shown, label=word, nowrap=minutes is not None)

    return Table(
        caption=_("Afspraken per prioriteit, in werktijd"),
        headings=[Heading(word) for word in words],
        rows=[
            Row(
                [
                    Cell(each.priority),
                    promised(each.response, words[1]),
                    promised(each.update, words[2]),
                    promised(each.workaround, words[3]),
                    promised(each.resolution, words[4]),
                    Cell(
                        link(each.calendar.name, reverse("kalender", args=[each.calendar_id])), label=words[5]
                    ),
                    Cell(_pauses(each), label=words[6]),
                ]
            )
            for each in version.targets.select_related("calendar")
        ],
    )


def _pauses(target: Target) -> str:
    told = []
    if target.pauses_for_reporter:
        told.append(_("bij een vraag aan de melder"))
    if target.pauses_for_third_party:
        told.append(_("bij wachten op een derde"))
    return ", ".join(told) or muted(_("nooit"))


def matrix_of(version: ServiceLevelVersion) -> Table:
    spoed = [
        _("Spoed %(level)s") % {"level": str(WORDS_OF_IMPACT[each]).lower()} for each in LEVELS_OF_IMPACT
    ]
    return Table(
        caption=_("Prioriteit uit impact en spoed"),
        headings=[Heading(_("Impact")), *(Heading(word) for word in spoed)],
        rows=[
            Row(
                [
                    Cell(str(WORDS_OF_IMPACT[impact])),
                    *(
                        Cell(version.matrix[impact][urgency], label=word)
                        for urgency, word in zip(LEVELS_OF_IMPACT, spoed, strict=True)
                    ),
                ]
            )
            for impact in LEVELS_OF_IMPACT
        ],
    )


def credits_of(version: ServiceLevelVersion) -> Table | None:
    words = (_("Beschikbaarheid onder"), _("Deel van het maandbedrag"))
    rows = [
        Row([Cell(percent(below, 2)), Cell(percent(part, 2), label=words[1])])
        for below, part in version.credits
    ]
    caption = _("Servicecredits")
    return Table(caption=caption, headings=[Heading(word) for word in words], rows=rows) if rows else None


def clocks_of(clocks: list[Clock], now: datetime) -> Table:
    words = (_("Klok"), _("Afspraak"), _("Uiterlijk klaar"), _("Staat"), _("Gebruikt"), _("Stil"))
    return Table(
        caption=_("Klokken"),
        headings=[Heading(word) for word in words],
        rows=[
            Row(
                [
                    Cell(str(each.kind.label), sub=near(each.start, now)),
                    Cell(f"{each.priority}, {worked(each.seconds)}", label=words[1], nowrap=True),
                    Cell(
                        near(each.due, now) if each.due else muted(_("zodra de klok weer loopt")),
                        label=words[2],
                        nowrap=each.due is not None,
                    ),
                    Cell(badge(Badge(LOOKS[each.outcome], each.outcome.label)), label=words[3]),
                    Cell(worked(each.used), label=words[4], numeric=True),
                    Cell(worked(each.paused), label=words[5], numeric=True),
                ],
                tone=Tone.BAD if each.outcome is Outcome.LATE else Tone.PLAIN,
            )
            for each in clocks
        ],
    )


def nobody(_line: Line) -> str:
    """Where it is a report as it might go."""
    return ""


def explanation_of(clock: Clock, now: datetime, by: Callable[[Line], str] = nobody) -> Table:
    """Line by line; ``by`` says who did that with which a line begins."""
    words = (_("Van"), _("Tot"), _("Wat gebeurt er"), _("Telt mee"), _("Gebruikt"))
    return Table(
        caption=str(clock.kind.label),
        headings=[Heading(word, numeric=place > 2) for place, word in enumerate(words)],  # noqa: PLR2004  # two of hours
        rows=[
            Row(
                [
                    Cell(near(each.start, now), nowrap=True),
                    Cell(near(each.end, now), label=words[1], nowrap=True),
                    Cell(_told(each, by(each)), label=words[2]),
                    Cell(worked(each.counted), label=words[3], numeric=True),
                    Cell(worked(each.used), label=words[4], numeric=True),
                ],
                tone=Tone.PLAIN if each.counted else Tone.MUTED,
            )
            for each in clock.lines
        ],
    )


def warnings_of(clock: Clock, now: datetime) -> str:
    told = [f"{percent(part)} {near(moment, now)}" for part, moment in clock.warnings]
    return _("Waarschuwingen: %(moments)s.") % {"moments": ", ".join(told)} if told else ""


def _told(line: Line, who: str) -> str:
    if line.kind not in {LineKind.RUNS, LineKind.STILL}:
        return str(line.kind.label)
    told = f"{line.kind.label}: {str(line.why.label).lower()}"
    return f"{told} ({who})" if who else told
