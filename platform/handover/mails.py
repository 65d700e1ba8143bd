"""What is told by mail of a hand-over: that a signature or an answer is asked, or that it was declined."""

from __future__ import annotations

from django.conf import settings
from django.db.models import Q
from django.template.loader import render_to_string
from django.urls import reverse
from django.utils.translation import override

from handover.models import Handover
from handover.states import ANSWERS, AREA, TRANSITIONS, Side, State
from tenants.accounts.letters import addresses, post, who_see
from tenants.accounts.rights import Level
from tenants.accounts.side import side_of
from tenants.errands.errands import send_on
from tenants.registry.context import in_municipality, require_public
from tenants.registry.models import Municipality
from tenants.registry.origin import origin_at, origin_of

SUBJECTS = {
    State.CONCEPT: "{title}: onderteken de aanvraag",
    State.AANGEVRAAGD: "{title}: onderteken of wijs af",
    State.AANVAARD: "{title}: bevestig of maak bezwaar",
    State.GESCHIL: "{title}: er is bezwaar gemaakt",
    State.AFGEWEZEN: "{title}: de nieuwe partij wijst haar af",
}


TOLD = {*ANSWERS, State.AFGEWEZEN}
"""What one hears of by mail: that an answer is asked, or that there will be no hand-over."""


def ask_for_answer(handover: int, state: str) -> None:
    """By a job, which alone knows the people of all, once it stands that it came into this state."""
    if state in TOLD:
        send_on("overdracht", pk=handover, state=state)


def tell_who_answers(*, pk: int, state: str) -> None:
    """The errand; of a state that it is not in any more nobody is told: that one has an errand of its own."""
    require_public()
    handover = Handover.objects.select_related("municipality").filter(pk=pk, state=state).first()
    if handover is None or handover.municipality.status == Municipality.Status.BEEINDIGD:
        return
    stands = State(state)
    side = ANSWERS.get(stands, Side.GEMEENTE)
    given = {
        "handover": handover,
        "state": stands.label.lower(),
        "acts": [act.words for act in TRANSITIONS.values() if act.side is side and stands in act.before],
        "link": _link(handover, side),
    }
    with override(settings.LANGUAGE_CODE):
        body = render_to_string("handover/mail/answer.txt", given)
    title = f"Overdracht van {handover.municipality_name}"
    post(SUBJECTS[stands].format(title=title), body, _who_answer(handover, side))


def _who_answer(handover: Handover, side: Side) -> list[str]:
    """Those of this side whose role signs; of who serves municipalities, those who see this one or all."""
    if side is Side.GEMEENTE:
        with in_municipality(handover.municipality):
            return addresses("municipality", AREA, Level.APPROVE)
    organisation = handover.to_organisation_id if side is Side.NEW else handover.from_organisation_id
    if organisation is None:
        return []  # nobody had the role
    sees = who_see(handover.municipality.schema_name)
    return addresses("vendor", AREA, Level.APPROVE, sees, Q(organisation=organisation))


def _link(handover: Handover, side: Side) -> str:
    console = "municipality" if side is Side.GEMEENTE else "vendor"
    path = reverse("overdracht", urlconf=side_of(console).urlconf, args=[handover.pk])
    if side is Side.GEMEENTE:
        return f"{origin_of(handover.municipality)}{path}"
    return f"{origin_at(settings.VENDOR_HOSTS[0])}{path}"
