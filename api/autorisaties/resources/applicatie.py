"""``/applicaties``."""

from __future__ import annotations

from typing import Any

from django.http import HttpResponse

from api.autorisaties.members import Autorisaties, ClientIds
from api.autorisaties.rules.ac_001_client_ids import client_ids_unused
from api.autorisaties.rules.ac_002_volledigheid import all_rights_or_listed_ones
from api.autorisaties.rules.ac_003_verplichte_typen import type_and_level_given
from api.autorisaties.rules.type_found import types_found
from api.autorisaties.scopes import AUTORISATIES_BIJWERKEN, AUTORISATIES_LEZEN
from api.clients.models import Applicatie, ClientId
from api.pipeline.declare.operations import Operation, Place
from api.pipeline.declare.visibility import ComponentRights
from api.pipeline.http.resource import Resource
from api.pipeline.represent.links import Self
from api.pipeline.represent.members import Field
from api.pipeline.represent.representation import Representation
from api.pipeline.validate.filters import AmongThese, Parameter, Text, Through
from api.pipeline.words.refusals import Invalid, NotFound
from api.pipeline.words.served import Api
from api.pipeline.words.violations import Violation

AUTORISATIES = Api(
    "autorisaties",
    "ac",
    "1.1.0",
    "Autorisaties API",
    explanation="Welke applicaties er zijn, en wat elk van hen mag.",
    standard="https://vng-realisatie.github.io/gemma-zaken/standaard/autorisaties/",
)
RULES = (client_ids_unused, all_rights_or_listed_ones, type_and_level_given, types_found)


class ApplicatieResource(Resource):
    """An application, the ids it is known by, and what it may do."""

    api = AUTORISATIES
    rights = ComponentRights("ac")
    path = "applicaties"
    noun = "applicatie"
    explanation = "Een applicatie, de client-ids waaronder zij bekend is, en wat zij mag."
    model = Applicatie
    kanaal = "autorisaties"
    order_by = ("label", "pk")
    expands = False
    conditional = False
    representation = Representation(
        url=Self(),
        clientIds=ClientIds(),
        label=Field(),
        heeftAlleAutorisaties=Field(),
        alleenIsGereedVoorPublicatie=Field(),
        autorisaties=Autorisaties(),
    )
    operations = {
        "list": Operation(
            AUTORISATIES_LEZEN,
            filters={"clientIds": Through(ClientId, "applicatie", AmongThese(Text("client_id")))},
        ),
        "create": Operation(AUTORISATIES_BIJWERKEN, rules=RULES),
        "retrieve": Operation(AUTORISATIES_LEZEN, operation_id="applicatie_read"),
        "update": Operation(AUTORISATIES_BIJWERKEN, rules=RULES),
        "partial_update": Operation(AUTORISATIES_BIJWERKEN, rules=RULES),
        "destroy": Operation(AUTORISATIES_BIJWERKEN, operation_id="applicatie_delete"),
        "consumer": Operation(
            AUTORISATIES_LEZEN,
            parameters={"clientId": Parameter()},
            at=Place("get", "consumer"),
            summary="{one} van een client-id opvragen",
            explanation="Geeft de applicatie waarbij het client-id hoort.",
        ),
    }

    def consumer(self, request: Any, **kwargs: Any) -> HttpResponse:
        """The one applicatie that owns a client id; 404 where none does (x-ac-08)."""
        self.check_parameters(request, {"clientId"})
        client_id = request.GET.get("clientId")
        if not client_id:
            raise Invalid([Violation("clientId", "required", "Dit veld is vereist.")])
        owner = ClientId.objects.filter(client_id=client_id).first()
        if owner is None:
            raise NotFound
        return self.answer(self.document(owner.applicatie_id, self.client))
