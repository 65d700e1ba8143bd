"""The suite is only worth what it catches: leaks that are planted are found."""

from __future__ import annotations

import json
from collections.abc import Callable, Iterator
from contextlib import contextmanager
from typing import Any

import pytest
from django.http import HttpResponse

from api.catalogi.models import Zaaktype
from api.clients.client import Client
from api.clients.lookup import Found
from api.pipeline.commit import saving, trail
from api.pipeline.http.resource import Resource
from api.pipeline.words import registry
from api.records.models import OutboxMessage
from api.zaken.models import Zaak
from tenants.registry.connection import connection
from tenants.registry.context import in_municipality
from tenants.registry.models import Municipality
from tests.factories.zaken import ZaakFactory
from tests.isolation.leaks import leaks, refuses_token, stays_at_home
from tests.isolation.square import House, Square, undone

ZAKEN = registry.resource_for(Zaak)

pytestmark = pytest.mark.django_db

Handler = Callable[..., HttpResponse]


@contextmanager
def trespassing(house: House) -> Iterator[Municipality]:
    """In the schema of the house, whatever the request came for: what the only door forbids."""
    inside = connection.tenant
    connection.set_tenant(house.api.municipality)
    try:
        yield house.api.municipality
    finally:
        connection.set_tenant(inside)


@pytest.fixture
def plant(monkeypatch: pytest.MonkeyPatch) -> Callable[[str, Callable[[Handler], Handler]], None]:
    """Wrap what every resource does."""

    def planted(action: str, leaking: Callable[[Handler], Handler]) -> None:
        monkeypatch.setattr(Resource, action, leaking(getattr(Resource, action)))

    return planted


def test_a_row_that_came_across_is_caught(square: Square) -> None:
    zaak = square.haarlem[Zaak]
    with undone():
        with in_municipality(square.haarlem.api.municipality):
            ZaakFactory.create(uuid=square.utrecht[Zaak].pk, zaaktype=zaak.zaaktype)
        assert leaks(square, ZAKEN, "retrieve")


def test_a_token_that_is_known_everywhere_is_caught(square: Square, monkeypatch: pytest.MonkeyPatch) -> None:
    everywhere = Found(square.utrecht.api.client.secret, Client("x", heeft_alle_autorisaties=True))
    monkeypatch.setattr("api.pipeline.authorise.authentication.find_client", lambda _: everywhere)
    assert not refuses_token(square, ZAKEN, "list")


@pytest.mark.parametrize("action", ["list", "search"])
def test_a_list_that_forgets_the_schema_is_caught(square: Square, plant: Any, action: str) -> None:
    def leaking(handler: Handler) -> Handler:
        def answer(self: Any, request: Any, **kwargs: Any) -> HttpResponse:
            with trespassing(square.utrecht):
                return handler(self, request, **kwargs)

        return answer

    plant(action, leaking)
    assert leaks(square, ZAKEN, action)


@pytest.mark.parametrize("action", ["list", "retrieve"])
def test_an_answer_kept_for_all_municipalities_is_caught(square: Square, plant: Any, action: str) -> None:
    kept: dict[str, bytes] = {}

    def leaking(handler: Handler) -> Handler:
        def answer(self: Any, request: Any, **kwargs: Any) -> HttpResponse:
            key = request.get_full_path()
            if key not in kept:
                kept[key] = handler(self, request, **kwargs).content
            return HttpResponse(kept[key], content_type="application/json")

        return answer

    plant(action, leaking)
    assert leaks(square, ZAKEN, action)


def test_an_etag_kept_for_all_municipalities_is_caught(square: Square, plant: Any) -> None:
    known: set[str] = set()

    def leaking(handler: Handler) -> Handler:
        def answer(self: Any, request: Any, **kwargs: Any) -> HttpResponse:
            if request.headers.get("If-None-Match") in known:
                return HttpResponse(status=304)
            response = handler(self, request, **kwargs)
            known.add(response.headers["ETag"])
            return response

        return answer

    plant("retrieve", leaking)
    assert leaks(square, ZAKEN, "retrieve")


def test_an_expanded_object_of_the_neighbour_is_caught(square: Square, plant: Any) -> None:
    zaaktypen = registry.resource_for(Zaaktype)

    def leaking(handler: Handler) -> Handler:
        def answer(self: Any, request: Any, **kwargs: Any) -> HttpResponse:
            response = handler(self, request, **kwargs)
            if "expand" in request.GET:
                with trespassing(square.utrecht):
                    theirs = zaaktypen.document(square.utrecht[Zaaktype].pk, self.client)
                shown = {**json.loads(response.content), "_expand": {"zaaktype": json.loads(theirs)}}
                response.content = json.dumps(shown).encode()
            return response

        return answer

    plant("retrieve", leaking)
    assert leaks(square, ZAKEN, "retrieve")


@pytest.mark.parametrize("action", ["create", "partial_update", "destroy"])
def test_a_message_in_the_outbox_of_the_neighbour_is_caught(
    square: Square, monkeypatch: pytest.MonkeyPatch, action: str
) -> None:
    at_home = trail.records_of

    def leaking(write: Any, main: Any, after: str | None) -> Any:
        yield from at_home(write, main, after)
        with trespassing(square.utrecht):
            OutboxMessage.objects.create(kanaal="zaken", kenmerken="{}", aanmaakdatum=write.caller.now)

    monkeypatch.setattr(saving, "records_of", leaking)
    assert not stays_at_home(square, ZAKEN, action)


def test_a_changed_row_of_the_neighbour_is_caught(square: Square, monkeypatch: pytest.MonkeyPatch) -> None:
    at_home = trail.records_of

    def leaking(write: Any, main: Any, after: str | None) -> Any:
        yield from at_home(write, main, after)
        with trespassing(square.utrecht):
            Zaak.objects.update(omschrijving="van Haarlem")

    monkeypatch.setattr(saving, "records_of", leaking)
    assert not stays_at_home(square, ZAKEN, "update")


def test_a_refusal_that_writes_is_caught(square: Square, plant: Any) -> None:
    def leaking(handler: Handler) -> Handler:
        def answer(self: Any, request: Any, **kwargs: Any) -> HttpResponse:
            Zaak.objects.update(omschrijving="aangeraakt")
            return handler(self, request, **kwargs)

        return answer

    plant("update", leaking)
    assert leaks(square, ZAKEN, "update")
