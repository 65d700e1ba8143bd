"""That something became of a service report, for whoever listens: its number, and none of its figures."""

from __future__ import annotations

from service_reports.models import ServiceReport
from tenants.registry.happenings import CHANGED, Happened, tell

TOPIC = "report"


def let_hear(report: ServiceReport, what: str = CHANGED) -> None:
    """On either side, in the transaction of what happened. It is the affair of whoever made it alone."""
    municipalities = (report.municipality_id,)
    tell(Happened(TOPIC, what, report.pk, municipalities, organisation=report.organisation_id))
