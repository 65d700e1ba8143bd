"""Which version a name is answered with, over every relation between types."""

from __future__ import annotations

from datetime import date
from typing import Any

import pytest

from api.catalogi.gerelateerd import GerelateerdeZaaktypen
from api.catalogi.models import Besluittype, Informatieobjecttype, TypeRelatie, Zaaktype
from api.catalogi.named import Resolved, Versions
from api.catalogi.named_version import NamedVersion
from api.pipeline.words import registry
from tenants.registry.context import in_municipality
from tenants.registry.models import Municipality
from tests.api.catalogi.cast import path_of
from tests.api.client import ApiClient
from tests.factories import catalogi as factories

KIND = TypeRelatie.Kind
OLD = {"begin_geldigheid": date(2020, 1, 1), "einde_geldigheid": date(2020, 12, 31), "concept": False}
ENDED = {"begin_geldigheid": date(2021, 1, 1), "einde_geldigheid": date(2021, 12, 31), "concept": False}
VALID = {"begin_geldigheid": date(2022, 1, 1), "concept": False}
DRAFT = {"begin_geldigheid": date(2018, 1, 1), "concept": True}
NEWER_DRAFT = {"begin_geldigheid": date(2019, 1, 1), "concept": True}

KINDS = [
    pytest.param([OLD, VALID, DRAFT], 1, 1, id="the valid version"),
    pytest.param([OLD, DRAFT, NEWER_DRAFT], 2, None, id="else the newest concept"),
    pytest.param([ENDED, OLD], 0, None, id="else the newest"),
    pytest.param([], None, None, id="else none"),
]
"""The versions of a type, which of them is shown, and which by the letter."""

MAKERS: dict[Any, tuple[Any, str]] = {
    Zaaktype: (factories.ZaaktypeFactory, "identificatie"),
    Besluittype: (factories.BesluittypeFactory, "omschrijving"),
    Informatieobjecttype: (factories.InformatieobjecttypeFactory, "omschrijving"),
}
TO = {
    ("zaaktypen", "informatieobjecttypen"): Informatieobjecttype,
    ("zaaktypen", "besluittypen"): Besluittype,
    ("zaaktypen", "deelzaaktypen"): Zaaktype,
    ("zaaktypen", "gerelateerdeZaaktypen"): Zaaktype,
    ("besluittypen", "informatieobjecttypen"): Informatieobjecttype,
    ("resultaattypen", "besluittypen"): Besluittype,
    ("resultaattypen", "informatieobjecttypen"): Informatieobjecttype,
    ("zaaktype-informatieobjecttypen", "informatieobjecttype"): Informatieobjecttype,
}
"""What names a type, and what it names."""
BACK = {
    ("besluittypen", "zaaktypen"): KIND.ZAAKTYPE_BESLUITTYPE,
    ("besluittypen", "resultaattypen"): KIND.RESULTAATTYPE_BESLUITTYPE,
    ("informatieobjecttypen", "zaaktypen"): None,
    ("informatieobjecttypen", "besluittypen"): KIND.BESLUITTYPE_INFORMATIEOBJECTTYPE,
}
"""What shows the types that name it, and by which relation they do."""
WITHIN = {("zaakobjecttypen", "resultaattypen"), ("zaakobjecttypen", "statustypen")}
"""Parts of the same version of a zaaktype, which no name leads to."""


def test_every_relation_is_tried() -> None:
    relations = {
        (resource.path, name)
        for resource in registry.resources()
        if resource.api.name == "catalogi"
        for name, member in resource.representation.members.items()
        if isinstance(member, Versions | Resolved | NamedVersion | GerelateerdeZaaktypen)
    }
    assert relations == TO.keys() | BACK.keys() | WITHIN


@pytest.mark.parametrize(("versions", "shown", "by_letter"), KINDS)
@pytest.mark.parametrize(("path", "member"), TO)
def test_clients_of_open_zaak_get_a_url(
    haarlem: Municipality,
    haarlem_api: ApiClient,
    path: str,
    member: str,
    versions: Any,
    shown: Any,
    by_letter: Any,
) -> None:
    row, of_name = named(haarlem, TO[path, member], versions)
    expected = [] if shown is None else [haarlem_api.url(path_of(of_name[shown]))]

    assert urls_in(haarlem_api, row[path], member) == expected


@pytest.mark.usefixtures("by_the_letter")
@pytest.mark.parametrize(("versions", "shown", "by_letter"), KINDS)
@pytest.mark.parametrize(("path", "member"), [each for each in TO if each[1] != "informatieobjecttype"])
def test_by_the_letter_only_a_valid_version_is_shown(
    haarlem: Municipality,
    haarlem_api: ApiClient,
    path: str,
    member: str,
    versions: Any,
    shown: Any,
    by_letter: Any,
) -> None:
    row, of_name = named(haarlem, TO[path, member], versions)
    expected = [] if by_letter is None else [haarlem_api.url(path_of(of_name[by_letter]))]

    assert urls_in(haarlem_api, row[path], member) == expected


@pytest.mark.parametrize(("versions", "shown", "by_letter"), KINDS)
@pytest.mark.parametrize(("path", "member"), BACK)
def test_a_type_shows_what_names_it(
    haarlem: Municipality,
    haarlem_api: ApiClient,
    either_mode: bool,
    path: str,
    member: str,
    versions: Any,
    shown: Any,
    by_letter: Any,
) -> None:
    """Of the versions that name it the one that is shown; by the letter what is valid alone."""
    target, naming = naming_versions(haarlem, path, member, versions)
    index = shown if either_mode else by_letter
    expected = [] if index is None else [haarlem_api.url(path_of(naming[index]))]

    assert haarlem_api.get(path_of(target)).json()[member] == expected


def test_a_concept_that_names_a_type_is_shown_where_the_valid_version_does_not(
    haarlem: Municipality, haarlem_api: ApiClient
) -> None:
    with in_municipality(haarlem):
        besluittype = factories.BesluittypeFactory.create(omschrijving="Naam")
        of_zaaktype = {"catalogus": besluittype.catalogus, "identificatie": "ZAAKTYPE"}
        factories.ZaaktypeFactory.create(**of_zaaktype, **VALID)
        draft = factories.ZaaktypeFactory.create(**of_zaaktype, **DRAFT)
        relation(zaaktype=draft, kind=KIND.ZAAKTYPE_BESLUITTYPE)

    assert haarlem_api.get(path_of(besluittype)).json()["zaaktypen"] == [haarlem_api.url(path_of(draft))]


def test_what_is_expanded_is_what_is_shown(haarlem: Municipality, haarlem_api: ApiClient) -> None:
    row, (draft,) = named(haarlem, Besluittype, [DRAFT])

    shown = haarlem_api.get(f"{path_of(row['zaaktypen'])}?expand=besluittypen").json()

    assert [each["url"] for each in shown["_expand"]["besluittypen"]] == [haarlem_api.url(path_of(draft))]


def named(municipality: Municipality, target: Any, versions: list[Any]) -> tuple[dict[str, Any], list[Any]]:
    """What can name a type, by its path, each naming "Naam" in every way; and the versions of that name."""
    factory, name = MAKERS[target]
    with in_municipality(municipality):
        zaaktype = factories.ZaaktypeFactory.create()
        besluittype = factories.BesluittypeFactory.create(catalogus=zaaktype.catalogus)
        resultaattype = factories.ResultaattypeFactory.create(zaaktype=zaaktype)
        document = factories.ZaaktypeInformatieobjecttypeFactory.create(
            zaaktype=zaaktype, informatieobjecttype_omschrijving="Naam"
        )
        for kind in (KIND.ZAAKTYPE_BESLUITTYPE, KIND.ZAAKTYPE_DEELZAAKTYPE, KIND.ZAAKTYPE_GERELATEERD):
            relation(zaaktype=zaaktype, kind=kind)
        relation(besluittype=besluittype, kind=KIND.BESLUITTYPE_INFORMATIEOBJECTTYPE)
        for kind in (KIND.RESULTAATTYPE_BESLUITTYPE, KIND.RESULTAATTYPE_INFORMATIEOBJECTTYPE):
            relation(resultaattype=resultaattype, kind=kind)
        of_name = [
            factory.create(**{"catalogus": zaaktype.catalogus, name: "Naam"}, **each) for each in versions
        ]
        factory.create(**{name: "Naam"}, **DRAFT)  # of another catalogus
    rows = {
        "zaaktypen": zaaktype,
        "besluittypen": besluittype,
        "resultaattypen": resultaattype,
        "zaaktype-informatieobjecttypen": document,
    }
    return rows, of_name


def naming_versions(
    municipality: Municipality, path: str, member: str, versions: list[Any]
) -> tuple[Any, list[Any]]:
    """A type named "Naam", and what names it in each of these versions."""
    kind = BACK[path, member]
    with in_municipality(municipality):
        of_path: dict[str, Any] = {
            "besluittypen": factories.BesluittypeFactory,
            "informatieobjecttypen": factories.InformatieobjecttypeFactory,
        }
        target = of_path[path].create(omschrijving="Naam")
        shared = {"catalogus": target.catalogus}
        if member == "besluittypen":
            naming: list[Any] = [
                factories.BesluittypeFactory.create(**shared, omschrijving="Noemt", **each)
                for each in versions
            ]
            for each in naming:
                relation(besluittype=each, kind=kind)
            return target, naming
        zaaktypen = [
            factories.ZaaktypeFactory.create(**shared, identificatie="NOEMT", **each) for each in versions
        ]
        if kind is None:
            for each in zaaktypen:
                factories.ZaaktypeInformatieobjecttypeFactory.create(
                    zaaktype=each, informatieobjecttype_omschrijving="Naam"
                )
            return target, zaaktypen
        if member == "zaaktypen":
            for each in zaaktypen:
                relation(zaaktype=each, kind=kind)
            return target, zaaktypen
        parts = [factories.ResultaattypeFactory.create(zaaktype=each) for each in zaaktypen]
        for each in parts:
            relation(resultaattype=each, kind=kind)
        return target, parts


def relation(**columns: Any) -> None:
    """A relation to "Naam" of what is given."""
    source = next(columns[name] for name in ("zaaktype", "besluittype", "resultaattype") if name in columns)
    catalogus = getattr(source, "catalogus", None) or source.zaaktype.catalogus
    aard = {"aard_relatie": "vervolg"} if columns["kind"] == KIND.ZAAKTYPE_GERELATEERD else {}
    factories.TypeRelatieFactory.create(
        **{"zaaktype": None, "naam": "Naam", "catalogus": catalogus, **aard, **columns}
    )


def urls_in(api: ApiClient, row: Any, member: str) -> list[str]:
    """The URLs that a member shows, whatever its form."""
    value = api.get(path_of(row)).json()[member]
    if isinstance(value, str):
        return [value] if value.startswith("http") else []
    return [url for each in value if (url := each["zaaktype"] if isinstance(each, dict) else each)]
