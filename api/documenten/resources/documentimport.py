"""``/import``: documents in bulk, in the form of Open Zaak."""

from __future__ import annotations

import json
from dataclasses import replace
from typing import Any

from django.db.models import Case, TextField, Value, When
from django.http import HttpResponse

from api.clients.scopes import ScopeExpression
from api.documenten.importing.later import begin, delete, report_of, start
from api.documenten.importing.table import MEDIA_TYPE, MOST_BYTES
from api.documenten.models import DocumentImport
from api.documenten.resources.documenten import DOCUMENTEN
from api.documenten.scopes import DOCUMENTEN_AANMAKEN
from api.pipeline.declare.operations import Operation, Place
from api.pipeline.declare.visibility import AllRights
from api.pipeline.http.resource import Resource
from api.pipeline.represent.members import Computed, Field
from api.pipeline.represent.representation import Representation
from api.pipeline.validate.bodies import read_bytes
from api.pipeline.words.refusals import NotFound

Status = DocumentImport.Status
TABLE = {"type": "string", "format": "binary"}
BEGUN = {
    "type": "object",
    "properties": {
        name: {"type": "string", "format": "uri"} for name in ("uploadUrl", "statusUrl", "reportUrl")
    },
}
OF_OPEN_ZAAK = Operation(DOCUMENTEN_AANMAKEN, experimental=True, of_open_zaak=True)
OVER = (Status.FINISHED, Status.ERROR)


def _status() -> Any:
    """In the words of Open Zaak."""
    words = [When(status=value, then=Value(label)) for value, label in Status.choices]
    return Case(*words, output_field=TextField())


class DocumentImportResource(Resource):
    """For applications with all rights alone."""

    api = DOCUMENTEN
    rights = AllRights("drc")
    path = "import"
    noun = "import"
    explanation = "Documenten in één keer, uit een CSV met metadata en bestanden in de importmap."
    model = DocumentImport
    schema_name = "DocumentImport"
    expands = False
    conditional = False
    representation = Representation(
        total=Field(read_only=True),
        processed=Field(read_only=True),
        processedSuccessfully=Field(read_only=True),
        processedInvalid=Field(read_only=True),
        status=Computed(_status, {"type": "string", "enum": Status.labels}),
    )
    operations = {
        "begin": replace(
            OF_OPEN_ZAAK,
            at=Place("post", "create"),
            creates=True,
            schema={},
            answer=BEGUN,
            summary="Een import beginnen",
            explanation="Geeft de adressen van de import, die dan wacht op zijn CSV.",
        ),
        "upload": replace(
            OF_OPEN_ZAAK,
            at=Place("post", "upload", on_object=True),
            takes=MEDIA_TYPE,
            body_limit=MOST_BYTES,
            schema=TABLE,
            summary="De CSV van een import sturen",
            explanation="Begint met importeren; de bestanden liggen in de importmap van de gemeente.",
        ),
        "status": replace(
            OF_OPEN_ZAAK,
            at=Place("get", "status", on_object=True),
            summary="De voortgang van een import opvragen",
            explanation="Zegt hoeveel rijen er zijn, en hoeveel daarvan gedaan.",
        ),
        "report": replace(
            OF_OPEN_ZAAK,
            at=Place("get", "report", on_object=True),
            gives=MEDIA_TYPE,
            answer=TABLE,
            summary="Het verslag van een import opvragen",
            explanation="Geeft de CSV met achter elke rij wat ervan werd, als de import klaar is.",
        ),
        "remove": replace(
            OF_OPEN_ZAAK,
            at=Place("delete", "delete", on_object=True),
            summary="Een import verwijderen",
            explanation="Verwijdert de CSV en het verslag; de documenten blijven.",
        ),
    }

    def initial(self, request: Any, *args: Any, **kwargs: Any) -> None:
        """Further, no parameter is taken."""
        super().initial(request, *args, **kwargs)
        self.check_parameters(request, set())

    @classmethod
    def read_scope(cls) -> ScopeExpression:
        return DOCUMENTEN_AANMAKEN

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
        self._found(uuid)
        return self.answer(self.document(uuid, self.client))

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
