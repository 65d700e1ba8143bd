"""The states of access, who may bring it from one into the next, and what is refused: the one table."""

from __future__ import annotations

from collections.abc import Mapping
from dataclasses import dataclass
from datetime import datetime
from enum import StrEnum
from types import MappingProxyType

from django.utils import timezone
from django.utils.functional import Promise
from django.utils.translation import gettext
from django.utils.translation import gettext_lazy as _

from access.models import Grant, Kind, State
from access.models.grant import PASSES_INTO
from access.refusals import AccessRefused, AccessStale
from screens.formats import near
from tenants.accounts.person import Person
from tenants.accounts.rights import Level
from tenants.accounts.side import side_of

AREA = "toegang"
"""Of the permission tables of both consoles."""


class Actor(StrEnum):
    """Whose hand it takes, of those whose role reaches the level."""

    ASKER = "asker"
    COLLEAGUE = "colleague"
    """Of the asker's organisation, and never the asker."""
    ORGANISATION = "organisation"
    """Of the asker's organisation, he himself too."""
    MUNICIPALITY = "municipality"
    """Anybody there."""
    DECIDER = "decider"
    """Of the municipality, and never the asker with another hat."""


@dataclass(frozen=True, slots=True)
class Act:
    """What somebody may do, from which states, and what it leads to."""

    word: str | Promise
    before: frozenset[State]
    after: State | None
    """None leaves the state as it is."""
    actor: Actor
    level: Level
    fresh: bool
    """Whether one shows once more who one is."""
    logged: str
    emergency: bool | None = None
    """Of emergencies alone, of ordinary access alone, or of both."""
    role: str = ""
    """The one role that may, where the level does not say it."""
    by_program: bool = False
    """Whether a program of the asker's organisation may, in his place: what ends access, and nothing else."""

    @property
    def is_of_municipality(self) -> bool:
        return self.actor in {Actor.MUNICIPALITY, Actor.DECIDER}


def _from(*states: State) -> frozenset[State]:
    return frozenset(states)


ACTS: Mapping[str, Act] = MappingProxyType(
    {
        "retract": Act(
            _("Aanvraag intrekken"),
            _from(State.AANGEVRAAGD),
            State.INGETROKKEN_DOOR_AANVRAGER,
            Actor.ASKER,
            Level.CHANGE,
            fresh=False,
            by_program=True,
            logged="toegang niet meer gevraagd",
        ),
        "allow": Act(
            _("Toegang geven"),
            _from(State.AANGEVRAAGD),
            State.TOEGESTAAN,
            Actor.DECIDER,
            Level.APPROVE,
            fresh=True,
            emergency=False,
            logged="toegang gegeven",
        ),
        "refuse": Act(
            _("Weigeren"),
            _from(State.AANGEVRAAGD),
            State.GEWEIGERD,
            Actor.DECIDER,
            Level.APPROVE,
            fresh=True,
            emergency=False,
            logged="toegang geweigerd",
        ),
        "give_back": Act(
            _("Teruggeven"),
            _from(State.TOEGESTAAN),
            State.TERUGGEGEVEN,
            Actor.ASKER,
            Level.CHANGE,
            fresh=False,
            emergency=False,
            by_program=True,
            logged="toegang teruggegeven",
        ),
        "stop": Act(
            _("Toegang stoppen"),
            _from(State.TOEGESTAAN),
            State.INGETROKKEN,
            Actor.MUNICIPALITY,
            Level.CHANGE,
            fresh=False,
            emergency=False,
            logged="toegang gestopt",
        ),
        "unmask": Act(
            _("Persoonsgegevens tonen"),
            _from(State.TOEGESTAAN),
            None,
            Actor.DECIDER,
            Level.CHANGE,
            fresh=True,
            emergency=False,
            logged="maskering uitgezet",
            role="privacyfunctionaris",
        ),
        "confirm": Act(
            _("Noodtoegang bevestigen"),
            _from(State.AANGEVRAAGD),
            State.NOODTOEGANG,
            Actor.COLLEAGUE,
            Level.CHANGE,
            fresh=True,
            emergency=True,
            logged="noodtoegang bevestigd",
        ),
        "end": Act(
            _("Noodtoegang beëindigen"),
            _from(State.NOODTOEGANG),
            State.BEEINDIGD,
            Actor.ASKER,
            Level.CHANGE,
            fresh=False,
            emergency=True,
            by_program=True,
            logged="noodtoegang beëindigd",
        ),
        "stop_emergency": Act(
            _("Noodtoegang stoppen"),
            _from(State.NOODTOEGANG),
            State.BEEINDIGD,
            Actor.MUNICIPALITY,
            Level.CHANGE,
            fresh=False,
            emergency=True,
            logged="noodtoegang gestopt",
        ),
        "account": Act(
            _("Noodtoegang verantwoorden"),
            _from(State.BEEINDIGD),
            State.VERANTWOORD,
            Actor.ORGANISATION,
            Level.CHANGE,
            fresh=False,
            emergency=True,
            logged="noodtoegang verantwoord",
        ),
        "agree": Act(
            _("Akkoord gaan"),
            _from(State.VERANTWOORD),
            State.AKKOORD,
            Actor.DECIDER,
            Level.APPROVE,
            fresh=True,
            emergency=True,
            logged="noodtoegang akkoord",
        ),
        "dispute": Act(
            _("Betwisten"),
            _from(State.VERANTWOORD),
            State.BETWIST,
            Actor.DECIDER,
            Level.APPROVE,
            fresh=True,
            emergency=True,
            logged="noodtoegang betwist",
        ),
    }
)


def check(grant: Grant, key: str, *, person: Person, now: datetime) -> Act:
    """The act, which this person may do with this grant now. Raises AccessRefused, or AccessStale."""
    act = ACTS[key]
    if why := _not_by(act, grant, person):
        raise AccessRefused(why)
    if act.emergency is not None and act.emergency != (grant.kind == Kind.NOOD):
        raise AccessRefused(
            gettext("Dit gaat alleen bij noodtoegang.")
            if act.emergency
            else gettext("Dit gaat niet bij noodtoegang.")
        )
    if grant.state_at(now) not in act.before:
        raise AccessStale(how_it_stands(grant, now))
    return act


def may(grant: Grant, key: str, *, person: Person, now: datetime) -> bool:
    try:
        check(grant, key, person=person, now=now)
    except AccessRefused:
        return False
    return True


def who_may(act: Act) -> str:
    """Whose hand it takes, in words."""
    table = side_of("municipality" if act.is_of_municipality else "vendor").table
    if act.role:
        return table.role_name(act.role)
    who = str(HANDS[act.actor]) % {"roles": table.who_may(AREA, act.level).lower()}
    return gettext("%(who)s, of een programma van zijn organisatie") % {"who": who} if act.by_program else who


HANDS: Mapping[Actor, Promise] = MappingProxyType(
    {
        Actor.ASKER: _("de aanvrager zelf"),
        Actor.COLLEAGUE: _("een collega van de aanvrager: %(roles)s"),
        Actor.ORGANISATION: _("de organisatie van de aanvrager: %(roles)s"),
        Actor.MUNICIPALITY: _("de gemeente: %(roles)s"),
        Actor.DECIDER: _("de gemeente: %(roles)s"),
    }
)


def _not_by(act: Act, grant: Grant, person: Person) -> str:
    """Why it is not for this person, and for whom it is; empty where it is."""
    who = gettext("Dit kan: %(who)s.") % {"who": who_may(act)}
    if act.is_of_municipality == person.side.has_organisations or (person.is_program and not act.by_program):
        return who
    if not person.may(AREA, act.level) or act.role not in {"", person.role}:
        return gettext("Uw rol is %(role)s. %(who)s") % {"role": person.role_name.lower(), "who": who}
    if act.actor is Actor.DECIDER and person.user.email.lower() in _askers(grant):
        return gettext("U vroeg deze toegang zelf. Een collega beslist.")
    return "" if act.is_of_municipality else _not_of_vendor(act, grant, person, who)


def _askers(grant: Grant) -> set[str]:
    """Who looks, and who answers for the program that asked it; empty is nobody's address."""
    return {grant.person_email.lower(), grant.asked_by_email.lower()}


def _not_of_vendor(act: Act, grant: Grant, person: Person, who: str) -> str:
    if grant.organisation_id != person.organisation_id:
        return who
    is_own = grant.person_id == person.user.pk or person.is_program
    if act.actor is Actor.ASKER and not is_own:
        return who
    if act.actor is Actor.COLLEAGUE and is_own:
        return gettext("U vroeg deze toegang zelf. Een collega bevestigt.")
    return ""


def how_it_stands(grant: Grant, now: datetime) -> str:
    """For whoever saw another state: what became of it, by whom and when."""
    state = grant.state_at(now)
    said = {"number": grant, "state": str(state.label).lower()}
    who, when = last_hand(grant)
    if (state in PASSES_INTO.values() and grant.ended_at is None) or when is None:
        return gettext("%(number)s is %(state)s.") % said
    return gettext("%(number)s is intussen %(state)s, door %(who)s, %(when)s.") % {
        **said,
        "who": who,
        "when": near(when, timezone.now()),
    }


def last_hand(grant: Grant) -> tuple[str, datetime | None]:
    """Who did something last, and when."""
    hands = [
        (grant.judged_by, grant.judged_at),
        (grant.accounted_by, grant.accounted_at),
        (grant.ended_by, grant.ended_at),
        (grant.decided_by, grant.decided_at),
    ]
    return next(((who, when) for who, when in hands if when is not None), ("", None))
