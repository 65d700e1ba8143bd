"""Others are asked about references on behalf of who may write, once, and before anything is locked."""

from __future__ import annotations

from typing import Any

import pytest

from api.pipeline.validate import outgoing
from api.pipeline.words import asked
from api.zaken.models import Zaak
from tenants.registry.context import in_municipality
from tests.api.client import api_with_rights, right
from tests.api.refusals import violations
from tests.api.zaken.conftest import ROLLEN, ZAKEN, Catalogue


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


def limited(catalogue: Catalogue, subject: Any, *scopes: str) -> Any:
    with in_municipality(catalogue.municipality):
        return api_with_rights(catalogue.municipality, right("zrc", scopes, subject, maximum=8))  # type: ignore[arg-type]


def test_an_object_of_another_house_is_refused_as_what_is_there(
    haarlem_api: Any, catalogue: Catalogue, elsewhere: str, hops: list[Any]
) -> None:
    body = catalogue.zaak(
        zaaktype=f"{elsewhere}/zaak", hoofdzaak=f"{elsewhere}/nowhere", bronorganisatie=None
    )
    assert sorted(violations(haarlem_api.post(ZAKEN, body))) == [
        ("bronorganisatie", "null"),
        ("hoofdzaak", "bad-url"),
        ("zaaktype", "invalid-resource"),
    ]
    assert sorted(hops) == ["/nowhere", "/zaak"]


def test_it_is_not_asked_about_for_who_may_not_make_the_zaak(
    catalogue: Catalogue, elsewhere: str, hops: list[Any]
) -> None:
    writer = limited(catalogue, catalogue.other, "zaken.aanmaken")
    body = catalogue.zaak(hoofdzaak=f"{elsewhere}/zaak")
    assert writer.post(ZAKEN, body).status_code == 403
    assert violations(writer.post(ZAKEN, {**body, "toelichting": []})) == [("toelichting", "invalid")]
    assert hops == []


def test_nor_for_who_may_not_change_it(
    catalogue: Catalogue, zaak: Zaak, elsewhere: str, hops: list[Any]
) -> None:
    writer = limited(catalogue, catalogue.other, "zaken.bijwerken")
    for method in (writer.patch, writer.put):
        answer = method(catalogue.url(zaak), catalogue.zaak(zaaktype=f"{elsewhere}/zaak"))
        assert answer.status_code == 403
    assert hops == []


def test_nor_for_who_may_not_add_to_the_zaak(
    catalogue: Catalogue, zaak: Zaak, elsewhere: str, hops: list[Any]
) -> None:
    body = catalogue.rol(zaak, roltype=f"{elsewhere}/zaak")
    assert limited(catalogue, catalogue.other, "zaken.bijwerken").post(ROLLEN, body).status_code == 403
    assert hops == []
    allowed = limited(catalogue, catalogue.zaaktype, "zaken.bijwerken").post(ROLLEN, body)
    assert violations(allowed) == [("roltype", "invalid-resource")]


def test_who_changes_nothing_is_told_that_it_is_not_there(
    haarlem_api: Any, catalogue: Catalogue, elsewhere: str, hops: list[Any]
) -> None:
    gone = haarlem_api.url(f"{ZAKEN}/00000000-0000-4000-8000-000000000000")
    assert haarlem_api.patch(gone, {"hoofdzaak": f"{elsewhere}/zaak"}).status_code == 404
    assert hops == []


@pytest.mark.parametrize(("number", "status"), [(20, 201), (21, 400)])
def test_so_many_of_others_are_asked_about_and_no_more(
    haarlem_api: Any, catalogue: Catalogue, elsewhere: str, hops: list[Any], number: int, status: int
) -> None:
    body = catalogue.zaak(**related(elsewhere, *(f"/zaak#{n}" for n in range(number))))
    answer = haarlem_api.post(ZAKEN, body)
    assert answer.status_code == status
    assert len(hops) == (number if status == 201 else 0)


@pytest.mark.parametrize(("number", "status"), [(100, 201), (101, 400)])
def test_so_many_related_zaken_and_no_more(
    haarlem_api: Any, catalogue: Catalogue, zaak: Zaak, number: int, status: int
) -> None:
    items = [{"url": catalogue.url(zaak), "aardRelatie": "vervolg"}] * number
    assert haarlem_api.post(ZAKEN, catalogue.zaak(relevanteAndereZaken=items)).status_code == status


def test_all_of_them_together_have_one_deadline(
    haarlem_api: Any, catalogue: Catalogue, elsewhere: str, monkeypatch: pytest.MonkeyPatch
) -> None:
    moments = iter((0.0, *[1e9] * 100))
    monkeypatch.setattr(asked, "monotonic", lambda: next(moments) - 1e6)
    body = catalogue.zaak(**related(elsewhere, "/zaak", "/zaak#2"))
    assert violations(haarlem_api.post(ZAKEN, body)) == [
        ("relevanteAndereZaken.0.url", "bad-url"),
        ("relevanteAndereZaken.1.url", "bad-url"),
    ]
