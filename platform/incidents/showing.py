"""An incident as both consoles show it: how it stands, what was said, and what was promised."""

from __future__ import annotations

from collections.abc import Mapping, Sequence
from datetime import datetime
from types import MappingProxyType

from django.utils.functional import Promise
from django.utils.translation import gettext
from django.utils.translation import gettext_lazy as _

from incidents.models import Concerned, Incident, IncidentUpdate, Nature, Severity, State
from incidents.states import ACTS
from screens.badges import STATES, Badge
from screens.badges import Kind as Look
from screens.due import Due, DueKind, due
from screens.formats import duration, near, remaining
from screens.forms.controls import Option
from screens.inline import Icon, Tone, muted, toned
from screens.parts import Event
from screens.tables import Cell, Heading, Row, Table

BADGES: Mapping[State, Badge] = MappingProxyType(
    {
        State.ONDERZOEK: Badge(Look.DANGER, _("Onderzoek")),
        State.OORZAAK_BEKEND: Badge(Look.WARNING, _("Oorzaak bekend")),
        State.HERSTEL: Badge(Look.BUSY, _("Herstel")),
        State.OPGELOST: STATES["opgelost"],
        State.GEEVALUEERD: Badge(Look.SAFE, _("Geëvalueerd")),
        State.VALS_ALARM: Badge(Look.NEUTRAL, _("Vals alarm")),
    }
)
SEVERITIES: Mapping[Severity, tuple[Tone, Icon | None]] = MappingProxyType(
    {
        Severity.KLEIN: (Tone.PLAIN, None),
        Severity.GROOT: (Tone.WARN, Icon.WARN),
        Severity.KRITIEK: (Tone.BAD, Icon.STOP),
    }
)
MEANS: Mapping[str, Promise] = MappingProxyType(
    {
        Severity.KLEIN: _("Hinderlijk: het werk gaat door, met een omweg."),
        Severity.GROOT: _("Een deel werkt niet, of voor een deel van de mensen."),
        Severity.KRITIEK: _("Niets werkt, of gegevens lopen gevaar."),
        Nature.STORING: _("Iets werkt niet zoals het hoort."),
        Nature.BEVEILIGING: _("Iemand kwam of kan ergens bij. De termijnen van de Cbw staan er dan bij."),
        Nature.DATALEK: _("Persoonsgegevens zijn gelekt of weg. De termijn van de AVG staat er ook bij."),
    }
)


def badge_of(incident: Incident) -> Badge:
    return BADGES[State(incident.state)]


def severity_of(incident: Incident) -> str:
    tone, mark = SEVERITIES[Severity(incident.severity)]
    words = str(incident.get_severity_display())
    return toned(words, tone, mark) if mark else words


def promised(incident: Incident, now: datetime) -> Due | None:
    """How long until the next update, or how late it is; None where none is promised."""
    if incident.next_update_at is None:
        return None
    kind = DueKind.LATE if incident.is_overdue(now) else DueKind.OK
    return Due(kind, remaining(incident.next_update_at, now))


def lasted(incident: Incident, now: datetime) -> str:
    """How long it took, or takes up to now; nothing where there was nothing."""
    if incident.state == State.VALS_ALARM:
        return ""
    words = duration((incident.resolved_at or now) - incident.started_at)
    return words if incident.resolved_at else gettext("al %(long)s") % {"long": words}


def choices_of(words: type[Severity | Nature]) -> list[tuple[str, Option]]:
    """Each with what it means."""
    return [(each.value, Option(str(each.label), str(MEANS[each]))) for each in words]


def facts_of(incident: Incident, now: datetime) -> list[tuple[str, str]]:
    rows = [
        (gettext("Ernst"), severity_of(incident)),
        (gettext("Soort"), str(incident.get_nature_display())),
        (gettext("Onderdeel"), incident.component or muted(gettext("niet genoemd"))),
        (gettext("Begonnen"), near(incident.started_at, now)),
        (gettext("Ontdekt"), near(incident.detected_at, now)),
    ]
    if incident.resolved_at is not None:
        rows.append((gettext("Opgelost"), near(incident.resolved_at, now)))
    if long := lasted(incident, now):
        rows.append((gettext("Duur"), long))
    if left := promised(incident, now):
        rows.append((gettext("Volgende update"), due(left)))
    return rows


def history(updates: Sequence[IncidentUpdate], now: datetime) -> list[Event]:
    """All that was said, the last first; ``updates`` are in that order."""
    later = [None, *updates]
    return [_event(each, following, now) for each, following in zip(updates, later, strict=False)]


def _event(update: IncidentUpdate, following: IncidentUpdate | None, now: datetime) -> Event:
    return Event(
        who=update.author_name,
        when=near(update.at, now),
        icon=Icon.CHECK if update.state in {State.OPGELOST, State.GEEVALUEERD} else Icon.CHAT,
        extra=", ".join(_stands(update)),
        said=update.text,
        note=_promise(update, following, now),
    )


def _stands(update: IncidentUpdate) -> list[str]:
    words = [str(update.get_state_display()), str(update.get_severity_display()).lower()]
    if update.nature != Nature.STORING:
        words.append(str(update.get_nature_display()).lower())
    return words


def _promise(update: IncidentUpdate, following: IncidentUpdate | None, now: datetime) -> str:
    """By when the next one was promised, and how late it came."""
    if update.next_update_at is None:
        return ""
    came = now if following is None else following.at
    words = gettext("Volgende update beloofd: %(when)s.") % {"when": near(update.next_update_at, now)}
    if came <= update.next_update_at:
        return words
    late = {"long": duration(came - update.next_update_at)}
    told = gettext("Die is %(long)s te laat.") if following is None else gettext("Die kwam %(long)s te laat.")
    return f"{words} {told % late}"


def period(held: Concerned, now: datetime) -> str:
    """Since when it concerns a municipality, and until when."""
    if held.until is None:
        return near(held.since, now)
    return gettext("%(begin)s tot %(end)s") % {"begin": near(held.since, now), "end": near(held.until, now)}


def mailed(held: Concerned) -> str:
    if held.until is not None:
        return ""
    return gettext("wordt verstuurd") if held.to_tell else gettext("verstuurd")


def who_does_what() -> Table:
    """The table of states, as it is enforced."""
    words = (gettext("Handeling"), gettext("Van"), gettext("Naar"), gettext("Mail aan beheerders"))
    return Table(
        caption=gettext("Wat volgt op wat"),
        headings=[Heading(word) for word in words],
        rows=[
            Row(
                [
                    Cell(str(act.word)),
                    Cell(", ".join(str(state.label) for state in act.before), label=words[1]),
                    Cell(
                        ", ".join(str(state.label) for state in act.after) or gettext("dezelfde staat"),
                        label=words[2],
                    ),
                    Cell(gettext("ja") if act.is_mailed else gettext("nee"), label=words[3]),
                ]
            )
            for act in ACTS.values()
        ],
    )
