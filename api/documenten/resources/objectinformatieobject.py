"""``/objectinformatieobjecten``."""

from __future__ import annotations

from api.documenten.models import EnkelvoudigInformatieObject, ObjectInformatieObject
from api.documenten.resources.documenten import DocumentRelated
from api.documenten.rules.drc_002_object import object_found
from api.documenten.rules.drc_003_unieke_relatie import related_once
from api.documenten.rules.drc_004_relatie_in_bron import related_at_the_source, unrelated_at_the_source
from api.documenten.scopes import DOCUMENTEN_AANMAKEN, DOCUMENTEN_LEZEN, DOCUMENTEN_VERWIJDEREN
from api.pipeline.declare.operations import Operation
from api.pipeline.represent.links import Link, Self
from api.pipeline.represent.members import Field, Url
from api.pipeline.represent.representation import Representation
from api.pipeline.validate.filters import LinkTo, UrlText


class ObjectInformatieObjectResource(DocumentRelated):
    """That a document belongs to a zaak, besluit or verzoek: the mirror of what is kept there (x-drc-09)."""

    path = "objectinformatieobjecten"
    noun = "objectinformatieobject"
    explanation = "Bij welk object een document hoort; de API van dat object legt de relatie vast."
    model = ObjectInformatieObject
    kanaal = ""
    paged = False
    representation = Representation(
        url=Self(),
        informatieobject=Link(expand=True),
        object=Url(required=True, schema={"maxLength": 1000}),
        objectType=Field(),
    )
    operations = {
        "list": Operation(
            DOCUMENTEN_LEZEN,
            filters={
                "object": UrlText("object"),
                "informatieobject": LinkTo("informatieobject", EnkelvoudigInformatieObject),
            },
        ),
        "create": Operation(
            DOCUMENTEN_AANMAKEN,
            unique=(related_once,),
            asking={"object": object_found},
            rules=(related_at_the_source,),
        ),
        "retrieve": Operation(DOCUMENTEN_LEZEN),
        "headers": Operation(DOCUMENTEN_LEZEN),
        "destroy": Operation(DOCUMENTEN_VERWIJDEREN, rules=(unrelated_at_the_source,)),
    }
