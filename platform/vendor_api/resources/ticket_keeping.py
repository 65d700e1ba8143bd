"""What a program keeps with a report: what the reporter said elsewhere, its facts, its links, and hours."""

from __future__ import annotations

from collections.abc import Callable, Mapping
from typing import Any

from django.http import HttpResponse
from rest_framework import serializers

from access.models import Grant
from api.pipeline.words.refusals import Invalid
from api.pipeline.words.violations import Violation
from contracts.models.hours import LONGEST_WHY, MOST_BOOKED
from helpdesk import acting
from helpdesk.acting import Fix, Work
from helpdesk.acting.linking import LONGEST_URL
from helpdesk.models import TicketEvent
from helpdesk.states import AREA
from helpdesk.words import LONGEST_COMPONENT, LONGEST_REASON, Channel, Kind, Weight
from incidents.models import Incident
from tenants.accounts.rights import Level
from vendor_api.http.camel import Camel
from vendor_api.resources.ticket_changing import OfTicket, Words, act

ACTS = ("reply", "change_details", "link", "record_hotfix", "close", "book")
SAYS: Mapping[str, Callable[..., TicketEvent]] = {
    "reply": acting.reply,
    "dispute": acting.dispute,
    "confirm": acting.confirm,
    "withdraw": acting.withdraw,
}


class Reply(Words):
    what = serializers.ChoiceField(choices=list(SAYS), default="reply", help_text="Wat de melder deed.")
    channel = serializers.ChoiceField(choices=[Channel.TELEFOON.value, Channel.MAIL.value])


class Details(Camel):
    kind = serializers.ChoiceField(choices=Kind.values)
    component = serializers.CharField(
        max_length=LONGEST_COMPONENT, required=False, allow_blank=True, default=""
    )
    contains_personal_data = serializers.BooleanField(default=False)


class Link(Camel):
    """What is not named stays as it is."""

    issue = serializers.CharField(
        max_length=LONGEST_URL,
        required=False,
        allow_blank=True,
        help_text="Een openbaar adres; leeg haalt het weg. De gemeente ziet het.",
    )
    incident = serializers.IntegerField(
        required=False,
        allow_null=True,
        min_value=1,
        max_value=2**63 - 1,
        help_text="De id van een storing die deze gemeente raakt; null haalt haar weg.",
    )
    access_grant = serializers.IntegerField(
        required=False, min_value=1, max_value=2**63 - 1, help_text="De id van een toegang tot deze gemeente."
    )

    def validate(self, attrs: dict[str, Any]) -> dict[str, Any]:
        if not attrs:
            raise serializers.ValidationError({"issue": "Noem een issue, een storing of een toegang."})
        return attrs


class NewHotfix(Camel):
    severity = serializers.ChoiceField(choices=Weight.values)
    reason = serializers.CharField(
        max_length=LONGEST_REASON, help_text="Waarom het niet kan wachten. De gemeente leest dit."
    )
    tested_on = serializers.CharField(max_length=LONGEST_REASON)
    rollback = serializers.CharField(max_length=LONGEST_REASON, help_text="Hoe het terug gaat.")
    upstream = serializers.CharField(
        max_length=LONGEST_URL,
        required=False,
        allow_blank=True,
        default="",
        help_text="Het openbare adres van de wijziging.",
    )


class NewWork(Camel):
    minutes = serializers.IntegerField(min_value=1, max_value=MOST_BOOKED)
    on = serializers.DateField()
    why = serializers.CharField(max_length=LONGEST_WHY, help_text="Wat er is gedaan. De gemeente leest dit.")


class TicketKeeping(OfTicket):
    rights = dict.fromkeys(ACTS, (AREA, Level.CHANGE))
    changing = frozenset(ACTS)

    @act("ticket_reply_create", "Vastleggen wat de melder zei", Reply)
    def reply(self, request: Any, pk: int) -> HttpResponse:
        """Aan de telefoon of per mail. Vanaf dan zijn wij aan zet, tenzij de melder bevestigt of intrekt."""

        def say(ticket: Any, given: dict[str, Any], how: dict[str, Any]) -> object:
            return SAYS[given["what"]](ticket, given["text"], channel=Channel(given["channel"]), **how)

        return self.acted(pk, Reply, say)

    @act("ticket_details_create", "De gegevens van een melding wijzigen", Details)
    def change_details(self, request: Any, pk: int) -> HttpResponse:
        """Geen klok verandert."""

        def change(ticket: Any, given: dict[str, Any], how: dict[str, Any]) -> object:
            return acting.change_details(ticket, **{**given, "kind": Kind(given["kind"])}, **how)

        return self.acted(pk, Details, change)

    @act("ticket_link_create", "Een issue, storing of toegang aan een melding koppelen", Link)
    def link(self, request: Any, pk: int) -> HttpResponse:
        """Alleen wat van dezelfde gemeente is en wat de sleutel ziet."""

        def join(ticket: Any, given: dict[str, Any], how: dict[str, Any]) -> None:
            if "access_grant" in given:
                acting.link_grant(ticket, self._seen(Grant, "accessGrant", given["access_grant"]), **how)
            if "incident" in given:
                named = given["incident"]
                incident = None if named is None else self._seen(Incident, "incident", named)
                acting.link_incident(ticket, incident, **how)
            if "issue" in given:
                acting.link_issue(ticket, given["issue"], **how)

        return self.acted(pk, Link, join)

    @act("ticket_hotfix_create", "Een hotfix vastleggen", NewHotfix)
    def record_hotfix(self, request: Any, pk: int) -> HttpResponse:
        """Beide kanten lezen dat er een is, en waarom."""

        def record(ticket: Any, given: dict[str, Any], how: dict[str, Any]) -> object:
            return acting.record_hotfix(
                ticket, Fix(**{**given, "severity": Weight(given["severity"])}), **how
            )

        return self.acted(pk, NewHotfix, record)

    @act("ticket_closing_create", "Een melding zonder antwoord sluiten", Words)
    def close(self, request: Any, pk: int) -> HttpResponse:
        """Nadat de melder twee keer is herinnerd en sluiten is voorgesteld. De melder krijgt de tekst."""
        return self.said(pk, Words, lambda ticket, text, how: acting.close_unanswered(ticket, text, **how))

    @act("ticket_hours_create", "Uren voor een melding boeken", NewWork)
    def book(self, request: Any, pk: int) -> HttpResponse:
        """Van de strippenkaart van het contract dat op die dag de eerste lijn van deze omgeving dekt."""

        def work(ticket: Any, given: dict[str, Any], how: dict[str, Any]) -> object:
            return acting.book_hours(ticket, Work(**given), **how)

        return self.acted(pk, NewWork, work)

    def _seen(self, model: Any, name: str, pk: int) -> Any:
        """Raises Invalid for what the key does not see."""
        found = model.objects.visible_to(self.holder).filter(pk=pk).first()
        if found is None:
            raise Invalid([Violation(name, "does-not-exist", "Dit is er niet.")])
        return found
