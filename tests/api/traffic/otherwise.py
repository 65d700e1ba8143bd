"""What still answers otherwise than recorded: how, and why.

What agrees again is red until it goes from here.
"""

NOT_SERVED = (
    "/documenten/api/v1/enkelvoudiginformatieobjecten",
    "/documenten/api/v1/enkelvoudiginformatieobjecten/<uuid>",
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

SNAKE_CASE = "names in snake_case are not read"
FILTER = "a parameter of Open Zaak alone is refused, as the standard asks of unknown ones"
ZERO_RSIN = "000000000 is no RSIN"

OTHERWISE = {
    "POST catalogi/besluittypen 2": ("400 publicatieIndicatie:required", SNAKE_CASE),
    "PUT catalogi/besluittypen/<uuid> 1": ("400 publicatieIndicatie:required", SNAKE_CASE),
    "GET catalogi/informatieobjecttypen 1": ("400 nonFieldErrors:unknown-parameters", FILTER),
    "POST catalogi/informatieobjecttypen 2": ("400 beginGeldigheid:required", SNAKE_CASE),
    "PUT catalogi/resultaattypen/<uuid> 1": (
        "400 brondatumArchiefprocedure.procestermijn:blank",
        "an empty duration is no duration",
    ),
    "POST catalogi/roltypen 2": ("400 omschrijvingGeneriek:required", SNAKE_CASE),
    "PUT catalogi/roltypen/<uuid> 1": ("400 omschrijvingGeneriek:required", SNAKE_CASE),
    "POST catalogi/zaakobjecttypen 2": (
        "400 beginGeldigheid:date-mismatch",
        "what belongs to a zaaktype is valid as long as it",
    ),
    "POST catalogi/zaakobjecttypen 3": ("400 anderObjecttype:required", SNAKE_CASE),
    "GET catalogi/zaaktypen 5": ("400 nonFieldErrors:unknown-parameters", FILTER),
    "GET catalogi/zaaktypen 9": ("400 nonFieldErrors:unknown-parameters", FILTER),
    "POST catalogi/zaaktypen 4": ("400 indicatieInternOfExtern:required", SNAKE_CASE),
    "POST catalogi/zaaktypen 5": ("400 indicatieInternOfExtern:required", SNAKE_CASE),
    "POST catalogi/zaaktypen 6": ("400 indicatieInternOfExtern:required", SNAKE_CASE),
    "POST catalogi/zaaktypen 7": ("400 indicatieInternOfExtern:required", SNAKE_CASE),
    "POST catalogi/zaaktypen 8": ("400 indicatieInternOfExtern:required", SNAKE_CASE),
    "POST catalogi/zaaktypen 9": ("400 indicatieInternOfExtern:required", SNAKE_CASE),
    "POST zaken/zaken 1": ("400 bronorganisatie:invalid", ZERO_RSIN),
    "POST zaken/zaken 2": ("400 bronorganisatie:invalid", ZERO_RSIN),
    "POST zaken/zaken 3": ("400 bronorganisatie:invalid", ZERO_RSIN),
    "POST zaken/zaken 4": ("400 bronorganisatie:invalid", ZERO_RSIN),
    "POST zaken/zaken 5": ("400 bronorganisatie:invalid", ZERO_RSIN),
}
"""Single shapes, with the first error that the client reads."""
