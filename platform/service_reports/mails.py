"""What is told by mail of a service report: that it is shared, or disputed. No figure stands in it."""

from __future__ import annotations

from collections.abc import Sequence
from datetime import date, datetime

from django.conf import settings
from django.db.models import Q
from django.template.loader import render_to_string
from django.urls import reverse
from django.utils.dateformat import format as date_format
from django.utils.translation import override

from screens.formats import long_day
from service_reports.models import Maintenance, ServiceReport, State
from service_reports.states import AREA
from tenants.accounts.letters import addresses, post, who_see
from tenants.accounts.rights import Level
from tenants.accounts.side import side_of
from tenants.errands.errands import send_on
from tenants.registry.context import in_municipality, require_public
from tenants.registry.models import Municipality
from tenants.registry.origin import origin_at, origin_of

SUBJECTS = {
    "shared": "Serviceniveaurapport van {month} staat klaar",
    "disputed": "{naam} betwist het serviceniveaurapport van {month}",
    "maintenance": "Onderhoud aan {naam} op {day}",
    "called_off": "Onderhoud aan {naam} op {day} gaat niet door",
}


def tell_municipality(what: str, report: ServiceReport) -> None:
    """Those who agree or dispute; from the side of the vendor."""
    with in_municipality(report.municipality) as municipality:
        _send(
            what,
            report,
            who_decide("municipality"),
            link=_link(report, "municipality", origin_of(municipality)),
        )


def tell_vendor_later(report: int) -> None:
    """That it is disputed: by a job, since a municipality's role knows nobody of the vendor."""
    send_on("rapport betwist", pk=report)


def tell_is_disputed(*, pk: int) -> None:
    """The errand: to those of the organisation who publish reports, and see this municipality."""
    require_public()
    report = ServiceReport.objects.select_related("municipality").filter(pk=pk, state=State.BETWIST).first()
    if report is None:
        return
    sees = who_see(report.municipality.schema_name)
    whom = who_decide("vendor", sees, Q(organisation=report.organisation_id))
    _send("disputed", report, whom, link=_link(report, "vendor", origin_at(settings.VENDOR_HOSTS[0])))


def tell_of_maintenance_later(what: str, maintenance: int) -> None:
    """By a job for each: there may be hundreds."""
    send_on("onderhoud", what=what, pk=maintenance)


def tell_of_maintenance(*, what: str, pk: int) -> None:
    """The errand: to those who agree or dispute, who are those who look after the service."""
    require_public()
    found = Maintenance.objects.select_related("municipality").filter(pk=pk).first()
    if found is None or found.municipality.status == Municipality.Status.BEEINDIGD:
        return
    with in_municipality(found.municipality) as municipality:
        whom, naam = who_decide("municipality"), municipality.naam
    path = reverse("rapporten", urlconf=side_of("municipality").urlconf)
    link = f"{origin_of(found.municipality)}{path}"
    _post(what, whom, {"maintenance": found, "naam": naam, "link": link}, found.starts_at)


def who_decide(console: str, *of: Q) -> list[str]:
    return addresses(console, AREA, Level.APPROVE, *of)


def _link(report: ServiceReport, console: str, origin: str) -> str:
    return f"{origin}{reverse('service_report', urlconf=side_of(console).urlconf, args=[report.pk])}"


def _send(what: str, report: ServiceReport, whom: Sequence[str], *, link: str) -> None:
    _post(what, whom, {"report": report, "naam": report.municipality_name, "link": link}, report.month)


def _post(what: str, whom: Sequence[str], given: dict[str, object], when: date | datetime) -> None:
    """To each by himself, once what it tells of stands."""
    with override(settings.LANGUAGE_CODE):
        told = {"month": date_format(when, "F Y"), "day": long_day(when)}
        body = render_to_string(f"service_reports/mail/{what}.txt", {**given, **told})
    post(SUBJECTS[what].format(naam=given["naam"], **told), body, whom)
