"""A zip as Open Zaak 1.30 exports one zaaktype: no manifest, no catalogus, relations by URL."""

from __future__ import annotations

from typing import Any

from tests.api.catalogi.cast import (
    besluittype_body,
    eigenschap_body,
    informatieobjecttype_body,
    resultaattype_body,
    roltype_body,
    statustype_body,
    zaaktype_body,
    ziot_body,
)
from tests.factories.catalogi import AFGEHANDELD, NIET_DOORGEGAAN

ROOT = "https://openzaak.example.nl/catalogi/api/v1"
CATALOGUS = f"{ROOT}/catalogussen/11111111-1111-4111-8111-111111111111"
INFORMATIEOBJECTTYPE = f"{ROOT}/informatieobjecttypen/22222222-2222-4222-8222-222222222222"
BESLUITTYPE = f"{ROOT}/besluittypen/33333333-3333-4333-8333-333333333333"
ZAAKTYPE = f"{ROOT}/zaaktypen/44444444-4444-4444-8444-444444444444"
STATUSTYPE = f"{ROOT}/statustypen/55555555-5555-4555-8555-555555555555"
EIGENSCHAP = f"{ROOT}/eigenschappen/99999999-9999-4999-8999-999999999999"


def files(**zaaktype: Any) -> dict[str, Any]:
    """The files, with these members of the zaaktype changed."""
    of_zaaktype = {"zaaktypeIdentificatie": "MELDING", "catalogus": CATALOGUS}
    return {
        "InformatieObjectType.json": [
            {"url": INFORMATIEOBJECTTYPE, "concept": False, **informatieobjecttype_body(CATALOGUS)}
        ],
        "BesluitType.json": [
            {
                "url": BESLUITTYPE,
                "concept": False,
                "zaaktypen": [],
                **besluittype_body(CATALOGUS, informatieobjecttypen=[INFORMATIEOBJECTTYPE]),
            }
        ],
        "ZaakType.json": [
            {
                "url": ZAAKTYPE,
                "concept": False,
                "statustypen": [STATUSTYPE],
                "eigenschappen": [EIGENSCHAP],
                "informatieobjecttypen": [INFORMATIEOBJECTTYPE],
                **zaaktype_body(CATALOGUS, **{"besluittypen": [BESLUITTYPE], **zaaktype}),
            }
        ],
        "ZaakTypeInformatieObjectType.json": [
            {
                "url": f"{ROOT}/zaaktype-informatieobjecttypen/66666666-6666-4666-8666-666666666666",
                **ziot_body(ZAAKTYPE, INFORMATIEOBJECTTYPE, statustype=STATUSTYPE),
                **of_zaaktype,
            }
        ],
        "ResultaatType.json": [
            {
                "url": f"{ROOT}/resultaattypen/77777777-7777-4777-8777-777777777777",
                "omschrijvingGeneriek": "Afgehandeld",
                **resultaattype_body(
                    ZAAKTYPE,
                    resultaattypeomschrijving=AFGEHANDELD,
                    selectielijstklasse=NIET_DOORGEGAAN,
                    besluittypen=[BESLUITTYPE],
                ),
                **of_zaaktype,
            }
        ],
        "RolType.json": [
            {
                "url": f"{ROOT}/roltypen/88888888-8888-4888-8888-888888888888",
                **roltype_body(ZAAKTYPE),
                **of_zaaktype,
            }
        ],
        "StatusType.json": [
            {"url": STATUSTYPE, "eigenschappen": [EIGENSCHAP], **statustype_body(ZAAKTYPE), **of_zaaktype}
        ],
        "Eigenschap.json": [
            {"url": EIGENSCHAP, "statustype": STATUSTYPE, **eigenschap_body(ZAAKTYPE), **of_zaaktype}
        ],
    }
