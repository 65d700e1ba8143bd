"""What is told by mail is told by jobs: soon after it stands, and later where that failed."""

from __future__ import annotations

from celery import shared_task
from django.conf import settings
from django.db import transaction

from incidents.telling import tell_one, to_tell


def tell_soon() -> None:
    """Once it stands; where no job can be asked for, the next round tells it."""
    transaction.on_commit(
        lambda: tell_the_concerned.apply_async(expires=settings.INCIDENTS_TOLD_SECONDS), robust=True
    )


@shared_task(for_vendor=True)
def tell_the_concerned() -> None:
    """Each municipality by itself: one that fails is tried again, and holds up no other."""
    for pk in to_tell():
        tell_one_concerned.apply_async(args=[pk], expires=settings.INCIDENTS_TOLD_SECONDS)


@shared_task(for_vendor=True)
def tell_one_concerned(pk: int) -> None:
    tell_one(pk)
