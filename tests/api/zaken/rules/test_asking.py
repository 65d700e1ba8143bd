"""Others are asked about references on behalf of who may write, once, and before anything is locked."""

from __future__ import annotations

from typing import Any

import pytest

from api.pipeline.validate import outgoing
from api.zaken.models import Zaak
from tenants.registry.context import in_municipality
from tests.api.client import api_with_rights, right
from tests.api.refusals import violations
from tests.api.zaken.conftest import ZAKEN, Catalogue


@pytest.fixture
def hops(monkeypatch: pytest.MonkeyPatch) -> list[Any]:
    """Every request to another house."""
    made: list[Any] = []
    at_home = outgoing._hop

    def noticed(url: Any, *more: Any) -> Any:
        made.append(url.path)
        return at_home(url, *more)

    monkeypatch.setattr(outgoing, "_hop", noticed)
    return made


def related(elsewhere: str, *paths: str) -> dict[str, Any]:
    return {"relevanteAndereZaken": [{"url": elsewhere + path, "aardRelatie": "vervolg"} for path in paths]}


@pytest.mark.parametrize("held", ["another type", "too low a level"])
def test_not_for_who_may_not_write_the_type(
    catalogue: Catalogue, elsewhere: str, hops: list[Any], held: str
) -> None:
    subject, maximum = (catalogue.other, 8) if held == "another type" else (catalogue.zaaktype, 1)
    with in_municipality(catalogue.municipality):
        writer = api_with_rights(
            catalogue.municipality,
            right("zrc", ["zaken.aanmaken"], subject, maximum=maximum),  # type: ignore[arg-type]
        )
    body = catalogue.zaak(vertrouwelijkheidaanduiding="geheim", **related(elsewhere, "/zaak"))

    assert writer.post(ZAKEN, {**body, "communicatiekanaal": f"{elsewhere}/kanaal"}).status_code == 403
    assert hops == []


def test_not_for_who_may_not_change_a_closed_zaak(
    catalogue: Catalogue, zaak: Zaak, elsewhere: str, hops: list[Any]
) -> None:
    with in_municipality(catalogue.municipality):
        Zaak.objects.filter(pk=zaak.pk).update(einddatum=zaak.startdatum)
        writer = api_with_rights(
            catalogue.municipality,
            right("zrc", ["zaken.bijwerken"], catalogue.zaaktype, maximum=8),  # type: ignore[arg-type]
        )

    assert writer.patch(catalogue.url(zaak), related(elsewhere, "/zaak")).status_code == 403
    assert hops == []


def test_what_is_wrong_here_is_said_before_rights(
    catalogue: Catalogue, elsewhere: str, hops: list[Any]
) -> None:
    with in_municipality(catalogue.municipality):
        writer = api_with_rights(
            catalogue.municipality,
            right("zrc", ["zaken.aanmaken"], catalogue.other, maximum=8),  # type: ignore[arg-type]
        )
    body = catalogue.zaak(bronorganisatie="123456789", **related(elsewhere, "/zaak"))

    assert violations(writer.post(ZAKEN, body)) == [("bronorganisatie", "invalid")]
    assert hops == []


def test_a_url_that_stands_there_twice_is_asked_once(
    haarlem_api: Any, catalogue: Catalogue, elsewhere: str, hops: list[Any]
) -> None:
    assert haarlem_api.post(ZAKEN, catalogue.zaak(**related(elsewhere, "/zaak", "/zaak"))).status_code == 201
    assert hops == ["/zaak"]


def test_what_others_say_is_told_with_what_is_wrong_here(
    haarlem_api: Any, catalogue: Catalogue, elsewhere: str
) -> None:
    body = catalogue.zaak(bronorganisatie="123456789", **related(elsewhere, "/nowhere"))

    assert violations(haarlem_api.post(ZAKEN, body)) == [
        ("bronorganisatie", "invalid"),
        ("relevanteAndereZaken.0.url", "bad-url"),
    ]


def test_what_is_left_as_it_is_is_not_asked_about(
    haarlem_api: Any, catalogue: Catalogue, elsewhere: str, hops: list[Any]
) -> None:
    made = haarlem_api.post(ZAKEN, catalogue.zaak(**related(elsewhere, "/zaak"))).json()
    hops.clear()

    assert haarlem_api.patch(made["url"], {"omschrijving": "anders"}).status_code == 200
    assert hops == []
