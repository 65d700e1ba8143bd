"""What the state of a municipality leaves open of its APIs."""

from __future__ import annotations

import pytest
from django.utils import timezone

from api.catalogi.models import Catalogus
from tenants.registry.context import in_municipality
from tenants.registry.models import Municipality
from tenants.registry.states import change_state
from tests.api.client import ApiClient
from tests.factories.catalogi import CatalogusFactory

CATALOGUSSEN = "/catalogi/api/v1/catalogussen"
ZAKEN = "/zaken/api/v1/zaken"
CATALOGUS = {"domein": "TESTS", "rsin": "517439943", "contactpersoonBeheerNaam": "Beheer"}


def put_in(municipality: Municipality, status: str) -> None:
    Municipality.objects.filter(pk=municipality.pk).update(status=status)


@pytest.mark.parametrize("status", ["actief", "in_exit"])
def test_it_is_written(haarlem_api: ApiClient, status: str) -> None:
    put_in(haarlem_api.municipality, status)

    assert haarlem_api.post(CATALOGUSSEN, CATALOGUS).status_code == 201


def test_a_write_is_refused_with_the_reason_while_it_is_restricted(haarlem_api: ApiClient) -> None:
    put_in(haarlem_api.municipality, "beperkt")

    answer = haarlem_api.post(CATALOGUSSEN, CATALOGUS)

    assert (answer.status_code, answer.headers["Content-Type"]) == (403, "application/problem+json")
    assert answer.json()["code"] == "municipality-restricted"
    assert "Haarlem is beperkt" in answer.json()["detail"]
    with in_municipality(haarlem_api.municipality):
        assert not Catalogus.objects.filter(domein="TESTS").exists()


def test_the_refusal_tells_what_the_vendor_told(haarlem_api: ApiClient) -> None:
    change_state(
        haarlem_api.municipality,
        "beperkt",
        actor="Noor",
        reason="De rekening staat open.",
        now=timezone.now(),
    )

    detail = haarlem_api.post(CATALOGUSSEN, CATALOGUS).json()["detail"]

    assert detail == "Haarlem is beperkt: De rekening staat open. Lezen kan, wijzigen niet."


@pytest.mark.parametrize("method", ["PUT", "PATCH", "DELETE"])
def test_an_object_stays_as_it_is_while_it_is_restricted(haarlem_api: ApiClient, method: str) -> None:
    with in_municipality(haarlem_api.municipality):
        catalogus = CatalogusFactory.create()
    put_in(haarlem_api.municipality, "beperkt")

    answer = haarlem_api.request(method, f"{CATALOGUSSEN}/{catalogus.pk}", CATALOGUS)

    assert answer.json()["code"] in {"municipality-restricted", "method_not_allowed"}


def test_reads_go_on_while_it_is_restricted(haarlem_api: ApiClient) -> None:
    put_in(haarlem_api.municipality, "beperkt")

    assert haarlem_api.get(CATALOGUSSEN).status_code == 200


def test_a_search_is_a_read(haarlem_api: ApiClient) -> None:
    put_in(haarlem_api.municipality, "beperkt")

    assert (
        haarlem_api.post(f"{ZAKEN}/_zoek", {"uuid__in": []}).json().get("code") != "municipality-restricted"
    )


@pytest.mark.parametrize("method", ["GET", "POST"])
def test_it_is_unavailable_while_it_is_set_up(haarlem_api: ApiClient, method: str) -> None:
    put_in(haarlem_api.municipality, "in_inrichting")

    assert haarlem_api.request(method, CATALOGUSSEN, CATALOGUS).status_code == 503


def test_it_is_gone_when_it_has_ended(haarlem_api: ApiClient) -> None:
    put_in(haarlem_api.municipality, "beeindigd")

    assert haarlem_api.get(CATALOGUSSEN).json()["code"] == "unknown-host"
