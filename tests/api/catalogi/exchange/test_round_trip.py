"""What is exported, wiped and imported again is what it was."""

from __future__ import annotations

import json

from tenants.registry.models import Municipality
from tests.api.catalogi.cast import path_of
from tests.api.catalogi.exchange.contents import (
    exported,
    outcomes,
    rich_catalogus,
    send,
    shown,
    unpacked,
    wipe,
)
from tests.api.client import ApiClient


def test_every_object_is_as_it_was(haarlem: Municipality, haarlem_api: ApiClient) -> None:
    archive = exported(haarlem_api, path_of(rich_catalogus(haarlem)))
    before = shown(haarlem_api)
    wipe(haarlem)
    assert outcomes(send(haarlem_api, archive)) == {"nieuw": len(before)}
    assert shown(haarlem_api) == before


def test_every_object_is_the_same_at_another_municipality(
    haarlem: Municipality, haarlem_api: ApiClient, utrecht_api: ApiClient
) -> None:
    archive = exported(haarlem_api, path_of(rich_catalogus(haarlem)))
    assert outcomes(send(utrecht_api, archive)).keys() == {"nieuw"}
    assert shown(utrecht_api) == shown(haarlem_api)


def test_what_is_here_already_is_left_alone(haarlem: Municipality, haarlem_api: ApiClient) -> None:
    archive = exported(haarlem_api, path_of(rich_catalogus(haarlem)))
    before = shown(haarlem_api)
    assert outcomes(send(haarlem_api, archive)) == {"gelijk": len(before)}
    assert shown(haarlem_api) == before


def test_a_zaaktype_goes_with_what_it_names(haarlem: Municipality, haarlem_api: ApiClient) -> None:
    catalogus = rich_catalogus(haarlem)
    melding = next(
        each
        for each in haarlem_api.get("/catalogi/api/v1/zaaktypen?identificatie=MELDING").json()["results"]
        if each["eindeGeldigheid"] is None
    )
    files = unpacked(exported(haarlem_api, melding["url"]))
    assert [each["url"] for each in files["ZaakType.json"]] == [melding["url"]]
    assert {each["omschrijving"] for each in files["BesluitType.json"]} == {"Vergunning", "Intrekking"}
    assert {each["beginGeldigheid"] for each in files["InformatieObjectType.json"]} == {
        "2024-07-01",
        "2024-01-01",
    }
    assert files["zaakplein.json"]["catalogus"] == {"domein": "RIJK", "rsin": catalogus.rsin}
    assert "Catalogus.json" not in files


def test_a_zaaktype_comes_back_into_its_catalogus(haarlem: Municipality, haarlem_api: ApiClient) -> None:
    rich_catalogus(haarlem)
    draft = haarlem_api.get("/catalogi/api/v1/zaaktypen?status=concept").json()["results"][0]
    archive = exported(haarlem_api, draft["url"])
    before = shown(haarlem_api)
    assert haarlem_api.delete(draft["url"]).status_code == 204
    assert outcomes(send(haarlem_api, archive)) == {"nieuw": 11, "gelijk": 2}
    assert shown(haarlem_api) == before


def test_the_zip_has_the_names_of_open_zaak(haarlem: Municipality, haarlem_api: ApiClient) -> None:
    files = unpacked(exported(haarlem_api, path_of(rich_catalogus(haarlem))))
    assert list(files) == [
        "zaakplein.json",
        "Catalogus.json",
        "InformatieObjectType.json",
        "BesluitType.json",
        "ZaakType.json",
        "StatusType.json",
        "ZaakTypeInformatieObjectType.json",
        "ResultaatType.json",
        "RolType.json",
        "Eigenschap.json",
        "ZaakObjectType.json",
    ]
    assert all(each["zaaktypen"] == [] for each in files["BesluitType.json"])
    assert "zaakplein:" not in json.dumps(files)
