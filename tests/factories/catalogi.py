"""The smallest valid types; a Besluittype, Zaaktype or Informatieobjecttype is a concept.

Write ``ZaaktypeFactory.create()``: the short form ``ZaaktypeFactory()`` has no type.
"""

# mypy: disallow-untyped-calls=False

from datetime import date

from factory.declarations import LazyAttribute, SelfAttribute, Sequence, SubFactory, Trait
from factory.django import DjangoModelFactory

from api.catalogi import models
from api.catalogi.models.keuzes import (
    Afleidingswijze,
    Archiefnominatie,
    Formaat,
    IndicatieInternOfExtern,
    OmschrijvingGeneriek,
    Richting,
)
from api.clients.vertrouwelijkheid import Vertrouwelijkheidaanduiding

SELECTIELIJST = "https://selectielijst.openzaak.nl/api/v1"
"""Known by name to the deployment, which answers for it itself."""

AFGEHANDELD = f"{SELECTIELIJST}/resultaattypeomschrijvingen/7cb315fb-4f7b-4a43-aca1-e4522e4c73b3"
INRICHTEN = f"{SELECTIELIJST}/procestypen/aa8aa2fd-b9c6-4e34-9a6c-58a677f60ea0"
"""Procestype 1 of 2020."""

NIET_DOORGEGAAN = f"{SELECTIELIJST}/resultaten/4811c2bc-3255-4cd4-a00a-7ed59223b8b1"
"""Resultaat 1.4 of 2020: procestermijn nihil, destroyed after five years."""

BLIJVEND_BEWAREN = f"{SELECTIELIJST}/resultaten/8af64c99-a168-40dd-8afd-9fbe0597b6dc"
"""Resultaat 1.1.1 of 2020: no procestermijn, and no bewaartermijn."""


class CatalogusFactory(DjangoModelFactory[models.Catalogus]):
    class Meta:
        model = models.Catalogus

    domein = Sequence(lambda n: f"D{n % 10_000:04}")
    rsin = "517439943"
    naam = "Zaaktypencatalogus"
    contactpersoon_beheer_naam = "Functioneel beheer"


class ZaaktypeFactory(DjangoModelFactory[models.Zaaktype]):
    class Meta:
        model = models.Zaaktype

    catalogus = SubFactory(CatalogusFactory)
    identificatie = Sequence(lambda n: f"ZAAKTYPE-{n}")
    omschrijving = "Melding openbare ruimte"
    vertrouwelijkheidaanduiding = Vertrouwelijkheidaanduiding.OPENBAAR
    doel = "Het gemelde probleem in de openbare ruimte oplossen"
    aanleiding = "Een inwoner meldt een probleem in de openbare ruimte"
    indicatie_intern_of_extern = IndicatieInternOfExtern.EXTERN
    handeling_initiator = "melden"
    onderwerp = "Openbare ruimte"
    handeling_behandelaar = "behandelen"
    doorlooptijd = "P30D"
    opschorting_en_aanhouding_mogelijk = False
    verlenging_mogelijk = False
    publicatie_indicatie = False
    producten_of_diensten = ["https://producten.example.nl/melding-openbare-ruimte"]
    referentieproces_naam = "Melding behandelen"
    verantwoordelijke = "Team Openbare Ruimte"
    begin_geldigheid = date(2024, 1, 1)
    versiedatum = date(2024, 1, 1)

    class Params:
        published = Trait(concept=False)


class StatustypeFactory(DjangoModelFactory[models.Statustype]):
    class Meta:
        model = models.Statustype

    zaaktype = SubFactory(ZaaktypeFactory)
    volgnummer = LazyAttribute(lambda statustype: statustype.zaaktype.statustypen.count() + 1)
    omschrijving = "Ontvangen"


class ResultaattypeFactory(DjangoModelFactory[models.Resultaattype]):
    class Meta:
        model = models.Resultaattype

    zaaktype = SubFactory(ZaaktypeFactory)
    omschrijving = "Afgehandeld"
    resultaattypeomschrijving = AFGEHANDELD
    omschrijving_generiek = "Afgehandeld"
    selectielijstklasse = NIET_DOORGEGAAN
    archiefnominatie = Archiefnominatie.VERNIETIGEN
    archiefactietermijn = "P5Y"
    brondatum_archiefprocedure_afleidingswijze = Afleidingswijze.AFGEHANDELD


class RoltypeFactory(DjangoModelFactory[models.Roltype]):
    class Meta:
        model = models.Roltype

    zaaktype = SubFactory(ZaaktypeFactory)
    omschrijving = "Melder"
    omschrijving_generiek = OmschrijvingGeneriek.INITIATOR


class EigenschapFactory(DjangoModelFactory[models.Eigenschap]):
    class Meta:
        model = models.Eigenschap

    zaaktype = SubFactory(ZaaktypeFactory)
    naam = "Soort melding"
    definitie = "Waar de melding over gaat"
    specificatie_formaat = Formaat.TEKST
    specificatie_lengte = "80"
    specificatie_kardinaliteit = "1"


class ZaakobjecttypeFactory(DjangoModelFactory[models.Zaakobjecttype]):
    class Meta:
        model = models.Zaakobjecttype

    zaaktype = SubFactory(ZaaktypeFactory)
    ander_objecttype = False
    objecttype = "https://objecttypen.example.nl/api/v2/objecttypes/pand"
    relatie_omschrijving = "Pand waarop de melding betrekking heeft"


class InformatieobjecttypeFactory(DjangoModelFactory[models.Informatieobjecttype]):
    class Meta:
        model = models.Informatieobjecttype

    catalogus = SubFactory(CatalogusFactory)
    omschrijving = Sequence(lambda n: f"Foto {n}")
    vertrouwelijkheidaanduiding = Vertrouwelijkheidaanduiding.OPENBAAR
    informatieobjectcategorie = "Beeldmateriaal"
    begin_geldigheid = date(2024, 1, 1)

    class Params:
        published = Trait(concept=False)


class BesluittypeFactory(DjangoModelFactory[models.Besluittype]):
    class Meta:
        model = models.Besluittype

    catalogus = SubFactory(CatalogusFactory)
    omschrijving = Sequence(lambda n: f"Besluit op melding {n}")
    publicatie_indicatie = False
    begin_geldigheid = date(2024, 1, 1)

    class Params:
        published = Trait(concept=False)


class ZaaktypeInformatieobjecttypeFactory(DjangoModelFactory[models.ZaaktypeInformatieobjecttype]):
    class Meta:
        model = models.ZaaktypeInformatieobjecttype

    zaaktype = SubFactory(ZaaktypeFactory)
    informatieobjecttype_omschrijving = "Foto"
    volgnummer = LazyAttribute(lambda relatie: relatie.zaaktype.zaaktype_informatieobjecttypen.count() + 1)
    richting = Richting.INKOMEND


class TypeRelatieFactory(DjangoModelFactory[models.TypeRelatie]):
    """By default a zaaktype that names a besluittype of its catalogus."""

    class Meta:
        model = models.TypeRelatie

    zaaktype = SubFactory(ZaaktypeFactory)
    catalogus = SelfAttribute("zaaktype.catalogus")
    kind = models.TypeRelatie.Kind.ZAAKTYPE_BESLUITTYPE
    naam = "Besluit op melding"
