"""What the acts on a report have alike: how it is read, how it is shown, who does it and when."""

from __future__ import annotations

from collections.abc import Callable
from typing import Any

from django.http import HttpResponse
from django.utils import timezone
from drf_spectacular.utils import extend_schema
from rest_framework import serializers

from helpdesk.models import Ticket
from helpdesk.refusals import TicketRefused
from helpdesk.who import who_is
from helpdesk.words import LONGEST_TEXT, Channel
from vendor_api.http.camel import Camel, read_body
from vendor_api.http.changing import Changeable
from vendor_api.resources.ticket_members import TicketMembers, one_ticket, ticket_members


class Words(Camel):
    text = serializers.CharField(max_length=LONGEST_TEXT)


def act(operation: str, summary: str, body: type[Camel]) -> Callable[[Any], Any]:
    """Each is described alike: what is sent differs, what is answered is the report as it stands."""
    decorate: Callable[[Any], Any] = extend_schema(
        operation_id=operation, summary=summary, request=body, responses={200: TicketMembers}
    )
    return decorate


class OfTicket(Changeable):
    model, refused, page_of_one = Ticket, TicketRefused, "api_ticket"
    queryset = Ticket._base_manager.none()  # as of access grants
    serializer_class = TicketMembers

    def one(self, pk: int) -> Any:
        return one_ticket(self.holder, pk)

    def left(self, pk: int) -> Any:
        """Whoever gave it back reads once more how it was left."""
        return Ticket.objects.select_related("service_level_version").get(pk=pk)

    def members(self, found: Any) -> dict[str, Any]:
        return ticket_members(found)

    def acted(
        self, pk: int, body: type[Camel], do: Callable[[Any, dict[str, Any], dict[str, Any]], object]
    ) -> HttpResponse:
        """``do`` is given the report, what the body says, and who does it when."""

        def done(ticket: Any, sent: Any) -> object:
            return do(ticket, read_body(body, sent), {"who": who_is(self.holder), "now": timezone.now()})

        return self.changed(pk, done, takes_body=True)

    def said(
        self,
        pk: int,
        body: type[Camel],
        do: Callable[[Any, str, dict[str, Any]], object],
        *,
        api: bool = False,
    ) -> HttpResponse:
        """As ``acted``, of words alone; some acts keep by which way they came."""
        way = {"channel": Channel.API} if api else {}
        return self.acted(pk, body, lambda ticket, given, how: do(ticket, given["text"], {**how, **way}))
