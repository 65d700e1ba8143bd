"""What still answers otherwise than recorded: how, and why.

What agrees again is red until it goes from here.
"""

NOT_SERVED = (
    "/zaken/api/v1/zaakinformatieobjecten",
    "/zaken/api/v1/zaakobjecten",
    "/zaken/api/v1/zaken/<uuid>/zaakeigenschappen",
)
"""Resources that are not there yet: 404."""

EXPERIMENTAL = "experimental in Open Zaak, and not in Zaken 1.7"

OPEN_ZAAK_ALONE = {
    "/catalogi/api/v1/statustypen": {
        "zaakobjecttypen": "the standard relates the two at the zaakobjecttype, as statustypen",
    },
    "/catalogi/api/v1/zaakobjecttypen": {
        "statustype": "the standard has a list here, statustypen",
    },
    "/documenten/api/v1/enkelvoudiginformatieobjecten": {
        "_expand": "empty there where nothing is to be expanded; the standard has it with expand alone",
    },
    "/zaken/api/v1/rollen": {
        "authenticatieContext": EXPERIMENTAL,
        "beginGeldigheid": EXPERIMENTAL,
        "eindeGeldigheid": EXPERIMENTAL,
    },
    "/zaken/api/v1/zaken": {
        "communicatiekanaalNaam": EXPERIMENTAL,
        "gerelateerdeZaken": EXPERIMENTAL,
        "laatstGemuteerd": EXPERIMENTAL,
        "laatstGeopend": EXPERIMENTAL,
    },
}
"""Members of answers that the standard does not have, by collection."""
