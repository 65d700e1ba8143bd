"""A shared report as PDF, in the municipality's own storage: drawn by a job, and the same file for both."""

from __future__ import annotations

from django.conf import settings
from django.core.files.storage import default_storage
from django.template.loader import render_to_string
from django.utils import timezone
from django.utils.translation import override

from screens.pdf import as_pdf
from service_reports.models import ServiceReport, State
from service_reports.showing import (
    breaches_of,
    counted,
    credit_of,
    days_of,
    history_of,
    kept_of,
    promised,
    sentences_of,
    title_of,
    unproven,
)
from service_reports.snapshot import from_json
from tenants.errands.errands import send_on
from tenants.registry.connection import connection
from tenants.registry.context import in_municipality, require_public
from tenants.registry.local_storage import replace
from tenants.registry.models import Municipality

DRAWING = "service-reports a report is drawn"


def draw_again(report: int) -> None:
    """In the transaction of an act: the PDF tells who agreed as well."""
    send_on("rapport tekenen", pk=report)


def draw(pk: int) -> bool:
    """The errand: write it anew; False where there is nothing to draw, or nowhere to keep it.

    One at a time draws a report, and reads it then: so the last one shows how it stands.
    """
    require_public()
    _alone(pk)
    rows = ServiceReport.objects.select_related("municipality").exclude(state=State.CONCEPT)
    report = rows.filter(pk=pk).exclude(municipality__status=Municipality.Status.BEEINDIGD).first()
    if report is None:
        return False
    with override(settings.LANGUAGE_CODE):
        written = as_pdf(as_html(report))
    with in_municipality(report.municipality):
        replace(place_of(report), written)
    return True


def _alone(pk: int) -> None:
    """Until the end of the transaction. The row itself is not locked: people may go on with the report."""
    with connection.cursor() as cursor:
        cursor.execute("SELECT pg_advisory_xact_lock(hashtextextended(%s, %s))", [DRAWING, pk])


def as_html(report: ServiceReport) -> str:
    """As it is laid out; what people wrote is escaped by the template."""
    figures, now = from_json(report.figures), timezone.now()
    return render_to_string(
        "service_reports/print.html",
        {
            "report": report,
            "title": title_of(report),
            "state": report.state_at(now).label,
            "sentences": sentences_of(figures),
            "unproven": unproven(figures),
            "promised": promised(figures),
            "days": days_of(figures),
            "counted": counted(figures),
            "kept": kept_of(figures),
            "breaches": breaches_of(figures),
            "credit": credit_of(figures),
            "history": history_of(report, now),
        },
    )


def drawn(report: ServiceReport) -> bytes | None:
    """Inside the municipality; None where the job has not drawn it yet."""
    try:
        with default_storage.open(place_of(report)) as file:
            written: bytes = file.read()
    except FileNotFoundError:
        return None
    return written


def place_of(report: ServiceReport) -> str:
    return f"serviceniveaurapporten/{report.pk}.pdf"
