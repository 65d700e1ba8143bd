"""A correction of what is published: only extending by the letter, anything as Open Zaak allows."""

from __future__ import annotations

from typing import Any

import pytest
from django.db.models import Model
from factory.django import DjangoModelFactory

from api.catalogi.models import Zaaktype
from tenants.registry.context import in_municipality
from tenants.registry.models import Municipality
from tests.api.catalogi.cast import ROOT, make, nothing_written, path_of, statustype_body
from tests.api.catalogi.rules.conftest import url
from tests.api.client import ApiClient
from tests.api.refusals import violations
from tests.factories.catalogi import (
    BesluittypeFactory,
    EigenschapFactory,
    InformatieobjecttypeFactory,
    ResultaattypeFactory,
    RoltypeFactory,
    StatustypeFactory,
    ZaakobjecttypeFactory,
    ZaaktypeFactory,
    ZaaktypeInformatieobjecttypeFactory,
)
from tests.factories.zaken import ResultaatFactory, RolFactory, StatusFactory

CODE = "correction-must-extend"
Factory = type[DjangoModelFactory[Any]]

MAIN: dict[Factory, dict[str, Any]] = {
    ZaaktypeFactory: {
        "trefwoorden": ["stoep"],
        "verlenging_mogelijk": True,
        "verlengingstermijn": "P30D",
        "identificatie": "MELDING",
    },
    InformatieobjecttypeFactory: {"omschrijving": "Foto", "trefwoord": ["beeld"]},
    BesluittypeFactory: {"omschrijving": "Besluit"},
}
NAMES = {
    "besluittypen": ["Besluit"],
    "deelzaaktypen": ["DEEL"],
    "gerelateerdeZaaktypen": [{"zaaktype": "ANDER", "aardRelatie": "vervolg"}],
}
EIGENSCHAP = {
    "specificatie_lengte": "5,2",
    "specificatie_kardinaliteit": "2",
    "specificatie_waardenverzameling": ["1", "2"],
}
PARTS = [
    StatustypeFactory,
    ResultaattypeFactory,
    RoltypeFactory,
    EigenschapFactory,
    ZaakobjecttypeFactory,
    ZaaktypeInformatieobjecttypeFactory,
]
NARROWING = [
    (ZaaktypeFactory, {"identificatie": "ANDERS"}, "identificatie"),
    (ZaaktypeFactory, {"beginGeldigheid": "2024-02-01"}, "beginGeldigheid"),
    (ZaaktypeFactory, {"trefwoorden": ["weg"]}, "trefwoorden"),
    (ZaaktypeFactory, {"productenOfDiensten": []}, "productenOfDiensten"),
    (ZaaktypeFactory, {"verlengingMogelijk": False, "verlengingstermijn": None}, "verlengingMogelijk"),
    (InformatieobjecttypeFactory, {"omschrijving": "Film"}, "omschrijving"),
    (InformatieobjecttypeFactory, {"trefwoord": []}, "trefwoord"),
    (BesluittypeFactory, {"omschrijving": "Anders"}, "omschrijving"),
]
EXTENDING = [
    (ZaaktypeFactory, {"trefwoorden": ["weg", "stoep"], "toelichting": "Ook voor wegen"}),
    (ZaaktypeFactory, {"beginGeldigheid": "2023-12-01"}),
    (ZaaktypeFactory, {"besluittypen": ["Besluit"], "deelzaaktypen": ["DEEL"]}),
    (InformatieobjecttypeFactory, {"trefwoord": ["beeld", "film"]}),
    (BesluittypeFactory, {"informatieobjecttypen": ["Foto"]}),
]
SPECIFICATIES: list[tuple[dict[str, Any], str | None]] = [
    ({"lengte": "5,1"}, "specificatie.lengte"),
    ({"lengte": "5"}, "specificatie.lengte"),
    ({"lengte": "lang"}, "specificatie.lengte"),
    ({"lengte": "6,2"}, None),
    ({"kardinaliteit": "1"}, "specificatie.kardinaliteit"),
    ({"kardinaliteit": "N"}, None),
    ({"waardenverzameling": ["1"]}, "specificatie.waardenverzameling"),
    ({"waardenverzameling": ["1", "2", "3"]}, None),
    ({"waardenverzameling": []}, None),
    ({"formaat": "getal"}, "specificatie.formaat"),
]


def made(municipality: Municipality, factory: Factory) -> Any:
    return make(municipality, factory, published=True, **MAIN[factory])


def specificatie(changes: dict[str, Any]) -> dict[str, Any]:
    given = {"formaat": "tekst", "lengte": "5,2", "kardinaliteit": "2", "waardenverzameling": ["1", "2"]}
    return {"specificatie": {**given, **changes}}


@pytest.mark.usefixtures("by_the_letter")
@pytest.mark.parametrize(("factory", "body", "name"), NARROWING)
def test_narrowing_a_type_is_refused(
    haarlem: Municipality, haarlem_api: ApiClient, factory: Factory, body: dict[str, Any], name: str
) -> None:
    path = path_of(made(haarlem, factory))

    with nothing_written(haarlem):
        assert violations(haarlem_api.patch(path, body)) == [(name, CODE)]


@pytest.mark.parametrize(("factory", "body", "name"), NARROWING)
def test_open_zaak_allows_it(
    haarlem: Municipality, haarlem_api: ApiClient, factory: Factory, body: dict[str, Any], name: str
) -> None:
    answer = haarlem_api.patch(path_of(made(haarlem, factory)), body)

    assert (answer.status_code, answer.json()[name]) == (200, body[name])


@pytest.mark.usefixtures("by_the_letter")
@pytest.mark.parametrize(("factory", "body"), EXTENDING)
def test_extending_a_type_is_a_correction(
    haarlem: Municipality, haarlem_api: ApiClient, factory: Factory, body: dict[str, Any]
) -> None:
    assert haarlem_api.patch(path_of(made(haarlem, factory)), body).status_code == 200


@pytest.mark.usefixtures("by_the_letter")
@pytest.mark.parametrize("name", NAMES)
def test_what_is_named_stays_named(haarlem: Municipality, haarlem_api: ApiClient, name: str) -> None:
    zaaktype = made(haarlem, ZaaktypeFactory)
    assert haarlem_api.patch(path_of(zaaktype), {name: NAMES[name]}).status_code == 200

    with nothing_written(haarlem):
        assert violations(haarlem_api.patch(path_of(zaaktype), {name: []})) == [(name, CODE)]


@pytest.mark.usefixtures("by_the_letter")
def test_what_a_resultaattype_names_too(
    haarlem: Municipality, haarlem_api: ApiClient, published: Zaaktype
) -> None:
    resultaattype = make(haarlem, ResultaattypeFactory, zaaktype=published)
    haarlem_api.patch(path_of(resultaattype), {"besluittypen": ["Besluit"]})

    with nothing_written(haarlem):
        refused = haarlem_api.patch(path_of(resultaattype), {"besluittypen": ["Ander"]})
    assert violations(refused) == [("besluittypen", CODE)]


@pytest.mark.usefixtures("by_the_letter")
def test_a_concept_may_become_less(haarlem_api: ApiClient, concept: Zaaktype) -> None:
    assert haarlem_api.patch(url(concept), {"productenOfDiensten": []}).status_code == 200


@pytest.mark.usefixtures("by_the_letter")
def test_an_end_is_no_correction(haarlem_api: ApiClient, published: Zaaktype) -> None:
    assert haarlem_api.patch(url(published), {"eindeGeldigheid": "2030-01-01"}).status_code == 200


@pytest.mark.usefixtures("by_the_letter")
def test_a_statustype_comes_last(haarlem: Municipality, haarlem_api: ApiClient, published: Zaaktype) -> None:
    make(haarlem, StatustypeFactory, zaaktype=published, volgnummer=5)

    with nothing_written(haarlem):
        refused = haarlem_api.post(f"{ROOT}/statustypen", statustype_body(url(published), volgnummer=4))
    assert violations(refused) == [("volgnummer", CODE)]
    last = haarlem_api.post(f"{ROOT}/statustypen", statustype_body(url(published), volgnummer=6))
    assert last.status_code == 201


@pytest.mark.usefixtures("by_the_letter")
def test_a_statustype_keeps_its_place(
    haarlem: Municipality, haarlem_api: ApiClient, published: Zaaktype
) -> None:
    statustype = make(haarlem, StatustypeFactory, zaaktype=published)

    with nothing_written(haarlem):
        refused = haarlem_api.patch(path_of(statustype), {"volgnummer": 9})
    assert violations(refused) == [("volgnummer", CODE)]


@pytest.mark.usefixtures("by_the_letter")
def test_a_statustype_keeps_its_eigenschappen(
    haarlem: Municipality, haarlem_api: ApiClient, published: Zaaktype
) -> None:
    statustype = make(haarlem, StatustypeFactory, zaaktype=published)
    eigenschap = make(haarlem, EigenschapFactory, zaaktype=published, statustype=statustype)

    with nothing_written(haarlem):
        refused = haarlem_api.patch(path_of(statustype), {"eigenschappen": []})
        from_below = haarlem_api.patch(path_of(eigenschap), {"statustype": None})
    assert violations(refused) == [("eigenschappen", CODE)]
    assert violations(from_below) == [("statustype", CODE)]


@pytest.mark.usefixtures("by_the_letter")
@pytest.mark.parametrize(("changes", "name"), SPECIFICATIES)
def test_values_of_an_eigenschap_still_fit(
    haarlem: Municipality,
    haarlem_api: ApiClient,
    published: Zaaktype,
    changes: dict[str, Any],
    name: str | None,
) -> None:
    eigenschap = make(haarlem, EigenschapFactory, zaaktype=published, **EIGENSCHAP)

    answer = haarlem_api.patch(path_of(eigenschap), specificatie(changes))

    refused = violations(answer) if answer.status_code == 400 else []
    assert refused == ([(name, CODE)] if name else [])


@pytest.mark.usefixtures("by_the_letter")
def test_free_values_are_not_limited(
    haarlem: Municipality, haarlem_api: ApiClient, published: Zaaktype
) -> None:
    free = {**EIGENSCHAP, "specificatie_waardenverzameling": []}
    eigenschap = make(haarlem, EigenschapFactory, zaaktype=published, **free)

    with nothing_written(haarlem):
        refused = haarlem_api.patch(path_of(eigenschap), specificatie({}))
    assert violations(refused) == [("specificatie.waardenverzameling", CODE)]


@pytest.mark.usefixtures("by_the_letter")
@pytest.mark.parametrize("factory", PARTS)
def test_a_part_stays_in_its_zaaktype(
    haarlem: Municipality, haarlem_api: ApiClient, published: Zaaktype, concept: Zaaktype, factory: Factory
) -> None:
    part = make(haarlem, factory, zaaktype=published)

    with nothing_written(haarlem):
        refused = violations(haarlem_api.patch(path_of(part), {"zaaktype": url(concept)}))
    assert ("zaaktype", CODE) in refused


@pytest.mark.usefixtures("by_the_letter")
def test_a_document_stays_named(haarlem: Municipality, haarlem_api: ApiClient, published: Zaaktype) -> None:
    relation = make(haarlem, ZaaktypeInformatieobjecttypeFactory, zaaktype=published)
    make(haarlem, InformatieobjecttypeFactory, catalogus=published.catalogus, omschrijving="Film")

    with nothing_written(haarlem):
        refused = haarlem_api.patch(path_of(relation), {"informatieobjecttype": "Film"})
    assert violations(refused) == [("informatieobjecttype", CODE)]


def used_parts() -> list[Model]:
    return [
        StatusFactory.create().statustype,
        ResultaatFactory.create().resultaattype,
        RolFactory.create().roltype,
    ]


@pytest.mark.parametrize("index", range(3))
def test_a_part_that_zaken_use_does_not_move(
    haarlem: Municipality, haarlem_api: ApiClient, concept: Zaaktype, index: int
) -> None:
    with in_municipality(haarlem):
        part = used_parts()[index]

    with nothing_written(haarlem):
        refused = haarlem_api.patch(path_of(part), {"zaaktype": url(concept)})
    assert violations(refused) == [("zaaktype", "in-use")]


def test_without_force_nothing_is_corrected(
    haarlem: Municipality, writer: ApiClient, published: Zaaktype
) -> None:
    with nothing_written(haarlem):
        refused = writer.patch(url(published), {"identificatie": "ANDERS"})
    assert violations(refused) == [("nonFieldErrors", "non-concept-object")]
