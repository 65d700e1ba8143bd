"""The hours of a contract: read, bought, booked and corrected by programs. Nothing in the ledger changes."""

from __future__ import annotations

from typing import Any

from django.http import HttpResponse
from django.utils import timezone
from drf_spectacular.utils import extend_schema
from rest_framework import serializers

from api.pipeline.words.refusals import Invalid
from api.pipeline.words.violations import Violation
from contracts.hours import LONGEST_NUMBER, book, buy, correct
from contracts.models import HoursEntry
from contracts.models.hours import LONGEST_WHY, MOST_BOOKED, MOST_BOUGHT
from tenants.accounts.rights import Level
from vendor_api.http.camel import Camel
from vendor_api.http.lists import ListParameters, asked, page_of
from vendor_api.resources.contract_changing import AREA, OfContract, act
from vendor_api.resources.contract_members import HoursMembers


class NewPurchase(Camel):
    minutes = serializers.IntegerField(min_value=1, max_value=MOST_BOUGHT)
    on = serializers.DateField()
    who = serializers.CharField(max_length=200, help_text="Wie ze bestelde.")
    why = serializers.CharField(
        max_length=LONGEST_WHY, help_text="Zoals het inkoopnummer. De gemeente leest dit ook."
    )


class NewHours(Camel):
    minutes = serializers.IntegerField(min_value=1, max_value=MOST_BOOKED)
    on = serializers.DateField()
    who = serializers.CharField(max_length=200, help_text="Wie er werkte.")
    why = serializers.CharField(max_length=LONGEST_WHY)
    ticket = serializers.RegexField(
        rf"^[0-9]{{0,{LONGEST_NUMBER}}}$",
        required=False,
        default="",
        allow_blank=True,
        help_text="Het nummer van een melding van deze gemeente.",
    )


class NewCorrection(Camel):
    entry = serializers.IntegerField(
        min_value=1, max_value=2**63 - 1, help_text="De id van de regel die niet klopt."
    )
    why = serializers.CharField(max_length=LONGEST_WHY, help_text="De gemeente leest dit ook.")


class ContractHours(OfContract):
    rights = {
        "hours": (AREA, Level.SEE),
        "book": (AREA, Level.CHANGE),
        "buy": (AREA, Level.CHANGE),
        "correct": (AREA, Level.CHANGE),
    }
    changing = frozenset({"book", "buy", "correct"})

    @extend_schema(
        operation_id="contract_hours_list",
        summary="De uren van een contract opvragen",
        parameters=[ListParameters],
        responses=HoursMembers(many=True),
    )
    def hours(self, request: Any, pk: int) -> HttpResponse:
        """Wat is gekocht, geboekt en gecorrigeerd; het laatste eerst."""
        parameters = asked(request, ListParameters)
        rows = HoursEntry.objects.of_contract(self.one(pk)).order_by("-recorded_at", "-pk")
        return page_of(
            request, rows, parameters, lambda found: [dict(HoursMembers(each).data) for each in found]
        )

    @act("contract_hours_create", "Uren boeken", NewHours, 201)
    def book(self, request: Any, pk: int) -> HttpResponse:
        """Van de gekochte uren, op een dag waarop het contract loopt."""

        def write(contract: Any, given: dict[str, Any]) -> None:
            minutes, ticket = given.pop("minutes"), given.pop("ticket")
            book(contract, minutes, **given, ticket_number=ticket, person=self.holder)

        return self.acted(pk, NewHours, write, 201)

    @act("contract_hour_purchase_create", "Gekochte uren vastleggen", NewPurchase, 201)
    def buy(self, request: Any, pk: int) -> HttpResponse:
        """Van een contract dat is getekend."""

        def write(contract: Any, given: dict[str, Any]) -> None:
            buy(contract, given.pop("minutes"), **given, person=self.holder, now=timezone.now())

        return self.acted(pk, NewPurchase, write, 201)

    @act("contract_hour_correction_create", "Een regel met uren corrigeren", NewCorrection, 201)
    def correct(self, request: Any, pk: int) -> HttpResponse:
        """Er komt een tegenregel bij; wat er staat wijzigt nooit."""

        def write(contract: Any, given: dict[str, Any]) -> None:
            own = HoursEntry.objects.of_contract(contract).select_related("contract")
            wrong: HoursEntry | None = own.filter(pk=given["entry"]).first()
            if wrong is None:
                raise Invalid([Violation("entry", "does-not-exist", "Deze regel is er niet.")])
            correct(wrong, why=given["why"], person=self.holder, now=timezone.now())

        return self.acted(pk, NewCorrection, write, 201)
