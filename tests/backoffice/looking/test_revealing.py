"""One masked value is shown once, for a reason, and leaves a row."""

from __future__ import annotations

from typing import Any
from uuid import uuid4

import pytest

from access.models import Grant, Scope, State
from backoffice.models import LogLine
from tenants.registry.context import in_municipality
from tenants.registry.models import Municipality
from tenants.visits.models import Action, Page
from tests.backoffice.looking.conftest import BSN, SECRETS, Case, text
from tests.factories.zaken import RolFactory, ZaakFactory
from tests.people import House, browser_of, member

REASON = {"reason": "Melding 2043: is dit BSN goed overgekomen?"}
MEMBER = "betrokkeneIdentificatie.inpBsn"
HOSTILE = "<script>alert(1)</script>"


def address(grant: Grant, key: Any, *, kind: str = "rol", path: str = MEMBER) -> str:
    return f"/toegang/{grant.pk}/tonen/{kind}/{key}/{path}/"


def test_a_value_is_shown_for_a_reason(case: Case) -> None:
    grant = case.grant()

    answer = case.browser.post(address(grant, case.rol.pk), REASON)

    (visit,) = case.visits()
    assert answer.status_code == 200
    assert BSN in text(answer)
    assert "Moulin" not in text(answer)
    assert (visit.page, visit.action, visit.reason) == (Page.ZAAK, Action.REVEALED, REASON["reason"])
    assert visit.member == f"rol {MEMBER}"
    assert BSN not in "".join([*visit.objects_seen, visit.member, visit.reason])


def test_it_is_shown_once(case: Case) -> None:
    grant = case.grant()
    case.browser.post(address(grant, case.rol.pk), REASON)

    pages = [
        text(case.browser.get(path))
        for path in (address(grant, case.rol.pk), f"/toegang/{grant.pk}/zaken/{case.zaak.pk}/", "/")
    ]

    assert [page for page in pages if BSN in page] == []


def test_each_time_is_a_row(case: Case) -> None:
    grant = case.grant()

    for _ in range(2):
        case.browser.post(address(grant, case.rol.pk), REASON)

    assert [visit.action for visit in case.visits()] == [Action.REVEALED, Action.REVEALED]


def test_both_logs_tell_it(case: Case) -> None:
    case.browser.post(address(case.grant(), case.rol.pk), REASON)

    line = LogLine.objects.get(action="waarde getoond")
    assert (line.municipality, line.changes) == ("haarlem", {"reden": [None, REASON["reason"]]})
    assert BSN not in line.subject


def test_the_page_that_asks_reads_nothing(case: Case) -> None:
    answer = case.browser.get(address(case.grant(), case.rol.pk))

    assert answer.status_code == 200
    assert [secret for secret in SECRETS if secret in text(answer)] == []
    assert case.visits() == []


def test_the_zaak_leads_to_it(case: Case) -> None:
    grant = case.grant()

    page = text(case.browser.get(f"/toegang/{grant.pk}/zaken/{case.zaak.pk}/"))

    assert address(grant, case.rol.pk) in page
    assert address(grant, case.zaak.pk, kind="zaak", path="kenmerken.0.kenmerk") in page


@pytest.mark.parametrize("reason", ["", "   ", "x" * 501, "nul \x00"])
def test_without_a_reason_nothing_is_shown(case: Case, reason: str) -> None:
    answer = case.browser.post(address(case.grant(), case.rol.pk), {"reason": reason})

    assert answer.status_code == 422
    assert BSN not in text(answer)
    assert case.visits() == []


def test_without_the_token_of_its_form_nothing_is_shown(case: Case) -> None:
    case.browser.client.handler.enforce_csrf_checks = True

    answer = case.browser.post(address(case.grant(), case.rol.pk), REASON)

    assert answer.status_code == 403
    assert BSN not in text(answer)
    assert case.visits() == []


@pytest.mark.parametrize(
    ("kind", "path"),
    [
        ("rol", "betrokkeneType"),  # shown anyway
        ("rol", "betrokkeneIdentificatie.kvkNummer"),  # no member of a natural person
        ("rol", "betrokkeneIdentificatie"),  # no value but a group of them
        ("rol", "afwijkendeNaamBetrokkene"),  # empty
        ("rol", "zaak"),
        ("rol", "omschrijving"),
        ("rol", "_expand.zaak.omschrijving"),
        ("rol", "zaak.omschrijving"),
        ("rol", "__class__"),
        ("zaak", MEMBER),
        ("status", MEMBER),
        ("applicatie", "secret"),
        ("rollen", MEMBER),
    ],
)
def test_what_is_no_masked_value_of_that_object_is_not_there(case: Case, kind: str, path: str) -> None:
    answer = case.browser.post(address(case.grant(), case.rol.pk, kind=kind, path=path), REASON)

    assert answer.status_code == 404
    assert [secret for secret in SECRETS if secret in text(answer)] == []
    assert {visit.action for visit in case.visits()} <= {Action.REFUSED}


def test_a_rol_beyond_the_grant_is_as_one_that_is_not_there(case: Case) -> None:
    with in_municipality(case.municipality):
        hidden = RolFactory.create(zaak=ZaakFactory.create())
    grant = case.grant(zaaktypen=[case.zaak.zaaktype_id])

    answers = [case.browser.post(address(grant, key), REASON) for key in (hidden.pk, uuid4())]

    assert [answer.status_code for answer in answers] == [404, 404]
    refused = [(visit.action, visit.member, visit.reason) for visit in case.visits()]
    assert refused == [(Action.REFUSED, f"rol {MEMBER}", REASON["reason"])] * 2
    assert not LogLine.objects.filter(action="waarde getoond").exists()


def test_of_another_municipality_nothing_is_shown(case: Case, utrecht: Municipality) -> None:
    with in_municipality(utrecht):
        theirs = RolFactory.create()

    assert case.browser.post(address(case.grant(), theirs.pk), REASON).status_code == 404


@pytest.mark.parametrize("way", ["get", "post"])
def test_where_nothing_is_masked_nothing_is_revealed(case: Case, way: str) -> None:
    grant = case.grant(mask_personal_data=False)

    assert getattr(case.browser, way)(address(grant, case.rol.pk), **how(way)).status_code == 404
    assert {visit.action for visit in case.visits()} <= {Action.REFUSED}


@pytest.mark.parametrize("way", ["get", "post"])
@pytest.mark.parametrize(
    "given", [{"state": State.INGETROKKEN}, {"scopes": [Scope.INSTELLINGEN]}], ids=["stopped", "other scope"]
)
def test_without_a_grant_that_runs_nothing_is_revealed(case: Case, way: str, given: dict[str, Any]) -> None:
    answer = getattr(case.browser, way)(address(case.grant(**given), case.rol.pk), **how(way))

    assert answer.status_code == 403
    assert BSN not in text(answer)
    assert case.visits() == []


def how(way: str) -> dict[str, Any]:
    return {"data": REASON} if way == "post" else {}


def test_by_another_persons_grant_nothing_is_revealed(case: Case, vendor: House) -> None:
    grant = case.grant()
    other = browser_of(vendor, member(vendor, "eigenaar", "ander@x.example"))

    assert other.post(address(grant, case.rol.pk), REASON).status_code == 404
    assert case.visits() == []


def test_a_value_is_text(case: Case) -> None:
    with in_municipality(case.municipality):
        hostile = RolFactory.create(zaak=case.zaak, roltype=case.rol.roltype, roltoelichting=HOSTILE)

    page = text(case.browser.post(address(case.grant(), hostile.pk, path="roltoelichting"), REASON))

    assert HOSTILE not in page
    assert "&lt;script&gt;" in page


def test_the_server_logs_no_value(case: Case, caplog: pytest.LogCaptureFixture, capsys: Any) -> None:
    case.browser.post(address(case.grant(), case.rol.pk), REASON)

    written = capsys.readouterr()
    assert BSN not in caplog.text + written.out + written.err
    assert REASON["reason"] not in caplog.text + written.out + written.err
