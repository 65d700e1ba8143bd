"""Service levels: what is promised, in versions that never change."""

from __future__ import annotations

from collections.abc import Sequence
from decimal import Decimal
from typing import Any

from django.http import HttpResponse
from django.utils import timezone
from drf_spectacular.utils import extend_schema
from rest_framework import serializers

from api.pipeline.words.refusals import Invalid
from api.pipeline.words.violations import Violation
from contracts.defaults import LEVELS_OF_IMPACT
from contracts.forms.level import HOUR, MOST_CREDITS
from contracts.models import Calendar, Priority, ServiceLevel
from contracts.models.service_level import LAST_REPORT_DAY, USUAL_REPORT_DAY
from contracts.publishing import LevelTerms, Publishing, TargetTerms, add_level, publish_level
from vendor_api.http.camel import Camel
from vendor_api.http.lists import ListParameters
from vendor_api.resources.versioned import (
    Name,
    NewVersion,
    VersionedMembers,
    VersionedParameters,
    VersionedResource,
    VersionMembers,
)

MOST_MINUTES = 1000 * HOUR - 1
"""As much as the form of the console takes."""


class Minutes(serializers.IntegerField):
    """Of working time."""

    def __init__(self, **given: Any) -> None:  # a field's own
        super().__init__(min_value=1, max_value=MOST_MINUTES, **given)


class Percent(serializers.DecimalField):
    def __init__(self, least: str = "0.01", **given: Any) -> None:  # a field's own
        super().__init__(
            max_digits=5, decimal_places=2, min_value=Decimal(least), max_value=Decimal(100), **given
        )


class ImpactMembers(Camel):
    """Of one impact, the priority of each urgency."""

    hoog = serializers.ChoiceField(choices=Priority.values)
    middel = serializers.ChoiceField(choices=Priority.values)
    laag = serializers.ChoiceField(choices=Priority.values)


class MatrixMembers(Camel):
    hoog = ImpactMembers()
    middel = ImpactMembers()
    laag = ImpactMembers()


class CreditMembers(Camel):
    below = Percent(help_text="Onder deze beschikbaarheid, in procenten van een maand,")
    part = Percent(help_text="wordt dit deel van het maandbedrag vergoed, in procenten.")


class TargetMembers(Camel):
    priority = serializers.ChoiceField(choices=Priority.values)
    calendar = serializers.IntegerField(
        source="calendar_id", min_value=1, max_value=2**63 - 1, help_text="De id van een kalender."
    )
    response_minutes = Minutes(source="response")
    update_minutes = Minutes(
        source="update", allow_null=True, required=False, default=None, help_text="Leeg: niet afgesproken."
    )
    workaround_minutes = Minutes(source="workaround", allow_null=True, required=False, default=None)
    resolution_minutes = Minutes(source="resolution", allow_null=True, required=False, default=None)
    pauses_for_reporter = serializers.BooleanField(default=True)
    pauses_for_third_party = serializers.BooleanField(default=False, help_text="Bij P1 nooit.")


class Promised(Camel):
    """What both a version and the request for one say."""

    availability = Percent("50", help_text="Procenten van een maand.")
    window = serializers.IntegerField(
        source="window_id",
        min_value=1,
        max_value=2**63 - 1,
        help_text="De id van de kalender waarin beschikbaarheid telt.",
    )
    rpo_minutes = Minutes(help_text="Van hoe lang gegevens verloren mogen gaan.")
    rto_minutes = Minutes(help_text="Hoe lang herstel mag duren.")
    report_day = serializers.IntegerField(
        min_value=1,
        max_value=LAST_REPORT_DAY,
        default=USUAL_REPORT_DAY,
        help_text="Vanaf welke dag van de maand er een rapport over de vorige is.",
    )
    matrix = MatrixMembers(help_text="Bij impact, en daarbinnen spoed, de prioriteit.")


class LevelVersionMembers(Promised, VersionMembers):
    credits = CreditMembers(many=True, source="credit_steps")
    targets = TargetMembers(many=True)


class LevelMembers(VersionedMembers):
    current = LevelVersionMembers(allow_null=True, help_text="Wat vandaag geldt; leeg zolang niets geldt.")


class NewLevelVersion(Promised, NewVersion):
    credits = serializers.ListField(child=CreditMembers(), default=list, max_length=MOST_CREDITS)
    targets = serializers.ListField(
        child=TargetMembers(),
        min_length=len(Priority),
        max_length=len(Priority),
        help_text="Van elke prioriteit een, in minuten werktijd.",
    )


class NewLevel(NewLevelVersion, Name):
    pass


class ServiceLevels(VersionedResource):
    model, page_of_one = ServiceLevel, "api_service_level"
    queryset = ServiceLevel.objects.none()
    serializer_class = LevelMembers
    shown, version_shown = LevelMembers, LevelVersionMembers
    read_with = ("versions", "versions__targets")

    @extend_schema(
        operation_id="service_level_list",
        summary="Serviceniveaus opvragen",
        parameters=[VersionedParameters],
    )
    def list(self, request: Any) -> HttpResponse:
        """Die van de eigen organisatie, op naam."""
        return self.listed(request)

    @extend_schema(operation_id="service_level_read", summary="Een serviceniveau opvragen")
    def retrieve(self, request: Any, pk: int) -> HttpResponse:
        """Met de versie die vandaag geldt."""
        return self.read(request, pk)

    @extend_schema(
        operation_id="service_level_create",
        summary="Een serviceniveau toevoegen",
        request=NewLevel,
        responses={201: LevelMembers},
    )
    def create(self, request: Any) -> HttpResponse:
        """Met zijn eerste versie, die ook vandaag mag beginnen."""
        return self.added(
            NewLevel,
            lambda given, how: add_level(
                given["name"], self._terms(given), how, person=self.holder, now=timezone.now()
            ),
        )

    @extend_schema(
        operation_id="service_level_version_list",
        summary="De versies van een serviceniveau opvragen",
        parameters=[ListParameters],
        responses=LevelVersionMembers(many=True),
    )
    def versions(self, request: Any, pk: int) -> HttpResponse:
        """De laatste eerst. Een versie wijzigt nooit."""
        return self.versions_of(request, pk)

    @extend_schema(
        operation_id="service_level_version_create",
        summary="Een nieuwe versie van een serviceniveau publiceren",
        request=NewLevelVersion,
        responses={201: LevelMembers},
    )
    def publish(self, request: Any, pk: int) -> HttpResponse:
        """Zij begint na vandaag: wat al loopt, houdt de afspraken waarmee het begon."""

        def publish(level: Any, given: dict[str, Any], how: Publishing) -> Any:
            seen, now = level.latest.number, timezone.now()
            return publish_level(level, self._terms(given), how, seen=seen, person=self.holder, now=now)

        return self.published(pk, NewLevelVersion, publish)

    def members(self, found: Any) -> dict[str, Any]:
        for version in found.versions.all():
            with_credits(version)
        return super().members(found)

    def version_members(self, found: Any) -> dict[str, Any]:
        return super().version_members(with_credits(found))

    def _terms(self, given: dict[str, Any]) -> LevelTerms:
        """Raises Invalid."""
        named = {given["window_id"], *(each["calendar_id"] for each in given["targets"])}
        calendars = Calendar.objects.visible_to(self.holder).in_bulk(named)
        found = [*_not_there(given, calendars), *_wrong(given["targets"])]
        if found:
            raise Invalid(found)
        return LevelTerms(
            availability=given["availability"],
            window=calendars[given["window_id"]],
            rpo_minutes=given["rpo_minutes"],
            rto_minutes=given["rto_minutes"],
            report_day=given["report_day"],
            matrix={
                impact: {urgency: given["matrix"][impact][urgency] for urgency in LEVELS_OF_IMPACT}
                for impact in LEVELS_OF_IMPACT
            },
            credits=sorted(([each["below"], each["part"]] for each in given["credits"]), reverse=True),
            targets=[_target(each, calendars) for each in given["targets"]],
        )


def with_credits(version: Any) -> Any:
    version.credit_steps = [{"below": below, "part": part} for below, part in version.credits]
    return version


def _not_there(given: dict[str, Any], calendars: dict[int, Calendar]) -> list[Violation]:
    named = {"window": given["window_id"]}
    named |= {f"targets.{place}.calendar": each["calendar_id"] for place, each in enumerate(given["targets"])}
    return [
        Violation(name, "does-not-exist", "Deze kalender is er niet.")
        for name, pk in named.items()
        if pk not in calendars
    ]


def _wrong(targets: Sequence[dict[str, Any]]) -> list[Violation]:
    found = []
    if {each["priority"] for each in targets} != set(Priority.values):
        found.append(Violation("targets", "invalid", "Geef van elke prioriteit een afspraak."))
    for place, each in enumerate(targets):
        if each["priority"] == Priority.P1 and each["pauses_for_third_party"]:
            name = f"targets.{place}.pausesForThirdParty"
            found.append(Violation(name, "invalid", "Bij P1 staat geen klok stil voor een derde."))
    return found


def _target(given: dict[str, Any], calendars: dict[int, Calendar]) -> TargetTerms:
    promised = {name: value for name, value in given.items() if name != "calendar_id"}
    return TargetTerms(calendar=calendars[given["calendar_id"]], **promised)
