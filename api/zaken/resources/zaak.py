"""``/zaken``."""

from __future__ import annotations

from typing import Any

from django.db.models import Case, CharField, Q, Value, When
from rest_framework import serializers

from api.pipeline.declare.operations import Operation, Place
from api.pipeline.represent.groups import Nested
from api.pipeline.represent.links import NO_LINKS, Link, Links, One, Self
from api.pipeline.represent.members import Choice, Computed, Field, Geometry, Url
from api.pipeline.represent.representation import Representation
from api.pipeline.validate import values
from api.pipeline.validate.objects import ObjectSerializer
from api.zaken.filters import LIST_FILTERS, SEARCH_FILTERS
from api.zaken.models import Zaak
from api.zaken.models.keuzes import Betalingsindicatie
from api.zaken.resources.zaken import ZakenResource, kanaal_kenmerken
from api.zaken.rules import zrc_012_groepen as groepen
from api.zaken.rules.laatste_betaaldatum import paid_in_the_past
from api.zaken.rules.organisaties import valid_organisations
from api.zaken.rules.termijnen import plan_by_zaaktype
from api.zaken.rules.zaakgeometrie import area_does_not_cross_itself
from api.zaken.rules.zrc_001_zaaktype import zaaktype_published
from api.zaken.rules.zrc_002_identificatie import give_identificatie, identificatie_unique
from api.zaken.rules.zrc_007_afsluiten import closed_zaak_needs_force
from api.zaken.rules.zrc_009_vertrouwelijkheidaanduiding import take_level_of_zaaktype
from api.zaken.rules.zrc_010_communicatiekanaal import communicatiekanaal_found
from api.zaken.rules.zrc_011_relevante_andere_zaken import relevante_zaken_found
from api.zaken.rules.zrc_013_hoofdzaak import hoofdzaak_stands_above, its_hoofdzaak
from api.zaken.rules.zrc_014_betaling import forget_payment, no_payment_without_costs
from api.zaken.rules.zrc_015_producten_of_diensten import products_of_zaaktype
from api.zaken.rules.zrc_022_archiefstatus import archived_with_nominatie_and_date
from api.zaken.rules.zrc_023_verwijderen import (
    deelzaken_may_go_too,
    delete_deelzaken,
    erase_trail,
    its_deelzaken,
    not_too_many_deelzaken,
)
from api.zaken.scopes import BIJWERKEN, ZAKEN_AANMAKEN, ZAKEN_LEZEN, ZAKEN_VERWIJDEREN

AARD_RELATIES = ("vervolg", "onderwerp", "bijdrage")


class RelevanteZaak(ObjectSerializer):
    """Another zaak, and what it is to this one."""

    url = values.UrlField(max_length=1000)
    aardRelatie = serializers.ChoiceField(AARD_RELATIES)  # noqa: N815 - on the wire


class Kenmerk(ObjectSerializer):
    """What the zaak is called elsewhere."""

    kenmerk = serializers.CharField(max_length=40)
    bron = serializers.CharField(max_length=40)


def _betalingsindicatie_weergave() -> Any:
    cases = [When(betalingsindicatie=value, then=Value(label)) for value, label in Betalingsindicatie.choices]
    return Case(*cases, default=Value(""), output_field=CharField())


def _not_here() -> Computed:
    """A list of URLs of a resource that this deployment does not serve."""
    links = {"type": "array", "items": {"type": "string", "format": "uri"}, "uniqueItems": True}
    return Computed(NO_LINKS, links)


REFERENCES = (zaaktype_published, valid_organisations)
ASKING = {
    "communicatiekanaal": communicatiekanaal_found,
    "relevante_andere_zaken": relevante_zaken_found,
}
RULES = (
    area_does_not_cross_itself,
    hoofdzaak_stands_above,
    no_payment_without_costs,
    paid_in_the_past,
    products_of_zaaktype,
    archived_with_nominatie_and_date,
)
CHANGE = Operation(
    BIJWERKEN,
    references=REFERENCES,
    asking=ASKING,
    alongside=its_hoofdzaak,
    guards=(closed_zaak_needs_force,),
    rules=(*RULES, identificatie_unique),
    prepare=(forget_payment,),
)


class ZaakResource(ZakenResource):
    """A coherent piece of work with a defined cause and a defined outcome."""

    path = "zaken"
    noun = "zaak"
    explanation = (
        "Een stuk werk voor een inwoner, bedrijf of de organisatie zelf, van aanleiding tot resultaat."
    )
    model = Zaak
    crs = True
    related = ("zaaktype",)
    order_by = ("-volgorde",)
    ordering = (
        "startdatum",
        "einddatum",
        "publicatiedatum",
        "archiefactiedatum",
        "registratiedatum",
        "identificatie",
    )
    representation = Representation(
        url=Self(),
        uuid=Field(read_only=True),
        identificatie=Field(immutable=True),
        bronorganisatie=Field(),
        omschrijving=Field(),
        toelichting=Field(),
        zaaktype=Link(expand=True, schema={"maxLength": 1000}),
        registratiedatum=Field(),
        verantwoordelijkeOrganisatie=Field(),
        startdatum=Field(),
        einddatum=Field(read_only=True),
        einddatumGepland=Field(),
        uiterlijkeEinddatumAfdoening=Field(),
        publicatiedatum=Field(),
        communicatiekanaal=Url(),
        productenOfDiensten=Field(),
        vertrouwelijkheidaanduiding=Choice(),
        betalingsindicatie=Field(),
        betalingsindicatieWeergave=Computed(_betalingsindicatie_weergave, {"type": "string"}),
        laatsteBetaaldatum=Field(),
        zaakgeometrie=Geometry(),
        verlenging=groepen.verlenging(),
        opschorting=groepen.opschorting(),
        selectielijstklasse=Url(),
        hoofdzaak=Link(expand=True, missing_code="no_match", schema={"maxLength": 1000}),
        deelzaken=Links(expand=True, order_by=("volgorde",)),
        relevanteAndereZaken=Nested(RelevanteZaak, many=True),
        eigenschappen=_not_here(),
        rollen=Links(expand=True, owned=True, order_by=("registratiedatum", "pk")),
        status=One(
            "statussen", expand=True, owned=True, where=lambda: Q(indicatie_laatst_gezette_status=True)
        ),
        zaakinformatieobjecten=_not_here(),
        zaakobjecten=_not_here(),
        kenmerken=Nested(Kenmerk, many=True),
        archiefnominatie=Field(),
        archiefstatus=Field(),
        archiefactiedatum=Field(),
        resultaat=One(expand=True, owned=True),
        opdrachtgevendeOrganisatie=Field(),
        processobjectaard=Field(),
        startdatumBewaartermijn=Field(),
        processobject=groepen.processobject(),
    )
    operations = {
        "list": Operation(ZAKEN_LEZEN, filters=LIST_FILTERS),
        "create": Operation(
            ZAKEN_AANMAKEN,
            references=REFERENCES,
            asking=ASKING,
            unique=(identificatie_unique,),
            derive=(take_level_of_zaaktype,),
            alongside=its_hoofdzaak,
            rules=RULES,
            prepare=(give_identificatie, plan_by_zaaktype),
        ),
        "retrieve": Operation(ZAKEN_LEZEN),
        "headers": Operation(ZAKEN_LEZEN),
        "update": CHANGE,
        "partial_update": CHANGE,
        "destroy": Operation(
            ZAKEN_VERWIJDEREN,
            alongside=its_deelzaken,
            guards=(deelzaken_may_go_too,),
            rules=(not_too_many_deelzaken,),
            prepare=(delete_deelzaken,),
            effects=(erase_trail,),
        ),
        "search": Operation(
            ZAKEN_LEZEN,
            filters=SEARCH_FILTERS,
            at=Place("post", "_zoek"),
            operation_id="zaak__zoek",
        ),
    }

    @classmethod
    def kanaal_kenmerken(cls, main: Any) -> dict[str, str]:
        return kanaal_kenmerken(main)
