"""That access is over by time is told soon after; that it is over holds at once, without these."""

from __future__ import annotations

from celery import shared_task
from django.conf import settings
from django.utils import timezone

from access.ending import over, tell_over


@shared_task(for_vendor=True)
def tell_what_is_over() -> None:
    """Each by itself: one that fails is tried again, and holds up no other."""
    for pk in over(timezone.now()):
        tell_one_is_over.apply_async(args=[pk], expires=settings.ACCESS_ENDS_SECONDS)


@shared_task(for_vendor=True)
def tell_one_is_over(pk: int) -> None:
    tell_over(pk, timezone.now())
