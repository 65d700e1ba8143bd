"""``/verzendingen``."""

from __future__ import annotations

from api.documenten.adressen import BinnenlandsAdres, BuitenlandsAdres, Postadres
from api.documenten.models import EnkelvoudigInformatieObject, Verzending
from api.documenten.models.keuzes import AardRelatie
from api.documenten.resources.documenten import DocumentRelated
from api.documenten.rules.verzending import one_afzender, one_form_of_address, received_when
from api.documenten.scopes import (
    DOCUMENTEN_AANMAKEN,
    DOCUMENTEN_BIJWERKEN,
    DOCUMENTEN_LEZEN,
    DOCUMENTEN_VERWIJDEREN,
)
from api.pipeline.declare.operations import Operation
from api.pipeline.represent.groups import Nested
from api.pipeline.represent.links import Link, Self
from api.pipeline.represent.members import Field, Url
from api.pipeline.represent.representation import Representation
from api.pipeline.validate.filters import LinkTo, OneOf, UrlText

RULES = (one_form_of_address, received_when)
CHANGE = Operation(DOCUMENTEN_BIJWERKEN, rules=(*RULES, one_afzender))


class VerzendingResource(DocumentRelated):
    """Who sent a document, or to whom it was sent."""

    path = "verzendingen"
    noun = "verzending"
    explanation = "Van wie een document ontvangen is, of aan wie het verzonden is."
    model = Verzending
    counted = True
    representation = Representation(
        url=Self(),
        betrokkene=Url(required=True, schema={"maxLength": 200}),
        informatieobject=Link(expand=True),
        aardRelatie=Field(),
        toelichting=Field(),
        ontvangstdatum=Field(),
        verzenddatum=Field(),
        contactPersoon=Url(required=True, schema={"maxLength": 1000}),
        contactpersoonnaam=Field(),
        binnenlandsCorrespondentieadres=Nested(BinnenlandsAdres),
        buitenlandsCorrespondentieadres=Nested(BuitenlandsAdres),
        correspondentiePostadres=Nested(Postadres),
        faxnummer=Field(),
        emailadres=Field(),
        mijnOverheid=Field(),
        telefoonnummer=Field(),
    )
    operations = {
        "list": Operation(
            DOCUMENTEN_LEZEN,
            filters={
                "aardRelatie": OneOf("aard_relatie", AardRelatie.choices),
                "informatieobject": LinkTo("informatieobject", EnkelvoudigInformatieObject),
                "betrokkene": UrlText("betrokkene"),
            },
        ),
        "create": Operation(DOCUMENTEN_AANMAKEN, unique=(one_afzender,), rules=RULES),
        "retrieve": Operation(DOCUMENTEN_LEZEN),
        "headers": Operation(DOCUMENTEN_LEZEN),
        "update": CHANGE,
        "partial_update": CHANGE,
        "destroy": Operation(DOCUMENTEN_VERWIJDEREN),
    }
