"""A kept plan belongs to nobody: neither municipality nor client gets what is another's through it."""

from __future__ import annotations

from datetime import date

import pytest
from django.db import DataError, connection, transaction

from api.catalogi.models import Catalogus
from api.clients.client import NOBODY
from api.pipeline.declare.declaration import bindings_of
from api.pipeline.sql import prepared
from api.pipeline.words import registry
from tenants.registry.context import in_municipality
from tenants.registry.models import Municipality
from tests.api.client import ApiClient
from tests.factories.catalogi import CatalogusFactory

ROOT = registry.resource_for(Catalogus).root()


def catalogus(api: ApiClient, naam: str) -> Catalogus:
    with in_municipality(api.municipality):
        return CatalogusFactory.create(naam=naam)


def forget() -> None:
    with connection.cursor() as cursor:
        cursor.execute("DEALLOCATE ALL")
    prepared._names.clear()


def numbers_of_executions() -> list[int]:
    with connection.cursor() as cursor:
        cursor.execute("SELECT generic_plans + custom_plans FROM pg_prepared_statements")
        return [number for (number,) in cursor.fetchall()]


def test_two_municipalities_take_turns_on_one_connection(
    haarlem_api: ApiClient, utrecht_api: ApiClient
) -> None:
    own = {api: catalogus(api, api.host) for api in (haarlem_api, utrecht_api)}
    for api in [haarlem_api, utrecht_api] * 8:  # beyond the five runs after which a plan is kept
        assert api.get(f"{ROOT}/{own[api].pk}").json()["naam"] == api.host
    assert haarlem_api.get(f"{ROOT}/{own[utrecht_api].pk}").status_code == 404


def test_the_same_key_at_both_is_told_apart(haarlem_api: ApiClient, utrecht_api: ApiClient) -> None:
    first = catalogus(haarlem_api, "Haarlem")
    with in_municipality(utrecht_api.municipality):
        CatalogusFactory.create(uuid=first.pk, naam="Utrecht")
    for _ in range(8):
        assert haarlem_api.get(f"{ROOT}/{first.pk}").json()["naam"] == "Haarlem"
        assert utrecht_api.get(f"{ROOT}/{first.pk}").json()["naam"] == "Utrecht"


def test_each_municipality_has_a_plan_of_its_own(haarlem_api: ApiClient, utrecht_api: ApiClient) -> None:
    own = {api: catalogus(api, api.host) for api in (haarlem_api, utrecht_api)}
    forget()
    for api in [haarlem_api, utrecht_api] * 3:
        assert api.get(f"{ROOT}/{own[api].pk}").status_code == 200

    assert numbers_of_executions() == [3, 3]


def test_a_connection_keeps_few_names(haarlem_api: ApiClient, monkeypatch: pytest.MonkeyPatch) -> None:
    monkeypatch.setattr(prepared, "KEPT_PLANS", 1)
    forget()
    url = f"{ROOT}/{catalogus(haarlem_api, 'x').pk}"
    for expand in ("", "?expand=zaaktypen", "", "?expand=zaaktypen"):
        assert haarlem_api.get(url + expand).status_code == 200
    with connection.cursor() as cursor:
        cursor.execute("SELECT count(*) FROM pg_prepared_statements WHERE name LIKE 'document_%'")
        assert cursor.fetchone() == (1,)


def test_plans_whose_first_execution_failed_do_not_pile_up(
    in_haarlem: Municipality, monkeypatch: pytest.MonkeyPatch
) -> None:
    monkeypatch.setattr(prepared, "KEPT_PLANS", 3)
    bindings = bindings_of(NOBODY, date(2026, 1, 1))

    for _ in range(10):
        failing = prepared.Prepared("SELECT 1 / $1::int", (prepared.KEY,))
        with pytest.raises(DataError), transaction.atomic():
            failing.rows(bindings, 0)

    with connection.cursor() as cursor:
        cursor.execute("SELECT count(*) FROM pg_prepared_statements WHERE statement LIKE '%SELECT 1 / $1%'")
        assert cursor.fetchone()[0] <= 4
