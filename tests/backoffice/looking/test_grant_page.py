"""The grant's own page leads to what it opens, and both sides are told of its use."""

from __future__ import annotations

from typing import Any

import pytest
from pytest_django.fixtures import Settings

from access.models import Scope, State
from backoffice.models import LogLine
from tenants.registry.models import Municipality
from tests.backoffice.looking.conftest import Case, text
from tests.people import House, browser_of, member

REASON = {"reason": "Melding 2043"}


def test_it_leads_to_what_it_opens(case: Case) -> None:
    grant = case.grant(scopes=[Scope.ZAAKGEGEVENS])

    page = text(case.browser.get(f"/toegang/{grant.pk}/"))

    assert f"/toegang/{grant.pk}/zaken/" in page
    assert f"/toegang/{grant.pk}/zaaktypen/" not in page


def test_one_that_does_not_run_leads_nowhere(case: Case) -> None:
    grant = case.grant(state=State.INGETROKKEN)

    assert f"/toegang/{grant.pk}/zaken/" not in text(case.browser.get(f"/toegang/{grant.pk}/"))


def test_it_tells_what_was_seen_to_colleagues_too(case: Case, vendor: House) -> None:
    grant = case.grant()
    case.browser.get(f"/toegang/{grant.pk}/zaken/{case.zaak.pk}/")
    case.browser.post(f"/toegang/{grant.pk}/tonen/rol/{case.rol.pk}/roltoelichting/", REASON)
    colleague = browser_of(vendor, member(vendor, "eigenaar", "collega@x.example"))

    own, others = (text(each.get(f"/toegang/{grant.pk}/")) for each in (case.browser, colleague))

    assert "Wat u bekeek" in own
    assert f"/toegang/{grant.pk}/zaken/" not in others
    assert [page for page in (own, others) if "Zaak, waarde van rol roltoelichting" not in page] == []
    assert [page for page in (own, others) if "gezien, gemaskeerd" not in page] == []


def test_what_was_seen_by_another_grant_is_not_told(case: Case) -> None:
    first, second = case.grant(), case.grant()
    case.browser.get(f"/toegang/{first.pk}/zaken/")

    assert "gezien, gemaskeerd" not in text(case.browser.get(f"/toegang/{second.pk}/"))


def test_of_a_municipality_that_has_ended_nothing_is_told(case: Case) -> None:
    grant = case.grant()
    case.browser.get(f"/toegang/{grant.pk}/zaken/")
    Municipality.objects.filter(pk=case.municipality.pk).update(status=Municipality.Status.BEEINDIGD)

    answer = case.browser.get(f"/toegang/{grant.pk}/")

    assert "gezien, gemaskeerd" not in text(answer)


def test_the_municipality_is_mailed_at_the_first_use(
    case: Case,
    mailoutbox: list[Any],
    django_capture_on_commit_callbacks: Any,
    settings: Settings,
) -> None:
    member(House.of(case.municipality), "beheerder")
    grant = case.grant()

    with django_capture_on_commit_callbacks(execute=True):
        case.browser.get(f"/toegang/{grant.pk}/zaken/")
    with django_capture_on_commit_callbacks(execute=True):
        case.browser.get(f"/toegang/{grant.pk}/zaken/")

    (mail,) = mailoutbox
    assert mail.to == ["beheerder@haarlem.localhost.example"]
    assert case.zaak.identificatie not in mail.body
    assert LogLine.objects.filter(action="toegang voor het eerst gebruikt").count() == 1


@pytest.mark.parametrize("path", ["zaken/", "zaaktypen/"])
def test_a_list_is_a_visit_of_the_collection_first(case: Case, path: str) -> None:
    case.browser.get(f"/toegang/{case.grant().pk}/{path}")

    (visit,) = case.visits()
    assert visit.objects_seen[0].endswith(f"/api/v1/{path.rstrip('/')}")
    assert len(visit.objects_seen) > 1
