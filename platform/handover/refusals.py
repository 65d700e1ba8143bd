"""Why somebody may not do what he asks, and who can: asked before it is offered, and by every act."""

from __future__ import annotations

from collections.abc import Sequence
from dataclasses import dataclass
from datetime import datetime

from django.utils.translation import gettext

from contracts.working_days import end_of_term
from handover.models import Entry, Handover, Task
from handover.states import AREA, TRANSITIONS, WORKING_DAYS_TO_OBJECT, Side, State
from screens.formats import full_day
from tenants.accounts.person import Person
from tenants.accounts.side import side_of


class HandoverRefused(ValueError):
    """A sentence that says why, and who can do it."""


class Stale(HandoverRefused):
    """Somebody else was first."""


@dataclass(frozen=True, slots=True)
class Actor:
    """Somebody, on the side for which he acts; None is a looker-on."""

    person: Person
    side: Side | None

    @property
    def address(self) -> str:
        return self.person.user.email


@dataclass(frozen=True, slots=True)
class Known:
    """A hand-over with what was done in it."""

    handover: Handover
    entries: Sequence[Entry]
    tasks: Sequence[Task]


def object_until(handover: Handover) -> datetime | None:
    """From that moment on silence has confirmed; None as long as nobody accepted.

    Where nobody had the role, nobody can object.
    """
    if handover.accepted_at is None:
        return None
    if handover.from_organisation_id is None:
        return handover.accepted_at
    return end_of_term(handover.accepted_at, WORKING_DAYS_TO_OBJECT)


def standing(handover: Handover, now: datetime) -> State:
    """Its state, which time alone may have moved: no job has to run for that."""
    until = object_until(handover)
    if handover.state == State.AANVAARD and until is not None and now >= until:
        return State.BEVESTIGD
    return State(handover.state)


def why_not(key: str, known: Known, *, actor: Actor, now: datetime) -> str:
    """A sentence for whoever may not do this now; empty for who may."""
    transition, handover = TRANSITIONS[key], known.handover
    if actor.side is not transition.side:
        return f"{transition.refused} {_who_can(transition.side, key, handover)}".strip()
    if not actor.person.may(AREA, transition.level):
        return gettext("Uw rol is %(role)s. %(who)s") % {
            "role": actor.person.role_name.lower(),
            "who": _who_can(transition.side, key, handover),
        }
    if standing(handover, now) not in transition.before:
        return _not_in_this_state(key, handover, now)
    if _acted_elsewhere(known, actor):
        return gettext(
            "U handelde hier al voor een andere partij. Wie vraagt beslist niet: laat een collega dit doen."
        )
    return _not_yet(key, known, now)


def _who_can(side: Side, key: str, handover: Handover) -> str:
    if side is Side.TIME:
        return ""
    console = "municipality" if side is Side.GEMEENTE else "vendor"
    roles = side_of(console).table.who_may(AREA, TRANSITIONS[key].level)
    party = {
        Side.GEMEENTE: handover.municipality_name,
        Side.NEW: handover.to_name,
        Side.OLD: handover.from_name,
    }[side]
    return gettext("Dit kan van %(party)s: %(roles)s.") % {
        "party": party,
        "roles": roles.lower(),
    }


def _not_in_this_state(key: str, handover: Handover, now: datetime) -> str:
    until = object_until(handover)
    if key in {"bezwaar", "bevestigen"} and handover.state == State.AANVAARD and until is not None:
        return gettext("De termijn liep tot %(day)s. De overdracht is stilzwijgend bevestigd.") % {
            "day": full_day(until)
        }
    return gettext("De overdracht is %(state)s. Dit kan alleen als zij %(before)s is.") % {
        "state": standing(handover, now).label.lower(),
        "before": ", ".join(str(state.label).lower() for state in TRANSITIONS[key].before),
    }


def _acted_elsewhere(known: Known, actor: Actor) -> bool:
    """One human may have an account at two parties: the address tells."""
    return any(
        entry.side != actor.side and entry.person.casefold() == actor.address.casefold()
        for entry in known.entries
    )


def _not_yet(key: str, known: Known, now: datetime) -> str:
    planned = known.handover.planned_at
    if key == "overdragen":
        if planned is None or now < planned:
            return gettext("Dit kan vanaf het geplande moment.")
        left = sum(not task.after_the_moment for task in _holding_up(known))
    elif key == "afronden":
        left = len(_holding_up(known))
    else:
        return ""
    return gettext("Er staan nog taken open: %(count)s. Rond die eerst af.") % {"count": left} if left else ""


def _holding_up(known: Known) -> list[Task]:
    """Open tasks but for those of the old side, which cannot block."""
    return [task for task in known.tasks if task.done_at is None and task.side != Side.OLD]
