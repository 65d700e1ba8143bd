"""Access grants: who of the organisation may look into which municipality, asked and stopped by programs too.

Who looks is always a person, whom the program names. The municipality decides, and no program does.
"""

from __future__ import annotations

from collections.abc import Mapping
from typing import Any

from django.db.models import Q
from django.http import HttpResponse
from django.utils import timezone
from drf_spectacular.utils import extend_schema
from rest_framework import serializers

from access.asking import MOST_ZAAKTYPEN, Wish, ask, give_back, retract
from access.forms import USUAL_LEVEL
from access.models import Grant, Kind, Scope, State
from access.models.grant import LONGEST_HOURS
from access.refusals import AccessRefused
from access.states import AREA
from api.clients.vertrouwelijkheid import Vertrouwelijkheidaanduiding
from api.pipeline.words.refusals import Invalid, NotFound
from api.pipeline.words.violations import Violation
from tenants.accounts.models import User
from tenants.accounts.person import Person, person_of
from tenants.accounts.rights import Level
from tenants.registry.models import Municipality
from vendor_api.http.answers import object_answer
from vendor_api.http.camel import Camel
from vendor_api.http.changing import Changeable
from vendor_api.http.lists import ListParameters, asked, page_of
from vendor_api.http.refusals import NotPossible
from vendor_api.tokens import Holder

LEVELS = [level.name.lower() for level in Vertrouwelijkheidaanduiding]


class GrantMembers(Camel):
    id = serializers.IntegerField(source="pk")
    number = serializers.CharField(help_text="Hoe mensen haar noemen.")
    kind = serializers.ChoiceField(choices=Kind.values)
    municipality = serializers.IntegerField(source="municipality_id", help_text="De id van de gemeente.")
    person = serializers.IntegerField(source="person_id", help_text="De id van wie kijkt.")
    person_name = serializers.CharField()
    organisation = serializers.CharField(source="organisation_name")
    asked_by = serializers.CharField(
        source="asked_by_email", help_text="Wie de sleutel maakte waarmee zij is gevraagd; anders leeg."
    )
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


class NewGrant(Camel):
    municipality = serializers.IntegerField(
        min_value=1, max_value=2**63 - 1, help_text="De id van de gemeente."
    )
    person = serializers.IntegerField(
        required=False,
        min_value=1,
        max_value=2**63 - 1,
        help_text="De id van de medewerker die kijkt. Geef deze of een e-mailadres, niet allebei.",
    )
    email = serializers.EmailField(
        required=False, max_length=254, help_text="Het e-mailadres van de medewerker die kijkt."
    )
    reason = serializers.CharField(
        max_length=500, help_text="Zonder persoonsgegevens: de gemeente leest dit."
    )
    ticket = serializers.CharField(max_length=40, help_text="De melding waarbij de toegang hoort.")
    scopes = serializers.ListField(
        child=serializers.ChoiceField(choices=Scope.values), min_length=1, max_length=len(Scope)
    )
    zaaktypen = serializers.ListField(
        child=serializers.UUIDField(), max_length=MOST_ZAAKTYPEN, default=list, help_text="Leeg is alle."
    )
    maximum = serializers.ChoiceField(
        choices=LEVELS,
        default=USUAL_LEVEL.name.lower(),
        help_text="De hoogste vertrouwelijkheidaanduiding.",
    )
    hours = serializers.IntegerField(min_value=1, max_value=LONGEST_HOURS)


class AccessGrants(Changeable):
    rights = {
        "list": (AREA, Level.SEE),
        "retrieve": (AREA, Level.SEE),
        "create": (AREA, Level.CHANGE),
        "end": (AREA, Level.CHANGE),
    }
    changing = frozenset({"end"})
    model, refused, page_of_one = Grant, AccessRefused, "api_access_grant"
    queryset = Grant._base_manager.none()  # the urls may first be read inside a municipality
    serializer_class = GrantMembers

    @extend_schema(
        operation_id="access_grant_list",
        summary="Toegang tot gemeenten opvragen",
        parameters=[GrantParameters],
    )
    def list(self, request: Any) -> HttpResponse:
        """De nieuwste aanvraag eerst."""
        parameters = asked(request, GrantParameters)
        rows = self._rows().order_by("-asked_at", "-pk")
        names = {"state": "state_now", "kind": "kind", "municipality": "municipality"}
        rows = rows.filter(**{names[name]: parameters[name] for name in names if name in parameters})
        return page_of(request, rows, parameters, lambda found: [grant_members(each) for each in found])

    @extend_schema(operation_id="access_grant_read", summary="Een toegang opvragen")
    def retrieve(self, request: Any, pk: int) -> HttpResponse:
        """Wie waarom mag kijken, waarin en tot wanneer."""
        return object_answer(request, grant_members(self.one(pk)))

    @extend_schema(
        operation_id="access_grant_create",
        summary="Toegang tot een gemeente vragen",
        request=NewGrant,
        responses={201: GrantMembers},
    )
    def create(self, request: Any) -> HttpResponse:
        """Voor een medewerker van de eigen organisatie, die het zelf ook mag vragen en in eigen naam kijkt.

        De gemeente beslist: een mens daar, die niet kijkt en ook de sleutel niet maakte. Om noodtoegang
        vraagt een mens.
        """
        return self.done_once(self._asked_for, takes_body=True)

    @extend_schema(
        operation_id="access_grant_ending_create",
        summary="Toegang stoppen",
        request=None,
        responses={200: GrantMembers},
    )
    def end(self, request: Any, pk: int) -> HttpResponse:
        """Trekt een aanvraag in die wacht, of stopt toegang die loopt. Meteen."""
        return self.changed(pk, self._end)

    def _asked_for(self, body: Any) -> HttpResponse:
        given = NewGrant(data=body)
        given.is_valid(raise_exception=True)
        wanted = given.validated_data
        person = _person(wanted, self.holder)
        seen = Municipality.objects.visible_to(self.holder).filter(pk=wanted["municipality"]).first()
        if seen is None:
            raise Invalid([Violation("municipality", "does-not-exist", "Deze gemeente is er niet.")])
        try:
            made = ask(seen, _wish(wanted), person=person, now=timezone.now(), by=self.holder)
        except AccessRefused as refused:
            raise NotPossible(str(refused)) from refused
        return self.made(made.pk)

    def _end(self, grant: Grant, _body: None) -> None:
        now = timezone.now()
        end = retract if grant.state_at(now) is State.AANGEVRAAGD else give_back
        end(grant, person=self.holder, now=now)

    def one(self, pk: int) -> Grant:
        found: Grant | None = self._rows().filter(pk=pk).first()
        if found is None:
            raise NotFound
        return found

    def members(self, found: Grant) -> dict[str, Any]:
        return grant_members(found)

    def _rows(self) -> Any:
        return Grant.objects.visible_to(self.holder).at(timezone.now())


def _person(wanted: Mapping[str, Any], holder: Holder) -> Person:
    """Who will look: somebody with a role in the key's own organisation. Raises Invalid."""
    named = {name: wanted[name] for name in ("person", "email") if name in wanted}
    if len(named) != 1:
        raise Invalid([Violation("person", "invalid", "Noem wie kijkt: met zijn id of zijn e-mailadres.")])
    ((member, value),) = named.items()
    chosen = Q(pk=value) if member == "person" else Q(email__iexact=value)
    user = User.objects.filter(chosen).first()
    person = None if user is None else person_of(user)
    if person is None or person.organisation_id != holder.organisation_id:
        raise Invalid([Violation(member, "does-not-exist", "Deze medewerker heeft hier geen rol.")])
    return person


def _wish(wanted: Mapping[str, Any]) -> Wish:
    return Wish(
        reason=wanted["reason"],
        ticket=wanted["ticket"],
        scopes=tuple(Scope(scope) for scope in dict.fromkeys(wanted["scopes"])),
        hours=wanted["hours"],
        maximum=Vertrouwelijkheidaanduiding[wanted["maximum"].upper()],
        zaaktypen=tuple(dict.fromkeys(wanted["zaaktypen"])),
    )


def grant_members(grant: Grant) -> dict[str, Any]:
    """Of what ``GrantQuerySet.at`` gives."""
    shown: Any = grant
    shown.level = Vertrouwelijkheidaanduiding(grant.maximum).name.lower()
    return dict(GrantMembers(shown).data)
