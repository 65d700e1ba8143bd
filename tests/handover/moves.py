"""Hand-overs of Haarlem from the vendor that it has to another, brought to any state by who may."""

from __future__ import annotations

from dataclasses import dataclass
from datetime import date, datetime, timedelta
from typing import Any

from django.utils import timezone

from handover.acting import act, do_task, known_of
from handover.asking import Plan, begin, decide, known_inside, rows, tell_done
from handover.models import Handover, Task
from handover.states import Side, State
from tenants.accounts.models import Membership
from tenants.accounts.person import Person, person_of
from tenants.registry.context import for_vendor, in_municipality
from tenants.registry.models import Municipality, Organisation
from tests.people import House, member, vendor_organisation

WAY = (
    (State.AANGEVRAAGD, "aanvragen", Side.GEMEENTE),
    (State.AANVAARD, "aanvaarden", Side.NEW),
    (State.BEVESTIGD, "bevestigen", Side.OLD),
    (State.VOORBEREIDING, "voorbereiden", Side.NEW),
    (State.GEPLAND, "plannen", Side.GEMEENTE),
    (State.OVERGEDRAGEN, "overdragen", Side.NEW),
    (State.AFGEROND, "afronden", Side.GEMEENTE),
)
ASIDE = {
    State.GESCHIL: (State.AANVAARD, "bezwaar", Side.OLD),
    State.AFGEWEZEN: (State.AANGEVRAAGD, "afwijzen", Side.NEW),
    State.AFGEBROKEN: (State.AANGEVRAAGD, "afbreken", Side.GEMEENTE),
}
DECIDED = date(2026, 11, 2)


@dataclass(frozen=True)
class Cast:
    """Of each side its highest, and the hand-over's parties."""

    municipality: Municipality
    new: Organisation
    old: Organisation
    gemeente: Membership
    receiver: Membership
    former: Membership

    def membership(self, side: Side) -> Membership:
        return {Side.GEMEENTE: self.gemeente, Side.NEW: self.receiver, Side.OLD: self.former}[side]


def other_vendor(name: str = "Dimpact") -> Organisation:
    return Organisation.objects.get_or_create(name=name, kind=Organisation.Kind.VENDOR)[0]


def make_handover(municipality: Municipality, **given: Any) -> Handover:
    """Of its vendor to another, as a row; it was stopped, so that there may be more."""
    return Handover.objects.create(
        **{
            "municipality": municipality,
            "role": "host",
            "from_organisation_id": municipality.vendor_id,
            "to_organisation": other_vendor(),
            "decided_on": DECIDED,
            "begun_at": timezone.now(),
            "state": State.AFGEBROKEN,
            **given,
        }
    )


def cast_of(municipality: Municipality) -> Cast:
    vendor, new = House.of(None), other_vendor()
    return Cast(
        municipality,
        new,
        vendor_organisation(),
        member(House.of(municipality), "beheerder"),
        member(vendor, "eigenaar", "nieuw@dimpact.example", organisation=new),
        member(vendor, "eigenaar", "oud@x.example"),
    )


def known_person(membership: Membership) -> Person:
    found = person_of(membership.user)
    assert found is not None
    return found


def begun(cast: Cast) -> int:
    with in_municipality(cast.municipality):
        return begin(
            "host",
            cast.new.pk,
            decision="Collegebesluit",
            decided_on=DECIDED,
            person=known_person(cast.gemeente),
        )


def do(cast: Cast, pk: int, key: str, side: Side, *, by: Membership | None = None, **how: Any) -> None:
    """One act, as of who sees the state that holds."""
    who = by or cast.membership(side)
    now: datetime = how.pop("now", None) or timezone.now()
    if side is Side.GEMEENTE:
        with in_municipality(cast.municipality):
            handover = rows().of(Handover).get(pk=pk)
            plan = Plan(now, timezone.localdate(now) + timedelta(days=14)) if key == "plannen" else None
            seen = how.pop("seen", handover.state)
            decide(handover, key, seen=seen, person=known_person(who), now=now, words="Daarom.", plan=plan)
    else:
        with for_vendor():
            handover = Handover.objects.get(pk=pk)
            act(
                handover,
                key,
                seen=how.pop("seen", handover.state),
                person=known_person(who),
                now=now,
                words="Daarom.",
            )


def do_tasks(cast: Cast, pk: int) -> None:
    """Whatever the gemeente and the new side have to do by now."""
    with for_vendor():
        person, handover = known_person(cast.receiver), Handover.objects.get(pk=pk)
        for task in Task.objects.filter(handover=pk, side=Side.NEW, done_at=None):
            do_task(task, evidence="Gedaan.", person=person, now=timezone.now())
    with in_municipality(cast.municipality):
        handover, person = rows().of(Handover).get(pk=pk), known_person(cast.gemeente)
        for task in known_inside(handover).tasks:
            if task.side == Side.GEMEENTE and task.done_at is None:
                tell_done(task, handover, evidence="Gedaan.", person=person)


def bring_to(cast: Cast, state: State) -> int:
    """A hand-over in this state."""
    pk = begun(cast)
    if state is State.CONCEPT:
        return pk
    stop, *aside = ASIDE.get(state, (state,))
    for reached, key, side in WAY:
        if key in {"overdragen", "afronden"}:
            do_tasks(cast, pk)
        do(cast, pk, key, side)
        if reached is stop:
            break
    if aside:
        do(cast, pk, str(aside[0]), Side(aside[1]))
    return pk


def state_of(pk: int) -> str:
    with for_vendor():
        return str(Handover.objects.get(pk=pk).state)


def shown(pk: int) -> Any:
    with for_vendor():
        return known_of(Handover.objects.get(pk=pk))
