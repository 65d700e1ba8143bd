"""The audit trail of a main object, for whoever may read trails (x-aud-01)."""

from __future__ import annotations

from typing import Any, ClassVar

from django.db.models import F, Model
from django.http import HttpResponse

from api.clients.scopes import Scope
from api.pipeline.expand import EMPTY
from api.pipeline.members import Computed, Field
from api.pipeline.operations import Operation
from api.pipeline.refusals import Forbidden, NotFound
from api.pipeline.representation import Representation
from api.pipeline.resource import Resource
from api.pipeline.rows import Row
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
        hoofdObject=Field(schema={"format": "uri"}),
        resource=Field(),
        resourceUrl=Field(schema={"format": "uri"}),
        toelichting=Field(),
        resourceWeergave=Field(),
        aanmaakdatum=Field(read_only=True),
        wijzigingen=Computed(_wijzigingen, WIJZIGINGEN),
    )
    operations = {
        "list": Operation(AUDITTRAILS_LEZEN),
        "retrieve": Operation(AUDITTRAILS_LEZEN),
    }

    def initial(self, request: Any, *args: Any, **kwargs: Any) -> None:
        """The main object is there, and its trail may be read."""
        super().initial(request, *args, **kwargs)
        main = self.about._default_manager.filter(pk=kwargs[self.parent]).first()
        if main is None:
            raise NotFound
        if not self.rights.permits(self.client, self.operation.scope, main):
            raise Forbidden

    def list(self, request: Any, **kwargs: Any) -> HttpResponse:
        """Every line."""
        self._check_parameters(request, set())
        return self._answer_list(request, self._lines(kwargs), request.GET)

    def retrieve(self, request: Any, uuid: Any, **kwargs: Any) -> HttpResponse:
        """One line."""
        self._check_parameters(request, set())
        lines = self._documents(self._lines(kwargs).filter(uuid=uuid), EMPTY)
        if not lines:
            raise NotFound
        return self._json(lines[0])

    def _lines(self, kwargs: dict[str, Any]) -> Any:
        return AuditTrail.objects.filter(hoofd_object_uuid=kwargs[self.parent]).order_by(*self.order_by)
