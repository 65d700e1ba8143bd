"""Never a byte of one municipality at another: every operation of every resource is attacked."""

from __future__ import annotations

from collections import Counter
from typing import Any

import pytest
from django.apps import apps
from django.conf import settings
from django.db import DatabaseError, connection, transaction

from api.clients.client import Client
from api.clients.lookup import Found
from api.pipeline import registry
from api.zaken.models import Zaak
from tenants.registry.context import in_municipality
from tenants.registry.models import Municipality
from tests.api.client import ApiClient
from tests.factories.zaken import ZaakFactory
from tests.isolation.attacks import FORBIDDEN, KINDS, Objects, attacks, request_of, told_apart

OPERATIONS = [
    pytest.param(resource, action, id=f"{resource.api.name}-{resource.noun}-{action}")
    for resource in registry.resources()
    if not resource.is_open()  # what is the same for everybody is nobody's
    for action in resource.operations
]
TENANT_LABELS = {name.rpartition(".")[2] for name in settings.TENANT_APPS}
ZAKEN = registry.resource_for(Zaak)


def rows(*municipalities: Municipality) -> Counter[str]:
    """How many rows every table of these municipalities has."""
    counted: Counter[str] = Counter()
    for municipality in municipalities:
        with in_municipality(municipality):
            for model in apps.get_models():
                if model._meta.app_label in TENANT_LABELS:
                    table = f"{municipality.schema_name}.{model._meta.db_table}"
                    counted[table] = model._default_manager.count()
    return counted


@pytest.mark.parametrize(("resource", "action"), OPERATIONS)
def test_an_object_of_the_neighbour_is_as_absent_as_any(
    haarlem_api: ApiClient, utrecht_api: ApiClient, ours: Objects, theirs: Objects, resource: Any, action: str
) -> None:
    before = rows(haarlem_api.municipality, utrecht_api.municipality)
    tried = attacks(resource, action, ours)
    assert tried
    assert [leak for attack in tried if (leak := told_apart(attack, haarlem_api, theirs))] == []
    assert rows(haarlem_api.municipality, utrecht_api.municipality) == before


@pytest.mark.parametrize(("resource", "action"), OPERATIONS)
def test_a_token_of_the_neighbour_is_a_token_of_nobody(
    haarlem_api: ApiClient, utrecht_api: ApiClient, ours: Objects, resource: Any, action: str
) -> None:
    assert refuses_token_of(utrecht_api, haarlem_api, ours, resource, action)


def refuses_token_of(thief: ApiClient, victim: ApiClient, ours: Objects, resource: Any, action: str) -> bool:
    method, path = request_of(resource, action, ours)
    before = rows(victim.municipality)
    answer = victim.request(method.upper(), path, {}, Authorization=f"Bearer {thief.token()}")
    refused = answer.status_code == FORBIDDEN
    said = method == "head" or (refused and answer.json()["code"] == "invalid-client-identifier")
    return refused and said and rows(victim.municipality) == before


def test_every_operation_has_an_attack() -> None:
    declared = {action for resource in registry.resources() for action in resource.operations}
    assert declared <= set(KINDS)


def test_nothing_of_the_neighbour_stands_in_a_list(
    haarlem_api: ApiClient, ours: Objects, theirs: Objects
) -> None:
    found = haarlem_api.get(f"{ZAKEN.root()}?expand=zaaktype,status,rollen,resultaat").content.decode()
    assert str(ours[Zaak].pk) in found
    assert not [pk for pk in (str(each.pk) for each in theirs.values()) if pk in found]


@pytest.mark.parametrize(
    ("header", "value"),
    [
        ("X-Forwarded-Host", "utrecht.localhost"),
        ("Forwarded", "host=utrecht.localhost"),
        ("X-Host", "127.0.0.3"),
    ],
)
def test_no_header_leads_next_door(
    haarlem_api: ApiClient, ours: Objects, theirs: Objects, header: str, value: str
) -> None:
    url = f"{ZAKEN.root()}/{theirs[Zaak].pk}"
    assert haarlem_api.get(url, **{header: value}).status_code == 404  # type: ignore[arg-type]


def test_no_answer_sets_a_cookie(haarlem_api: ApiClient, ours: Objects) -> None:
    assert not haarlem_api.get(ZAKEN.root()).cookies


def test_postgresql_itself_refuses(haarlem: Municipality, theirs: Objects) -> None:
    with (
        in_municipality(haarlem),
        pytest.raises(DatabaseError, match="permission denied"),
        transaction.atomic(),
        connection.cursor() as cursor,
    ):
        cursor.execute("SELECT count(*) FROM utrecht.zaken_zaak")


def test_a_planted_row_is_caught(haarlem_api: ApiClient, ours: Objects, theirs: Objects) -> None:
    with in_municipality(haarlem_api.municipality):
        ZaakFactory.create(uuid=theirs[Zaak].pk, zaaktype=ours[Zaak].zaaktype)
    caught = [told_apart(attack, haarlem_api, theirs) for attack in attacks(ZAKEN, "retrieve", ours)]
    assert all(caught)


def test_a_planted_shared_token_is_caught(
    haarlem_api: ApiClient, utrecht_api: ApiClient, ours: Objects, monkeypatch: pytest.MonkeyPatch
) -> None:
    everywhere = Found(utrecht_api.client.secret, Client("x", heeft_alle_autorisaties=True))
    monkeypatch.setattr("api.pipeline.authentication.find_client", lambda _: everywhere)
    assert not refuses_token_of(utrecht_api, haarlem_api, ours, ZAKEN, "list")
