"""Techniek: numbers of a municipality, for who has the scope, and nothing of a zaak or a person."""

from __future__ import annotations

from datetime import timedelta
from typing import Any

import pytest
from django.utils import timezone

from access.models import Grant, Scope, State
from api.clients.models import Applicatie, ClientId
from api.records.models import AuditTrail, OutboxMessage
from backoffice.looking import techniek
from tenants.accounts.models import Membership
from tenants.registry.context import in_municipality
from tenants.registry.models import Municipality
from tenants.visits.models import Action, Page, Visit
from tests.backoffice.looking.conftest import SECRETS, Case, statements, text
from tests.factories.zaken import ZaakFactory
from tests.people import House, browser_of, member

HOSTILE = "<script>alert(1)</script>"


def path_of(grant: Grant) -> str:
    return f"/toegang/{grant.pk}/techniek/"


def applicatie(label: str, client_id: str) -> Applicatie:
    made = Applicatie.objects.create(label=label)
    ClientId.objects.create(client_id=client_id, applicatie=made)
    return made


def line(client_id: str, at: Any) -> AuditTrail:
    return AuditTrail.objects.create(
        bron="zrc",
        applicatie_id=client_id,
        actie="create",
        resultaat=201,
        hoofd_object_uuid="00000000-0000-4000-8000-000000000000",
        hoofd_object="x",
        resource="zaak",
        resource_url="x",
        resource_weergave=SECRETS[0],
        aanmaakdatum=at,
    )


def test_it_tells_how_much_there_is_and_nothing_of_it(case: Case) -> None:
    with in_municipality(case.municipality):
        OutboxMessage.objects.create(
            kanaal="zaken",
            hoofd_object="x",
            resource="zaak",
            resource_url="x",
            actie="create",
            aanmaakdatum=timezone.now(),
        )

    answer = case.browser.get(path_of(case.grant(scopes=[Scope.TECHNIEK])))
    page = text(answer).replace("<wbr>", "")

    assert answer.status_code == 200
    assert [each for each in ("zaken/zaken", "audittrail", "haarlem.localhost") if each not in page] == []
    assert [secret for secret in (*SECRETS, case.zaak.identificatie) if secret in page] == []
    assert "selectielijst" not in page  # which is the same for all


def test_it_tells_which_applications_write(case: Case) -> None:
    with in_municipality(case.municipality):
        applicatie("Zaaksysteem", "zaaksysteem")
        applicatie(HOSTILE, "stil")
        line("zaaksysteem", timezone.now())

    page = text(case.browser.get(path_of(case.grant())))

    assert "Zaaksysteem" in page
    assert "geen onder de laatste 1.000" in page
    assert HOSTILE not in page
    assert SECRETS[0] not in page


def test_only_the_last_writes_are_looked_at(case: Case, monkeypatch: pytest.MonkeyPatch) -> None:
    monkeypatch.setattr(techniek, "LAST_WRITES", 1)
    with in_municipality(case.municipality):
        applicatie("Vroeger", "vroeger")
        line("vroeger", timezone.now())
        line("ander", timezone.now())

    assert "geen onder de laatste" in text(case.browser.get(path_of(case.grant())))


def test_it_is_a_visit_that_names_what_was_counted(case: Case) -> None:
    with in_municipality(case.municipality):
        made = applicatie("Zaaksysteem", "zaaksysteem")
    grant = case.grant(scopes=[Scope.TECHNIEK])

    case.browser.get(path_of(grant))

    (visit,) = case.visits()
    assert (visit.page, visit.action, visit.grant) == (Page.TECHNIEK, Action.MASKED, grant.number)
    assert "/zaken/api/v1/zaken" in visit.objects_seen
    assert f"/autorisaties/api/v1/applicaties/{made.pk}" in visit.objects_seen
    assert Grant.objects.get(pk=grant.pk).first_used_at is not None


@pytest.mark.parametrize(
    "given",
    [
        {"scopes": [Scope.ZAAKGEGEVENS, Scope.INSTELLINGEN]},
        {"state": State.INGETROKKEN},
        {"valid_until": timezone.now() - timedelta(microseconds=1)},
    ],
    ids=["other scopes", "stopped", "ended"],
)
def test_it_needs_a_grant_that_runs_and_covers_it(case: Case, given: dict[str, Any]) -> None:
    assert case.browser.get(path_of(case.grant(**given))).status_code == 403
    assert case.visits() == []


def test_another_persons_grant_is_not_there(case: Case, vendor: House) -> None:
    other: Membership = member(vendor, "eigenaar", "ander@x.example")

    assert browser_of(vendor, other).get(path_of(case.grant())).status_code == 404
    assert case.visits() == []


def test_nothing_of_a_neighbour_is_counted(case: Case, utrecht: Municipality) -> None:
    with in_municipality(utrecht):
        applicatie("Van Utrecht", "utrecht")

    assert "Van Utrecht" not in text(case.browser.get(path_of(case.grant())))
    with in_municipality(utrecht):
        assert not Visit.objects.exists()


def test_more_of_everything_costs_no_more_statements(case: Case) -> None:
    path = path_of(case.grant())
    with in_municipality(case.municipality):
        applicatie("Zaaksysteem", "zaaksysteem")
    few = statements(case, path)
    with in_municipality(case.municipality):
        ZaakFactory.create_batch(5, zaaktype=case.zaak.zaaktype)
        for number in range(5):
            applicatie(f"A {number}", f"a{number}")

    assert statements(case, path) == few


def test_the_grants_own_page_leads_there(case: Case) -> None:
    grant = case.grant(scopes=[Scope.TECHNIEK])

    assert path_of(grant) in text(case.browser.get(f"/toegang/{grant.pk}/"))
