"""What goes on by itself: measuring, the concepts of last month, and fixing what nobody disputed.

And what an act asks of a job: a mail to people whom a municipality's role cannot read, and the PDF.
"""

from __future__ import annotations

from celery import shared_task
from django.db import transaction
from django.utils import timezone

from service_reports import mails
from service_reports.drawing import draw
from service_reports.fixing import fix, to_fix
from service_reports.making import make_concept, to_make
from service_reports.measuring import forget_old
from service_reports.measuring import measure as measure_now
from service_reports.models import Maintenance, ServiceReport, State
from tenants.registry.models import Municipality

EXPIRES_SECONDS = 3000


@shared_task(for_vendor=True)
def measure() -> None:
    """In the minute in which it begins."""
    measure_now(timezone.now())


@shared_task(for_vendor=True)
def make_and_fix() -> None:
    """Each by itself: one that fails is tried again in an hour, and holds up no other."""
    now = timezone.now()
    for municipality in to_make(now):
        make_one.apply_async(args=[municipality], expires=EXPIRES_SECONDS)
    for report in to_fix(now):
        fix_one.apply_async(args=[report], expires=EXPIRES_SECONDS)
    forget_old(now)


@shared_task(for_vendor=True)
def make_one(municipality: int) -> None:
    make_concept(municipality, timezone.now())


@shared_task(for_vendor=True)
def fix_one(report: int) -> None:
    if fix(report, timezone.now()):
        draw(report)


@shared_task(for_vendor=True)
def draw_one(report: int) -> None:
    draw(report)


@shared_task(for_vendor=True)
def tell_of_dispute(*, pk: int) -> None:
    report = ServiceReport.objects.select_related("municipality").filter(pk=pk, state=State.BETWIST).first()
    if report is not None:
        mails.tell_vendor("disputed", report)


@shared_task(for_vendor=True)
def tell_one_of_maintenance(*, what: str, pk: int) -> None:
    found = Maintenance.objects.select_related("municipality").filter(pk=pk).first()
    if found is not None and found.municipality.status != Municipality.Status.BEEINDIGD:
        mails.tell_of_maintenance(what, found)


def draw_again(report: int) -> None:
    """Once it stands: the PDF tells who agreed as well."""
    transaction.on_commit(lambda: draw_one.apply_async(args=[report], expires=EXPIRES_SECONDS), robust=True)


def tell_of_maintenance(what: str, maintenance: int) -> None:
    """Once it stands."""
    given = {"what": what, "pk": maintenance}
    transaction.on_commit(
        lambda: tell_one_of_maintenance.apply_async(kwargs=given, expires=EXPIRES_SECONDS), robust=True
    )


def tell_vendor_is_disputed(report: int) -> None:
    """Once it stands."""
    given = {"pk": report}
    transaction.on_commit(
        lambda: tell_of_dispute.apply_async(kwargs=given, expires=EXPIRES_SECONDS), robust=True
    )
