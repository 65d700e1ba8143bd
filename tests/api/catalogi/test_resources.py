"""What every resource of the catalogue does: made, read back, changed, replaced and deleted."""

from __future__ import annotations

from collections.abc import Callable
from typing import Any

import pytest

from tenants.registry.models import Municipality
from tests.api.catalogi import cast
from tests.api.catalogi.cast import ROOT, nothing_written
from tests.api.client import ApiClient
from tests.api.refusals import violations

Body = Callable[..., dict[str, Any]]


def relation_body(zaaktype: str, **changes: object) -> dict[str, Any]:
    return cast.ziot_body(zaaktype, "Foto", **changes)


OF_CATALOGUS: list[tuple[str, Body]] = [
    ("zaaktypen", cast.zaaktype_body),
    ("informatieobjecttypen", cast.informatieobjecttype_body),
    ("besluittypen", cast.besluittype_body),
]
OF_ZAAKTYPE: list[tuple[str, Body]] = [
    ("statustypen", cast.statustype_body),
    ("roltypen", cast.roltype_body),
    ("resultaattypen", cast.resultaattype_body),
    ("eigenschappen", cast.eigenschap_body),
    ("zaakobjecttypen", cast.zaakobjecttype_body),
    ("zaaktype-informatieobjecttypen", relation_body),
]
EVERY = [*OF_CATALOGUS, *OF_ZAAKTYPE]


@pytest.fixture
def owner(haarlem_api: ApiClient, catalogus_url: str) -> dict[str, str]:
    """The URL that a body of each resource needs: a catalogus, or a concept of a zaaktype in it."""
    haarlem_api.post(f"{ROOT}/informatieobjecttypen", cast.informatieobjecttype_body(catalogus_url))
    zaaktype = haarlem_api.post(f"{ROOT}/zaaktypen", cast.zaaktype_body(catalogus_url)).json()["url"]
    return {path: zaaktype for path, _ in OF_ZAAKTYPE} | {path: catalogus_url for path, _ in OF_CATALOGUS}


def test_a_catalogus_is_made_and_read_back(haarlem_api: ApiClient) -> None:
    made = haarlem_api.post(f"{ROOT}/catalogussen", cast.catalogus_body())

    assert made.status_code == 201
    assert haarlem_api.get(made.headers["Location"]).json() == made.json()


def test_a_catalogus_is_replaced(haarlem_api: ApiClient) -> None:
    url = haarlem_api.post(f"{ROOT}/catalogussen", cast.catalogus_body()).json()["url"]

    assert haarlem_api.put(url, cast.catalogus_body(domein="ANDER")).json()["domein"] == "ANDER"


def test_a_catalogus_is_never_deleted(haarlem_api: ApiClient) -> None:
    url = haarlem_api.post(f"{ROOT}/catalogussen", cast.catalogus_body()).json()["url"]

    assert haarlem_api.delete(url).status_code == 405


def test_a_catalogus_shows_its_types(haarlem_api: ApiClient, catalogus_url: str) -> None:
    besluittype = haarlem_api.post(f"{ROOT}/besluittypen", cast.besluittype_body(catalogus_url)).json()

    shown = haarlem_api.get(catalogus_url).json()

    assert shown["besluittypen"] == [besluittype["url"]]
    assert shown["besluittypeOmschrijving"] == ["Besluit op melding"]


@pytest.mark.parametrize(("path", "body"), EVERY)
def test_what_is_made_is_read_back(
    haarlem_api: ApiClient, owner: dict[str, str], path: str, body: Body
) -> None:
    made = haarlem_api.post(f"{ROOT}/{path}", body(owner[path], **again(path)))

    assert made.status_code == 201, made.content
    assert made.headers["Location"] == made.json()["url"]
    assert haarlem_api.get(made.headers["Location"]).json() == made.json()


@pytest.mark.parametrize(("path", "body"), EVERY)
def test_an_answer_can_be_sent_back(
    haarlem_api: ApiClient, owner: dict[str, str], path: str, body: Body
) -> None:
    made = haarlem_api.post(f"{ROOT}/{path}", body(owner[path], **again(path))).json()

    replaced = haarlem_api.put(made["url"], made)

    assert (replaced.status_code, replaced.json()) == (200, made)


@pytest.mark.parametrize(("path", "body"), EVERY)
def test_an_empty_body_lacks_what_is_required(
    haarlem: Municipality, haarlem_api: ApiClient, owner: dict[str, str], path: str, body: Body
) -> None:
    del body

    with nothing_written(haarlem):
        refused = violations(haarlem_api.post(f"{ROOT}/{path}", {}))

    assert ("zaaktype" if owner[path].count("zaaktypen") else "catalogus", "required") in refused


@pytest.mark.parametrize(("path", "body"), EVERY)
def test_a_concept_is_deleted(haarlem_api: ApiClient, owner: dict[str, str], path: str, body: Body) -> None:
    url = haarlem_api.post(f"{ROOT}/{path}", body(owner[path], **again(path))).json()["url"]

    assert haarlem_api.delete(url).status_code == 204
    assert haarlem_api.get(url).status_code == 404


@pytest.mark.parametrize(("path", "body"), EVERY)
def test_nobody_writes_a_catalogue_without_its_scope(
    haarlem: Municipality, owner: dict[str, str], path: str, body: Body
) -> None:
    reader = cast.reader(haarlem)

    with nothing_written(haarlem):
        assert reader.post(f"{ROOT}/{path}", body(owner[path])).status_code == 403


@pytest.mark.parametrize("path", ["catalogussen", *(path for path, _ in EVERY)])
def test_an_unknown_parameter_is_refused(haarlem_api: ApiClient, path: str) -> None:
    refused = haarlem_api.get(f"{ROOT}/{path}?kleur=rood")

    assert violations(refused) == [("nonFieldErrors", "unknown-parameters")]


def again(path: str) -> dict[str, str]:
    """What tells a second zaaktype or informatieobjecttype from the one that the owner is."""
    return {"zaaktypen": {"identificatie": "ANDER"}, "informatieobjecttypen": {"omschrijving": "Brief"}}.get(
        path, {}
    )
