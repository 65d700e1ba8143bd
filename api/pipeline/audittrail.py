"""The audit trail of a main object, for whoever may read trails (x-aud-01)."""

from __future__ import annotations

from collections.abc import Mapping
from typing import Any, ClassVar

from django.db.models import F, Model, QuerySet
from django.http import HttpResponse

from api.clients.scopes import Scope
from api.pipeline.compiled import Bindings
from api.pipeline.expand import EMPTY
from api.pipeline.judgement import refuse_main
from api.pipeline.members import Computed, Field
from api.pipeline.operations import Operation
from api.pipeline.refusals import NotFound
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

    @classmethod
    def check_readable(cls, bindings: Bindings, operation: Operation, keys: Mapping[str, Any]) -> None:
        """The trail of the main object may be read."""
        refusal = refuse_main(cls, operation.scope, bindings.client, cls.main_at(keys))
        if refusal is not None:
            raise refusal

    @classmethod
    def main_at(cls, keys: Mapping[str, Any]) -> Any:
        """The object that the trail is about; it is there, and so is the line where one is asked for."""
        main = cls.about._default_manager.filter(pk=keys[cls.parent]).first()
        if main is None or ("uuid" in keys and not cls.lines(keys).exists()):
            raise NotFound
        return main

    @classmethod
    def lines(cls, keys: Mapping[str, Any]) -> QuerySet[AuditTrail]:
        """The trail, or the one line of it that the keys name."""
        lines = AuditTrail.objects.filter(hoofd_object_uuid=keys[cls.parent]).order_by(*cls.order_by)
        return lines.filter(uuid=keys["uuid"]) if "uuid" in keys else lines

    def initial(self, request: Any, *args: Any, **kwargs: Any) -> None:
        """The trail may be read."""
        super().initial(request, *args, **kwargs)
        self.check_readable(self._bindings(), self.operation, {self.parent: kwargs[self.parent]})

    def list(self, request: Any, **kwargs: Any) -> HttpResponse:
        """Every line."""
        self._check_parameters(request, set())
        return self._answer_list(request, self.lines(kwargs), request.GET)

    def retrieve(self, request: Any, uuid: Any, **kwargs: Any) -> HttpResponse:
        """One line."""
        self._check_parameters(request, set())
        lines = self._documents(self.lines({**kwargs, "uuid": uuid}), EMPTY)
        if not lines:
            raise NotFound
        return self._json(lines[0])
