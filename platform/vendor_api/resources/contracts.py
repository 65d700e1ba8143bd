"""Support contracts: read, drawn up, offered and taken back by programs. Signing is a person's."""

from __future__ import annotations

from collections.abc import Sequence
from typing import Any

from django.http import HttpResponse
from django.utils import timezone
from drf_spectacular.utils import extend_schema
from rest_framework import serializers

from api.pipeline.words.refusals import Invalid
from api.pipeline.words.violations import Violation
from contracts.contract_acts import note_notice, offer, withdraw
from contracts.contract_refusals import ContractRefused
from contracts.drafting import LineTerms, amend, begin_contract, write_lines
from contracts.environments import coverable
from contracts.models import Contract, ContractVersion
from contracts.states import Side
from tenants.accounts.rights import Level
from vendor_api.http.answers import object_answer
from vendor_api.http.camel import Camel, read_body
from vendor_api.http.lists import ListParameters, asked, page_of
from vendor_api.http.refusals import NotPossible
from vendor_api.resources.contract_changing import AREA, OfContract, act
from vendor_api.resources.contract_members import (
    AgreedMembers,
    ContractMembers,
    ContractSummary,
    summary_of,
    version_members,
)
from vendor_api.resources.contract_terms import NewTerms, read_terms


class ContractParameters(ListParameters):
    municipality = serializers.IntegerField(
        required=False, min_value=1, max_value=2**63 - 1, help_text="De id van een gemeente."
    )
    number = serializers.CharField(required=False, max_length=20, help_text="Zoals OC-2026-0118.")


class NewContract(NewTerms):
    municipality = serializers.IntegerField(
        min_value=1, max_value=2**63 - 1, help_text="De id van de gemeente."
    )
    client_kvk = serializers.RegexField(r"^[0-9]{8}$", required=False, default="", allow_blank=True)


class NewOffer(Camel):
    until = serializers.DateField(help_text="De laatste dag waarop zij kan worden getekend.")


class Withdrawal(Camel):
    reason = serializers.CharField(max_length=1000, help_text="De gemeente leest dit.")


class NewNotice(Camel):
    """That the gemeente gave it, by letter."""

    last_day = serializers.DateField(help_text="De laatste dag van het contract, zoals u die zag.")
    reason = serializers.CharField(max_length=1000)


class Contracts(OfContract):
    rights = {
        "list": (AREA, Level.SEE),
        "retrieve": (AREA, Level.SEE),
        "versions": (AREA, Level.SEE),
        "create": (AREA, Level.CHANGE),
        "amend": (AREA, Level.CHANGE),
        "offer": (AREA, Level.CHANGE),
        "withdraw": (AREA, Level.CHANGE),
        "notice": (AREA, Level.CHANGE),
    }
    changing = frozenset({"amend", "offer", "withdraw", "notice"})

    @extend_schema(
        operation_id="contract_list",
        summary="Contracten opvragen",
        parameters=[ContractParameters],
        responses=ContractSummary(many=True),
    )
    def list(self, request: Any) -> HttpResponse:
        """Die van de eigen organisatie, het laatste nummer eerst."""
        parameters, today = asked(request, ContractParameters), timezone.localdate()
        rows = Contract.objects.visible_to(self.holder).order_by("-number", "-pk")
        if "municipality" in parameters:
            rows = rows.filter(covers__municipality=parameters["municipality"]).distinct()
        if "number" in parameters:
            rows = rows.filter(number__iexact=parameters["number"])
        return page_of(
            request,
            rows.prefetch_related("versions__covers"),
            parameters,
            lambda found: [summary_of(each, today) for each in found],
        )

    @extend_schema(operation_id="contract_read", summary="Een contract opvragen")
    def retrieve(self, request: Any, pk: int) -> HttpResponse:
        """Wat vandaag geldt, en wat nog niet is getekend."""
        return object_answer(request, self.members(self.one(pk)))

    @extend_schema(
        operation_id="contract_create",
        summary="Een contract opstellen",
        request=NewContract,
        responses={201: ContractMembers},
    )
    def create(self, request: Any) -> HttpResponse:
        """Als concept, voor elke omgeving van de gemeente. Zij ziet het pas als u het aanbiedt.

        Partijen, omgevingen, prijsregels en bijlagen hebben elk een eigen bewerking.
        """
        return self.done_once(self._begun, takes_body=True)

    @extend_schema(
        operation_id="contract_version_list",
        summary="De versies van een contract opvragen",
        parameters=[ListParameters],
        responses=AgreedMembers(many=True),
    )
    def versions(self, request: Any, pk: int) -> HttpResponse:
        """De laatste eerst, elk met wie wat doet, waarvoor, en tegen welke prijs."""
        parameters, today = asked(request, ListParameters), timezone.localdate()
        contract = self.one(pk)
        known = list(contract.versions.all())
        return page_of(
            request,
            sorted(known, key=lambda each: -each.number),
            parameters,
            lambda found: [version_members(each, contract, known, today) for each in found],
        )

    @act("contract_version_create", "Een addendum opstellen", NewTerms, 201)
    def amend(self, request: Any, pk: int) -> HttpResponse:
        """De nieuwe versie begint als wat nu geldt, en is een concept."""

        def draft(contract: Any, given: dict[str, Any]) -> None:
            terms, now = read_terms(given, self.holder), timezone.now()
            version = amend(contract, terms, person=self.holder, now=now)
            self._write_lines(version, given)

        return self.acted(pk, NewTerms, draft, 201)

    @act("contract_offer_create", "Een contract aanbieden", NewOffer)
    def offer(self, request: Any, pk: int) -> HttpResponse:
        """Het concept gaat naar de gemeente ter ondertekening, en niemand wijzigt het meer."""

        def offer_it(contract: Any, given: dict[str, Any]) -> None:
            until = given["until"]
            offer(self.draft_of(contract), until=until, person=self.holder, now=timezone.now())

        return self.acted(pk, NewOffer, offer_it)

    @act("contract_withdrawal_create", "Een aanbod intrekken", Withdrawal)
    def withdraw(self, request: Any, pk: int) -> HttpResponse:
        """Niemand kan deze versie nog ondertekenen."""

        def take_back(contract: Any, given: dict[str, Any]) -> None:
            withdraw(self.draft_of(contract), given["reason"], person=self.holder, now=timezone.now())

        return self.acted(pk, Withdrawal, take_back)

    @act("contract_notice_create", "Een opzegging van de gemeente vastleggen", NewNotice)
    def notice(self, request: Any, pk: int) -> HttpResponse:
        """Voor een opzegging per brief. Zelf opzeggen doet een mens."""

        def note(contract: Any, given: dict[str, Any]) -> None:
            last_day, now = given["last_day"], timezone.now()
            note_notice(
                contract, given["reason"], by=Side.GEMEENTE, last_day=last_day, person=self.holder, now=now
            )

        return self.acted(pk, NewNotice, note)

    def _begun(self, body: Any) -> HttpResponse:
        given = read_body(NewContract, body)
        seen = coverable(self.holder).select_related("vendor")
        municipality = seen.filter(pk=given["municipality"]).first()
        if municipality is None:
            raise Invalid([Violation("municipality", "does-not-exist", "Deze gemeente is er niet.")])
        kvk, terms, now = given["client_kvk"], read_terms(given, self.holder), timezone.now()
        try:
            version = begin_contract(municipality, terms, kvk=kvk, person=self.holder, now=now)
            self._write_lines(version, given)
        except ContractRefused as refused:
            raise NotPossible(str(refused)) from refused
        return self.made(version.contract_id)

    def _write_lines(self, version: ContractVersion, given: dict[str, Any]) -> None:
        lines: Sequence[dict[str, Any]] | None = given.get("lines")
        if lines is not None:
            write_lines(version, [LineTerms(**each) for each in lines], person=self.holder)
