"""Every operation, with every scope alone and without any; and what is no credential."""

from __future__ import annotations

from datetime import timedelta
from typing import Any

import pytest
from django.utils import timezone

from backoffice.permissions import TABLE
from tenants.accounts.rights import Level
from tests.people import Browser, House, browser_of, member, partner_organisation
from tests.vendor_api.conftest import ROOT, UNKNOWN, Program, key_of
from vendor_api.http.authentication import MISSING, OVER
from vendor_api.http.authentication import UNKNOWN as NOT_KNOWN
from vendor_api.http.viewset import Resource
from vendor_api.models import Token
from vendor_api.scopes import SCOPES, level_of
from vendor_api.urls import OPERATIONS

SAMPLES = {"<row:pk>": "999999", "<uuid:pk>": UNKNOWN, "<row:file>": "1", "<slug:form>": "csv"}


def sampled(route: str) -> str:
    for parameter, sample in SAMPLES.items():
        route = route.replace(parameter, sample)
    return route


EVERY = [
    (method, f"/{sampled(route)}", resource, action)
    for route, resource, actions, _ in OPERATIONS
    for method, action in actions.items()
]
CHANGING = {
    ("post", "/municipalities"): ("gemeenten", Level.CHANGE),
    ("post", f"/jobs/{UNKNOWN}/attempts"): ("taken", Level.CHANGE),
    ("post", "/access-grants"): ("toegang", Level.CHANGE),
    ("post", "/access-grants/999999/endings"): ("toegang", Level.CHANGE),
    ("post", "/calendars"): ("afspraken", Level.CHANGE),
    ("post", "/calendars/999999/versions"): ("afspraken", Level.CHANGE),
    ("post", "/service-levels"): ("afspraken", Level.CHANGE),
    ("post", "/service-levels/999999/versions"): ("afspraken", Level.CHANGE),
    ("post", "/price-lists"): ("afspraken", Level.CHANGE),
    ("post", "/price-lists/999999/versions"): ("afspraken", Level.CHANGE),
    ("post", "/price-lists/999999/offers"): ("afspraken", Level.SEE),
    ("post", "/contracts"): ("contracten", Level.CHANGE),
    ("post", "/contracts/999999/versions"): ("contracten", Level.CHANGE),
    ("post", "/contracts/999999/offers"): ("contracten", Level.CHANGE),
    ("post", "/contracts/999999/withdrawals"): ("contracten", Level.CHANGE),
    ("post", "/contracts/999999/notices"): ("contracten", Level.CHANGE),
    ("post", "/contracts/999999/terms"): ("contracten", Level.CHANGE),
    ("post", "/contracts/999999/coverages"): ("contracten", Level.CHANGE),
    ("post", "/contracts/999999/lines"): ("contracten", Level.CHANGE),
    ("post", "/contracts/999999/price-list-lines"): ("contracten", Level.CHANGE),
    ("post", "/contracts/999999/annexes"): ("contracten", Level.CHANGE),
    ("post", "/contracts/999999/annex-removals"): ("contracten", Level.CHANGE),
    ("post", "/contracts/999999/discards"): ("contracten", Level.CHANGE),
    ("post", "/contracts/999999/indexations"): ("contracten", Level.CHANGE),
    ("post", "/contracts/999999/hours"): ("contracten", Level.CHANGE),
    ("post", "/contracts/999999/hour-purchases"): ("contracten", Level.CHANGE),
    ("post", "/contracts/999999/hour-corrections"): ("contracten", Level.CHANGE),
    ("post", "/tickets"): ("meldingen", Level.CHANGE),
    ("post", "/tickets/999999/answers"): ("meldingen", Level.CHANGE),
    ("post", "/tickets/999999/questions"): ("meldingen", Level.CHANGE),
    ("post", "/tickets/999999/notes"): ("meldingen", Level.CHANGE),
    ("post", "/tickets/999999/work-arounds"): ("meldingen", Level.CHANGE),
    ("post", "/tickets/999999/hand-overs"): ("meldingen", Level.CHANGE),
    ("post", "/tickets/999999/priorities"): ("meldingen", Level.CHANGE),
    ("post", "/tickets/999999/waits"): ("meldingen", Level.CHANGE),
    ("post", "/tickets/999999/plans"): ("meldingen", Level.CHANGE),
    ("post", "/tickets/999999/resumptions"): ("meldingen", Level.CHANGE),
    ("post", "/tickets/999999/solutions"): ("meldingen", Level.CHANGE),
    ("post", "/tickets/999999/merges"): ("meldingen", Level.CHANGE),
    ("post", "/tickets/999999/replies"): ("meldingen", Level.CHANGE),
    ("post", "/tickets/999999/details"): ("meldingen", Level.CHANGE),
    ("post", "/tickets/999999/links"): ("meldingen", Level.CHANGE),
    ("post", "/tickets/999999/hotfixes"): ("meldingen", Level.CHANGE),
    ("post", "/tickets/999999/closings"): ("meldingen", Level.CHANGE),
    ("post", "/tickets/999999/hours"): ("meldingen", Level.CHANGE),
    ("post", "/incidents"): ("storingen", Level.CHANGE),
    ("post", "/incidents/999999/updates"): ("storingen", Level.CHANGE),
    ("post", "/incidents/999999/municipalities"): ("storingen", Level.CHANGE),
    ("post", "/webhooks/999999/tests"): ("sleutels", Level.CHANGE),
    ("post", "/incidents/999999/releases"): ("storingen", Level.CHANGE),
}
"""Of what does more than show, the right: by hand, so that none becomes easier unseen."""


def called(program: Program, method: str, path: str) -> Any:
    return program.get(path) if method == "get" else program.post(path, {}, If_Match='"x"')


def wrongly_answered(program: Program, scopes: list[str]) -> dict[str, int]:
    wrong = {}
    for method, path, resource, action in EVERY:
        area, level = resource.rights[action]
        answer = called(program, method, path)
        refused = answer.status_code == 403 and answer.json()["code"] == "insufficient-scope"
        if refused is (level_of(scopes, area) >= level):
            wrong[f"{method} {path}"] = answer.status_code
    return wrong


def test_every_operation_is_tried() -> None:
    assert len(EVERY) >= 16


@pytest.mark.parametrize("scope", SCOPES)
def test_a_scope_opens_its_own_operations_and_no_other(scope: str) -> None:
    assert wrongly_answered(key_of(scope), [scope]) == {}


def test_without_a_scope_nothing_opens() -> None:
    assert wrongly_answered(key_of(), []) == {}


def test_a_scope_that_is_there_no_more_opens_nothing() -> None:
    assert wrongly_answered(key_of("facturen:read"), []) == {}


def test_what_changes_something_asks_for_what_is_listed() -> None:
    declared = {
        (method, path): resource.rights[action]
        for method, path, resource, action in EVERY
        if resource.rights[action][1] > Level.SEE or method != "get"
    }
    assert declared == CHANGING


def test_every_declared_right_is_in_the_table_and_has_a_scope() -> None:
    asked = {resource.rights[action] for _, _, resource, action in EVERY}
    given = {(scope.area, scope.level) for scope in SCOPES.values()}

    assert asked == given
    assert {area for area, _ in asked} <= {area.key for area in TABLE.areas}


@pytest.mark.parametrize(("method", "path", "resource", "action"), EVERY)
def test_a_stranger_is_told_to_bring_a_key(
    stranger: Program, method: str, path: str, resource: type[Resource], action: str
) -> None:
    answer = called(stranger, method, path)

    assert answer.status_code == 401
    assert answer.headers["WWW-Authenticate"] == "Bearer"
    assert answer.json()["detail"] == MISSING


def test_a_stranger_costs_no_statement(stranger: Program, django_assert_num_queries: Any) -> None:
    with django_assert_num_queries(0):
        assert stranger.get("/municipalities").status_code == 401


@pytest.mark.parametrize(
    "text", ["", "x", "zpk_", "zpk_000000000001_x", "zpk_é_" + "s" * 43, "zpk_00000000000g_" + "s" * 43]
)
def test_what_is_no_key_costs_no_statement(text: str, django_assert_num_queries: Any, db: None) -> None:
    with django_assert_num_queries(0):
        answer = Program(text or " ").get("/municipalities")

    assert answer.status_code == 401


def test_an_unknown_key_costs_one_look_up(django_assert_num_queries: Any, db: None) -> None:
    with django_assert_num_queries(2):  # of which one takes the limits of reading
        answer = Program("zpk_ffffffffffff_" + "s" * 43).get("/municipalities")

    assert answer.status_code == 401
    assert answer.json()["detail"] == NOT_KNOWN


def test_a_known_key_with_another_secret_is_as_unknown(
    program: Program, django_assert_num_queries: Any
) -> None:
    with django_assert_num_queries(2):  # of which one takes the limits of reading
        answer = Program(program.text[:-1] + "t").get("/municipalities")

    assert answer.json()["detail"] == NOT_KNOWN


@pytest.mark.parametrize(("ends", "status"), [(-1, 401), (0, 401), (60, 200)])
def test_a_key_holds_until_its_end(monkeypatch: pytest.MonkeyPatch, ends: int, status: int) -> None:
    now = timezone.now()
    program = key_of("gemeenten:read", made_at=now - timedelta(days=1), ends_at=now + timedelta(seconds=ends))
    monkeypatch.setattr(timezone, "now", lambda: now)

    assert program.get("/municipalities").status_code == status


def test_a_revoked_key_is_told_so() -> None:
    program = key_of("gemeenten:read", revoked_at=timezone.now())

    assert program.get("/municipalities").json()["detail"] == OVER


def test_a_session_is_no_credential(vendor: House) -> None:
    boss = browser_of(vendor, member(vendor, "eigenaar"))

    for answer in (boss.get(f"{ROOT}/municipalities"), boss.post(f"{ROOT}/municipalities")):
        assert answer.status_code == 401


def test_a_key_opens_no_page_of_the_console(program: Program) -> None:
    answer = Browser(House.of(None)).client.get(
        "/gemeenten/", headers={"host": "localhost", "Authorization": f"Bearer {program.text}"}
    )

    assert answer.status_code == 302


def test_the_api_is_not_there_on_a_municipalitys_host(program: Program) -> None:
    path = f"{ROOT}/municipalities"
    headers = {"host": "haarlem.localhost", "Authorization": f"Bearer {program.text}"}

    assert program.client.get(path, headers=headers).status_code == 404


def test_a_key_notes_its_use_once_a_minute(
    program: Program, monkeypatch: pytest.MonkeyPatch, django_assert_num_queries: Any
) -> None:
    assert program.token
    now = timezone.now()
    seen = []
    for seconds in (0, 59, 61):
        monkeypatch.setattr(timezone, "now", lambda later=seconds: now + timedelta(seconds=later))
        program.get("/people/1")
        seen.append(Token.objects.get(pk=program.token.pk).last_used_at)

    assert seen == [now, now, now + timedelta(seconds=61)]


def test_a_partner_adds_no_municipality() -> None:
    program = key_of("gemeenten:write", organisation=partner_organisation())
    answer = program.post("/municipalities", {})

    assert (answer.status_code, answer.json()["code"]) == (403, "not-the-whole-fleet")


def test_a_limited_key_adds_no_municipality() -> None:
    answer = key_of("gemeenten:write", schemas=("haarlem",)).post("/municipalities", {})

    assert answer.json()["code"] == "not-the-whole-fleet"


@pytest.fixture
def vendor(db: None) -> House:
    return House.of(None)
