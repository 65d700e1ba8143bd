"""``/import``: documents in bulk, in the form of Open Zaak."""

from __future__ import annotations

import json
from typing import Any

from django.http import HttpResponse

from api.documenten.importing.later import begin, delete, report_of, start
from api.documenten.importing.table import MEDIA_TYPE, MOST_BYTES
from api.documenten.models import DocumentImport
from api.documenten.resources.documenten import DOCUMENTEN
from api.documenten.scopes import DOCUMENTEN_AANMAKEN
from api.pipeline.declare.operations import Operation, Place
from api.pipeline.declare.visibility import ComponentRights
from api.pipeline.http.resource import Resource
from api.pipeline.represent.members import Computed
from api.pipeline.represent.representation import Representation
from api.pipeline.validate.bodies import read_bytes
from api.pipeline.words.refusals import Forbidden, Judged, NotFound, Step

COUNT = {"type": "integer", "minimum": 0}
TABLE = {"type": "string", "format": "binary"}
BEGUN = {
    "type": "object",
    "properties": {
        name: {"type": "string", "format": "uri"} for name in ("uploadUrl", "statusUrl", "reportUrl")
    },
}
OVER = (DocumentImport.Status.FINISHED, DocumentImport.Status.ERROR)


class DocumentImportResource(Resource):
    """For applications with all rights alone."""

    api = DOCUMENTEN
    rights = ComponentRights("drc")
    path = "import"
    noun = "import"
    explanation = "Documenten in één keer, uit een CSV met metadata en bestanden in de importmap."
    model = DocumentImport
    schema_name = "DocumentImport"
    expands = False
    conditional = False
    representation = Representation(
        total=Computed(None, COUNT),
        processed=Computed(None, COUNT),
        processedSuccessfully=Computed(None, COUNT),
        processedInvalid=Computed(None, COUNT),
        status=Computed(None, {"type": "string", "enum": DocumentImport.Status.labels}),
    )
    operations = {
        "begin": Operation(
            DOCUMENTEN_AANMAKEN,
            at=Place("post", "create"),
            creates=True,
            schema={},
            answer=BEGUN,
            summary="Een import beginnen",
            explanation="Geeft de adressen van de import, die dan wacht op zijn CSV.",
            experimental=True,
            of_open_zaak=True,
        ),
        "upload": Operation(
            DOCUMENTEN_AANMAKEN,
            at=Place("post", "upload", on_object=True),
            takes=MEDIA_TYPE,
            body_limit=MOST_BYTES,
            schema=TABLE,
            summary="De CSV van een import sturen",
            explanation="Begint met importeren; de bestanden liggen in de importmap van de gemeente.",
            experimental=True,
            of_open_zaak=True,
        ),
        "status": Operation(
            DOCUMENTEN_AANMAKEN,
            at=Place("get", "status", on_object=True),
            summary="De voortgang van een import opvragen",
            explanation="Zegt hoeveel rijen er zijn, en hoeveel daarvan gedaan.",
            experimental=True,
            of_open_zaak=True,
        ),
        "report": Operation(
            DOCUMENTEN_AANMAKEN,
            at=Place("get", "report", on_object=True),
            gives=MEDIA_TYPE,
            answer=TABLE,
            summary="Het verslag van een import opvragen",
            explanation="Geeft de CSV met achter elke rij wat ervan werd, als de import klaar is.",
            experimental=True,
            of_open_zaak=True,
        ),
        "remove": Operation(
            DOCUMENTEN_AANMAKEN,
            at=Place("delete", "delete", on_object=True),
            summary="Een import verwijderen",
            explanation="Verwijdert de CSV en het verslag; de documenten blijven.",
            experimental=True,
            of_open_zaak=True,
        ),
    }

    def initial(self, request: Any, *args: Any, **kwargs: Any) -> None:
        """Further, an application without all rights has none here."""
        super().initial(request, *args, **kwargs)
        if not self.client.heeft_alle_autorisaties:
            raise Forbidden(
                "Alleen een applicatie met alle autorisaties mag importeren.",
                judged=Judged(Step.SCOPE, self.operation.scope),
            )
        self.check_parameters(request, set())

    def begin(self, request: Any, **kwargs: Any) -> HttpResponse:
        """201 with where the table goes, and where to look after that."""
        at = f"{self.caller.origin}{self.root()}/{begin().pk}"
        told = {f"{step}Url": f"{at}/{step}" for step in ("upload", "status", "report")}
        return self.answer(json.dumps(told), status=201)

    def upload(self, request: Any, uuid: Any, **kwargs: Any) -> HttpResponse:
        """200 without a word: it is asked."""
        self._found(uuid)
        raw = read_bytes(request._request, MEDIA_TYPE, limit=MOST_BYTES)  # noqa: SLF001 - not parsed
        start(uuid, raw, self.caller)
        return HttpResponse(status=200)

    def status(self, request: Any, uuid: Any, **kwargs: Any) -> HttpResponse:
        """200 with how far it is."""
        found = self._found(uuid)
        told = {
            "total": found.total,
            "processed": found.processed,
            "processedSuccessfully": found.processed_successfully,
            "processedInvalid": found.processed_invalid,
            "status": found.get_status_display(),
        }
        return self.answer(json.dumps(told))

    def report(self, request: Any, uuid: Any, **kwargs: Any) -> HttpResponse:
        """200 with the table; 404 while it is not over."""
        found = self._found(uuid)
        if found.status not in OVER:
            raise NotFound("De import is nog niet klaar.")
        answer = HttpResponse(report_of(found), content_type=MEDIA_TYPE)
        answer["Content-Disposition"] = f'attachment; filename="report-{found.pk}.csv"'
        return answer

    def remove(self, request: Any, uuid: Any, **kwargs: Any) -> HttpResponse:
        """204."""
        self._found(uuid)
        delete(uuid)
        return HttpResponse(status=204)

    @staticmethod
    def _found(uuid: Any) -> DocumentImport:
        found = DocumentImport.objects.filter(pk=uuid).first()
        if found is None:
            raise NotFound
        return found
