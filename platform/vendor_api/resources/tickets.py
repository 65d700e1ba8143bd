"""Reports: what municipalities tell, what happened to it, and until when what is promised."""

from __future__ import annotations

from typing import Any

from django.db.models import QuerySet
from django.http import FileResponse, HttpResponse
from django.utils import timezone
from drf_spectacular.types import OpenApiTypes
from drf_spectacular.utils import extend_schema
from rest_framework import serializers

from api.pipeline.words.refusals import Invalid, NotFound
from api.pipeline.words.violations import Violation
from contracts.models import Priority
from helpdesk.acting import Report, report
from helpdesk.attachments import as_download
from helpdesk.models import Attachment, Ticket
from helpdesk.refusals import TicketRefused
from helpdesk.states import AREA
from helpdesk.storing import clocks_of
from helpdesk.who import who_is
from helpdesk.words import (
    LONGEST_COMPONENT,
    LONGEST_SUBJECT,
    LONGEST_TEXT,
    OPEN,
    Channel,
    Kind,
    Status,
    SupportLine,
    Weight,
)
from tenants.accounts.rights import Level
from tenants.registry.context import in_municipality
from tenants.registry.models import Municipality
from vendor_api.http.answers import object_answer
from vendor_api.http.camel import Camel, read_body
from vendor_api.http.changing import Changeable
from vendor_api.http.lists import ListParameters, asked, page_of
from vendor_api.http.refusals import NotPossible
from vendor_api.resources.ticket_members import (
    AttachmentMembers,
    ClockMembers,
    EventMembers,
    TicketMembers,
    TicketSummary,
    clock_members,
    one_ticket,
    ticket_members,
)


class TicketParameters(ListParameters):
    status = serializers.ChoiceField(required=False, choices=Status.values)
    open = serializers.BooleanField(
        required=False, allow_null=True, help_text="Of zij nog niet is opgelost of gesloten."
    )
    kind = serializers.ChoiceField(required=False, choices=Kind.values)
    priority = serializers.ChoiceField(required=False, choices=Priority.values)
    line = serializers.ChoiceField(required=False, choices=SupportLine.values)
    municipality = serializers.IntegerField(
        required=False, min_value=1, max_value=2**63 - 1, help_text="De id van een gemeente."
    )
    owner = serializers.IntegerField(
        required=False, min_value=1, max_value=2**63 - 1, help_text="De id van wie haar heeft."
    )
    due_before = serializers.DateTimeField(
        required=False, help_text="Waarvan voor dit moment iets klaar moet zijn."
    )
    opened_since = serializers.DateTimeField(required=False, help_text="Gemeld vanaf dit moment.")
    opened_until = serializers.DateTimeField(required=False, help_text="Gemeld tot dit moment.")


FILTERS = {
    "status": "status",
    "kind": "kind",
    "priority": "priority",
    "line": "line",
    "municipality": "municipality",
    "owner": "owner",
    "due_before": "next_due_at__lt",
    "opened_since": "opened_at__gte",
    "opened_until": "opened_at__lt",
}


class NewTicket(Camel):
    municipality = serializers.IntegerField(
        min_value=1, max_value=2**63 - 1, help_text="De id van de gemeente."
    )
    subject = serializers.CharField(max_length=LONGEST_SUBJECT)
    text = serializers.CharField(max_length=LONGEST_TEXT)
    kind = serializers.ChoiceField(choices=Kind.values)
    impact = serializers.ChoiceField(choices=Weight.values)
    urgency = serializers.ChoiceField(choices=Weight.values)
    component = serializers.CharField(
        max_length=LONGEST_COMPONENT, required=False, default="", allow_blank=True
    )
    reporter_name = serializers.CharField(
        max_length=200,
        required=False,
        default="",
        allow_blank=True,
        help_text="Wie het meldt; zonder melder meldt uw organisatie het zelf.",
    )
    reporter_email = serializers.EmailField(max_length=254, required=False, default="", allow_blank=True)
    contains_personal_data = serializers.BooleanField(default=False)


class Tickets(Changeable):
    rights = {
        "list": (AREA, Level.SEE),
        "retrieve": (AREA, Level.SEE),
        "events": (AREA, Level.SEE),
        "clocks": (AREA, Level.SEE),
        "attachments": (AREA, Level.SEE),
        "attachment": (AREA, Level.SEE),
        "create": (AREA, Level.CHANGE),
    }
    files = frozenset({"attachment"})
    model, refused, page_of_one = Ticket, TicketRefused, "api_ticket"
    queryset = Ticket._base_manager.none()  # as of access grants
    serializer_class = TicketMembers

    @extend_schema(
        operation_id="ticket_list",
        summary="Meldingen opvragen",
        parameters=[TicketParameters],
        responses=TicketSummary(many=True),
    )
    def list(self, request: Any) -> HttpResponse:
        """De nieuwste eerst, zonder melder en zonder wat er is geschreven."""
        parameters = asked(request, TicketParameters)
        rows = self._rows().order_by("-pk")
        rows = rows.filter(**{FILTERS[name]: parameters[name] for name in FILTERS if name in parameters})
        if parameters.get("open") is not None:
            rows = rows.filter(status__in=OPEN) if parameters["open"] else rows.exclude(status__in=OPEN)
        return page_of(
            request, rows, parameters, lambda found: [dict(TicketSummary(each).data) for each in found]
        )

    @extend_schema(operation_id="ticket_read", summary="Een melding opvragen")
    def retrieve(self, request: Any, pk: int) -> HttpResponse:
        """Wie wat meldde, wie aan zet is en tot wanneer."""
        return object_answer(request, self.members(self.one(pk)))

    @extend_schema(
        operation_id="ticket_create",
        summary="Een melding maken",
        request=NewTicket,
        responses={201: TicketMembers},
    )
    def create(self, request: Any) -> HttpResponse:
        """De prioriteit volgt uit impact en spoed, en uit het serviceniveau van de gemeente."""
        return self.done_once(self._reported, takes_body=True)

    @extend_schema(
        operation_id="ticket_event_list",
        summary="Opvragen wat er met een melding gebeurde",
        parameters=[ListParameters],
        responses=EventMembers(many=True),
    )
    def events(self, request: Any, pk: int) -> HttpResponse:
        """In volgorde, ook wat de gemeente niet ziet. Niemand wijzigt er een."""
        parameters = asked(request, ListParameters)
        rows = self.one(pk).events.readable().order_by("at", "pk")
        return page_of(
            request, rows, parameters, lambda found: [dict(EventMembers(each).data) for each in found]
        )

    @extend_schema(
        operation_id="ticket_clock_list",
        summary="De klokken van een melding opvragen",
        parameters=[ListParameters],
        responses=ClockMembers(many=True),
    )
    def clocks(self, request: Any, pk: int) -> HttpResponse:
        """Zoals zij nu staan, met regel voor regel waarom. Zonder contract zijn er geen."""
        parameters = asked(request, ListParameters)
        found = self.one(pk)
        counted = clocks_of(found.events.in_order(), found.service_level_version, now=timezone.now())
        return page_of(request, counted, parameters, lambda page: [clock_members(each) for each in page])

    @extend_schema(
        operation_id="ticket_attachment_list",
        summary="De bijlagen van een melding opvragen",
        parameters=[ListParameters],
        responses=AttachmentMembers(many=True),
    )
    def attachments(self, request: Any, pk: int) -> HttpResponse:
        """Wat erbij hoort; het bestand zelf is onder de id ervan."""
        parameters = asked(request, ListParameters)
        rows = Attachment.objects.filter(event__in=self.one(pk).events.readable()).order_by("pk")
        return page_of(
            request, rows, parameters, lambda found: [dict(AttachmentMembers(each).data) for each in found]
        )

    @extend_schema(
        operation_id="ticket_attachment_read",
        summary="Een bijlage ophalen",
        responses={(200, "application/octet-stream"): OpenApiTypes.BINARY},
    )
    def attachment(self, request: Any, pk: int, file: int) -> HttpResponse | FileResponse:
        """Het bestand, zoals het bij de gemeente ligt. Van een gemeente die is beëindigd is er geen."""
        events = self.one(pk).events.readable()
        rows = Attachment.objects.filter(event__in=events, pk=file, erased_at=None)
        found = rows.select_related("municipality").first()
        if found is None or found.municipality.status == Municipality.Status.BEEINDIGD:
            raise NotFound
        try:
            with in_municipality(found.municipality):
                return as_download(key=found.key, name=found.name, content_type=found.content_type)
        except FileNotFoundError as error:
            raise NotFound from error

    def one(self, pk: int) -> Any:
        return one_ticket(self.holder, pk)

    def members(self, found: Any) -> dict[str, Any]:
        return ticket_members(found)

    def _rows(self) -> QuerySet[Any]:
        return Ticket.objects.visible_to(self.holder)

    def _reported(self, body: Any) -> HttpResponse:
        given = read_body(NewTicket, body)
        seen = Municipality.objects.visible_to(self.holder).serving().select_related("vendor")
        municipality = seen.filter(pk=given.pop("municipality")).first()
        if municipality is None:
            raise Invalid([Violation("municipality", "does-not-exist", "Deze gemeente is er niet.")])
        told = Report(
            kind=Kind(given.pop("kind")),
            impact=Weight(given.pop("impact")),
            urgency=Weight(given.pop("urgency")),
            channel=Channel.API,
            **given,
        )
        try:
            made = report(municipality, told, who=who_is(self.holder), now=timezone.now())
        except TicketRefused as refused:
            raise NotPossible(str(refused)) from refused
        return self.made(made.pk)
