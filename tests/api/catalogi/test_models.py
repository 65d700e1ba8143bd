"""What the database guarantees about types, whichever way they are written."""

from datetime import date
from typing import Any

import pytest
from django.db import IntegrityError
from django.db.models import ProtectedError
from factory.django import DjangoModelFactory

from api.catalogi.models import Statustype, TypeRelatie
from tests.factories.catalogi import (
    BesluittypeFactory,
    CatalogusFactory,
    EigenschapFactory,
    InformatieobjecttypeFactory,
    ResultaattypeFactory,
    RoltypeFactory,
    StatustypeFactory,
    TypeRelatieFactory,
    ZaakobjecttypeFactory,
    ZaaktypeFactory,
    ZaaktypeInformatieobjecttypeFactory,
)

Kind = TypeRelatie.Kind


pytestmark = pytest.mark.usefixtures("in_haarlem")


def test_a_domein_is_unique_within_a_rsin() -> None:
    catalogus = CatalogusFactory.create()

    with pytest.raises(IntegrityError, match="catalogus_domein_rsin"):
        CatalogusFactory.create(domein=catalogus.domein, rsin=catalogus.rsin)


def test_a_catalogus_with_types_stays() -> None:
    catalogus = ZaaktypeFactory.create().catalogus

    with pytest.raises(ProtectedError):
        catalogus.delete()


def test_published_versions_are_never_valid_on_the_same_day() -> None:
    old = ZaaktypeFactory.create(published=True, einde_geldigheid=date(2024, 6, 30))

    with pytest.raises(IntegrityError, match="zaaktype_geldigheid_overlap"):
        ZaaktypeFactory.create(
            published=True,
            catalogus=old.catalogus,
            identificatie=old.identificatie,
            begin_geldigheid=old.einde_geldigheid,
        )


def test_a_published_version_may_follow_the_day_after() -> None:
    old = ZaaktypeFactory.create(published=True, einde_geldigheid=date(2024, 6, 30))

    ZaaktypeFactory.create(
        published=True,
        catalogus=old.catalogus,
        identificatie=old.identificatie,
        begin_geldigheid=date(2024, 7, 1),
    )

    assert old.catalogus.zaaktypen.published().count() == 2


def test_a_concept_may_overlap_with_a_published_version() -> None:
    published = ZaaktypeFactory.create(published=True)

    ZaaktypeFactory.create(catalogus=published.catalogus, identificatie=published.identificatie)

    assert published.catalogus.zaaktypen.count() == 2


@pytest.mark.parametrize(
    "factory",
    [
        BesluittypeFactory,
        EigenschapFactory,
        InformatieobjecttypeFactory,
        ResultaattypeFactory,
        RoltypeFactory,
        StatustypeFactory,
        ZaakobjecttypeFactory,
        ZaaktypeFactory,
    ],
)
def test_nothing_ends_before_it_begins(factory: type[DjangoModelFactory[Any]]) -> None:
    with pytest.raises(IntegrityError, match="geldigheid"):
        factory.create(begin_geldigheid=date(2024, 1, 2), einde_geldigheid=date(2024, 1, 1))


def test_the_volgnummer_of_a_statustype_is_unique_within_its_zaaktype() -> None:
    statustype = StatustypeFactory.create()

    with pytest.raises(IntegrityError, match="statustype_volgnummer"):
        StatustypeFactory.create(zaaktype=statustype.zaaktype, volgnummer=statustype.volgnummer)


@pytest.mark.parametrize("volgnummer", [0, 10_000])
def test_the_volgnummer_of_a_statustype_has_a_range(volgnummer: int) -> None:
    with pytest.raises(IntegrityError, match="statustype_volgnummer_range"):
        StatustypeFactory.create(volgnummer=volgnummer)


def test_the_volgnummer_of_a_zaaktype_informatieobjecttype_is_unique_within_its_zaaktype() -> None:
    relatie = ZaaktypeInformatieobjecttypeFactory.create()

    with pytest.raises(IntegrityError, match="ziot_volgnummer"):
        ZaaktypeInformatieobjecttypeFactory.create(zaaktype=relatie.zaaktype, volgnummer=relatie.volgnummer)


@pytest.mark.parametrize("volgnummer", [0, 1_000])
def test_the_volgnummer_of_a_zaaktype_informatieobjecttype_has_a_range(volgnummer: int) -> None:
    with pytest.raises(IntegrityError, match="ziot_volgnummer_range"):
        ZaaktypeInformatieobjecttypeFactory.create(volgnummer=volgnummer)


def test_a_deleted_zaaktype_takes_its_parts_along() -> None:
    zaaktype = StatustypeFactory.create().zaaktype
    TypeRelatieFactory.create(zaaktype=zaaktype)

    zaaktype.delete()

    assert not Statustype.objects.exists()
    assert not TypeRelatie.objects.exists()


def test_a_relatie_names_a_type_once() -> None:
    relatie = TypeRelatieFactory.create()

    with pytest.raises(IntegrityError, match="typerelatie_unique"):
        TypeRelatieFactory.create(zaaktype=relatie.zaaktype, naam=relatie.naam)


def test_a_relatie_of_another_kind_may_have_the_same_name() -> None:
    zaaktype = ZaaktypeFactory.create()

    TypeRelatieFactory.create(zaaktype=zaaktype, naam="X", kind=Kind.ZAAKTYPE_BESLUITTYPE)
    TypeRelatieFactory.create(zaaktype=zaaktype, naam="X", kind=Kind.ZAAKTYPE_DEELZAAKTYPE)

    assert zaaktype.relaties.count() == 2


def test_a_relatie_has_a_source() -> None:
    with pytest.raises(IntegrityError, match="typerelatie_source"):
        TypeRelatieFactory.create(zaaktype=None, catalogus=CatalogusFactory.create())


def test_a_relatie_has_no_second_source() -> None:
    with pytest.raises(IntegrityError, match="typerelatie_source"):
        TypeRelatieFactory.create(besluittype=BesluittypeFactory.create())


def test_the_source_of_a_relatie_is_the_one_of_its_kind() -> None:
    with pytest.raises(IntegrityError, match="typerelatie_source"):
        TypeRelatieFactory.create(kind=Kind.BESLUITTYPE_INFORMATIEOBJECTTYPE)


@pytest.mark.parametrize(
    ("kind", "source", "factory"),
    [
        (Kind.BESLUITTYPE_INFORMATIEOBJECTTYPE, "besluittype", BesluittypeFactory),
        (Kind.RESULTAATTYPE_BESLUITTYPE, "resultaattype", ResultaattypeFactory),
    ],
)
def test_besluittypen_and_resultaattypen_have_relaties_too(
    kind: str, source: str, factory: type[DjangoModelFactory[Any]]
) -> None:
    TypeRelatieFactory.create(
        kind=kind,
        zaaktype=None,
        catalogus=CatalogusFactory.create(),
        naam="Foto",
        **{source: factory.create()},
    )

    assert TypeRelatie.objects.get().naam == "Foto"
