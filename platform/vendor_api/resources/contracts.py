"""Support contracts: read, drawn up, offered and taken back by programs. Signing is a person's."""

from __future__ import annotations

from collections.abc import Sequence
from typing import Any

from django.http import HttpResponse
from django.utils import timezone
from drf_spectacular.utils import extend_schema
from rest_framework import serializers

from api.pipeline.words.refusals import Invalid, NotFound
from api.pipeline.words.violations import Violation
from contracts.contract_acts import note_notice, offer, withdraw
from contracts.contract_refusals import ContractRefused
from contracts.drafting import (
    MOST_LINES,
    LineTerms,
    Terms,
    amend,
    begin_contract,
    complaints_of_days,
    write_lines,
)
from contracts.environments import coverable
from contracts.hours import HoursRefused, balance_of, book
from contracts.models import (
    BreakGlass,
    Contract,
    ContractVersion,
    CostKind,
    HoursEntry,
    Per,
    Renewal,
    ServiceLevelVersion,
)
from contracts.models.agreed import MOST_CENTS, MOST_OF_ONE
from contracts.models.contract_version import MOST_NOTICE_MONTHS
from contracts.models.hours import LONGEST_WHY, MOST_BOOKED
from contracts.states import OPEN, VENDOR_AREA, Side, State
from tenants.accounts.rights import Level
from vendor_api.http.answers import object_answer
from vendor_api.http.camel import Camel, read_body
from vendor_api.http.changing import Changeable
from vendor_api.http.lists import ListParameters, asked, page_of
from vendor_api.http.refusals import NotPossible
from vendor_api.resources.contract_members import (
    PARTS,
    AgreedMembers,
    ContractMembers,
    ContractSummary,
    HoursMembers,
    summary_of,
    version_members,
    whole_contract,
)

AREA = VENDOR_AREA


class ContractParameters(ListParameters):
    municipality = serializers.IntegerField(
        required=False, min_value=1, max_value=2**63 - 1, help_text="De id van een gemeente."
    )
    number = serializers.CharField(required=False, max_length=20, help_text="Zoals OC-2026-0118.")


class NewLine(Camel):
    kind = serializers.ChoiceField(choices=CostKind.values)
    label = serializers.CharField(max_length=200)  # type: ignore[assignment]  # every field has a label too
    quantity = serializers.IntegerField(min_value=1, max_value=MOST_OF_ONE, default=1)
    unit = serializers.CharField(max_length=60, required=False, default="", allow_blank=True)
    unit_cents = serializers.IntegerField(
        min_value=-MOST_CENTS, max_value=MOST_CENTS, help_text="Zonder btw; onder nul is een korting."
    )
    per = serializers.ChoiceField(choices=Per.values, default=Per.YEAR.value)


class NewTerms(Camel):
    service_level = serializers.IntegerField(
        min_value=1, max_value=2**63 - 1, help_text="De id van een serviceniveau."
    )
    service_level_version = serializers.IntegerField(
        min_value=1, max_value=2**31 - 1, help_text="Het nummer van zijn versie."
    )
    start = serializers.DateField()
    end = serializers.DateField()
    reason = serializers.CharField(max_length=500, help_text="De gemeente leest dit bij de versie.")
    renewal = serializers.ChoiceField(choices=Renewal.values, default=Renewal.YEARLY.value)
    notice_months = serializers.IntegerField(min_value=0, max_value=MOST_NOTICE_MONTHS, default=3)
    indexation = serializers.CharField(max_length=300, required=False, default="", allow_blank=True)
    indexation_from = serializers.DateField(required=False, allow_null=True, default=None)
    purchase_order = serializers.CharField(max_length=60, required=False, default="", allow_blank=True)
    cost_centre = serializers.CharField(max_length=40, required=False, default="", allow_blank=True)
    callers = serializers.CharField(max_length=2000, required=False, default="", allow_blank=True)
    escalation = serializers.CharField(max_length=2000, required=False, default="", allow_blank=True)
    security_contact = serializers.CharField(max_length=254, required=False, default="", allow_blank=True)
    break_glass = serializers.ChoiceField(choices=BreakGlass.values, default=BreakGlass.NONE.value)
    overdraft = serializers.BooleanField(default=False)
    lines = serializers.ListField(
        child=NewLine(),
        max_length=MOST_LINES,
        required=False,
        help_text="Alle prijsregels; een addendum zonder houdt die van de vorige versie.",
    )

    def validate(self, attrs: dict[str, Any]) -> dict[str, Any]:
        if complaints := complaints_of_days(attrs["start"], attrs["end"], timezone.localdate()):
            raise serializers.ValidationError(complaints)
        if attrs["indexation_from"] and not attrs["indexation"]:
            raise serializers.ValidationError({"indexation": "Schrijf op hoe het bedrag verandert."})
        return attrs


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


class NewHours(Camel):
    minutes = serializers.IntegerField(min_value=1, max_value=MOST_BOOKED)
    on = serializers.DateField()
    who = serializers.CharField(max_length=200, help_text="Wie er werkte.")
    why = serializers.CharField(max_length=LONGEST_WHY)
    ticket = serializers.RegexField(
        r"^[0-9]{0,18}$",
        required=False,
        default="",
        allow_blank=True,
        help_text="Het nummer van een melding.",
    )


class Contracts(Changeable):
    rights = {
        "list": (AREA, Level.SEE),
        "retrieve": (AREA, Level.SEE),
        "versions": (AREA, Level.SEE),
        "hours": (AREA, Level.SEE),
        "create": (AREA, Level.CHANGE),
        "amend": (AREA, Level.CHANGE),
        "offer": (AREA, Level.CHANGE),
        "withdraw": (AREA, Level.CHANGE),
        "notice": (AREA, Level.CHANGE),
        "book": (AREA, Level.CHANGE),
    }
    changing = frozenset({"amend", "offer", "withdraw", "notice", "book"})
    model, refused, page_of_one = Contract, (ContractRefused, HoursRefused), "api_contract"
    queryset = Contract._base_manager.none()  # as of access grants
    serializer_class = ContractMembers

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

        Partijen, omgevingen en bijlagen wijzigt een mens in de leveranciersconsole.
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

    @extend_schema(
        operation_id="contract_version_create",
        summary="Een addendum opstellen",
        request=NewTerms,
        responses={201: ContractMembers},
    )
    def amend(self, request: Any, pk: int) -> HttpResponse:
        """De nieuwe versie begint als wat nu geldt, en is een concept."""

        def draft(contract: Any, body: Any) -> None:
            given, now = read_body(NewTerms, body), timezone.now()
            version = amend(contract, self._terms(given), person=self.holder, now=now)
            self._write_lines(version, given)

        return self.changed(pk, draft, takes_body=True, status=201)

    @extend_schema(
        operation_id="contract_offer_create",
        summary="Een contract aanbieden",
        request=NewOffer,
        responses={200: ContractMembers},
    )
    def offer(self, request: Any, pk: int) -> HttpResponse:
        """Het concept gaat naar de gemeente ter ondertekening, en niemand wijzigt het meer."""

        def offer_it(contract: Any, body: Any) -> None:
            until = read_body(NewOffer, body)["until"]
            offer(self._draft(contract), until=until, person=self.holder, now=timezone.now())

        return self.changed(pk, offer_it, takes_body=True)

    @extend_schema(
        operation_id="contract_withdrawal_create",
        summary="Een aanbod intrekken",
        request=Withdrawal,
        responses={200: ContractMembers},
    )
    def withdraw(self, request: Any, pk: int) -> HttpResponse:
        """Niemand kan deze versie nog ondertekenen."""

        def take_back(contract: Any, body: Any) -> None:
            reason = read_body(Withdrawal, body)["reason"]
            withdraw(self._draft(contract), reason, person=self.holder, now=timezone.now())

        return self.changed(pk, take_back, takes_body=True)

    @extend_schema(
        operation_id="contract_notice_create",
        summary="Een opzegging van de gemeente vastleggen",
        request=NewNotice,
        responses={200: ContractMembers},
    )
    def notice(self, request: Any, pk: int) -> HttpResponse:
        """Voor een opzegging per brief. Zelf opzeggen doet een mens."""

        def note(contract: Any, body: Any) -> None:
            given = read_body(NewNotice, body)
            last_day, now = given["last_day"], timezone.now()
            note_notice(
                contract, given["reason"], by=Side.GEMEENTE, last_day=last_day, person=self.holder, now=now
            )

        return self.changed(pk, note, takes_body=True)

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

    @extend_schema(
        operation_id="contract_hours_create",
        summary="Uren boeken",
        request=NewHours,
        responses={201: ContractMembers},
    )
    def book(self, request: Any, pk: int) -> HttpResponse:
        """Van de gekochte uren. Uren kopen en corrigeren doet een mens."""

        def write(contract: Any, body: Any) -> None:
            given = read_body(NewHours, body)
            minutes, ticket = given.pop("minutes"), given.pop("ticket")
            book(contract, minutes, **given, ticket_number=ticket, person=self.holder)

        return self.changed(pk, write, takes_body=True, status=201)

    def one(self, pk: int) -> Any:
        rows = Contract.objects.visible_to(self.holder)
        found = rows.prefetch_related("versions__service_level_version", *PARTS).filter(pk=pk).first()
        if found is None:
            raise NotFound
        return found

    def members(self, found: Any) -> dict[str, Any]:
        return whole_contract(found, timezone.localdate(), balance_of(found))

    def _begun(self, body: Any) -> HttpResponse:
        given = read_body(NewContract, body)
        seen = coverable(self.holder).select_related("vendor")
        municipality = seen.filter(pk=given["municipality"]).first()
        if municipality is None:
            raise Invalid([Violation("municipality", "does-not-exist", "Deze gemeente is er niet.")])
        kvk, terms, now = given["client_kvk"], self._terms(given), timezone.now()
        try:
            version = begin_contract(municipality, terms, kvk=kvk, person=self.holder, now=now)
            self._write_lines(version, given)
        except ContractRefused as refused:
            raise NotPossible(str(refused)) from refused
        return self.made(version.contract_id)

    def _terms(self, given: dict[str, Any]) -> Terms:
        """Raises Invalid for a service level of another organisation."""
        level = ServiceLevelVersion.objects.filter(
            level=given["service_level"],
            level__organisation=self.holder.organisation_id or 0,
            number=given["service_level_version"],
        ).first()
        if level is None:
            raise Invalid([Violation("serviceLevel", "does-not-exist", "Deze versie is er niet.")])
        said = {name: given[name] for name in Terms.__dataclass_fields__ if name != "service_level_version"}
        return Terms(service_level_version=level, **said)

    def _write_lines(self, version: ContractVersion, given: dict[str, Any]) -> None:
        lines: Sequence[dict[str, Any]] | None = given.get("lines")
        if lines is not None:
            write_lines(version, [LineTerms(**each) for each in lines], person=self.holder)

    def _draft(self, contract: Contract) -> ContractVersion:
        """What was drawn up and not signed; a concept or an offer, which the act asks of it."""
        found = contract.versions.filter(state__in=OPEN).select_related("contract").first()
        if found is None:
            raise NotPossible(f"Er is geen {State.CONCEPT.label.lower()} of aanbod.")
        return found
