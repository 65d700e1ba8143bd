"""What is another organisation's, or of a municipality that the key does not see, is not there."""

from __future__ import annotations

from typing import Any

import pytest
from django.db import transaction

from backoffice.models import LogLine
from tenants.accounts.log import note
from tenants.registry.context import for_vendor
from tenants.registry.models import Municipality, Organisation
from tests.backoffice.conftest import failed
from tests.isolation.rows import digests_of
from tests.people import House, member, partner_organisation
from tests.vendor_api.conftest import Program, key_of
from vendor_api.scopes import SCOPES

NOBODYS = "999999999999999999"


@pytest.fixture
def partner(utrecht: Municipality) -> Organisation:
    """It serves Utrecht."""
    partner = partner_organisation()
    Municipality.objects.filter(pk=utrecht.pk).update(implementation_partner=partner)
    return partner


@pytest.fixture(params=["partner", "limited"])
def of_utrecht(request: pytest.FixtureRequest, partner: Organisation) -> Program:
    """A key that sees Utrecht alone, with every scope."""
    return (
        key_of(*SCOPES, organisation=partner)
        if request.param == "partner"
        else key_of(*SCOPES, schemas=("utrecht",))
    )


def results(program: Program, path: str) -> list[Any]:
    answer = program.get(path)
    assert answer.status_code == 200
    assert answer.json()["count"] == len(answer.json()["results"])
    return list(answer.json()["results"])


def test_only_ones_own_municipality_is_listed(of_utrecht: Program, haarlem: Municipality) -> None:
    assert [each["schema"] for each in results(of_utrecht, "/municipalities")] == ["utrecht"]


@pytest.mark.parametrize("below", ["", "/environments", "/domains"])
def test_another_municipality_is_as_absent_as_none(
    of_utrecht: Program, haarlem: Municipality, below: str
) -> None:
    other = of_utrecht.get(f"/municipalities/{haarlem.pk}{below}")
    none = of_utrecht.get(f"/municipalities/{NOBODYS}{below}")

    assert other.status_code == none.status_code == 404
    assert without_instance(other) == without_instance(none)


def without_instance(answer: Any) -> dict[str, Any]:
    return {name: value for name, value in answer.json().items() if name != "instance"}


def test_the_environments_of_another_are_not_among_ones_own(
    of_utrecht: Program, haarlem: Municipality, utrecht: Municipality
) -> None:
    Municipality.objects.filter(pk=haarlem.pk).update(cbs_code="0344", environment="acceptatie")

    found = results(of_utrecht, f"/municipalities/{utrecht.pk}/environments")

    assert [each["schema"] for each in found] == ["utrecht"]


def test_anothers_job_is_not_there_and_not_repeated(of_utrecht: Program, haarlem: Municipality) -> None:
    job = failed(haarlem)
    own_etag = key_of(*SCOPES).get(f"/jobs/{job.pk}").headers["ETag"]
    before = rows()

    assert of_utrecht.get(f"/jobs/{job.pk}").status_code == 404
    assert of_utrecht.post(f"/jobs/{job.pk}/attempts", {}, If_Match=own_etag).status_code == 404
    assert results(of_utrecht, "/jobs") == []
    assert results(of_utrecht, f"/jobs?municipality={haarlem.pk}") == []
    assert rows() == before


def test_a_job_of_no_municipality_yet_is_for_who_sees_the_fleet(of_utrecht: Program) -> None:
    job = failed(None)

    assert of_utrecht.get(f"/jobs/{job.pk}").status_code == 404
    assert key_of("taken:read").get(f"/jobs/{job.pk}").status_code == 200


def rows() -> dict[str, str]:
    """Everything in public but what a key itself leaves behind."""
    with for_vendor():
        found = digests_of("public")
    return {table: digest for table, digest in found.items() if not table.startswith("public.vendor_api")}


def test_people_of_another_organisation_are_not_there(partner: Organisation) -> None:
    vendor = House.of(None)
    ours = member(vendor, "eigenaar")
    theirs = member(vendor, "eigenaar", "p@partner.example", organisation=partner)
    program = key_of("medewerkers:read", organisation=partner, made_by=theirs.user)

    assert [each["id"] for each in results(program, "/people")] == [theirs.user.pk]
    assert [each["id"] for each in results(program, "/memberships")] == [theirs.pk]
    assert results(program, f"/memberships?person={ours.user.pk}") == []
    assert program.get(f"/people/{ours.user.pk}").status_code == 404
    assert program.get(f"/memberships/{ours.pk}").status_code == 404


def test_the_vendor_sees_the_people_of_its_partners(partner: Organisation) -> None:
    theirs = member(House.of(None), "eigenaar", "p@partner.example", organisation=partner)

    assert key_of("medewerkers:read").get(f"/people/{theirs.user.pk}").status_code == 200


def test_a_limit_names_only_the_municipalities_that_the_key_sees(of_utrecht: Program) -> None:
    assert of_utrecht.token
    organisation = of_utrecht.token.organisation
    held = member(
        House.of(None), "helpdesk", organisation=organisation, municipalities=("haarlem", "utrecht")
    )

    found = of_utrecht.get(f"/memberships/{held.pk}").json()

    assert (found["isLimited"], found["municipalities"]) == (True, ["utrecht"])


def test_the_log_holds_no_line_of_another(
    of_utrecht: Program, haarlem: Municipality, utrecht: Municipality
) -> None:
    with for_vendor(), transaction.atomic():
        for municipality in (haarlem, utrecht):
            note(
                person=None, area="gemeenten", action="stap herhaald", subject="x", municipality=municipality
            )
        note(person=None, area="gemeenten", action="stap herhaald", subject="van geen gemeente")
    hidden = LogLine.objects.filter(municipality="haarlem").values_list("pk", flat=True)

    seen = results(of_utrecht, "/log-lines")

    assert {each["municipality"] for each in seen} == {"utrecht"}
    assert {of_utrecht.get(f"/log-lines/{pk}").status_code for pk in hidden} == {404}
    assert results(of_utrecht, "/log-lines?municipality=haarlem") == []


def test_a_municipality_that_was_taken_over_is_gone_at_once(
    of_utrecht: Program, utrecht: Municipality, partner: Organisation
) -> None:
    other = Organisation.objects.create(name="Ander", kind=Organisation.Kind.VENDOR)

    Municipality.objects.filter(pk=utrecht.pk).update(vendor=other, implementation_partner=None)

    assert of_utrecht.get(f"/municipalities/{utrecht.pk}").status_code == 404
