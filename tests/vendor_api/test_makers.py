"""A key never does what its maker may not do now."""

from __future__ import annotations

from datetime import timedelta
from typing import Any

import pytest
from django.utils import timezone

from backoffice.permissions import ROLES, TABLE
from tenants.accounts.models import Membership, User
from tenants.accounts.models.membership import today_here
from tenants.registry.models import Municipality
from tests.people import House, browser_of, member, partner_organisation
from tests.vendor_api.conftest import Program, key_of
from vendor_api.http.authentication import WITHOUT_MAKER
from vendor_api.models import Token
from vendor_api.scopes import SCOPES

READS = {
    "gemeenten": "/municipalities",
    "taken": "/jobs",
    "medewerkers": "/people",
    "toegang": "/access-grants",
    "overdrachten": "/hand-overs",
    "logboek": "/log-lines",
    "afspraken": "/service-levels",
    "contracten": "/contracts",
    "meldingen": "/tickets",
    "storingen": "/incidents",
    "rapporten": "/service-reports",
}


@pytest.fixture
def maker(db: None) -> Membership:
    return member(House.of(None), "operatie", "maker@localhost.example")


@pytest.fixture
def made(maker: Membership) -> Program:
    """With all that its maker may himself."""
    may = [name for name, scope in SCOPES.items() if TABLE.level(scope.area, maker.role) >= scope.level]
    return key_of(*may, made_by=maker.user)


def becomes(maker: Membership, **changes: Any) -> None:
    Membership.objects.filter(pk=maker.pk).update(**changes)


def shown() -> str:
    """The page of keys, as an owner sees it."""
    vendor = House.of(None)
    return str(browser_of(vendor, member(vendor, "eigenaar")).get("/sleutels/").content.decode())


def is_refused(program: Program) -> None:
    answer = program.get("/municipalities")

    assert (answer.status_code, answer.headers["Content-Type"]) == (401, "application/problem+json")
    assert answer.json()["detail"] == WITHOUT_MAKER
    assert Token.objects.get(pk=program.token.pk).last_used_at is None  # type: ignore[union-attr]  # it has one
    assert "Maker heeft geen rol" in shown()


@pytest.mark.parametrize("role", [role.key for role in ROLES])
def test_a_key_reads_what_the_role_of_its_maker_reads(made: Program, maker: Membership, role: str) -> None:
    becomes(maker, role=role)

    read = {area: made.get(path).status_code for area, path in READS.items()}

    assert read == {area: 200 if TABLE.level(area, role) else 403 for area in READS}


@pytest.mark.parametrize("role", [role.key for role in ROLES])
def test_a_key_changes_what_the_role_of_its_maker_changes(
    made: Program, maker: Membership, role: str
) -> None:
    becomes(maker, role=role)

    # what may be done asks for a body, and gets none
    done = {
        area: made.post(path, {}).status_code
        for area, path in (("gemeenten", "/municipalities"), ("toegang", "/access-grants"))
    }

    assert done == {area: 400 if TABLE.level(area, role) > 1 else 403 for area in done}


def test_the_refusal_says_that_it_is_the_maker(made: Program, maker: Membership) -> None:
    becomes(maker, role="helpdesk")

    answer = made.post("/municipalities", {})

    assert (answer.status_code, answer.json()["code"]) == (403, "insufficient-scope")
    assert "Wie deze sleutel maakte mag dit zelf niet: zijn rol is helpdesk." in answer.json()["detail"]
    page = shown()
    assert "Mag minder" in page
    assert "niet meer: gemeenten lezen en toevoegen" in page


def test_a_key_of_a_maker_who_still_may_is_active(made: Program) -> None:
    page = shown()

    assert made.get("/log-lines").status_code == 200
    assert "Mag minder" not in page
    assert "Maker heeft geen rol" not in page


def test_a_higher_role_of_its_maker_gives_a_key_nothing(maker: Membership) -> None:
    program = key_of("gemeenten:read", made_by=maker.user)
    becomes(maker, role="eigenaar")

    assert program.post("/municipalities", {}).status_code == 403


def test_it_ends_with_the_role(made: Program, maker: Membership) -> None:
    becomes(maker, ended_at=timezone.now())

    is_refused(made)


@pytest.mark.parametrize(("days", "status"), [(-1, 401), (0, 401), (1, 200)])
def test_it_ends_on_the_day_on_which_the_role_ends(
    made: Program, maker: Membership, days: int, status: int
) -> None:
    start = today_here() - timedelta(days=9)
    becomes(maker, starts=start, until=today_here() + timedelta(days=days))

    assert made.get("/municipalities").status_code == status


def test_it_ends_with_the_account(made: Program, maker: Membership) -> None:
    User.objects.filter(pk=maker.user_id).update(is_active=False)

    is_refused(made)


def test_it_ends_where_the_account_is_gone(made: Program) -> None:
    Token.objects.update(made_by=None)

    is_refused(made)


def test_it_ends_where_its_maker_went_to_another_organisation(made: Program, maker: Membership) -> None:
    becomes(maker, organisation=partner_organisation())

    is_refused(made)


def test_it_holds_again_with_a_role_again(made: Program, maker: Membership) -> None:
    becomes(maker, ended_at=timezone.now())
    Membership.objects.create(
        user=maker.user, organisation=maker.organisation, role="helpdesk", starts=today_here()
    )

    assert made.get("/municipalities").status_code == 200


def test_it_sees_what_its_maker_sees(maker: Membership, haarlem: Municipality, utrecht: Municipality) -> None:
    everywhere = key_of("gemeenten:read", made_by=maker.user)
    in_utrecht = key_of("gemeenten:read", made_by=maker.user, schemas=("utrecht",))
    becomes(maker, is_limited=True, municipalities=["haarlem"])

    def seen(program: Program) -> list[str]:
        return [each["schema"] for each in program.get("/municipalities").json()["results"]]

    assert (seen(everywhere), seen(in_utrecht)) == (["haarlem"], [])
    page = shown()
    assert page.count("Mag minder") == 2
    assert "1 gemeente" in page
    assert "0 gemeenten" in page


def test_a_limited_maker_adds_no_municipality(made: Program, maker: Membership) -> None:
    becomes(maker, is_limited=True, municipalities=["haarlem"])

    assert made.post("/municipalities", {}).json()["code"] == "not-the-whole-fleet"
