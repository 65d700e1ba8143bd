"""The page of API-sleutels: making one, seeing it once, revoking it."""

from __future__ import annotations

import re
from collections.abc import Callable
from datetime import timedelta
from typing import Any

import pytest
from django.utils import timezone

from backoffice.models import LogLine
from backoffice.permissions import TABLE
from tenants.accounts.models.membership import today_here
from tenants.accounts.person import Person, person_of
from tenants.registry.context import for_vendor
from tenants.registry.models import Municipality
from tests.people import Browser, House, browser_of, member, partner_organisation
from tests.vendor_api.conftest import Program, key_of
from vendor_api.models import LONGEST, Token
from vendor_api.scopes import SCOPES
from vendor_api.tokens import MOST_STANDING, TokenRefused, Wanted, digest_of, make_token, revoke_token

FORM = re.compile(r"zpk_[0-9a-f]{12}_[A-Za-z0-9_-]{43}")
XSS = "<script>alert(1)</script>"
As = Callable[..., Browser]


@pytest.fixture
def vendor(db: None) -> House:
    return House.of(None)


@pytest.fixture
def signed_in(vendor: House) -> As:
    def made(role: str = "operatie", **how: Any) -> Browser:
        return browser_of(vendor, member(vendor, role, **how))

    return made


def given(**how: Any) -> dict[str, Any]:
    until = (today_here() + timedelta(days=30)).isoformat()
    return {"name": "Rapportage", "scopes": ["gemeenten:read", "taken:write"], "until": until, **how}


def text(answer: Any) -> str:
    return str(answer.content.decode())


def test_a_key_is_shown_once_and_works(signed_in: As) -> None:
    browser = signed_in()
    answer = browser.post("/sleutels/nieuw/", given())
    (shown,) = set(FORM.findall(text(answer)))
    token = Token.objects.get()

    assert answer.status_code == 200
    assert answer.headers["Cache-Control"] == "private, no-store"
    assert 'href="/platform/api/"' in text(answer)
    assert token.digest == digest_of(shown)
    assert token.prefix in shown
    assert shown.split("_", 2)[2] not in "".join(map(str, Token.objects.values_list().get()))
    assert not FORM.search(text(browser.get("/sleutels/")))
    assert Program(shown).get("/municipalities").status_code == 200
    assert Program(shown).get("/log-lines").status_code == 403


def test_making_and_revoking_are_logged_without_the_key(signed_in: As) -> None:
    browser = signed_in()
    browser.post("/sleutels/nieuw/", given())
    token = Token.objects.get()
    browser.post(f"/sleutels/{token.pk}/intrekken/", {"typed": "Rapportage"})

    lines = LogLine.objects.filter(area="sleutels").order_by("pk")

    assert [(line.action, line.subject) for line in lines] == [
        ("sleutel gemaakt", "Rapportage"),
        ("sleutel ingetrokken", "Rapportage"),
    ]
    assert lines[0].changes["rechten"] == [None, ["gemeenten:read", "taken:write"]]
    assert token.digest not in str(list(lines.values()))


def test_a_second_click_makes_no_second_key(signed_in: As) -> None:
    browser = signed_in()
    first, second = (browser.post("/sleutels/nieuw/", given()) for _ in range(2))

    assert (first.status_code, second.status_code) == (200, 422)
    assert "al een sleutel met de naam Rapportage" in text(second)
    assert Token.objects.count() == 1


def test_a_revoked_name_can_be_given_again(signed_in: As) -> None:
    key_of(name="Rapportage", revoked_at=timezone.now())

    assert signed_in().post("/sleutels/nieuw/", given()).status_code == 200


def test_a_revoked_key_ends_at_once_and_is_not_revoked_twice(signed_in: As, program: Program) -> None:
    assert program.token
    browser, path = signed_in(), f"/sleutels/{program.token.pk}/intrekken/"

    first, second = (browser.post(path, {"typed": program.token.name}) for _ in range(2))

    assert first.status_code == second.status_code == 303
    assert program.get("/municipalities").status_code == 401
    assert LogLine.objects.filter(action="sleutel ingetrokken").count() == 1
    assert "al ingetrokken" in text(browser.get("/sleutels/"))


def test_revoking_asks_for_the_name(signed_in: As, program: Program) -> None:
    assert program.token

    answer = signed_in().post(f"/sleutels/{program.token.pk}/intrekken/", {"typed": "iets anders"})

    assert answer.status_code == 422
    assert program.get("/municipalities").status_code == 200


@pytest.mark.parametrize(("days", "status"), [(-1, 422), (0, 422), (1, 200), (366, 200), (367, 422)])
def test_a_key_ends_within_a_year(signed_in: As, days: int, status: int) -> None:
    until = (today_here() + timedelta(days=days)).isoformat()

    assert signed_in().post("/sleutels/nieuw/", given(until=until)).status_code == status


@pytest.mark.parametrize(
    "wrong",
    [
        {"scopes": []},
        {"scopes": ["facturen:read"]},
        {"name": ""},
        {"name": "x" * 101},
        {"name": "a\x00b"},
        {"until": ""},
        {"is_limited": "on"},
        {"is_limited": "on", "municipalities": ["zandvoort"]},
    ],
)
def test_what_is_filled_in_wrongly_makes_no_key(signed_in: As, wrong: dict[str, Any]) -> None:
    assert signed_in().post("/sleutels/nieuw/", given(**wrong)).status_code == 422
    assert not Token.objects.exists()


def test_who_is_limited_limits_his_keys(signed_in: As, haarlem: Municipality) -> None:
    browser = signed_in(municipalities=("haarlem",))

    refused = browser.post("/sleutels/nieuw/", given())
    beyond = browser.post("/sleutels/nieuw/", given(is_limited="on", municipalities=["utrecht"]))
    made = browser.post("/sleutels/nieuw/", given(is_limited="on", municipalities=["haarlem"]))

    assert (refused.status_code, beyond.status_code, made.status_code) == (422, 422, 200)
    assert Token.objects.get().municipalities == ["haarlem"]


def test_text_of_people_is_shown_as_text(signed_in: As) -> None:
    browser = signed_in()

    answer = browser.post("/sleutels/nieuw/", given(name=XSS))

    for shown in (answer, browser.get("/sleutels/"), browser.get("/logboek/")):
        assert XSS not in text(shown)
        assert "&lt;script&gt;" in text(shown)


def test_a_partner_sees_and_revokes_his_own_keys_alone(signed_in: As, program: Program) -> None:
    assert program.token
    partner = partner_organisation()
    theirs = key_of(organisation=partner)
    assert theirs.token
    browser = signed_in(organisation=partner)

    listed = text(browser.get("/sleutels/"))

    assert theirs.token.prefix in listed
    assert program.token.prefix not in listed
    assert browser.post(f"/sleutels/{program.token.pk}/intrekken/", {"typed": "x"}).status_code == 404


def test_whoever_may_not_make_one_is_told_who_can(signed_in: As, program: Program) -> None:
    page = text(signed_in("alleen-lezen").get("/sleutels/"))

    assert "Eigenaar, Operatie" in page
    assert "/intrekken/" not in page


def test_a_list_costs_as_much_with_many_keys_as_with_few(
    signed_in: As, django_assert_max_num_queries: Any
) -> None:
    browser = signed_in()
    for _ in range(20):
        key_of(*SCOPES)

    with django_assert_max_num_queries(12):
        browser.get("/sleutels/")


# The acts themselves -----------------------------------------------------------------------------


def somebody(role: str, **how: Any) -> Person:
    held = member(House.of(None), role, **how)
    with for_vendor():
        found = person_of(held.user)
    assert found is not None
    return found


def wanted(**how: Any) -> Wanted:
    asked = {"name": "x", "scopes": ("gemeenten:read",), "municipalities": None}
    return Wanted(**{**asked, "ends_at": timezone.now() + timedelta(days=1), **how})


@pytest.mark.parametrize("role", [role.key for role in TABLE.roles])
@pytest.mark.parametrize("scope", SCOPES)
def test_a_role_gives_a_key_what_it_may_itself(db: None, role: str, scope: str) -> None:
    person = somebody(role)
    may = person.may("sleutels", 2) and person.may(SCOPES[scope].area, SCOPES[scope].level)  # type: ignore[arg-type]  # a level is a number

    if may:
        make_token(wanted(scopes=(scope,)), person=person, now=timezone.now())
    else:
        with pytest.raises(TokenRefused):
            make_token(wanted(scopes=(scope,)), person=person, now=timezone.now())

    assert Token.objects.exists() is may


@pytest.mark.parametrize("ends", [timedelta(0), LONGEST + timedelta(seconds=1)])
def test_the_act_itself_refuses_an_end_that_cannot_be(db: None, ends: timedelta) -> None:
    now = timezone.now()

    with pytest.raises(TokenRefused):
        make_token(wanted(ends_at=now + ends), person=somebody("eigenaar"), now=now)


def test_the_longest_is_made(db: None) -> None:
    now = timezone.now()

    make_token(wanted(ends_at=now + LONGEST), person=somebody("eigenaar"), now=now)


def test_an_organisation_has_so_many_keys_and_no_more(db: None) -> None:
    person, now = somebody("eigenaar"), timezone.now()
    for number in range(MOST_STANDING):
        make_token(wanted(name=str(number)), person=person, now=now)

    with pytest.raises(TokenRefused, match="Trek er eerst een in"):
        make_token(wanted(name="te veel"), person=person, now=now)


def test_nobody_revokes_a_key_of_another_organisation(program: Program) -> None:
    assert program.token
    theirs = somebody("eigenaar", organisation=partner_organisation())

    with pytest.raises(TokenRefused):
        revoke_token(program.token, person=theirs, now=timezone.now())
