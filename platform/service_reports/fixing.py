"""What nobody disputed in time is fixed. That holds at the moment itself; here it is written down."""

from __future__ import annotations

from datetime import datetime

from django.db import transaction

from service_reports.drawing import draw_again
from service_reports.hearing import let_hear
from service_reports.models import ServiceReport, State
from service_reports.states import AREA, FIXED_BY_TIME
from tenants.accounts.log import note
from tenants.registry.context import in_municipality, require_public
from tenants.registry.models import Municipality

AT_A_TIME = 1000


def to_fix(now: datetime) -> list[int]:
    require_public()
    return list(ServiceReport.objects.due(now).order_by("fixes_at").values_list("pk", flat=True)[:AT_A_TIME])


@transaction.atomic
def fix(pk: int, now: datetime) -> bool:
    """False where it was fixed, disputed or replaced meanwhile."""
    require_public()
    rows = ServiceReport.objects.select_for_update(of=("self",), skip_locked=True)
    report = rows.select_related("municipality").due(now).filter(pk=pk).first()
    if report is None:
        return False
    report.state, report.fixed_at = State.VASTGESTELD, report.fixes_at
    report.save(update_fields=["state", "fixed_at"])
    let_hear(report)
    draw_again(pk)
    subject, municipality = str(report), report.municipality
    note(person=None, area=AREA, action=FIXED_BY_TIME, subject=subject, municipality=municipality)
    if municipality.status != Municipality.Status.BEEINDIGD:
        with in_municipality(municipality):
            note(person=None, area=AREA, action=FIXED_BY_TIME, subject=subject)
    return True
