"""Hand-overs: which gemeente goes to whom, and how far it is. Both sides sign, and so people do."""

from __future__ import annotations

from typing import Any

from django.http import HttpResponse
from drf_spectacular.utils import extend_schema
from rest_framework import serializers

from api.pipeline.words.refusals import NotFound
from handover.models import Handover, Role
from handover.states import State
from tenants.accounts.rights import Level
from vendor_api.http.answers import object_answer
from vendor_api.http.camel import Camel
from vendor_api.http.lists import ListParameters, asked, page_of
from vendor_api.http.viewset import Resource

AREA = "overdrachten"


class HandoverMembers(Camel):
    id = serializers.IntegerField(source="pk")
    municipality = serializers.IntegerField(source="municipality_id", help_text="De id van de gemeente.")
    municipality_name = serializers.CharField()
    role = serializers.ChoiceField(choices=Role.values, help_text="Wat wordt overgedragen.")
    from_organisation = serializers.CharField(source="from_name")
    to_organisation = serializers.CharField(source="to_name")
    decision = serializers.CharField(help_text="Het besluit van de gemeente.")
    decided_on = serializers.DateField()
    state = serializers.ChoiceField(choices=State.values)
    begun_at = serializers.DateTimeField()
    accepted_at = serializers.DateTimeField(allow_null=True)
    planned_at = serializers.DateTimeField(allow_null=True)
    performed_at = serializers.DateTimeField(allow_null=True)
    overlap_until = serializers.DateField(
        allow_null=True, help_text="De laatste dag waarop werkt wat de oude partij kende."
    )


class HandoverParameters(ListParameters):
    state = serializers.ChoiceField(required=False, choices=State.values)
    role = serializers.ChoiceField(required=False, choices=Role.values)
    municipality = serializers.IntegerField(
        required=False, min_value=1, max_value=2**63 - 1, help_text="De id van een gemeente."
    )


class HandOvers(Resource):
    rights = {"list": (AREA, Level.SEE), "retrieve": (AREA, Level.SEE)}
    queryset = Handover._base_manager.none()  # as of access grants
    serializer_class = HandoverMembers

    @extend_schema(
        operation_id="hand_over_list", summary="Overdrachten opvragen", parameters=[HandoverParameters]
    )
    def list(self, request: Any) -> HttpResponse:
        """De laatst begonnen eerst. Ondertekenen doet een mens."""
        parameters = asked(request, HandoverParameters)
        names = ("state", "role", "municipality")
        rows = self._rows().filter(**{name: parameters[name] for name in names if name in parameters})
        return page_of(
            request,
            rows.order_by("-begun_at", "-pk"),
            parameters,
            lambda found: [dict(HandoverMembers(each).data) for each in found],
        )

    @extend_schema(operation_id="hand_over_read", summary="Een overdracht opvragen")
    def retrieve(self, request: Any, pk: int) -> HttpResponse:
        """Van wie naar wie, en hoe ver het is."""
        found = self._rows().filter(pk=pk).first()
        if found is None:
            raise NotFound
        return object_answer(request, dict(HandoverMembers(found).data))

    def _rows(self) -> Any:
        return Handover.objects.visible_to(self.holder)
