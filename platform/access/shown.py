"""Access as both consoles show it: its state, what it lets see, its history, and who may do what."""

from __future__ import annotations

from collections.abc import Mapping, Sequence
from dataclasses import dataclass
from datetime import datetime

from django.utils.functional import Promise
from django.utils.translation import gettext
from django.utils.translation import gettext_lazy as _

from access.models import Grant, Kind, Scope, State
from access.states import ACTS, who_may
from api.clients.vertrouwelijkheid import Vertrouwelijkheidaanduiding
from screens.badges import STATES, Badge
from screens.badges import Kind as Look
from screens.formats import duration, near
from screens.inline import Icon, Tone, muted, toned
from screens.parts import Event
from screens.tables import Cell, Heading, Row, Table

BADGES: Mapping[State, Badge] = {
    State.AANGEVRAAGD: STATES["wacht_op_gemeente"],
    State.TOEGESTAAN: STATES["toegestaan"],
    State.GEWEIGERD: Badge(Look.DANGER, _("Geweigerd")),
    State.INGETROKKEN_DOOR_AANVRAGER: Badge(Look.NEUTRAL, _("Ingetrokken door aanvrager")),
    State.VERVALLEN: Badge(Look.NEUTRAL, _("Vervallen")),
    State.INGETROKKEN: STATES["ingetrokken"],
    State.TERUGGEGEVEN: STATES["teruggegeven"],
    State.VERLOPEN: STATES["verlopen"],
    State.NOODTOEGANG: Badge(Look.DANGER, _("Noodtoegang loopt")),
    State.BEEINDIGD: Badge(Look.WARNING, _("Nog te verantwoorden")),
    State.VERANTWOORD: Badge(Look.WAIT, _("Verantwoord")),
    State.AKKOORD: Badge(Look.SAFE, _("Verantwoord, akkoord")),
    State.BETWIST: Badge(Look.DANGER, _("Verantwoord, betwist")),
}
WAITS_FOR_COLLEAGUE = Badge(Look.WARNING, _("Wacht op collega"))
WAITS_FOR_YOU = Badge(Look.WARNING, _("Wacht op u"))

SEES: Mapping[Scope, Promise] = {
    Scope.TECHNIEK: _("Aantallen, omvang, adressen, wat wacht en namen van applicaties, geen inhoud"),
    Scope.INSTELLINGEN: _("Zaaktypen en rechten, geen sleutels"),
    Scope.ZAAKGEGEVENS: _("Eigenschappen en datums. Namen, BSN, adressen en vrije tekst als •••"),
}
UNMASKED = _("Eigenschappen en datums, en namen, BSN, adressen en vrije tekst leesbaar")


def badge_of(grant: Grant, now: datetime, *, decides: bool = False) -> Badge:
    """``decides``: whoever looks is of those that it waits for."""
    state = grant.state_at(now)
    if state is State.AANGEVRAAGD and grant.kind == Kind.NOOD:
        return WAITS_FOR_COLLEAGUE
    if decides and state in {State.AANGEVRAAGD, State.VERANTWOORD}:
        return WAITS_FOR_YOU
    return BADGES[state]


def level_of(number: int) -> str:
    """As the standard writes it, and people read it."""
    return str(Vertrouwelijkheidaanduiding(number).label).replace("_", " ")


def what_is_asked(grant: Grant) -> Table:
    """By part: whether it is asked, and what whoever asks will see."""
    return Table(
        caption=gettext("Wat wordt er gevraagd"),
        headings=[
            Heading(gettext("Onderdeel")),
            Heading(gettext("Gevraagd")),
            Heading(gettext("Wat ziet de leverancier dan")),
        ],
        rows=[
            Row(
                [
                    Cell(str(scope.label)),
                    Cell(
                        _yes(gettext("zien")) if scope in grant.scopes_asked else muted(gettext("nee")),
                        nowrap=True,
                    ),
                    Cell(str(SEES[scope]) if scope in grant.scopes_asked else gettext("Niets"), wide=True),
                ]
            )
            for scope in Scope
        ],
    )


def what_is_allowed(grant: Grant) -> Table:
    return Table(
        caption=gettext("Wat mag"),
        headings=[Heading(gettext("Onderdeel")), Heading(gettext("Zien")), Heading(gettext("Wat dat is"))],
        rows=[
            Row(
                [
                    Cell(str(scope.label)),
                    Cell(
                        _yes(gettext("ja")) if scope in grant.scopes else muted(gettext("nee")), nowrap=True
                    ),
                    Cell(_sees(grant, scope), wide=True),
                ]
            )
            for scope in Scope
        ],
    )


def _sees(grant: Grant, scope: Scope) -> str:
    if scope not in grant.scopes:
        return gettext("Niets")
    is_open = scope is Scope.ZAAKGEGEVENS and not grant.mask_personal_data
    return str(UNMASKED if is_open else SEES[scope])


def _yes(word: str) -> str:
    return toned(word, Tone.OK, Icon.CHECK)


def limits(grant: Grant, zaaktypen: Sequence[str]) -> list[tuple[str, str]]:
    """How far it goes; ``zaaktypen`` are the names of those that it is limited to."""
    hours = grant.hours_allowed or grant.hours_asked
    long = gettext("%(hours)s uur") % {"hours": hours}
    if hours != grant.hours_asked:
        long = gettext("%(hours)s uur, gevraagd was %(asked)s uur") % {
            "hours": hours,
            "asked": grant.hours_asked,
        }
    return [
        (gettext("Hoe lang"), long),
        (gettext("Zaaktypen"), ", ".join(zaaktypen) or gettext("alle")),
        (gettext("Vertrouwelijkheid"), gettext("tot en met %(level)s") % {"level": level_of(grant.maximum)}),
        (
            gettext("Persoonsgegevens"),
            gettext("gemaskeerd") if grant.mask_personal_data else gettext("leesbaar"),
        ),
    ]


def history(grant: Grant, now: datetime) -> list[Event]:
    """What happened, the last first."""
    is_emergency = grant.kind == Kind.NOOD
    told = [
        Happened(
            grant.asked_at,
            _asked(grant),
            Icon.KEY,
            gettext("Reden: %(reason)s") % {"reason": grant.reason},
        ),
        Happened(grant.decided_at, _decided(grant, is_emergency=is_emergency), Icon.CHECK, _decision(grant)),
        Happened(
            grant.first_used_at,
            gettext("Eerste keer gebruikt"),
            Icon.EYE,
            gettext("De gemeente kreeg bericht"),
        ),
        Happened(
            grant.ended_at,
            gettext("Beëindigd door %(who)s") % {"who": grant.ended_by},
            Icon.STOP,
            grant.end_reason,
        ),
        Happened(
            grant.accounted_at,
            gettext("Verantwoord door %(who)s") % {"who": grant.accounted_by},
            Icon.DOC,
            grant.account,
        ),
        Happened(grant.judged_at, _judged(grant), Icon.CHECK, grant.judgement),
        _by_time(grant, now),
    ]
    happened = [(each.when, each) for each in reversed(told) if each.when is not None]
    return [
        Event(who=each.words, when=near(when, now), icon=each.mark, note=each.note)
        for when, each in sorted(happened, key=lambda pair: pair[0], reverse=True)
    ]


@dataclass(frozen=True, slots=True)
class Happened:
    """Something of the history, if it came to it."""

    when: datetime | None
    words: str
    mark: Icon
    note: str = ""


def _by_time(grant: Grant, now: datetime) -> Happened:
    """What time alone did."""
    if grant.state_at(now) is State.VERVALLEN:
        return Happened(grant.lapses_at, str(State.VERVALLEN.label), Icon.CLOCK)
    state = State.BEEINDIGD if grant.kind == Kind.NOOD else State.VERLOPEN
    return Happened(grant.over_at(now), str(state.label), Icon.CLOCK)


def _asked(grant: Grant) -> str:
    if not grant.asked_by_email:
        return gettext("Aangevraagd door %(who)s") % {"who": grant.person_name}
    said = {"who": grant.person_name, "by": grant.asked_by_email}
    return gettext("Aangevraagd voor %(who)s, door een programma van %(by)s") % said


def _decided(grant: Grant, *, is_emergency: bool) -> str:
    who = {"who": grant.decided_by}
    if is_emergency:
        return gettext("Bevestigd door %(who)s") % who
    return (
        gettext("Toegestaan door %(who)s") if grant.valid_from else gettext("Geweigerd door %(who)s")
    ) % who


def _decision(grant: Grant) -> str:
    if grant.valid_from is None:
        return grant.decision_reason
    return gettext("%(hours)s uur, gevraagd was %(asked)s uur") % {
        "hours": grant.hours_allowed,
        "asked": grant.hours_asked,
    }


def _judged(grant: Grant) -> str:
    who = {"who": grant.judged_by}
    agreed = grant.state == State.AKKOORD
    return (gettext("Akkoord van %(who)s") if agreed else gettext("Betwist door %(who)s")) % who


def period(grant: Grant, now: datetime) -> str:
    """From when until when it runs, or ran."""
    if grant.valid_from is None or grant.valid_until is None:
        return gettext("Vervalt zonder antwoord %(when)s") % {"when": near(grant.lapses_at, now)}
    ended = min(each for each in (grant.ended_at, grant.valid_until) if each is not None)
    if ended <= now:
        return gettext("%(when)s, duurde %(long)s") % {
            "when": near(grant.valid_from, now),
            "long": duration(ended - grant.valid_from),
        }
    return gettext("%(begin)s tot %(end)s") % {
        "begin": near(grant.valid_from, now),
        "end": near(grant.valid_until, now),
    }


def who_does_what() -> Table:
    """The table of states, as it is enforced."""
    words = (gettext("Handeling"), gettext("Van"), gettext("Naar"), gettext("Wie"))
    return Table(
        caption=gettext("Wie doet wat, en wanneer"),
        headings=[Heading(word) for word in words],
        rows=[
            Row(
                [
                    Cell(str(act.word)),
                    Cell(
                        ", ".join(str(state.label) for state in State if state in act.before), label=words[1]
                    ),
                    Cell(str(act.after.label) if act.after else gettext("dezelfde staat"), label=words[2]),
                    Cell(who_may(act), label=words[3]),
                ]
            )
            for act in ACTS.values()
        ],
    )
