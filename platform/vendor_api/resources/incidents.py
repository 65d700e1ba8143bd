"""Incidents: what is broken for which municipalities, and what was said of it, once for all."""

from __future__ import annotations

from collections.abc import Sequence
from datetime import timedelta
from typing import Any

from django.db.models import QuerySet
from django.http import HttpResponse
from django.utils import timezone
from drf_spectacular.utils import extend_schema
from rest_framework import serializers

from api.pipeline.words.refusals import Invalid, NotFound
from api.pipeline.words.violations import Violation
from incidents.acting import LATEST_UPDATE, SOONEST_UPDATE, Said, Wish, begin, concern, release, say
from incidents.forms import LONGEST_TEXT
from incidents.models import RUNNING, Concerned, Incident, IncidentUpdate, Nature, Severity, State
from incidents.refusals import IncidentRefused
from incidents.states import ACTS, AREA
from tenants.accounts.rights import Level
from tenants.registry.models import Municipality
from vendor_api.http.answers import object_answer
from vendor_api.http.camel import Camel, read_body
from vendor_api.http.changing import Changeable
from vendor_api.http.lists import ListParameters, asked, page_of
from vendor_api.http.refusals import NotPossible

MINUTE = 60
MOST_MUNICIPALITIES = 500
SOONEST, LATEST = (int(each.total_seconds()) // MINUTE for each in (SOONEST_UPDATE, LATEST_UPDATE))


class IncidentMembers(Camel):
    id = serializers.IntegerField(source="pk")
    number = serializers.CharField(help_text="Hoe mensen haar noemen.")
    organisation = serializers.CharField(source="organisation_name", help_text="Wie haar verhelpt.")
    title = serializers.CharField()
    component = serializers.CharField()
    severity = serializers.ChoiceField(choices=Severity.values)
    nature = serializers.ChoiceField(choices=Nature.values)
    state = serializers.ChoiceField(choices=State.values)
    started_at = serializers.DateTimeField()
    detected_at = serializers.DateTimeField()
    resolved_at = serializers.DateTimeField(allow_null=True)
    last_update_at = serializers.DateTimeField()
    next_update_at = serializers.DateTimeField(
        allow_null=True, help_text="Wanneer de volgende update is beloofd."
    )
    cause = serializers.CharField()
    prevention = serializers.CharField()
    municipalities = serializers.IntegerField(
        source="seen_count", help_text="Hoeveel gemeenten die de sleutel ziet zij nu raakt."
    )


class UpdateMembers(Camel):
    id = serializers.IntegerField(source="pk")
    at = serializers.DateTimeField()
    state = serializers.ChoiceField(choices=State.values)
    severity = serializers.ChoiceField(choices=Severity.values)
    nature = serializers.ChoiceField(choices=Nature.values)
    text = serializers.CharField()
    author_name = serializers.CharField()
    next_update_at = serializers.DateTimeField(allow_null=True)


class ConcernedMembers(Camel):
    municipality = serializers.IntegerField(source="municipality_id", help_text="De id van de gemeente.")
    municipality_name = serializers.CharField(source="municipality.naam")
    since = serializers.DateTimeField()
    until = serializers.DateTimeField(allow_null=True)


class IncidentParameters(ListParameters):
    running = serializers.BooleanField(required=False, allow_null=True, help_text="Of zij nog loopt.")
    state = serializers.ChoiceField(required=False, choices=State.values)
    severity = serializers.ChoiceField(required=False, choices=Severity.values)
    nature = serializers.ChoiceField(required=False, choices=Nature.values)
    municipality = serializers.IntegerField(
        required=False, min_value=1, max_value=2**63 - 1, help_text="De id van een gemeente die zij raakt."
    )
    started_since = serializers.DateTimeField(required=False, help_text="Begonnen vanaf dit moment.")
    started_until = serializers.DateTimeField(required=False, help_text="Begonnen voor dit moment.")


FILTERS = {
    "state": "state",
    "severity": "severity",
    "nature": "nature",
    "started_since": "started_at__gte",
    "started_until": "started_at__lt",
}


class SaidMembers(Camel):
    """What both the first update and a later one say."""

    text = serializers.CharField(
        max_length=LONGEST_TEXT, help_text="Alle gemeenten die het raakt, lezen dezelfde tekst."
    )
    severity = serializers.ChoiceField(choices=Severity.values)
    nature = serializers.ChoiceField(choices=Nature.values)
    state = serializers.ChoiceField(choices=State.values, help_text="Hoe het vanaf nu staat.")
    next_update_minutes = serializers.IntegerField(
        min_value=SOONEST,
        max_value=LATEST,
        required=False,
        allow_null=True,
        default=None,
        help_text="Over hoeveel minuten de volgende update komt; leeg als het voorbij is.",
    )


class Municipalities(Camel):
    municipalities = serializers.ListField(
        child=serializers.IntegerField(min_value=1, max_value=2**63 - 1),
        min_length=1,
        max_length=MOST_MUNICIPALITIES,
        help_text="De id's van gemeenten.",
    )


class NewIncident(SaidMembers, Municipalities):
    title = serializers.CharField(max_length=200)
    component = serializers.CharField(max_length=100, required=False, default="", allow_blank=True)
    started_at = serializers.DateTimeField()
    detected_at = serializers.DateTimeField()


class NewUpdate(SaidMembers):
    act = serializers.ChoiceField(
        choices=list(ACTS), default="update", help_text="Wat deze update is; elk volgt op bepaalde staten."
    )
    cause = serializers.CharField(max_length=LONGEST_TEXT, required=False, default="", allow_blank=True)
    prevention = serializers.CharField(max_length=LONGEST_TEXT, required=False, default="", allow_blank=True)


class Incidents(Changeable):
    rights = {
        "list": (AREA, Level.SEE),
        "retrieve": (AREA, Level.SEE),
        "updates": (AREA, Level.SEE),
        "concerned": (AREA, Level.SEE),
        "create": (AREA, Level.CHANGE),
        "say": (AREA, Level.CHANGE),
        "concern": (AREA, Level.CHANGE),
        "release": (AREA, Level.CHANGE),
    }
    changing = frozenset({"say", "concern", "release"})
    model, refused, page_of_one = Incident, IncidentRefused, "api_incident"
    queryset = Incident._base_manager.none()  # as of access grants
    serializer_class = IncidentMembers

    @extend_schema(
        operation_id="incident_list", summary="Storingen opvragen", parameters=[IncidentParameters]
    )
    def list(self, request: Any) -> HttpResponse:
        """De laatst begonnen eerst."""
        parameters = asked(request, IncidentParameters)
        rows = self._rows().order_by("-started_at", "-pk")
        rows = rows.filter(**{FILTERS[name]: parameters[name] for name in FILTERS if name in parameters})
        if parameters.get("running") is not None:
            rows = (
                rows.filter(state__in=RUNNING) if parameters["running"] else rows.exclude(state__in=RUNNING)
            )
        if "municipality" in parameters:
            named = Concerned.objects.visible_to(self.holder).filter(municipality=parameters["municipality"])
            rows = rows.filter(pk__in=named.values("incident"))
        return page_of(
            request, rows, parameters, lambda found: [dict(IncidentMembers(each).data) for each in found]
        )

    @extend_schema(operation_id="incident_read", summary="Een storing opvragen")
    def retrieve(self, request: Any, pk: int) -> HttpResponse:
        """Hoe het staat, zoals de laatste update het zei."""
        return object_answer(request, self.members(self.one(pk)))

    @extend_schema(
        operation_id="incident_create",
        summary="Een storing melden",
        request=NewIncident,
        responses={201: IncidentMembers},
    )
    def create(self, request: Any) -> HttpResponse:
        """Met haar eerste update, die de gemeenten die zij raakt meteen lezen."""
        return self.done_once(self._begun, takes_body=True)

    @extend_schema(
        operation_id="incident_update_list",
        summary="De updates van een storing opvragen",
        parameters=[ListParameters],
        responses=UpdateMembers(many=True),
    )
    def updates(self, request: Any, pk: int) -> HttpResponse:
        """De laatste eerst. Niemand wijzigt er een: wat niet klopte, zegt de volgende."""
        parameters = asked(request, ListParameters)
        rows = IncidentUpdate.objects.filter(incident=self.one(pk)).order_by("-pk")
        return page_of(
            request, rows, parameters, lambda found: [dict(UpdateMembers(each).data) for each in found]
        )

    @extend_schema(
        operation_id="incident_update_create",
        summary="Een update over een storing plaatsen",
        request=NewUpdate,
        responses={201: IncidentMembers},
    )
    def say(self, request: Any, pk: int) -> HttpResponse:
        """Zolang zij loopt belooft elke update de volgende.

        Wie oplost zegt de `cause`, wie evalueert ook de `prevention`.
        """

        def say_it(incident: Any, body: Any) -> None:
            given = read_body(NewUpdate, body)
            last = incident.updates.order_by("-pk").values_list("pk", flat=True).first()
            kept = {"cause": given["cause"], "prevention": given["prevention"], "seen": last or 0}
            say(incident, given["act"], _said(given, **kept), person=self.holder, now=timezone.now())

        return self.changed(pk, say_it, takes_body=True, status=201)

    @extend_schema(
        operation_id="incident_municipality_list",
        summary="Opvragen welke gemeenten een storing raakt",
        parameters=[ListParameters],
        responses=ConcernedMembers(many=True),
    )
    def concerned(self, request: Any, pk: int) -> HttpResponse:
        """Voor zover de sleutel die ziet; ook welke zij niet meer raakt."""
        parameters = asked(request, ListParameters)
        rows = Concerned.objects.visible_to(self.holder).filter(incident=self.one(pk))
        return page_of(
            request,
            rows.select_related("municipality").order_by("municipality__naam", "pk"),
            parameters,
            lambda found: [dict(ConcernedMembers(each).data) for each in found],
        )

    @extend_schema(
        operation_id="incident_municipality_create",
        summary="Gemeenten aan een storing toevoegen",
        request=Municipalities,
        responses={200: IncidentMembers},
    )
    def concern(self, request: Any, pk: int) -> HttpResponse:
        """Zij lezen meteen alles wat is gezegd."""

        def add(incident: Any, body: Any) -> None:
            chosen = self._chosen(read_body(Municipalities, body)["municipalities"])
            concern(incident, chosen, person=self.holder, now=timezone.now())

        return self.changed(pk, add, takes_body=True)

    @extend_schema(
        operation_id="incident_release_create",
        summary="Gemeenten van een storing afhalen",
        request=Municipalities,
        responses={200: IncidentMembers},
    )
    def release(self, request: Any, pk: int) -> HttpResponse:
        """Zij raakt deze gemeenten niet meer; wat zij lazen, blijven zij zien. Eén blijft er over."""

        def take_off(incident: Any, body: Any) -> None:
            named = read_body(Municipalities, body)["municipalities"]
            still = Concerned.objects.visible_to(self.holder).still().filter(incident=incident)
            held = dict(still.filter(municipality__in=named).values_list("municipality", "pk"))
            unknown = [
                Violation(f"municipalities.{place}", "does-not-exist", "De storing raakt deze gemeente niet.")
                for place, each in enumerate(named)
                if each not in held
            ]
            if unknown:
                raise Invalid(unknown)
            release(incident, held.values(), person=self.holder, now=timezone.now())

        return self.changed(pk, take_off, takes_body=True)

    def one(self, pk: int) -> Any:
        found = self._rows().filter(pk=pk).first()
        if found is None:
            raise NotFound
        return found

    def members(self, found: Any) -> dict[str, Any]:
        return dict(IncidentMembers(found).data)

    def _rows(self) -> QuerySet[Any]:
        return Incident.objects.visible_to(self.holder).with_seen_count(self.holder)

    def _begun(self, body: Any) -> HttpResponse:
        given = read_body(NewIncident, body)
        chosen = self._chosen(given["municipalities"])
        wish = Wish(
            title=given["title"],
            component=given["component"],
            started_at=given["started_at"],
            detected_at=given["detected_at"],
            said=_said(given),
        )
        try:
            made = begin(wish, chosen, person=self.holder, now=timezone.now())
        except IncidentRefused as refused:
            raise NotPossible(str(refused)) from refused
        return self.made(made.pk)

    def _chosen(self, named: Sequence[int]) -> Any:
        """Raises Invalid for what the key does not see."""
        found = Municipality.objects.visible_to(self.holder).serving().in_bulk(set(named))
        unknown = [
            Violation(f"municipalities.{place}", "does-not-exist", "Deze gemeente is er niet.")
            for place, pk in enumerate(named)
            if pk not in found
        ]
        if unknown:
            raise Invalid(unknown)
        return [*found.values()]


def _said(given: dict[str, Any], **more: Any) -> Said:
    minutes = given["next_update_minutes"]
    return Said(
        text=given["text"],
        state=State(given["state"]),
        severity=Severity(given["severity"]),
        nature=Nature(given["nature"]),
        next_update=None if minutes is None else timedelta(minutes=minutes),
        **more,
    )
