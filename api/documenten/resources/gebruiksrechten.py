"""``/gebruiksrechten``."""

from __future__ import annotations

from api.documenten.models import EnkelvoudigInformatieObject, Gebruiksrechten
from api.documenten.resources.documenten import DocumentRelated
from api.documenten.rules.drc_006_gebruiksrechten import indicate_nothing, indicate_rights
from api.documenten.scopes import (
    DOCUMENTEN_AANMAKEN,
    DOCUMENTEN_BIJWERKEN,
    DOCUMENTEN_LEZEN,
    DOCUMENTEN_VERWIJDEREN,
)
from api.pipeline.declare.operations import Operation
from api.pipeline.represent.links import Link, Self
from api.pipeline.represent.members import Field
from api.pipeline.represent.representation import Representation
from api.pipeline.validate.filters import Filter, LinkTo, Moment

COMPARED = ("lt", "lte", "gt", "gte")


def _moments() -> dict[str, Filter]:
    names = ("startdatum", "einddatum")
    return {f"{name}__{lookup}": Moment(name, lookup) for name in names for lookup in COMPARED}


class GebruiksrechtenResource(DocumentRelated):
    """What a document may be used for; kept, and left to whoever uses it (x-drc-10)."""

    path = "gebruiksrechten"
    noun = "gebruiksrechten"
    explanation = "De voorwaarden waaronder een document gebruikt mag worden."
    model = Gebruiksrechten
    paged = False
    representation = Representation(
        url=Self(),
        informatieobject=Link(expand=True),
        startdatum=Field(),
        einddatum=Field(),
        omschrijvingVoorwaarden=Field(),
    )
    operations = {
        "list": Operation(
            DOCUMENTEN_LEZEN,
            filters={
                "informatieobject": LinkTo("informatieobject", EnkelvoudigInformatieObject),
                **_moments(),
            },
        ),
        "create": Operation(DOCUMENTEN_AANMAKEN, effects=(indicate_rights,)),
        "retrieve": Operation(DOCUMENTEN_LEZEN),
        "headers": Operation(DOCUMENTEN_LEZEN),
        "update": Operation(DOCUMENTEN_BIJWERKEN),
        "partial_update": Operation(DOCUMENTEN_BIJWERKEN),
        "destroy": Operation(DOCUMENTEN_VERWIJDEREN, effects=(indicate_nothing,)),
    }
