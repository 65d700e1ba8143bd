"""The pages on a host: nothing of elsewhere in them, and of the municipality its name alone."""

from __future__ import annotations

import re
from importlib import import_module
from typing import Any

import pytest
from django.conf import settings
from django.test import Client

from api.pipeline.describe.documentation.assets import assets
from api.pipeline.words import registry
from tenants.registry.models import Municipality

import_module(settings.ROOT_URLCONF)
HOSTS = {"haarlem.localhost": "Haarlem", "utrecht.localhost": "Utrecht"}
ROOTS = [f"/{api}/api/v1{slash}" for api in settings.APIS for slash in ("", "/")]
ADDRESS = re.compile(r"(?:https?:)?//[^/\"'\s<]+")


def get(path: str, host: str = "haarlem.localhost", **headers: str) -> Any:  # Django's response of a test
    return Client().get(path, headers={"host": host, **{k.replace("_", "-"): v for k, v in headers.items()}})


@pytest.mark.parametrize("host", HOSTS)
@pytest.mark.parametrize("api", settings.APIS)
def test_every_api_has_its_page(db: None, host: str, api: str) -> None:
    page = get(f"/{api}/api/v1/schema", host)

    assert page.status_code == 200
    assert page["Content-Type"] == "text/html; charset=utf-8"
    assert f'data-document="/{api}/api/v1/openapi.json"' in page.content.decode()
    assert HOSTS[host] in page.content.decode()


@pytest.mark.parametrize("host", HOSTS)
def test_the_index_names_the_municipality_and_its_apis(db: None, host: str) -> None:
    page = get("/", host).content.decode()

    assert f"<h1>API’s van {HOSTS[host]}</h1>" in page
    assert [api for api in settings.APIS if f'href="/{api}/api/v1/schema"' not in page] == []
    assert [api for api in settings.APIS if f"http://{host}/{api}/api/v1</code>" not in page] == []


@pytest.mark.parametrize("path", ["/", *(f"/{api}/api/v1/schema" for api in settings.APIS)])
def test_a_page_leads_nowhere_else(db: None, path: str) -> None:
    page = get(path).content.decode()

    assert set(ADDRESS.findall(page)) <= {"http://haarlem.localhost"}
    assert "Utrecht" not in page


@pytest.mark.parametrize("path", ["/", "/zaken/api/v1/schema"])
def test_a_browser_is_told_to_fetch_nothing_elsewhere(db: None, path: str) -> None:
    policy = get(path)["Content-Security-Policy"]

    assert policy.startswith("default-src 'none'")
    assert "http" not in policy
    assert "unsafe-eval" not in policy
    assert "'unsafe-inline'" not in re.sub(r"style-src[^;]*", "", policy)


@pytest.mark.parametrize("path", ["/", "/zaken/api/v1/schema"])
def test_an_unchanged_page_is_not_sent_again(db: None, path: str) -> None:
    etag = get(path)["ETag"]

    assert get(path, if_none_match=etag).status_code == 304


@pytest.mark.parametrize("path", ["/", "/zaken/api/v1/schema", assets()["redoc"].url])
def test_head_has_the_headers_and_no_body(db: None, path: str) -> None:
    answer = Client().head(path, headers={"host": "haarlem.localhost"})

    assert answer.status_code == 200
    assert answer["Content-Type"] == get(path)["Content-Type"]
    assert answer["ETag"] == get(path)["ETag"]
    assert answer.content == b""


@pytest.mark.parametrize("path", ["/", "/zaken/api/v1/schema", assets()["style"].url])
def test_a_page_is_only_read(db: None, path: str) -> None:
    assert Client().post(path, headers={"host": "haarlem.localhost"}).status_code == 405


def test_a_page_is_found_with_a_slash_too(db: None) -> None:
    assert get("/zaken/api/v1/schema/")["Location"] == "/zaken/api/v1/schema"


BROWSER = "text/html,application/xhtml+xml,application/xml;q=0.9,image/avif,*/*;q=0.8"


@pytest.mark.parametrize("path", ROOTS)
@pytest.mark.parametrize("accept", [BROWSER, "text/html", "application/json;q=0.5,text/html"])
def test_the_root_leads_a_browser_to_the_page(db: None, path: str, accept: str) -> None:
    answer = get(path, accept=accept)

    assert answer["Location"] == path.rstrip("/") + "/schema"
    assert answer["Vary"] == "Accept"


@pytest.mark.parametrize("path", ROOTS)
@pytest.mark.parametrize("sent", [{}, {"accept": "*/*"}, {"accept": "application/json, */*;q=0.1"}])
def test_the_root_names_the_resources_to_a_program(db: None, path: str, sent: dict[str, str]) -> None:
    answer = get(path, **sent)
    root = f"http://haarlem.localhost{path.rstrip('/')}"

    assert answer.status_code == 200
    assert answer["Content-Type"] == "application/json"
    assert answer["API-version"]
    assert answer.json() == {
        resource.path: f"{root}/{resource.path}"
        for resource in registry.resources()
        if f"/{resource.api.name}/" in root and "<" not in resource.path
    }


@pytest.mark.parametrize("accept", ["image/png", "application/json;q=0"])
def test_the_root_has_nothing_else(db: None, accept: str) -> None:
    answer = get("/zaken/api/v1/", accept=accept)

    assert (answer.status_code, answer.json()["code"]) == (406, "not_acceptable")


@pytest.mark.parametrize("path", ["/niets/api/v1/schema", "/niets/api/v1", "/documentatie/niets.js"])
def test_what_is_not_served_has_no_page(db: None, path: str) -> None:
    answer = get(path)

    assert answer.status_code == 404
    assert answer["Content-Type"] == "application/problem+json"


@pytest.mark.parametrize("path", ["/", "/zaken/api/v1/schema", assets()["redoc"].url])
def test_an_unknown_host_has_no_pages(db: None, path: str) -> None:
    assert get(path, "nergens.localhost").json()["code"] == "unknown-host"


@pytest.mark.parametrize("path", ["/", "/zaken/api/v1/schema"])
def test_a_municipality_that_is_set_up_has_no_pages(haarlem: Municipality, path: str) -> None:
    Municipality.objects.filter(pk=haarlem.pk).update(status=Municipality.Status.IN_INRICHTING)

    assert get(path).status_code == 503


def test_a_name_is_text_and_not_markup(haarlem: Municipality) -> None:
    Municipality.objects.filter(pk=haarlem.pk).update(naam="<b>'s-Haarlem</b>")

    assert "<b>" not in get("/").content.decode()
