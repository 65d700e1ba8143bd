"""The catalogue of ``catalogue.toml`` in the current municipality; made once."""

from __future__ import annotations

import tomllib
from datetime import date
from functools import cache
from pathlib import Path
from typing import Any

from api.catalogi.models import (
    Catalogus,
    Informatieobjecttype,
    Resultaattype,
    Roltype,
    Statustype,
    Zaaktype,
    ZaaktypeInformatieobjecttype,
)
from api.catalogi.models.keuzes import Archiefnominatie, IndicatieInternOfExtern, Richting
from api.clients.vertrouwelijkheid import Vertrouwelijkheidaanduiding
from api.selectielijst.models import Resultaattypeomschrijving

FILE = Path(__file__).with_name("catalogue.toml")
DOMEIN, RSIN = "ALGEM", "517439943"
BEGIN = date(2024, 1, 1)
SELECTIELIJST = "https://selectielijst.openzaak.nl/api/v1"
PRODUCTEN = "https://producten.example.nl"
LEVELS = {level.label: level for level in Vertrouwelijkheidaanduiding}


@cache
def zaaktypen() -> list[dict[str, Any]]:
    """What the file says, a table for each zaaktype."""
    with FILE.open("rb") as file:
        return list(tomllib.load(file)["zaaktype"])


def seed_catalogue() -> bool:
    """Whether the catalogue was made; ``False`` where it stood already."""
    catalogus, made = the_catalogus()
    if made:
        for described in zaaktypen():
            make_zaaktype(catalogus, described)
    return made


def the_catalogus() -> tuple[Catalogus, bool]:
    """That of the demo, and whether it was made just now."""
    return Catalogus.objects.get_or_create(
        domein=DOMEIN,
        rsin=RSIN,
        defaults={"naam": "Algemene zaaktypen", "contactpersoon_beheer_naam": "Functioneel beheer"},
    )


def make_zaaktype(catalogus: Catalogus, described: dict[str, Any]) -> None:
    """A published one as it is described, with all that stands under it."""
    verlenging = described.get("verlenging")
    zaaktype = Zaaktype.objects.create(
        catalogus=catalogus,
        identificatie=described["identificatie"],
        omschrijving=described["omschrijving"],
        vertrouwelijkheidaanduiding=LEVELS[described["vertrouwelijkheidaanduiding"]],
        doel=described["doel"],
        aanleiding=described["aanleiding"],
        indicatie_intern_of_extern=IndicatieInternOfExtern.EXTERN,
        handeling_initiator=described["handelingInitiator"],
        onderwerp=described["onderwerp"],
        handeling_behandelaar=described["handelingBehandelaar"],
        doorlooptijd=described["doorlooptijd"],
        servicenorm=described.get("servicenorm"),
        opschorting_en_aanhouding_mogelijk=True,
        verlenging_mogelijk=verlenging is not None,
        verlengingstermijn=verlenging,
        publicatie_indicatie=False,
        producten_of_diensten=[f"{PRODUCTEN}/{described['identificatie'].lower()}"],
        selectielijst_procestype=f"{SELECTIELIJST}/procestypen/{described['procestype']}",
        referentieproces_naam=described["omschrijving"],
        verantwoordelijke=described["verantwoordelijke"],
        begin_geldigheid=BEGIN,
        versiedatum=BEGIN,
        concept=False,
    )
    Statustype.objects.bulk_create(
        Statustype(zaaktype=zaaktype, volgnummer=number, omschrijving=omschrijving)
        for number, omschrijving in enumerate(described["statustypen"], start=1)
    )
    Roltype.objects.bulk_create(
        Roltype(zaaktype=zaaktype, omschrijving=omschrijving, omschrijving_generiek=generiek)
        for omschrijving, generiek in described["roltypen"]
    )
    Resultaattype.objects.bulk_create(_resultaattype(zaaktype, each) for each in described["resultaattypen"])
    for number, (omschrijving, categorie) in enumerate(described["documenten"], start=1):
        _document(zaaktype, number, omschrijving, categorie)


def _resultaattype(zaaktype: Zaaktype, described: dict[str, Any]) -> Resultaattype:
    termijn = described.get("termijn")
    return Resultaattype(
        zaaktype=zaaktype,
        omschrijving=described["omschrijving"],
        resultaattypeomschrijving=f"{SELECTIELIJST}/resultaattypeomschrijvingen/{described['generiek']}",
        omschrijving_generiek=_generiek(described["generiek"]),
        selectielijstklasse=f"{SELECTIELIJST}/resultaten/{described['klasse']}",
        archiefnominatie=Archiefnominatie.VERNIETIGEN if termijn else Archiefnominatie.BLIJVEND_BEWAREN,
        archiefactietermijn=termijn,
        brondatum_archiefprocedure_afleidingswijze="afgehandeld",
    )


def _generiek(uuid: str) -> str:
    """What a client would have been given for it (ztc-002)."""
    return Resultaattypeomschrijving.objects.get(pk=uuid).omschrijving


def _document(zaaktype: Zaaktype, number: int, omschrijving: str, categorie: str) -> None:
    Informatieobjecttype.objects.get_or_create(
        catalogus=zaaktype.catalogus,
        omschrijving=omschrijving,
        defaults={
            "vertrouwelijkheidaanduiding": zaaktype.vertrouwelijkheidaanduiding,
            "informatieobjectcategorie": categorie,
            "begin_geldigheid": BEGIN,
            "concept": False,
        },
    )
    ZaaktypeInformatieobjecttype.objects.create(
        zaaktype=zaaktype,
        informatieobjecttype_omschrijving=omschrijving,
        volgnummer=number,
        richting=Richting.INKOMEND if number == 1 else Richting.UITGAAND,
    )
