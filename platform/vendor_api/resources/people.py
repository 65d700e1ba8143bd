"""People of an organisation, and the roles that they have and had."""

from __future__ import annotations

from collections.abc import Sequence
from typing import Any

from django.db.models import QuerySet
from django.http import HttpResponse
from drf_spectacular.utils import extend_schema
from rest_framework import serializers

from api.pipeline.words.refusals import NotFound
from backoffice.permissions import ROLES
from tenants.accounts.models import Membership, User
from tenants.accounts.models.membership import today_here
from tenants.accounts.person import organisations_of
from tenants.accounts.rights import Level
from tenants.registry.models import Municipality
from vendor_api.http.answers import object_answer
from vendor_api.http.camel import Camel
from vendor_api.http.lists import ListParameters, asked, page_of
from vendor_api.http.viewset import Resource
from vendor_api.tokens import Holder

AREA = "medewerkers"
KEYS = [role.key for role in ROLES]


class PersonMembers(Camel):
    id = serializers.IntegerField(source="pk")
    name = serializers.CharField()
    email = serializers.EmailField()
    last_login = serializers.DateTimeField(allow_null=True)


class OrganisationMembers(Camel):
    id = serializers.IntegerField()
    name = serializers.CharField()


class MembershipMembers(Camel):
    id = serializers.IntegerField(source="pk")
    person = serializers.IntegerField(source="user_id")
    role = serializers.ChoiceField(choices=KEYS)
    organisation = OrganisationMembers()
    is_limited = serializers.BooleanField()
    municipalities = serializers.ListField(
        child=serializers.CharField(),
        source="seen",
        help_text="De schema's waartoe de rol beperkt is, voor zover de sleutel die ziet.",
    )
    starts = serializers.DateField()
    until = serializers.DateField(allow_null=True, help_text="De eerste dag waarop de rol niet meer geldt.")
    ended_at = serializers.DateTimeField(allow_null=True)


class MembershipParameters(ListParameters):
    role = serializers.ChoiceField(required=False, choices=KEYS)
    person = serializers.IntegerField(required=False, min_value=1, max_value=2**63 - 1)
    current = serializers.BooleanField(required=False, help_text="Of de rol vandaag geldt.", allow_null=True)


class People(Resource):
    rights = {"list": (AREA, Level.SEE), "retrieve": (AREA, Level.SEE)}
    queryset = User.objects.none()
    serializer_class = PersonMembers

    @extend_schema(operation_id="person_list", summary="Medewerkers opvragen", parameters=[ListParameters])
    def list(self, request: Any) -> HttpResponse:
        """Wie een rol heeft of had in een organisatie waarvan de sleutel de medewerkers ziet."""
        parameters = asked(request, ListParameters)
        return page_of(
            request,
            self._rows().order_by("name", "pk"),
            parameters,
            lambda found: [dict(PersonMembers(each).data) for each in found],
        )

    @extend_schema(operation_id="person_read", summary="Een medewerker opvragen")
    def retrieve(self, request: Any, pk: int) -> HttpResponse:
        """Zijn rollen staan in de lijst van rollen, onder `person`."""
        found = self._rows().filter(pk=pk).first()
        if found is None:
            raise NotFound
        return object_answer(request, dict(PersonMembers(found).data))

    def _rows(self) -> QuerySet[User]:
        return User.objects.filter(pk__in=visible_memberships(self.holder).values("user"))


class Memberships(Resource):
    rights = {"list": (AREA, Level.SEE), "retrieve": (AREA, Level.SEE)}
    queryset = Membership.objects.none()
    serializer_class = MembershipMembers

    @extend_schema(
        operation_id="membership_list", summary="Rollen opvragen", parameters=[MembershipParameters]
    )
    def list(self, request: Any) -> HttpResponse:
        """Ook rollen die zijn beëindigd; met `current` alleen wat vandaag geldt, of juist niet."""
        parameters = asked(request, MembershipParameters)
        rows = visible_memberships(self.holder).select_related("organisation").order_by("-pk")
        if "role" in parameters:
            rows = rows.filter(role=parameters["role"])
        if "person" in parameters:
            rows = rows.filter(user_id=parameters["person"])
        holding = Membership.objects.current(today_here()).values("pk")
        if parameters.get("current") is True:
            rows = rows.filter(pk__in=holding)
        elif parameters.get("current") is False:
            rows = rows.exclude(pk__in=holding)
        return page_of(request, rows, parameters, self._members)

    @extend_schema(operation_id="membership_read", summary="Een rol opvragen")
    def retrieve(self, request: Any, pk: int) -> HttpResponse:
        """Wie welke rol heeft of had, waar en tot wanneer."""
        found = visible_memberships(self.holder).select_related("organisation").filter(pk=pk).first()
        if found is None:
            raise NotFound
        return object_answer(request, self._members([found])[0])

    def _members(self, found: Sequence[Membership]) -> Sequence[dict[str, Any]]:
        named = {schema for each in found for schema in each.municipalities}
        visible = Municipality.objects.visible_to(self.holder).filter(schema_name__in=named)
        seen = set(visible.values_list("schema_name", flat=True)) if named else set()
        return [_members_of(each, seen) for each in found]


def _members_of(membership: Membership, seen: set[str]) -> dict[str, Any]:
    shown: Any = membership
    shown.seen = [schema for schema in membership.municipalities if schema in seen]
    return dict(MembershipMembers(shown).data)


def visible_memberships(holder: Holder) -> QuerySet[Membership]:
    return Membership.objects.of_organisations(organisations_of(holder))
