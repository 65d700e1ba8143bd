"""What goes on by itself: measuring, the concepts of last month, and fixing what nobody disputed."""

from __future__ import annotations

from celery import shared_task
from django.utils import timezone

from service_reports.fixing import fix, to_fix
from service_reports.making import make_concept, to_make
from service_reports.measuring import forget_old
from service_reports.measuring import measure as measure_now

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
    fix(report, timezone.now())
