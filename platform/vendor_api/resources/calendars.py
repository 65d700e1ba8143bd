"""Calendars: when clocks run, in versions that never change."""

from __future__ import annotations

from typing import Any

from django.http import HttpResponse
from django.utils import timezone
from drf_spectacular.utils import extend_schema
from rest_framework import serializers

from contracts.models import Calendar
from contracts.models.calendar import Zone
from contracts.publishing import CalendarTerms, Publishing, add_calendar, publish_calendar
from contracts.span_texts import (
    LONGEST_LABEL,
    MOST_DAYS,
    MOST_SPANS,
    ExceptionDay,
    UnreadableError,
    spans_of,
    time_of,
)
from contracts.working_time import DAYS_OF_A_WEEK, Span
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

TIME = r"^([01]?[0-9]|2[0-4]):[0-5][0-9]$"


class SpanMembers(Camel):
    since = serializers.RegexField(TIME, help_text="Zoals 08:30.")
    until = serializers.RegexField(TIME, help_text="Later op de dag, ten hoogste 24:00.")


class Spans(serializers.ListField):
    """Of one day, in order; kept as pairs of minutes."""

    child = SpanMembers()

    def __init__(self, **given: Any) -> None:  # a field's own
        super().__init__(max_length=MOST_SPANS, **given)

    def to_internal_value(self, data: Any) -> list[Span]:
        read = super().to_internal_value(data)
        try:
            return spans_of(", ".join(f"{each['since']}-{each['until']}" for each in read))
        except UnreadableError as error:
            raise serializers.ValidationError(str(error)) from error

    def to_representation(self, data: Any) -> list[dict[str, str]]:
        return [{"since": time_of(since), "until": time_of(until)} for since, until in data]


class DayMembers(Camel):
    day = serializers.DateField()
    # as the console reads it back from a line
    label = serializers.RegexField(  # type: ignore[assignment]  # every field has a label too
        r"^[^\d\s].*$", max_length=LONGEST_LABEL, help_text="Zonder cijfer vooraan."
    )
    spans = Spans(help_text="Leeg: dicht.")


class Running(Camel):
    """What both a version and the request for one say."""

    zone = serializers.ChoiceField(choices=Zone.values, default=Zone.AMSTERDAM.value)
    always = serializers.BooleanField(
        default=False, help_text="Dag en nacht, zonder uitzonderingen; de week telt dan niet."
    )
    week = serializers.ListField(
        child=Spans(),
        min_length=DAYS_OF_A_WEEK,
        max_length=DAYS_OF_A_WEEK,
        help_text="Van elke dag, maandag eerst, wanneer klokken lopen.",
    )
    days = serializers.ListField(
        child=DayMembers(), max_length=MOST_DAYS, default=list, help_text="Dagen waarop de week niet geldt."
    )


class CalendarVersionMembers(Running, VersionMembers):
    holiday_years = serializers.ListField(
        child=serializers.IntegerField(), help_text="De jaren waarvan iemand de feestdagen bevestigde."
    )


class CalendarMembers(VersionedMembers):
    current = CalendarVersionMembers(allow_null=True, help_text="Wat vandaag geldt; leeg zolang niets geldt.")


class NewCalendarVersion(Running, NewVersion):
    def validate(self, attrs: dict[str, Any]) -> dict[str, Any]:
        if not attrs["always"] and not any(attrs["week"]):
            raise serializers.ValidationError({"week": "Geef ten minste een dag tijden, of kies altijd."})
        named = [each["day"] for each in attrs["days"]]
        if len(set(named)) < len(named):
            raise serializers.ValidationError({"days": "Noem elke dag een keer."})
        return attrs


class NewCalendar(NewCalendarVersion, Name):
    pass


class Calendars(VersionedResource):
    model, page_of_one = Calendar, "api_calendar"
    queryset = Calendar.objects.none()
    serializer_class = CalendarMembers
    shown, version_shown = CalendarMembers, CalendarVersionMembers

    @extend_schema(
        operation_id="calendar_list", summary="Kalenders opvragen", parameters=[VersionedParameters]
    )
    def list(self, request: Any) -> HttpResponse:
        """Die van de eigen organisatie, op naam."""
        return self.listed(request)

    @extend_schema(operation_id="calendar_read", summary="Een kalender opvragen")
    def retrieve(self, request: Any, pk: int) -> HttpResponse:
        """Met de versie die vandaag geldt."""
        return self.read(request, pk)

    @extend_schema(
        operation_id="calendar_create",
        summary="Een kalender toevoegen",
        request=NewCalendar,
        responses={201: CalendarMembers},
    )
    def create(self, request: Any) -> HttpResponse:
        """Met haar eerste versie, die ook vandaag mag beginnen. Feestdagen bevestigt een mens."""
        return self.added(
            NewCalendar,
            lambda given, how: add_calendar(
                given["name"], _terms(given, []), how, person=self.holder, now=timezone.now()
            ),
        )

    @extend_schema(
        operation_id="calendar_version_list",
        summary="De versies van een kalender opvragen",
        parameters=[ListParameters],
        responses=CalendarVersionMembers(many=True),
    )
    def versions(self, request: Any, pk: int) -> HttpResponse:
        """De laatste eerst. Een versie wijzigt nooit."""
        return self.versions_of(request, pk)

    @extend_schema(
        operation_id="calendar_version_create",
        summary="Een nieuwe versie van een kalender publiceren",
        request=NewCalendarVersion,
        responses={201: CalendarMembers},
    )
    def publish(self, request: Any, pk: int) -> HttpResponse:
        """Zij begint na vandaag, en houdt de feestdagen die iemand bevestigde als haar dagen die noemen."""

        def publish(calendar: Any, given: dict[str, Any], how: Publishing) -> Any:
            terms, now = _terms(given, calendar.latest.holiday_years), timezone.now()
            seen = calendar.latest.number
            return publish_calendar(calendar, terms, how, seen=seen, person=self.holder, now=now)

        return self.published(pk, NewCalendarVersion, publish)


def _terms(given: dict[str, Any], confirmed: list[int]) -> CalendarTerms:
    days: list[ExceptionDay] = [
        {"day": each["day"].isoformat(), "label": each["label"], "spans": each["spans"]}
        for each in sorted(given["days"], key=lambda each: each["day"])
    ]
    return CalendarTerms(
        week=given["week"], days=days, always=given["always"], zone=given["zone"], holiday_years=confirmed
    )
