"""A service level, and what its clocks say, as tables."""

from __future__ import annotations

from collections.abc import Callable, Mapping
from datetime import datetime

from django.urls import reverse
from django.utils.functional import Promise
from django.utils.translation import gettext as _
from django.utils.translation import gettext_lazy, ngettext

from contracts.defaults import LEVELS_OF_IMPACT
from contracts.forms.level import WORDS_OF_IMPACT
from contracts.models import Priority, ServiceLevelVersion, Target
from contracts.running import Clock, Line, LineKind, Outcome
from screens.badges import Badge, Kind, badge
from screens.formats import near, number, percent
from screens.inline import Tone, link, muted
from screens.tables import Cell, Heading, Row, Table

MINUTE, HOUR = 60, 3600
PRIORITIES: Mapping[str, Promise] = {
    Priority.P1: gettext_lazy("alles ligt stil"),
    Priority.P2: gettext_lazy("belangrijk deel werkt niet"),
    Priority.P3: gettext_lazy("hinder"),
    Priority.P4: gettext_lazy("vraag of wens"),
}
LOOKS = {
    Outcome.RUNS: Kind.BUSY,
    Outcome.STILL: Kind.WAIT,
    Outcome.MET: Kind.SAFE,
    Outcome.LATE: Kind.DANGER,
    Outcome.LAPSED: Kind.NEUTRAL,
    Outcome.HANDED_OVER: Kind.NEUTRAL,
}


def worked(seconds: int) -> str:
    """Working time is told in hours, never in days: 30 minuten, 2 uur, 2 u 5 min."""
    hours, minutes = seconds // HOUR, seconds % HOUR // MINUTE
    if not hours:
        return ngettext("%(count)s minuut", "%(count)s minuten", minutes) % {"count": minutes}
    if not minutes:
        return ngettext("%(count)s uur", "%(count)s uur", hours) % {"count": number(hours)}
    return _("%(hours)s u %(minutes)s min") % {"hours": number(hours), "minutes": minutes}


def promised(minutes: int | None) -> str:
    """Of one target, wherever it is told."""
    return _("niet afgesproken") if minutes is None else worked(minutes * MINUTE)


def priority_in_words(priority: str) -> str:
    """As P1 alles ligt stil."""
    return f"{priority} {PRIORITIES[priority]}"


def promise_cell(minutes: int | None, word: str, *, numeric: bool = False) -> Cell:
    """What is not agreed is no figure."""
    shown = muted(promised(minutes)) if minutes is None else promised(minutes)
    return Cell(shown, label=word, numeric=numeric, nowrap=minutes is not None)


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

    return Table(
        caption=_("Afspraken per prioriteit, in werktijd"),
        headings=[Heading(word) for word in words],
        rows=[
            Row(
                [
                    Cell(priority_in_words(each.priority)),
                    promise_cell(each.response, words[1]),
                    promise_cell(each.update, words[2]),
                    promise_cell(each.workaround, words[3]),
                    promise_cell(each.resolution, words[4]),
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
