"""The lists as the public servers show them: read-only, and open to everybody as they are there."""

from __future__ import annotations

from typing import Any

from django.db.models import BooleanField, Case, F, IntegerField, TextField, Value, When
from rest_framework import serializers

from api.clients.scopes import NO_SCOPE
from api.pipeline.declare.operations import Operation
from api.pipeline.declare.visibility import OpenRights
from api.pipeline.http.resource import Resource
from api.pipeline.represent.links import Link, Self
from api.pipeline.represent.members import Computed, Field
from api.pipeline.represent.representation import Representation
from api.pipeline.sql.rows import Sql
from api.pipeline.validate.filters import Lookup, Text
from api.pipeline.words.served import Api
from api.selectielijst.filters import LinkToProcestype, WithAliases
from api.selectielijst.models import (
    TAAKGEBIEDEN,
    Communicatiekanaal,
    Procestermijn,
    Procestype,
    Resultaat,
    Resultaattypeomschrijving,
)

SELECTIELIJST = Api(
    "selectielijst",
    "selectielijst",
    "1.0.0",
    "Selectielijst API",
    explanation="De landelijke selectielijst en referentielijsten waarnaar zaaktypen en zaken verwijzen.",
)

HIGHEST_JAAR = 9999
TEXT = {"type": "string"}
NUMBER = {"type": "integer"}
BOOLEAN = {"type": "boolean"}


class SelectielijstResource(Resource):
    """Facts that are published for everybody, served from the public schema."""

    api = SELECTIELIJST
    rights = OpenRights()
    expands = False


def reading(**filters: Any) -> dict[str, Operation]:
    """The operations of every list; all of it is beyond the standard."""
    return {
        "list": Operation(NO_SCOPE, filters=filters, experimental=True),
        "retrieve": Operation(NO_SCOPE, experimental=True),
        "headers": Operation(NO_SCOPE, experimental=True),
    }


class ProcestypeResource(SelectielijstResource):
    """``/procestypen``."""

    path = "procestypen"
    noun = "procestype"
    explanation = "Een proces van de selectielijst, waaronder de bewaartermijnen staan."
    model = Procestype
    order_by = ("jaar", "nummer")
    paged = False
    representation = Representation(
        url=Self(),
        nummer=Field(read_only=True),
        jaar=Field(read_only=True),
        naam=Field(read_only=True),
        omschrijving=Field(read_only=True),
        toelichting=Field(read_only=True),
        procesobject=Field(read_only=True),
    )
    operations = reading(
        jaar=Lookup("jaar", serializers.IntegerField(min_value=0, max_value=HIGHEST_JAAR), schema=NUMBER),
    )


def _weergave() -> Case:
    whens = [When(procestermijn=value, then=Value(label)) for value, label in Procestermijn.choices]
    return Case(*whens, default=Value(""), output_field=TextField())


def _of_nummers(sql: str, output_field: Any) -> Sql:
    return Sql(sql, F("nummers"), output_field=output_field)


def _meant_for(taakgebied: str) -> Computed:
    return Computed(
        Sql(f"'{taakgebied}' = ANY({{}})", F("taakgebieden"), output_field=BooleanField()), BOOLEAN
    )


class ResultaatResource(SelectielijstResource):
    """``/resultaten``."""

    path = "resultaten"
    noun = "resultaat"
    explanation = "Een resultaat van een proces, met waardering en bewaartermijn."
    model = Resultaat
    order_by = ("procestype__jaar", "nummers")
    representation = Representation(
        url=Self(),
        procesType=Link("procestype", read_only=True),
        nummer=Computed(_of_nummers("({0})[cardinality({0})]", IntegerField()), NUMBER),
        volledigNummer=Computed(_of_nummers("array_to_string({}, '.')", TextField()), TEXT),
        generiek=Computed(_of_nummers("cardinality({}) = 2", BooleanField()), BOOLEAN),
        specifiek=Computed(_of_nummers("cardinality({}) > 2", BooleanField()), BOOLEAN),
        naam=Field(read_only=True),
        omschrijving=Field(read_only=True),
        herkomst=Field(read_only=True),
        waardering=Field(read_only=True),
        procestermijn=Field(read_only=True),
        procestermijnWeergave=Computed(_weergave, TEXT),
        bewaartermijn=Field(read_only=True, schema={"format": "duration"}),
        toelichting=Field(read_only=True),
        **{taakgebied: _meant_for(taakgebied) for taakgebied in TAAKGEBIEDEN},
        procestermijnOpmerking=Field(read_only=True),
    )
    operations = reading(procesType=LinkToProcestype(), naam=Text("naam"))


class ResultaattypeomschrijvingResource(SelectielijstResource):
    """``/resultaattypeomschrijvingen``."""

    path = "resultaattypeomschrijvingen"
    noun = "resultaattypeomschrijving"
    explanation = "Een algemene omschrijving van de uitkomst van een zaak."
    model = Resultaattypeomschrijving
    order_by = ("omschrijving",)
    paged = False
    representation = Representation(
        url=Self(),
        omschrijving=Field(read_only=True),
        definitie=Field(read_only=True),
        opmerking=Field(read_only=True),
    )
    operations = reading(aliassen=WithAliases())


class CommunicatiekanaalResource(SelectielijstResource):
    """``/communicatiekanalen``."""

    path = "communicatiekanalen"
    noun = "communicatiekanaal"
    explanation = "Een kanaal waarlangs een zaak kan binnenkomen."
    model = Communicatiekanaal
    order_by = ("naam",)
    representation = Representation(
        url=Self(),
        naam=Field(read_only=True),
        omschrijving=Field(read_only=True),
    )
    operations = reading()
