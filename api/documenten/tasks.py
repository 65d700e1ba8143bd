"""What goes on by itself with contents of documents."""

from __future__ import annotations

from celery import shared_task
from django.conf import settings
from django.utils import timezone

from api.documenten.content.leaving import delete_left
from tenants.registry.context import for_each_municipality


@shared_task(for_vendor=True)
def delete_what_was_left() -> None:
    """Each municipality by itself: one whose storage does not answer holds up no other."""
    for _ in for_each_municipality():
        delete_left_here.apply_async(expires=settings.LEFT_CONTENT_SECONDS)


@shared_task
def delete_left_here() -> None:
    delete_left(timezone.now())
