"""Access grants over the API, which a program reads and nothing more."""

from __future__ import annotations

from datetime import timedelta

import pytest
from django.utils import timezone

from api.clients.vertrouwelijkheid import Vertrouwelijkheidaanduiding
from tenants.registry.models import Municipality
from tests.access.grants import make_grant
from tests.people import House, member, partner_organisation
from tests.vendor_api.conftest import Program, key_of


def test_a_grant_says_who_may_look_where_and_why(program: Program, haarlem: Municipality) -> None:
    grant = make_grant(haarlem, now=timezone.now(), reason="Omdat <b>")

    found = program.get(f"/access-grants/{grant.pk}").json()

    assert (found["number"], found["municipality"], found["person"]) == (
        grant.number,
        haarlem.pk,
        grant.person_id,
    )
    assert (found["reason"], found["state"], found["maximum"]) == (
        "Omdat <b>",
        "aangevraagd",
        Vertrouwelijkheidaanduiding(4).name.lower(),
    )
    assert found["maskPersonalData"] is True


@pytest.mark.parametrize(("lapses", "state"), [(1, "aangevraagd"), (0, "vervallen"), (-1, "vervallen")])
def test_the_state_is_what_time_made_of_it(
    program: Program, haarlem: Municipality, monkeypatch: pytest.MonkeyPatch, lapses: int, state: str
) -> None:
    now = timezone.now()
    monkeypatch.setattr(timezone, "now", lambda: now)
    grant = make_grant(haarlem, now=now, lapses_at=now + timedelta(seconds=lapses))

    assert program.get(f"/access-grants/{grant.pk}").json()["state"] == state
    assert program.get(f"/access-grants?state={state}").json()["count"] == 1


def test_a_grant_of_another_organisation_or_municipality_is_not_there(
    haarlem: Municipality, utrecht: Municipality
) -> None:
    partner = partner_organisation()
    Municipality.objects.filter(pk=utrecht.pk).update(implementation_partner=partner)
    theirs = member(House.of(None), "eigenaar", "p@partner.example", organisation=partner)
    now = timezone.now()
    of_haarlem, of_utrecht = make_grant(haarlem, now=now), make_grant(utrecht, now=now, asker=theirs)

    def seen(program: Program) -> list[int]:
        listed = [each["id"] for each in program.get("/access-grants").json()["results"]]
        read = [
            pk
            for pk in (of_utrecht.pk, of_haarlem.pk)
            if program.get(f"/access-grants/{pk}").status_code == 200
        ]
        assert sorted(listed) == sorted(read)
        return sorted(read)

    assert seen(key_of("toegang:read", organisation=partner)) == [of_utrecht.pk]
    assert seen(key_of("toegang:read", schemas=("haarlem",))) == [of_haarlem.pk]
    assert seen(key_of("toegang:read")) == sorted([of_haarlem.pk, of_utrecht.pk])


def test_a_program_asks_for_no_access(program: Program) -> None:
    assert program.post("/access-grants", {}).status_code == 405
