"""That access is over by time, or its request lapsed, is told soon after; it holds at once, without these."""

from __future__ import annotations

from celery import shared_task
from django.conf import settings
from django.utils import timezone

from access.ending import over, tell_over
from access.lapsing import lapsed, tell_lapsed


@shared_task(for_vendor=True)
def tell_what_is_over() -> None:
    """Each by itself: one that fails is tried again, and holds up no other."""
    now = timezone.now()
    for pk in over(now):
        tell_one_is_over.apply_async(args=[pk], expires=settings.ACCESS_ENDS_SECONDS)
    for pk in lapsed(now):
        tell_one_lapsed.apply_async(args=[pk], expires=settings.ACCESS_ENDS_SECONDS)


@shared_task(for_vendor=True)
def tell_one_is_over(pk: int) -> None:
    tell_over(pk, timezone.now())


@shared_task(for_vendor=True)
def tell_one_lapsed(pk: int) -> None:
    tell_lapsed(pk, timezone.now())
