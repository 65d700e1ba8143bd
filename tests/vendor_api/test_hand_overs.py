"""Hand-overs over the API, which both sides read and a third does not."""

from __future__ import annotations

from django.utils import timezone

from handover.models import Handover
from tenants.registry.models import Municipality, Organisation
from tests.handover.moves import other_vendor
from tests.people import partner_organisation
from tests.vendor_api.conftest import Program, key_of


def made(municipality: Municipality, state: str = "aangevraagd") -> Handover:
    found: Handover = Handover.objects.create(
        municipality=municipality,
        role="host",
        from_organisation=municipality.vendor,
        to_organisation=other_vendor(),
        from_name="Oud",
        to_name="Nieuw <b>",
        municipality_name=municipality.naam,
        decided_on=timezone.localdate(),
        begun_at=timezone.now(),
        state=state,
    )
    return found


def read(organisation: Organisation | None, handover: Handover, **how: tuple[str, ...]) -> tuple[int, int]:
    """How many are listed, and what reading it answers."""
    program: Program = key_of("overdrachten:read", organisation=organisation, **how)
    listed = program.get("/hand-overs").json()["count"]
    return listed, program.get(f"/hand-overs/{handover.pk}").status_code


def test_both_sides_read_it_and_a_third_does_not(haarlem: Municipality) -> None:
    handover = made(haarlem)

    assert read(None, handover) == (1, 200)
    assert read(other_vendor(), handover) == (1, 200)
    assert read(partner_organisation(), handover) == (0, 404)
    assert read(None, handover, schemas=("utrecht",)) == (0, 404)


def test_what_the_gemeente_only_thinks_of_is_not_there(haarlem: Municipality) -> None:
    assert read(None, made(haarlem, "concept")) == (0, 404)


def test_it_says_from_whom_to_whom(program: Program, haarlem: Municipality) -> None:
    found = program.get(f"/hand-overs/{made(haarlem).pk}").json()

    assert (found["municipality"], found["fromOrganisation"], found["toOrganisation"]) == (
        haarlem.pk,
        "Oud",
        "Nieuw <b>",
    )
    assert program.get("/hand-overs?state=aangevraagd&role=host").json()["count"] == 1
    assert program.get("/hand-overs?state=afgerond").json()["count"] == 0


def test_a_program_signs_nothing(program: Program, haarlem: Municipality) -> None:
    assert program.post(f"/hand-overs/{made(haarlem).pk}", {}).status_code == 405
