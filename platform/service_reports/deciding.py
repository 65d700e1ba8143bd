"""What people of a municipality do with a service report, on their own host: agree, or dispute it.

PostgreSQL lets its role change nothing but by the functions of the door, which ask once more what is asked
here.
"""

from __future__ import annotations

from datetime import datetime
from typing import cast

from django.db import transaction
from django.utils.translation import gettext

from service_reports.drawing import draw_again
from service_reports.hearing import let_hear
from service_reports.mails import tell_vendor_later
from service_reports.models import Maintenance, ServiceReport, ServiceReportQuerySet
from service_reports.models.maintenance import MaintenanceQuerySet
from service_reports.states import ACTS, AREA, ReportRefused, ReportStale, check, how_it_stands
from tenants.accounts.log import note_for_both
from tenants.accounts.person import Person
from tenants.registry.context import current_municipality
from tenants.registry.vendor_rows import vendor_rows

LONGEST_DISPUTE = 2000


def reports() -> ServiceReportQuerySet:
    """Those of the municipality that one is in; it has no concepts."""
    return cast("ServiceReportQuerySet", vendor_rows(current_municipality()).of(ServiceReport))


def maintenance() -> MaintenanceQuerySet:
    return cast("MaintenanceQuerySet", vendor_rows(current_municipality()).of(Maintenance))


@transaction.atomic
def agree(report: ServiceReport, *, person: Person, now: datetime) -> None:
    """Raises ReportRefused, which is ReportStale where somebody was first."""
    standing = reports().get(pk=report.pk)
    check(standing, "akkoord", person=person, now=now)
    _call(standing, "service_reports_agree", str(person.user), now, now=now)
    _note(standing, "akkoord", person)
    let_hear(standing)
    draw_again(standing.pk)


@transaction.atomic
def dispute(report: ServiceReport, words: str, *, person: Person, now: datetime) -> None:
    """With what is wrong in it, which the vendor reads. Raises ReportRefused."""
    standing = reports().get(pk=report.pk)
    check(standing, "betwist", person=person, now=now)
    said = words.strip()
    if not said or len(said) > LONGEST_DISPUTE:
        raise ReportRefused(gettext("Schrijf in ten hoogste 2.000 tekens op wat er niet klopt."))
    _call(standing, "service_reports_dispute", said, str(person.user), now, now=now)
    _note(standing, "betwist", person)
    let_hear(standing)
    draw_again(standing.pk)
    tell_vendor_later(standing.pk)


def _call(report: ServiceReport, function: str, *given: object, now: datetime) -> None:
    if not vendor_rows(current_municipality()).call(function, report.pk, *given):
        raise ReportStale(how_it_stands(reports().get(pk=report.pk), now))


def _note(report: ServiceReport, key: str, person: Person) -> None:
    note_for_both(
        person=person,
        area=AREA,
        action=ACTS[key].logged,
        subject=str(report),
        municipality=current_municipality(),
    )
