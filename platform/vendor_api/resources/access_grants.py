"""Access grants: who of the organisation asked to look into which municipality, and what became of it.

A program reads them and does nothing with them. Access is asked, used and given back by a person, in his own
name.
"""

from __future__ import annotations

from typing import Any

from django.http import HttpResponse
from django.utils import timezone
from drf_spectacular.utils import extend_schema
from rest_framework import serializers

from access.models import Grant, Kind, Scope, State
from access.states import AREA
from api.clients.vertrouwelijkheid import Vertrouwelijkheidaanduiding
from api.pipeline.words.refusals import NotFound
from tenants.accounts.rights import Level
from vendor_api.http.answers import object_answer
from vendor_api.http.camel import Camel
from vendor_api.http.lists import ListParameters, asked, page_of
from vendor_api.http.viewset import Resource

LEVELS = [level.name.lower() for level in Vertrouwelijkheidaanduiding]


class GrantMembers(Camel):
    id = serializers.IntegerField(source="pk")
    number = serializers.CharField(help_text="Hoe mensen haar noemen.")
    kind = serializers.ChoiceField(choices=Kind.values)
    municipality = serializers.IntegerField(source="municipality_id", help_text="De id van de gemeente.")
    person = serializers.IntegerField(source="person_id", help_text="De id van wie kijkt.")
    person_name = serializers.CharField()
    organisation = serializers.CharField(source="organisation_name")
    reason = serializers.CharField()
    ticket = serializers.CharField()
    scopes = serializers.ListField(
        child=serializers.ChoiceField(choices=Scope.values), help_text="Wat is gevraagd, of gegeven."
    )
    zaaktypen = serializers.ListField(child=serializers.UUIDField(), help_text="Leeg is alle.")
    maximum = serializers.ChoiceField(
        choices=LEVELS, source="level", help_text="De hoogste vertrouwelijkheidaanduiding."
    )
    mask_personal_data = serializers.BooleanField()
    hours_asked = serializers.IntegerField()
    hours_allowed = serializers.IntegerField(allow_null=True)
    state = serializers.ChoiceField(choices=State.values, source="state_now")
    asked_at = serializers.DateTimeField()
    lapses_at = serializers.DateTimeField(help_text="Wanneer een aanvraag zonder antwoord vervalt.")
    decided_at = serializers.DateTimeField(allow_null=True)
    valid_from = serializers.DateTimeField(allow_null=True)
    valid_until = serializers.DateTimeField(allow_null=True)
    first_used_at = serializers.DateTimeField(allow_null=True)
    last_used_at = serializers.DateTimeField(allow_null=True)
    ended_at = serializers.DateTimeField(allow_null=True)
    end_reason = serializers.CharField(help_text="Leeg zolang niemand haar stopte.")


class GrantParameters(ListParameters):
    state = serializers.ChoiceField(
        required=False, choices=State.values, help_text="De staat nu: ook wat de tijd ervan maakte."
    )
    kind = serializers.ChoiceField(required=False, choices=Kind.values)
    municipality = serializers.IntegerField(
        required=False, min_value=1, max_value=2**63 - 1, help_text="De id van een gemeente."
    )


class AccessGrants(Resource):
    rights = {"list": (AREA, Level.SEE), "retrieve": (AREA, Level.SEE)}
    queryset = Grant.objects.none()
    serializer_class = GrantMembers

    @extend_schema(
        operation_id="access_grant_list",
        summary="Toegang tot gemeenten opvragen",
        parameters=[GrantParameters],
    )
    def list(self, request: Any) -> HttpResponse:
        """De nieuwste aanvraag eerst. Aanvragen en stoppen doet een mens, in zijn eigen naam."""
        parameters = asked(request, GrantParameters)
        rows = self._rows().order_by("-asked_at", "-pk")
        names = {"state": "state_now", "kind": "kind", "municipality": "municipality"}
        rows = rows.filter(**{names[name]: parameters[name] for name in names if name in parameters})
        return page_of(request, rows, parameters, lambda found: [grant_members(each) for each in found])

    @extend_schema(operation_id="access_grant_read", summary="Een toegang opvragen")
    def retrieve(self, request: Any, pk: int) -> HttpResponse:
        """Wie waarom mag kijken, waarin en tot wanneer."""
        found = self._rows().filter(pk=pk).first()
        if found is None:
            raise NotFound
        return object_answer(request, grant_members(found))

    def _rows(self) -> Any:
        return Grant.objects.visible_to(self.holder).at(timezone.now())


def grant_members(grant: Grant) -> dict[str, Any]:
    """Of what ``GrantQuerySet.at`` gives."""
    shown: Any = grant
    shown.level = Vertrouwelijkheidaanduiding(grant.maximum).name.lower()
    return dict(GrantMembers(shown).data)
