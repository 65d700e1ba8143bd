"""What the rules that decide who may do what are called, for who reads an explanation."""

from collections.abc import Mapping

TITELS: Mapping[str, str] = {
    "zrc-006": "Autorisatie op zaken per zaaktype en vertrouwelijkheidaanduiding",
    "zrc-007": "Een afgesloten zaak wijzigt alleen geforceerd",
    "zrc-008": "Heropenen van een afgesloten zaak",
    "ztc-009": "Een gepubliceerd type staat vast",
    "ztc-010": "Onderdelen van een gepubliceerd zaaktype staan vast",
    "ztc-014": "Wie zaken of documenten mag lezen, mag de catalogus lezen",
}
