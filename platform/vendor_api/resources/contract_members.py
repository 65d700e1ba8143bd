"""How a contract and what it agrees look to a program."""

from __future__ import annotations

from collections.abc import Iterable
from datetime import date
from typing import Any

from rest_framework import serializers

from contracts.content import Whole
from contracts.models import (
    AnnexKind,
    BreakGlass,
    Contract,
    ContractVersion,
    CostKind,
    HoursKind,
    How,
    Line,
    Per,
    Renewal,
)
from contracts.standing import shown_version, standing_of, standing_of_version
from contracts.states import OPEN, Side, Standing
from tenants.registry.models import Municipality
from vendor_api.http.camel import Camel

PARTS = (
    "versions__parties",
    "versions__covers",
    "versions__lines",
    "versions__annexes",
    "versions__signatures",
)


class PartyMembers(Camel):
    line = serializers.ChoiceField(choices=Line.values)
    organisation = serializers.IntegerField(source="organisation_id", help_text="De id van de organisatie.")
    name = serializers.CharField(help_text="Zoals zij toen heette.")


class CoverMembers(Camel):
    municipality = serializers.IntegerField(source="municipality_id", help_text="De id van de gemeente.")
    name = serializers.CharField(source="municipality_name")
    environment = serializers.ChoiceField(choices=Municipality.Environment.values)
    components = serializers.ListField(child=serializers.CharField(), help_text="Leeg is alles.")


class PriceLineMembers(Camel):
    kind = serializers.ChoiceField(choices=CostKind.values)
    label = serializers.CharField()  # type: ignore[assignment]  # every field has a label too
    quantity = serializers.IntegerField()
    unit = serializers.CharField()
    unit_cents = serializers.IntegerField(help_text="Zonder btw.")
    total_cents = serializers.IntegerField()
    per = serializers.ChoiceField(choices=Per.values)


class AnnexMembers(Camel):
    """What is known of a document; the document itself is read by a person."""

    id = serializers.IntegerField(source="pk")
    kind = serializers.ChoiceField(choices=AnnexKind.values)
    name = serializers.CharField()
    document_version = serializers.CharField()
    valid_from = serializers.DateField()
    size = serializers.IntegerField(help_text="In bytes; 0 waar alleen een verwijzing is.")
    sha256 = serializers.CharField()
    reference = serializers.CharField()
    signed_at = serializers.DateTimeField(allow_null=True)


class SignatureMembers(Camel):
    side = serializers.ChoiceField(choices=Side.values)
    name = serializers.CharField()
    function = serializers.CharField()
    signed_on = serializers.DateField()
    how = serializers.ChoiceField(choices=How.values)


class AgreedMembers(Camel):
    """A version with all that it agrees."""

    number = serializers.IntegerField()
    standing = serializers.ChoiceField(choices=Standing.values, help_text="Hoe zij vandaag staat.")
    service_level_version = serializers.IntegerField(source="service_level_version.number")
    service_level = serializers.IntegerField(
        source="service_level_version.level_id", help_text="De id van het serviceniveau."
    )
    start = serializers.DateField()
    end = serializers.DateField()
    renewal = serializers.ChoiceField(choices=Renewal.values)
    notice_months = serializers.IntegerField()
    indexation = serializers.CharField()
    indexation_from = serializers.DateField(allow_null=True)
    indexation_cap = serializers.DecimalField(
        max_digits=5,
        decimal_places=2,
        allow_null=True,
        help_text="In procenten per jaar; leeg is zonder grens.",
    )
    indexation_by_clause = serializers.BooleanField(
        help_text="Of indexering geldt zonder nieuwe handtekening van de gemeente."
    )
    index_percentage = serializers.DecimalField(
        max_digits=5,
        decimal_places=2,
        allow_null=True,
        help_text="Het cijfer waarmee de prijzen van deze versie zijn geïndexeerd, zoals gepubliceerd.",
    )
    index_source = serializers.CharField(help_text="Wie dat cijfer publiceerde, en waar.")
    index_month = serializers.DateField(allow_null=True, help_text="Van welke maand het is, als eerste dag.")
    purchase_order = serializers.CharField()
    cost_centre = serializers.CharField()
    callers = serializers.CharField(help_text="Wie mag melden, op elke regel een.")
    escalation = serializers.CharField()
    security_contact = serializers.CharField()
    break_glass = serializers.ChoiceField(choices=BreakGlass.values)
    overdraft = serializers.BooleanField(help_text="Of er meer uren geboekt mogen worden dan gekocht.")
    reason = serializers.CharField()
    offered_at = serializers.DateTimeField(allow_null=True)
    offer_until = serializers.DateField(allow_null=True)
    digest = serializers.CharField(help_text="SHA-256 van wat is aangeboden.")
    signed_at = serializers.DateTimeField(allow_null=True)
    yearly_cents = serializers.IntegerField(help_text="Zonder btw.")
    once_cents = serializers.IntegerField(help_text="Zonder btw.")
    parties = PartyMembers(many=True)
    covers = CoverMembers(many=True)
    lines = PriceLineMembers(many=True)
    annexes = AnnexMembers(many=True)
    signatures = SignatureMembers(many=True)


class ContractSummary(Camel):
    id = serializers.IntegerField(source="pk")
    number = serializers.CharField(help_text="Hoe mensen het noemen.")
    client_name = serializers.CharField(help_text="De gemeente, zoals zij toen heette.")
    standing = serializers.ChoiceField(choices=Standing.values, help_text="Hoe het vandaag staat.")
    version = serializers.IntegerField(
        source="shown.number", help_text="Wat vandaag geldt; anders wat gaat gelden, gold of is opgesteld."
    )
    start = serializers.DateField(source="shown.start")
    end = serializers.DateField(source="shown.end")
    municipalities = serializers.ListField(
        child=serializers.IntegerField(), help_text="De id's van de gemeenten waarvoor die versie geldt."
    )
    ends_on = serializers.DateField(
        allow_null=True, help_text="De laatste dag, als het is opgezegd of de gemeente ging."
    )


class ContractMembers(ContractSummary):
    client_oin = serializers.CharField()
    client_rsin = serializers.CharField()
    client_kvk = serializers.CharField()
    notice_at = serializers.DateTimeField(allow_null=True)
    notice_side = serializers.ChoiceField(
        choices=["", *Side.values], help_text="Wie opzegde; leeg zolang niemand."
    )
    notice_reason = serializers.CharField()
    balance_minutes = serializers.IntegerField(help_text="Wat er over is van de gekochte uren.")
    shown = AgreedMembers(source="agreed")
    draft = AgreedMembers(
        allow_null=True, help_text="De versie die nog niet is getekend: een concept of een aanbod."
    )


class HoursMembers(Camel):
    id = serializers.IntegerField(source="pk")
    kind = serializers.ChoiceField(choices=HoursKind.values)
    minutes = serializers.IntegerField(help_text="Onder nul als er is geboekt.")
    on = serializers.DateField()
    who = serializers.CharField(source="who_name")
    why = serializers.CharField()
    ticket = serializers.CharField(source="ticket_number", help_text="Het nummer van de melding.")
    corrects = serializers.IntegerField(source="corrects_id", allow_null=True)
    recorded_at = serializers.DateTimeField()


def summary_of(contract: Any, today: date) -> dict[str, Any]:
    """Of one whose versions and their covers were fetched along."""
    return dict(ContractSummary(_known(contract, today)).data)


def whole_contract(contract: Any, today: date, balance: int) -> dict[str, Any]:
    shown = _known(contract, today)
    versions = list(contract.versions.all())
    draft = next((each for each in versions if each.state in OPEN), None)
    shown.agreed = agreed(shown.shown, contract, versions, today)
    shown.draft = None if draft is None else agreed(draft, contract, versions, today)
    shown.balance_minutes = balance
    return dict(ContractMembers(shown).data)


def version_members(
    version: ContractVersion, contract: Contract, versions: Iterable[ContractVersion], today: date
) -> dict[str, Any]:
    return dict(AgreedMembers(agreed(version, contract, versions, today)).data)


def agreed(
    version: Any, contract: Contract, versions: Iterable[ContractVersion], today: date
) -> ContractVersion:
    whole = Whole(
        contract=contract,
        version=version,
        parties=list(version.parties.all()),
        covers=list(version.covers.all()),
        lines=list(version.lines.all()),
        annexes=list(version.annexes.all()),
        signatures=list(version.signatures.all()),
    )
    version.standing = standing_of_version(version, contract, versions, today)
    version.yearly_cents, version.once_cents = whole.yearly_cents, whole.once_cents
    return version


def _known(contract: Any, today: date) -> Any:
    versions = list(contract.versions.all())
    contract.standing = standing_of(contract, versions, today)
    contract.shown = shown_version(contract, versions, today)
    contract.municipalities = [each.municipality_id for each in contract.shown.covers.all()]
    return contract
