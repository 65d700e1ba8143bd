"""The log: who did what, and when. Nobody changes a line of it."""

from __future__ import annotations

from typing import Any

from django.http import HttpResponse
from drf_spectacular.utils import extend_schema
from rest_framework import serializers

from api.pipeline.words.refusals import NotFound
from backoffice.models import LogLine
from tenants.accounts.rights import Level
from tenants.accounts.views.logbook import visible_lines
from vendor_api.http.answers import object_answer
from vendor_api.http.camel import Camel
from vendor_api.http.lists import ListParameters, asked, page_of
from vendor_api.http.viewset import Resource

AREA = "logboek"


class LineMembers(Camel):
    id = serializers.IntegerField(source="pk")
    at = serializers.DateTimeField()
    person = serializers.CharField(help_text="Wie het deed: een mens, een API-sleutel of het systeem.")
    organisation = serializers.CharField(help_text="Leeg waar het systeem het deed.")
    area = serializers.CharField()
    action = serializers.CharField()
    subject = serializers.CharField()
    municipality = serializers.CharField(help_text="Het schema van de gemeente, waar het er een betreft.")
    changes = serializers.DictField(help_text="Van elke waarde wat zij was en wat zij werd.")


class LineParameters(ListParameters):
    area = serializers.CharField(required=False, max_length=40)
    municipality = serializers.CharField(
        required=False, max_length=40, help_text="Het schema van een gemeente."
    )
    since = serializers.DateTimeField(required=False, help_text="Vanaf dit moment.")
    until = serializers.DateTimeField(required=False, help_text="Tot dit moment.")


class LogLines(Resource):
    rights = {"list": (AREA, Level.SEE), "retrieve": (AREA, Level.SEE)}
    queryset = LogLine.objects.none()
    serializer_class = LineMembers

    @extend_schema(operation_id="log_line_list", summary="Het logboek opvragen", parameters=[LineParameters])
    def list(self, request: Any) -> HttpResponse:
        """De nieuwste regel eerst."""
        parameters = asked(request, LineParameters)
        rows = visible_lines(self.holder)
        names = {
            "area": "area",
            "municipality": "municipality",
            "since": "at__gte",
            "until": "at__lt",
        }
        rows = rows.filter(**{names[name]: parameters[name] for name in names if name in parameters})
        return page_of(
            request,
            rows.order_by("-at", "-pk"),
            parameters,
            lambda found: [dict(LineMembers(each).data) for each in found],
        )

    @extend_schema(operation_id="log_line_read", summary="Een regel van het logboek opvragen")
    def retrieve(self, request: Any, pk: int) -> HttpResponse:
        """Wat er gebeurde, in een regel."""
        found = visible_lines(self.holder).filter(pk=pk).first()
        if found is None:
            raise NotFound
        return object_answer(request, dict(LineMembers(found).data))
