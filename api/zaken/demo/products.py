"""More zaaktypen, as many as a municipality has: what it does for people, handled as one of the demo's."""

from __future__ import annotations

import re
from collections.abc import Iterator
from itertools import count
from typing import Any

from django.db import transaction

from api.catalogi.models import Zaaktype
from api.zaken.demo.catalogue import make_zaaktype, seed_catalogue, the_catalogus, zaaktypen

VERGUNNING, MELDING, VERZOEK, BEZWAAR = (
    "OMGEVINGSVERGUNNING",
    "MELDING-OPENBARE-RUIMTE",
    "WOO-VERZOEK",
    "BEZWAAR",
)
PRODUCTS = (
    ("Parkeervergunning voor bewoners", VERGUNNING, "openbaar", "P7D"),
    ("Gehandicaptenparkeerkaart aanvragen", VERGUNNING, "vertrouwelijk", "P28D"),
    ("Verhuizing doorgeven", VERZOEK, "zaakvertrouwelijk", "P3D"),
    ("Uittreksel basisregistratie personen", VERZOEK, "zaakvertrouwelijk", None),
    ("Aangifte van geboorte", VERZOEK, "zaakvertrouwelijk", None),
    ("Aangifte van overlijden", VERZOEK, "zaakvertrouwelijk", None),
    ("Voorgenomen huwelijk melden", VERZOEK, "zaakvertrouwelijk", None),
    ("Naturalisatie aanvragen", VERZOEK, "vertrouwelijk", "P180D"),
    ("Kwijtschelding gemeentelijke belastingen", VERZOEK, "vertrouwelijk", "P42D"),
    ("Bijstandsuitkering aanvragen", VERZOEK, "confidentieel", "P28D"),
    ("Bijzondere bijstand aanvragen", VERZOEK, "confidentieel", "P28D"),
    ("Melding maatschappelijke ondersteuning", VERZOEK, "confidentieel", "P21D"),
    ("Hulp voor jeugdigen", VERZOEK, "geheim", "P28D"),
    ("Schuldhulpverlening", VERZOEK, "confidentieel", "P28D"),
    ("Leerlingenvervoer aanvragen", VERZOEK, "vertrouwelijk", "P42D"),
    ("Leerplicht, verlof aanvragen", VERZOEK, "vertrouwelijk", "P14D"),
    ("Kapvergunning aanvragen", VERGUNNING, "openbaar", None),
    ("Drank- en horecavergunning", VERGUNNING, "openbaar", "P42D"),
    ("Exploitatievergunning horeca", VERGUNNING, "openbaar", "P42D"),
    ("Standplaats innemen", VERGUNNING, "openbaar", "P28D"),
    ("Terras plaatsen", VERGUNNING, "openbaar", None),
    ("Inrit aanleggen", VERGUNNING, "openbaar", None),
    ("Rioolaansluiting aanvragen", VERGUNNING, "openbaar", "P28D"),
    ("Kabels en leidingen leggen", VERGUNNING, "openbaar", None),
    ("Sloopmelding", VERGUNNING, "openbaar", None),
    ("Ontheffing voor geluid", VERGUNNING, "openbaar", "P14D"),
    ("Ontheffing voor het stookverbod", VERGUNNING, "openbaar", "P14D"),
    ("Collecte houden", VERGUNNING, "openbaar", None),
    ("Splitsingsvergunning", VERGUNNING, "openbaar", None),
    ("Onttrekken van woonruimte", VERGUNNING, "openbaar", None),
    ("Monument wijzigen", VERGUNNING, "openbaar", "P56D"),
    ("Gebruik van de openbare weg", VERGUNNING, "openbaar", None),
    ("Melding van grof afval", MELDING, "openbaar", "P5D"),
    ("Melding van overlast", MELDING, "zaakvertrouwelijk", "P7D"),
    ("Melding over openbaar groen", MELDING, "openbaar", None),
    ("Melding over ongedierte", MELDING, "openbaar", None),
    ("Melding over een fietswrak", MELDING, "openbaar", None),
    ("Melding over riolering", MELDING, "openbaar", "P3D"),
    ("Handhaving, verzoek om op te treden", VERZOEK, "zaakvertrouwelijk", "P42D"),
    ("Klacht over een medewerker", BEZWAAR, "vertrouwelijk", "P28D"),
    ("Klacht over de dienstverlening", BEZWAAR, "zaakvertrouwelijk", "P28D"),
    ("Schadeclaim indienen", BEZWAAR, "zaakvertrouwelijk", "P56D"),
    ("Beroep bij de rechtbank", BEZWAAR, "vertrouwelijk", None),
    ("Subsidie aanvragen", VERGUNNING, "openbaar", "P56D"),
    ("Subsidie verantwoorden", VERGUNNING, "openbaar", None),
    ("Inzage in persoonsgegevens", VERZOEK, "vertrouwelijk", "P28D"),
    ("Raadsvragen beantwoorden", VERZOEK, "openbaar", "P28D"),
)
"""What it is called, which of the demo it is handled as, how confidential it is, and its servicenorm."""
LONGEST = 50


def provide_zaaktypen(wanted: int) -> int:
    """Make and publish what is missing of so many published zaaktypen; how many were made."""
    with transaction.atomic():
        seed_catalogue()
        missing = wanted - Zaaktype.objects.published().count()
        known = set(Zaaktype.objects.values_list("identificatie", flat=True))
        catalogus, _ = the_catalogus()
        others = (each for each in _products() if each["identificatie"] not in known)
        for _, described in zip(range(missing), others, strict=False):
            make_zaaktype(catalogus, described)
    return max(missing, 0)


def _products() -> Iterator[dict[str, Any]]:
    """Without end: after the last the first comes again, with a number."""
    patterns = {each["identificatie"]: each for each in zaaktypen()}
    for time in count(1):
        for omschrijving, pattern, level, servicenorm in PRODUCTS:
            named = omschrijving if time == 1 else f"{omschrijving} ({time})"
            yield {
                **patterns[pattern],
                "identificatie": _identificatie(named),
                "omschrijving": named,
                "onderwerp": named,
                "vertrouwelijkheidaanduiding": level,
                "servicenorm": servicenorm,
                "zaken": [named],
            }


def _identificatie(omschrijving: str) -> str:
    """``Parkeervergunning voor bewoners`` as ``PARKEERVERGUNNING-VOOR-BEWONERS``."""
    return re.sub(r"[^A-Z0-9]+", "-", omschrijving.upper()).strip("-")[:LONGEST]
