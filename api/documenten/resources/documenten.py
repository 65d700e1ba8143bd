"""What the resources of the Documenten API share."""

from __future__ import annotations

from typing import Any

from django.http import HttpRequest

from api.catalogi.models import Informatieobjecttype
from api.clients.vertrouwelijkheid import Vertrouwelijkheidaanduiding
from api.documenten.content.uploaded import release
from api.documenten.models import EnkelvoudigInformatieObject
from api.documenten.rights import RIGHTS
from api.documenten.rules.inhoud import take_back
from api.pipeline.http.resource import Resource
from api.pipeline.validate.references import PREFIX, Address
from api.pipeline.words.refusals import Refusal
from api.pipeline.words.served import Api

DOCUMENTEN = Api(
    "documenten",
    "drc",
    "1.7.0",
    "Documenten API",
    explanation="Documenten in versies, met hun inhoud, gebruiksrechten, verzendingen en audittrail.",
    standard="https://vng-realisatie.github.io/gemma-zaken/standaard/documenten/",
)


class DocumentenResource(Resource):
    """Rights by informatieobjecttype, a trail for every write, messages on the channel ``documenten``."""

    api = DOCUMENTEN
    rights = RIGHTS
    audited = True
    kanaal = "documenten"


class WithContent(DocumentenResource):
    """What takes content in: nothing of a request that is refused stays."""

    def dispatch(self, request: HttpRequest, *args: Any, **kwargs: Any) -> Any:
        try:
            return super().dispatch(request, *args, **kwargs)
        finally:
            release(request)

    def handle_exception(self, exc: Exception) -> Any:
        # what was refused was rolled back; of anything else nobody knows, and the sweep takes it
        if isinstance(exc, Refusal) and hasattr(self, "caller"):
            take_back(self.caller)
        return super().handle_exception(exc)


class DocumentRelated(DocumentenResource):
    """What belongs to a document, and is judged on it."""

    main = "informatieobject"
    related = ("informatieobject", "informatieobject__informatieobjecttype")


def kanaal_kenmerken(document: EnkelvoudigInformatieObject) -> dict[str, str]:
    """What subscribers may filter on."""
    types = Resource.of(Informatieobjecttype).root()
    return {
        "bronorganisatie": document.bronorganisatie,
        "informatieobjecttype": Address(f"{PREFIX}{types}/{document.informatieobjecttype_id}"),
        "vertrouwelijkheidaanduiding": Vertrouwelijkheidaanduiding(
            document.vertrouwelijkheidaanduiding
        ).label,
    }
