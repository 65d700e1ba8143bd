"""Which URLs are this municipality's own, how they are kept, and what they point at."""

from __future__ import annotations

import json
from dataclasses import replace
from uuid import UUID

import pytest
from django.utils import timezone

from api.clients.client import NOBODY
from api.pipeline.validate import references
from api.pipeline.words.caller import Caller
from api.zaken.resources.zaak import ZaakResource
from tenants.registry.models import Municipality
from tests.api.client import ApiClient
from tests.api.refusals import violations
from tests.api.zaken.conftest import ZAKEN, Catalogue

ORIGIN = "http://haarlem.localhost"
PATH = "/zaken/api/v1/zaken/9f2a4b3c-1d5e-4f60-8a7b-0c1d2e3f4a5b"
KEY = UUID(PATH.rsplit("/", maxsplit=1)[1])


@pytest.fixture
def caller(haarlem: Municipality) -> Caller:
    return Caller(NOBODY, haarlem, timezone.now(), ORIGIN)


@pytest.mark.parametrize(
    "origin",
    [
        "http://haarlem.localhost",
        "https://haarlem.localhost",
        "http://haarlem.localhost:80",
        "https://haarlem.localhost:443",
        "http://haarlem.localhost:443",
        "http://HAARLEM.localhost",
        "http://127.0.0.2",
    ],
)
def test_a_url_of_this_house(caller: Caller, origin: str) -> None:
    assert references.is_local(origin + PATH, caller)
    assert references.local_path(origin + PATH, caller) == PATH
    assert references.stored(origin + PATH, caller) == f"zaakplein:{PATH}"


@pytest.mark.parametrize(
    "origin",
    [
        "http://haarlem.localhost:8000",
        "http://haarlem.localhost:81",
        "https://haarlem.localhost:444",
        "http://haarlem.localhost:0",
        "http://127.0.0.2:5432",
        "http://127.0.0.3",
        "http://utrecht.localhost",
        "http://haarlem.localhost.example.nl",
        "http://x.haarlem.localhost",
    ],
)
def test_a_url_of_another_house(caller: Caller, origin: str) -> None:
    assert not references.is_local(origin + PATH, caller)
    assert references.local_path(origin + PATH, caller) is None
    assert references.find(origin + PATH, caller) is None
    assert references.stored(origin + PATH, caller) == origin + PATH


@pytest.mark.parametrize(
    ("url", "own"),
    [
        ("http://haarlem.localhost:8000", True),
        ("http://127.0.0.2:8000", True),
        ("http://haarlem.localhost", True),
        ("https://haarlem.localhost", True),
        ("http://haarlem.localhost:8001", False),
        ("http://haarlem.localhost:7999", False),
    ],
)
def test_the_port_by_which_one_came_is_ours_too(caller: Caller, url: str, own: bool) -> None:
    came = replace(caller, origin=f"{ORIGIN}:8000")
    assert references.is_local(url + PATH, came) is own


def test_the_host_by_which_one_came_is_ours(caller: Caller) -> None:
    came = replace(caller, origin="https://zaken.haarlem.example")
    assert references.is_local(f"https://zaken.haarlem.example{PATH}", came)


@pytest.mark.parametrize(
    "url",
    [
        "",
        PATH,
        "zaakplein:/x",
        f"ftp://haarlem.localhost{PATH}",
        f"http://{PATH}",
        f"http://a@haarlem.localhost{PATH}",
        f"http://haarlem.localhost:99999{PATH}",
        f"http://haarlem.localhost:x{PATH}",
        f"http://haarlem.localhost {PATH}",
        f"http://[::1{PATH}",
    ],
)
def test_what_is_no_url(caller: Caller, url: str) -> None:
    assert not references.is_url(url)
    assert not references.is_local(url, caller)
    assert references.find(url, caller) is None
    assert references.stored(url, caller) == url


@pytest.mark.parametrize("value", [None, 1, [], {}])
def test_what_is_no_text_is_no_url(value: object) -> None:
    assert not references.is_url(value)


def test_a_query_is_kept(caller: Caller) -> None:
    assert references.stored(f"{ORIGIN}{PATH}?a=b", caller) == f"zaakplein:{PATH}?a=b"


def test_an_object_is_found(caller: Caller) -> None:
    found = references.find(f"{ORIGIN}{PATH}", caller)
    assert found == references.Reference(ZaakResource, KEY, {})
    assert references.find_stored(f"zaakplein:{PATH}") == found


@pytest.mark.parametrize(
    "path",
    [
        f"{PATH}/",
        f"{PATH}?a=b",
        f"{PATH}#deel",
        f"{PATH}0",
        PATH[:-1],
        PATH.replace("/zaken/9", "/dossiers/9"),
        PATH.replace("/v1/", "/v2/"),
        "/zaken/api/v1/zaken",
        "",
    ],
)
def test_nothing_is_found(caller: Caller, path: str) -> None:
    assert references.find(f"{ORIGIN}{path}", caller) is None


@pytest.mark.parametrize("url", [f"{ORIGIN}{PATH}", PATH, ""])
def test_what_is_not_kept_relative_is_not_found_as_such(url: str) -> None:
    assert references.find_stored(url) is None


def test_a_reader_sees_the_host_by_which_it_came() -> None:
    text = f"zaakplein:{PATH}"
    document = references.rendered({"url": references.Address(text), "tekst": text})
    assert json.loads(references.absolute(document, "https://elders.example")) == {
        "url": f"https://elders.example{PATH}",
        "tekst": f"zaakplein:{PATH}",
    }


@pytest.mark.parametrize(
    ("host", "found"),
    [
        ("http://haarlem.localhost", 1),
        ("https://haarlem.localhost", 1),
        ("http://127.0.0.2:443", 1),
        ("http://haarlem.localhost:8000", 0),
        ("http://utrecht.localhost", 0),
    ],
)
def test_a_filter_takes_every_url_of_ours(
    haarlem_api: ApiClient, catalogue: Catalogue, host: str, found: int
) -> None:
    catalogue.new_zaak()
    zaaktype = catalogue.url(catalogue.zaaktype).replace(ORIGIN, host)
    assert haarlem_api.get(f"{ZAKEN}?zaaktype={zaaktype}").json()["count"] == found


def test_a_type_on_another_port_is_not_ours(haarlem_api: ApiClient, catalogue: Catalogue) -> None:
    zaaktype = catalogue.url(catalogue.zaaktype).replace(ORIGIN, f"{ORIGIN}:9")
    answer = haarlem_api.post(ZAKEN, catalogue.zaak(zaaktype=zaaktype))
    assert violations(answer) == [("zaaktype", "bad-url")]
