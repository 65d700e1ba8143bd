"""What happens by itself to the content of documents."""

from __future__ import annotations

from celery import shared_task
from django.conf import settings
from django.utils import timezone

from api.documenten.content.leaving import delete_left
from api.documenten.content.rechecking import recheck
from api.documenten.content.sweeping import sweep
from api.documenten.importing.later import forget_old
from tenants.registry.context import for_each_municipality
from tenants.registry.scanning import is_scanning


@shared_task(for_vendor=True)
def sweep_fleet() -> None:
    """Ask for a sweep in each municipality; one that was not taken by the next round is left out."""
    for _ in for_each_municipality():
        sweep_documents.apply_async(expires=settings.DOCUMENTS_SWEPT_SECONDS)


@shared_task
def sweep_documents() -> None:
    """Remove content that nobody points at, and imports that were over long ago."""
    sweep(timezone.now())
    forget_old(timezone.now())


@shared_task(for_vendor=True)
def check_what_was_passed() -> None:
    """Each municipality by itself, where there is a scanner."""
    if not is_scanning():
        return
    for _ in for_each_municipality():
        check_passed_here.apply_async(expires=settings.UNCHECKED_SECONDS)


@shared_task
def check_passed_here() -> None:
    """Look through what came in without that."""
    recheck(timezone.now())


@shared_task(for_vendor=True)
def delete_what_was_left() -> None:
    """Each municipality by itself: one whose storage does not answer holds up no other."""
    for _ in for_each_municipality():
        delete_left_here.apply_async(expires=settings.LEFT_CONTENT_SECONDS)


@shared_task
def delete_left_here() -> None:
    """Remove content that lost its row so long ago."""
    delete_left(timezone.now())
