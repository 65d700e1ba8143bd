"""What a program says of a version of a contract that it draws up."""

from __future__ import annotations

from typing import Any

from django.utils import timezone
from rest_framework import serializers

from api.pipeline.words.refusals import Invalid
from api.pipeline.words.violations import Violation
from contracts.drafting import MOST_LINES, Terms, complaints_of_days
from contracts.forms.contract import INDEXATION
from contracts.models import BreakGlass, CostKind, Per, Renewal, ServiceLevelVersion
from contracts.models.agreed import MOST_CENTS, MOST_OF_ONE
from contracts.models.contract_version import HIGHEST_INDEX, MOST_NOTICE_MONTHS
from vendor_api.http.camel import Camel
from vendor_api.tokens import Holder


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
    indexation_cap = serializers.DecimalField(
        max_digits=5,
        decimal_places=2,
        min_value=0,
        max_value=HIGHEST_INDEX,
        required=False,
        allow_null=True,
        default=None,
        help_text="In procenten per jaar; leeg is zonder grens.",
    )
    indexation_by_clause = serializers.BooleanField(
        default=False,
        help_text="Of indexering geldt zonder nieuwe handtekening: dertig dagen vooraf aangekondigd.",
    )
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
        if any(attrs[name] for name in INDEXATION) and not attrs["indexation"]:
            raise serializers.ValidationError({"indexation": "Schrijf op hoe het bedrag verandert."})
        return attrs


def read_terms(given: dict[str, Any], holder: Holder) -> Terms:
    """Raises Invalid for a service level of another organisation."""
    level = ServiceLevelVersion.objects.filter(
        level=given["service_level"],
        level__organisation=holder.organisation_id or 0,
        number=given["service_level_version"],
    ).first()
    if level is None:
        raise Invalid([Violation("serviceLevel", "does-not-exist", "Deze versie is er niet.")])
    said = {name: given[name] for name in Terms.__dataclass_fields__ if name != "service_level_version"}
    return Terms(service_level_version=level, **said)
