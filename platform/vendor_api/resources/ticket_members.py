"""How a report, its events, clocks and files look to a program."""

from __future__ import annotations

from typing import Any

from rest_framework import serializers

from api.pipeline.words.refusals import NotFound
from contracts.models import Priority
from contracts.running import WARN_AT, Clock, ClockKind, Happening, LineKind, Outcome
from helpdesk.models import Ticket
from helpdesk.words import Channel, Kind, Side, Status, SupportLine, Weight, What
from vendor_api.http.camel import Camel
from vendor_api.tokens import Holder


class TicketSummary(Camel):
    """Without who reported it, and without what was written."""

    id = serializers.IntegerField(source="pk", help_text="Het nummer dat mensen noemen.")
    municipality = serializers.IntegerField(source="municipality_id", help_text="De id van de gemeente.")
    subject = serializers.CharField()
    kind = serializers.ChoiceField(choices=Kind.values)
    channel = serializers.ChoiceField(choices=Channel.values)
    impact = serializers.ChoiceField(choices=Weight.values)
    urgency = serializers.ChoiceField(choices=Weight.values)
    priority = serializers.ChoiceField(choices=Priority.values)
    component = serializers.CharField()
    status = serializers.ChoiceField(choices=Status.values)
    line = serializers.ChoiceField(choices=SupportLine.values)
    organisation = serializers.CharField(source="organisation_name", help_text="Bij wie zij ligt.")
    owner = serializers.IntegerField(
        source="owner_id", allow_null=True, help_text="De id van wie haar heeft; leeg zolang niemand."
    )
    owner_name = serializers.CharField()
    opened_at = serializers.DateTimeField()
    waits_since = serializers.DateTimeField(allow_null=True)
    planned_for = serializers.DateTimeField(allow_null=True)
    planned_label = serializers.CharField(help_text="De release waarin het komt.")
    solved_at = serializers.DateTimeField(allow_null=True)
    closed_at = serializers.DateTimeField(allow_null=True)
    merged_into = serializers.IntegerField(
        source="merged_into_id", allow_null=True, help_text="De melding waarin zij verder gaat."
    )
    next_due_at = serializers.DateTimeField(
        allow_null=True, help_text="Wanneer het eerst iets klaar moet zijn; leeg als alles stilstaat."
    )
    next_due_kind = serializers.CharField(help_text="Welke klok dat is.")
    last_public_at = serializers.DateTimeField()
    last_public_by_side = serializers.ChoiceField(choices=Side.values)


class TicketMembers(TicketSummary):
    reporter_name = serializers.CharField()
    reporter_email = serializers.CharField()
    priority_reason = serializers.CharField(help_text="Waar de prioriteit niet uit impact en spoed volgt.")
    waiting_question = serializers.CharField(help_text="De vraag aan de melder waarop wij wachten.")
    contract = serializers.IntegerField(source="contract_id", allow_null=True)
    service_level = serializers.IntegerField(
        source="service_level_version.level_id",
        allow_null=True,
        help_text="De id van het serviceniveau; leeg zonder contract, en dan is er niets beloofd.",
    )
    service_level_version = serializers.IntegerField(source="service_level_version.number", allow_null=True)
    external_issue = serializers.CharField(help_text="Een issue dat iedereen kan lezen.")
    contains_personal_data = serializers.BooleanField()
    cause = serializers.CharField()
    solution = serializers.CharField()
    satisfaction = serializers.IntegerField(allow_null=True, help_text="Van de melder, van 1 tot en met 5.")
    last_event = serializers.IntegerField(
        source="last_event_id", allow_null=True, help_text="De id van wat het laatst gebeurde."
    )


class EventMembers(Camel):
    id = serializers.IntegerField(source="pk")
    at = serializers.DateTimeField(help_text="Wanneer het gebeurde.")
    recorded_at = serializers.DateTimeField(help_text="Wanneer het is vastgelegd.")
    what = serializers.ChoiceField(choices=What.values)
    side = serializers.ChoiceField(choices=Side.values)
    actor_name = serializers.CharField(help_text="Leeg waar het vanzelf ging.")
    organisation = serializers.CharField(source="organisation_name")
    channel = serializers.ChoiceField(choices=Channel.values)
    is_public = serializers.BooleanField(help_text="Of de gemeente het ook ziet.")
    before = serializers.CharField()
    after = serializers.CharField()
    text = serializers.CharField()
    corrects = serializers.IntegerField(source="corrects_id", allow_null=True)


class WarningMembers(Camel):
    percent = serializers.ChoiceField(choices=list(WARN_AT))
    at = serializers.DateTimeField()


class LineOfClock(Camel):
    start = serializers.DateTimeField()
    end = serializers.DateTimeField()
    kind = serializers.ChoiceField(choices=LineKind.values)
    why = serializers.ChoiceField(choices=Happening.values)
    counted_seconds = serializers.IntegerField(source="counted")
    used_seconds = serializers.IntegerField(source="used", help_text="Aan het eind van deze regel.")


class ClockMembers(Camel):
    kind = serializers.ChoiceField(choices=ClockKind.values)
    priority = serializers.ChoiceField(choices=Priority.values)
    outcome = serializers.ChoiceField(choices=Outcome.values)
    target_seconds = serializers.IntegerField(source="seconds", help_text="Werktijd die is beloofd.")
    used_seconds = serializers.IntegerField(source="used")
    paused_seconds = serializers.IntegerField(source="paused")
    started_at = serializers.DateTimeField(source="start")
    stopped_at = serializers.DateTimeField(source="stopped", allow_null=True)
    due_at = serializers.DateTimeField(source="due", allow_null=True, help_text="Leeg als de klok stilstaat.")
    warnings = WarningMembers(many=True, source="warned")
    lines = LineOfClock(many=True, help_text="Waarom zij zo staat, stuk voor stuk.")


class AttachmentMembers(Camel):
    id = serializers.IntegerField(source="pk")
    event = serializers.IntegerField(source="event_id", help_text="De id van het bericht waar zij bij hoort.")
    name = serializers.CharField()
    size = serializers.IntegerField(help_text="In bytes.")
    content_type = serializers.CharField()
    is_public = serializers.BooleanField()
    erased_at = serializers.DateTimeField(
        allow_null=True, help_text="Sinds wanneer de bestanden weg zijn, na de bewaartermijn."
    )


def one_ticket(holder: Holder, pk: int) -> Any:
    """Raises NotFound for what the key does not see."""
    rows = Ticket.objects.visible_to(holder).select_related("service_level_version")
    found = rows.filter(pk=pk).first()
    if found is None:
        raise NotFound
    return found


def ticket_members(ticket: Any) -> dict[str, Any]:
    ticket.last_event_id = ticket.events.order_by("-pk").values_list("pk", flat=True).first()
    return dict(TicketMembers(ticket).data)


def clock_members(clock: Clock) -> dict[str, Any]:
    shown = {name: getattr(clock, name) for name in Clock.__slots__}
    shown["warned"] = [{"percent": percent, "at": at} for percent, at in clock.warnings]
    return dict(ClockMembers(shown).data)
