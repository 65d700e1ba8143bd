"""The audit trail of a main object, for whoever may read trails (x-aud-01)."""

from __future__ import annotations

from typing import ClassVar

from django.db.models import F, Model

from api.clients.scopes import Scope
from api.pipeline.declare.operations import Operation
from api.pipeline.http.resource import Resource
from api.pipeline.represent.members import Computed, Field, Url
from api.pipeline.represent.representation import Representation
from api.pipeline.sql.rows import Row
from api.records.models import AuditTrail

AUDITTRAILS_LEZEN = Scope("audittrails.lezen")


WIJZIGINGEN = {
    "type": "object",
    "properties": {side: {"type": "object", "nullable": True} for side in ("oud", "nieuw")},
}


def _wijzigingen() -> Row:
    return Row({"oud": F("oud"), "nieuw": F("nieuw")})


class AudittrailResource(Resource):
    """A plain list, oldest first; what it tells, it tells with the URLs of the reader's host."""

    noun = "audittrail"
    explanation = "Wie wat wanneer wijzigde."
    model = AuditTrail
    represents_model = False
    paged = False
    expands = False
    conditional = False
    order_by = ("id",)
    key = "uuid"
    parent_column = "hoofd_object_uuid"
    about: ClassVar[type[Model]]
    """The model of the main object."""
    representation = Representation(
        uuid=Field(),
        bron=Field(),
        applicatieId=Field(),
        applicatieWeergave=Field(),
        gebruikersId=Field(),
        gebruikersWeergave=Field(),
        actie=Field(),
        actieWeergave=Field(),
        resultaat=Field(),
        hoofdObject=Url(read_only=True),
        resource=Field(),
        resourceUrl=Url(read_only=True),
        toelichting=Field(),
        resourceWeergave=Field(),
        aanmaakdatum=Field(read_only=True),
        wijzigingen=Computed(_wijzigingen, WIJZIGINGEN),
    )
    operations = {
        "list": Operation(AUDITTRAILS_LEZEN),
        "retrieve": Operation(AUDITTRAILS_LEZEN),
    }

    @classmethod
    def parent_model(cls) -> type[Model]:
        """What the trail is about."""
        return cls.about
