"""``/verklaring``."""

from __future__ import annotations

import json
from typing import Any
from uuid import UUID

from django.http import HttpResponse

from api.autorisaties.answer import answer
from api.autorisaties.question import ask
from api.autorisaties.resources.applicatie import AUTORISATIES
from api.autorisaties.scopes import AUTORISATIES_LEZEN
from api.autorisaties.verdict import Verdict, judge
from api.clients.models import Applicatie
from api.clients.vertrouwelijkheid import Vertrouwelijkheidaanduiding
from api.pipeline.authorise.explanation import Shortfall
from api.pipeline.authorise.remembered import recall
from api.pipeline.declare.operations import Operation
from api.pipeline.declare.visibility import ComponentRights
from api.pipeline.http.resource import Resource
from api.pipeline.represent.members import Computed
from api.pipeline.represent.representation import Representation
from api.pipeline.validate.filters import Parameter
from api.pipeline.validate.values import or_null
from api.pipeline.words.refusals import Invalid, NotFound, Step
from api.pipeline.words.violations import Violation

ASKED = ("clientId", "url", "operatie")
URI = {"type": "string", "format": "uri"}
TEXT = {"type": "string"}
YES = {"type": "boolean"}
SCOPES = {"type": "array", "items": TEXT}
ALTERNATIVES = {"type": "array", "items": SCOPES}
LEVEL = or_null({"type": "string", "enum": Vertrouwelijkheidaanduiding.labels})


def _object(*, nullable: bool = True, **properties: Any) -> dict[str, Any]:
    described = {"type": "object", "properties": properties, "required": sorted(properties)}
    return {**described, "nullable": True} if nullable else described


def _list(**properties: Any) -> dict[str, Any]:
    return {"type": "array", "items": _object(nullable=False, **properties)}


def _told(schema: dict[str, Any], description: str) -> Computed:
    """A member of an answer that is put together here, not by PostgreSQL."""
    return Computed(None, {**schema, "description": description})


RULE = _object(nummer=TEXT, titel=TEXT)
TYPE = _object(url=URI, omschrijving=TEXT)


class VerklaringResource(Resource):
    """Why an application may, or may not: asked about any operation, or about one refusal."""

    api = AUTORISATIES
    rights = ComponentRights("ac")
    path = "verklaring"
    noun = "verklaring"
    explanation = "Waarom een applicatie iets wel of niet mag."
    model = Applicatie
    represents_model = False
    schema_name = "Verklaring"
    expands = False
    conditional = False
    representation = Representation(
        toegestaan=_told(YES, "Of de applicatie dit mag."),
        stap=_told({"type": "string", "enum": [str(step) for step in Step]}, "De stap die de doorslag gaf."),
        regel=_told(RULE, "De regel van de standaard, als die er is."),
        reden=_told(TEXT, "Waarom wel of niet, in één zin."),
        clientId=_told(TEXT, "De client-id; leeg wanneer een token die niet noemde."),
        applicatie=_told(
            _object(
                url={**URI, "nullable": True},
                label=TEXT,
                heeftAlleAutorisaties=YES,
                alleenIsGereedVoorPublicatie=YES,
            ),
            "De applicatie van de client-id, als die er is.",
        ),
        operatie=_told(TEXT, "De operationId."),
        methode=_told(TEXT, "De HTTP-methode."),
        url=_told(URI, "Waar de vraag of het verzoek over ging, zonder parameters."),
        nodigeScopes=_told(ALTERNATIVES, "De combinaties van scopes waarvan er één genoeg is."),
        ontbrekendeScopes=_told(ALTERNATIVES, "Wat aan elk van die combinaties ontbreekt."),
        type=_told(TYPE, "Het type waarop het object beoordeeld is."),
        vertrouwelijkheidaanduiding=_told(LEVEL, "Het niveau waarop het object beoordeeld is."),
        autorisaties=_told(
            _list(
                component=TEXT,
                scopes=SCOPES,
                type=TYPE,
                maxVertrouwelijkheidaanduiding=LEVEL,
                tekort={
                    "type": "array",
                    "items": {"type": "string", "enum": [str(each) for each in Shortfall]},
                },
            ),
            "De autorisaties die telden (zonder tekort), of die het dichtst in de buurt kwamen.",
        ),
        bereik=_told(
            _object(alleTypen=YES, typen=_list(type=TYPE, maxVertrouwelijkheidaanduiding=LEVEL)),
            "Voor een collectie: voor welke typen en tot en met welk niveau.",
        ),
        voorbehouden=_told(
            _list(regel=RULE, reden=TEXT, nodigeScopes=ALTERNATIVES),
            "Regels die het toch weigeren (400) om hoe het object nu is, en met welke scopes het wel kan.",
        ),
        verzoek=_told(
            _object(
                id={"type": "string", "format": "uuid"},
                tijdstip={"type": "string", "format": "date-time"},
                code=TEXT,
            ),
            "Het geweigerde verzoek, wanneer daarnaar gevraagd is.",
        ),
    )
    operations = {
        "show": Operation(
            AUTORISATIES_LEZEN,
            parameters={
                "clientId": Parameter().explained("Het client-id van de applicatie."),
                "url": Parameter(schema=URI).explained("Waar de bewerking over gaat."),
                "operatie": Parameter().explained("De operationId, of de methode."),
                "verzoek": Parameter(schema={"type": "string", "format": "uuid"}).explained(
                    "Het id van een geweigerd verzoek."
                ),
            },
            operation_id="verklaring_read",
            summary="Verklaren waarom een applicatie iets wel of niet mag",
            explanation="Geef `clientId`, `url` en `operatie`; of alleen `verzoek`, het id van een verzoek"
            " dat met 403 is geweigerd, voor hoe dat toen is beoordeeld.",
            experimental=True,
        ),
    }

    def show(self, request: Any, **kwargs: Any) -> HttpResponse:
        """The explanation of an operation, or of the refusal of a request."""
        self.check_parameters(request, {*ASKED, "verzoek"})
        given = {name: value for name, value in request.GET.items() if value}
        told = self._of_request(given) if "verzoek" in given else self._judged(given)
        return self.answer(json.dumps(told, ensure_ascii=False))

    def _judged(self, given: dict[str, str]) -> dict[str, Any]:
        missing = [Violation(name, "required", "Dit veld is vereist.") for name in ASKED if name not in given]
        if missing:
            raise Invalid(missing)
        question = ask(given["url"], given["operatie"], self.caller)
        verdict = judge(question, given["clientId"], self.caller)
        origin, method = self.caller.origin, question.method.upper()
        return answer(verdict, origin=origin, method=method, path=question.path)

    def _of_request(self, given: dict[str, str]) -> dict[str, Any]:
        if len(given) > 1:
            reason = "Vraag naar een verzoek zonder andere parameters."
            raise Invalid([Violation("verzoek", "invalid", reason)])
        try:
            wanted = UUID(given["verzoek"])
        except ValueError as error:
            raise Invalid([Violation("verzoek", "invalid", "Dit is geen geldige UUID.")]) from error
        found = recall(wanted)
        if found is None:
            raise NotFound
        verdict, origin = Verdict(found.explanation), self.caller.origin
        return answer(verdict, origin=origin, method=found.method, path=found.path, remembered=found)
