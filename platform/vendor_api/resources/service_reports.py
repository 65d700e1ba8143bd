"""Service reports: what was promised in a month, and whether it was kept. People share them and agree."""

from __future__ import annotations

from datetime import datetime
from typing import Any

from django.db.models import QuerySet
from django.http import HttpResponse
from django.utils import timezone
from drf_spectacular.types import OpenApiTypes
from drf_spectacular.utils import extend_schema
from rest_framework import serializers

from api.pipeline.words.refusals import NotFound
from contracts.models import Priority
from contracts.running import ClockKind
from service_reports.availability import shown_percent
from service_reports.drawing import drawn
from service_reports.files import as_csv
from service_reports.models import ServiceReport, State
from service_reports.snapshot import from_json
from service_reports.states import AREA
from tenants.accounts.rights import Level
from tenants.registry.context import in_municipality
from tenants.registry.models import Municipality
from vendor_api.http.answers import object_answer
from vendor_api.http.camel import Camel
from vendor_api.http.lists import ListParameters, asked, page_of
from vendor_api.http.viewset import Resource

CSV, PDF = "csv", "pdf"


class ReportSummary(Camel):
    id = serializers.IntegerField(source="pk")
    municipality = serializers.IntegerField(source="municipality_id", help_text="De id van de gemeente.")
    municipality_name = serializers.CharField(help_text="Zoals zij toen heette.")
    contract_number = serializers.CharField()
    month = serializers.DateField(help_text="De eerste dag van de maand.")
    version = serializers.IntegerField()
    reason = serializers.CharField(help_text="Waarom er een latere versie is.")
    state = serializers.ChoiceField(
        choices=State.values, source="state_now", help_text="De staat nu: ook wat de tijd ervan maakte."
    )
    made_at = serializers.DateTimeField()
    shared_at = serializers.DateTimeField(allow_null=True)
    fixes_at = serializers.DateTimeField(
        allow_null=True, help_text="Vanaf wanneer zwijgen instemmen is geweest."
    )
    vendor_agreed_at = serializers.DateTimeField(allow_null=True)
    municipality_agreed_at = serializers.DateTimeField(allow_null=True)
    disputed_at = serializers.DateTimeField(allow_null=True)
    fixed_at = serializers.DateTimeField(allow_null=True)


class CreditStep(Camel):
    below = serializers.DecimalField(max_digits=5, decimal_places=2)
    part = serializers.DecimalField(max_digits=5, decimal_places=2, help_text="Van het maandbedrag.")


class PromiseMembers(Camel):
    contract = serializers.CharField()
    service_level = serializers.CharField(source="level")
    service_level_version = serializers.IntegerField(source="level_version")
    availability = serializers.DecimalField(max_digits=5, decimal_places=2, source="percent")
    steps = CreditStep(many=True)
    fee_cents = serializers.IntegerField(help_text="Van de maand, zonder btw.")


class KeptMembers(Camel):
    priority = serializers.ChoiceField(choices=Priority.values)
    kind = serializers.ChoiceField(choices=ClockKind.values)
    met = serializers.IntegerField()
    late = serializers.IntegerField()


class BreachMembers(Camel):
    ticket = serializers.CharField(help_text="Het nummer van de melding.")
    kind = serializers.ChoiceField(choices=ClockKind.values)
    priority = serializers.ChoiceField(choices=Priority.values)
    agreed_seconds = serializers.IntegerField()
    due = serializers.DateTimeField()
    done = serializers.DateTimeField(allow_null=True)


class MeasuredDay(Camel):
    """In minutes of the window; what was not measured is a gap and never counts as up."""

    day = serializers.DateField()
    up = serializers.IntegerField()
    down = serializers.IntegerField()
    gaps = serializers.IntegerField()
    maintained = serializers.IntegerField()


class FiguresMembers(Camel):
    first = serializers.DateField()
    last = serializers.DateField()
    promise = PromiseMembers()
    availability = serializers.DecimalField(
        max_digits=5,
        decimal_places=2,
        source="share",
        allow_null=True,
        help_text="In procenten, naar beneden afgerond; leeg als er niets is gemeten.",
    )
    is_proven = serializers.BooleanField(help_text="Of genoeg minuten zijn gemeten.")
    days = MeasuredDay(many=True)
    kept = KeptMembers(many=True)
    breaches = BreachMembers(many=True)
    reported = serializers.IntegerField()
    solved = serializers.IntegerField()
    still_open = serializers.IntegerField()
    waiting = serializers.IntegerField()
    booked_minutes = serializers.IntegerField(source="work.booked")
    left_minutes = serializers.IntegerField(source="work.left", allow_null=True)
    credit_cents = serializers.IntegerField(source="credit.cents")


class ReportMembers(ReportSummary):
    dispute = serializers.CharField(help_text="Wat de gemeente betwist.")
    figures = FiguresMembers(source="shown")


class ReportParameters(ListParameters):
    municipality = serializers.IntegerField(
        required=False, min_value=1, max_value=2**63 - 1, help_text="De id van een gemeente."
    )
    month = serializers.DateField(required=False, help_text="De eerste dag van een maand.")
    state = serializers.ChoiceField(
        required=False, choices=State.values, help_text="Zoals zij is vastgelegd."
    )
    latest = serializers.BooleanField(
        required=False, allow_null=True, help_text="Of zij de laatste versie van haar maand is."
    )


class ServiceReports(Resource):
    rights = {"list": (AREA, Level.SEE), "retrieve": (AREA, Level.SEE), "file": (AREA, Level.SEE)}
    files = frozenset({"file"})
    queryset = ServiceReport._base_manager.none()  # as of access grants
    serializer_class = ReportMembers

    @extend_schema(
        operation_id="service_report_list",
        summary="Serviceniveaurapporten opvragen",
        parameters=[ReportParameters],
        responses=ReportSummary(many=True),
    )
    def list(self, request: Any) -> HttpResponse:
        """De laatste maand eerst. Delen en instemmen doet een mens."""
        parameters, now = asked(request, ReportParameters), timezone.now()
        names = ("municipality", "month", "state")
        rows = self._rows().filter(**{name: parameters[name] for name in names if name in parameters})
        if parameters.get("latest") is not None:
            latest = ServiceReport.objects.last_versions().values("pk")
            rows = rows.filter(pk__in=latest) if parameters["latest"] else rows.exclude(pk__in=latest)
        return page_of(
            request,
            rows.order_by("-month", "municipality_name", "-version", "pk").defer("figures"),
            parameters,
            lambda found: [dict(ReportSummary(_at(each, now)).data) for each in found],
        )

    @extend_schema(operation_id="service_report_read", summary="Een serviceniveaurapport opvragen")
    def retrieve(self, request: Any, pk: int) -> HttpResponse:
        """Met alle cijfers: beschikbaarheid, klokken, uren, en de vergoeding die eruit volgt."""
        return object_answer(request, report_members(self._one(pk), timezone.now()))

    @extend_schema(
        operation_id="service_report_file_read",
        summary="Een serviceniveaurapport als bestand ophalen",
        responses={
            (200, "text/csv"): OpenApiTypes.BINARY,
            (200, "application/pdf"): OpenApiTypes.BINARY,
        },
    )
    def file(self, request: Any, pk: int, form: str) -> HttpResponse:
        """`csv` of `pdf`. De pdf is er nadat het rapport is gedeeld."""
        report = self._one(pk)
        if form == CSV:
            return as_csv(report, from_json(report.figures))
        if form != PDF or report.municipality.status == Municipality.Status.BEEINDIGD:
            raise NotFound
        with in_municipality(report.municipality):
            written = drawn(report)
        if written is None:
            raise NotFound
        response = HttpResponse(written, content_type="application/pdf")
        name = f"serviceniveaurapport-{report.month:%Y-%m}-{report.pk}.pdf"
        response["Content-Disposition"] = f'attachment; filename="{name}"'
        return response

    def _one(self, pk: int) -> ServiceReport:
        """Raises NotFound for what the key does not see."""
        found: ServiceReport | None = self._rows().select_related("municipality").filter(pk=pk).first()
        if found is None:
            raise NotFound
        return found

    def _rows(self) -> QuerySet[Any]:
        return ServiceReport.objects.visible_to(self.holder)


def report_members(report: ServiceReport, now: datetime) -> dict[str, Any]:
    shown = _at(report, now)
    figures = from_json(report.figures)
    exact = figures.availability.percent
    shown.shown = {
        **{name: getattr(figures, name) for name in figures.__slots__},
        "share": None if exact is None else shown_percent(exact),
        "is_proven": figures.availability.is_proven,
        "days": figures.availability.days,
    }
    return dict(ReportMembers(shown).data)


def _at(report: Any, now: datetime) -> Any:
    """What nobody disputed in time is fixed at the very moment."""
    report.state_now = report.state_at(now)
    return report
