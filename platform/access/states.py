"""The states of access, who may bring it from one into the next, and what is refused: the one table."""

from __future__ import annotations

from collections.abc import Mapping
from dataclasses import dataclass
from enum import StrEnum
from types import MappingProxyType

from django.utils.functional import Promise
from django.utils.translation import gettext_lazy as _

from access.models import State
from tenants.accounts.rights import Level

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
    emergency: bool | None = None
    """Of emergencies alone, of ordinary access alone, or of both."""
    logged: str = ""
    role: str = ""
    """The one role that may, where the level does not say it."""

    @property
    def is_of_municipality(self) -> bool:
        return self.actor is Actor.MUNICIPALITY


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
            logged="toegang niet meer gevraagd",
        ),
        "allow": Act(
            _("Toegang geven"),
            _from(State.AANGEVRAAGD),
            State.TOEGESTAAN,
            Actor.MUNICIPALITY,
            Level.APPROVE,
            fresh=True,
            emergency=False,
            logged="toegang gegeven",
        ),
        "refuse": Act(
            _("Weigeren"),
            _from(State.AANGEVRAAGD),
            State.GEWEIGERD,
            Actor.MUNICIPALITY,
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
            Actor.MUNICIPALITY,
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
            Actor.MUNICIPALITY,
            Level.APPROVE,
            fresh=True,
            emergency=True,
            logged="noodtoegang akkoord",
        ),
        "dispute": Act(
            _("Betwisten"),
            _from(State.VERANTWOORD),
            State.BETWIST,
            Actor.MUNICIPALITY,
            Level.APPROVE,
            fresh=True,
            emergency=True,
            logged="noodtoegang betwist",
        ),
    }
)
