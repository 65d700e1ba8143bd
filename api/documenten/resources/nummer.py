"""``/documentnummer_reserveren``."""

from __future__ import annotations

import json
from typing import Any

from django.db import transaction
from django.http import HttpResponse
from rest_framework import serializers

from api.documenten.models import GereserveerdNummer
from api.documenten.resources.documenten import DOCUMENTEN
from api.documenten.rules.identificatie import reserve
from api.documenten.scopes import DOCUMENTEN_AANMAKEN
from api.pipeline.declare.operations import Operation, Place
from api.pipeline.declare.visibility import ComponentRights
from api.pipeline.http.resource import Resource
from api.pipeline.represent.members import Computed
from api.pipeline.represent.representation import Representation
from api.pipeline.validate.objects import ObjectSerializer
from api.pipeline.validate.values import described_serializer
from api.pipeline.words.refusals import Invalid
from api.pipeline.words.violations import Violation
from tenants.registry.elfproef import passes_elfproef

MOST = 500
"""Numbers in one request."""
TEXT = {"type": "string"}


class Reservering(ObjectSerializer):
    """For whom, and how many."""

    bronorganisatie = serializers.CharField(max_length=9)
    aantal = serializers.IntegerField(min_value=1, max_value=MOST, required=False, default=1)


class DocumentnummerResource(Resource):
    """Numbers for documents that are still to be made; who has the number makes the document with it."""

    api = DOCUMENTEN
    rights = ComponentRights("drc")
    path = "documentnummer_reserveren"
    noun = "documentnummer"
    explanation = "Nummers voor documenten die nog gemaakt worden."
    model = GereserveerdNummer
    represents_model = False
    schema_name = "Documentnummer"
    expands = False
    conditional = False
    representation = Representation(
        bronorganisatie=Computed(None, TEXT),
        identificatie=Computed(None, TEXT),
    )
    operations = {
        "reserve": Operation(
            DOCUMENTEN_AANMAKEN,
            at=Place("post"),
            creates=True,
            operation_id="documentnummer_reserveren",
            schema=described_serializer(Reservering()),
            summary="Documentnummers reserveren",
            explanation="Geeft een nummer dat nooit meer aan een ander wordt gegeven; bij een `aantal` groter"
            " dan 1 een lijst.",
            experimental=True,
            of_open_zaak=True,
        ),
    }

    def reserve(self, request: Any, **kwargs: Any) -> HttpResponse:
        """201 with the number; a list where several are asked for."""
        self.check_parameters(request, set())
        serializer = Reservering(data=self.body(request), context={"caller": self.caller})
        serializer.is_valid(raise_exception=True)
        organisatie, count = serializer.validated_data["bronorganisatie"], serializer.validated_data["aantal"]
        if not passes_elfproef(organisatie):
            raise Invalid([Violation("bronorganisatie", "invalid", "Dit is geen geldig RSIN.")])
        with transaction.atomic():
            given = reserve(organisatie, self.caller.now, count)
        told = [{"bronorganisatie": organisatie, "identificatie": each} for each in given]
        return self.answer(json.dumps(told if count > 1 else told[0]), status=201)
