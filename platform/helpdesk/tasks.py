"""What happens to reports by time alone: each by itself, so that one that fails holds up no other."""

from __future__ import annotations

from celery import shared_task
from django.conf import settings
from django.utils import timezone

from helpdesk.drafts import throw_away_old
from helpdesk.passing import due_for, pass_time
from helpdesk.retention import due as due_for_erasure
from helpdesk.retention import erase_in_time, erase_mails_in_time
from helpdesk.sweeping import sweep, sweep_mails, swept_places
from helpdesk.warning import warn, with_something_to_tell


@shared_task(for_vendor=True)
def warn_in_time() -> None:
    for pk in with_something_to_tell(timezone.now()):
        warn_of_one.apply_async(args=[pk], expires=settings.HELPDESK_WARNS_SECONDS)


@shared_task(for_vendor=True)
def warn_of_one(pk: int) -> None:
    warn(pk, timezone.now())


@shared_task(for_vendor=True)
def let_days_pass() -> None:
    for act, pk in due_for(timezone.now()):
        let_days_pass_for_one.apply_async(args=[act, pk], expires=settings.HELPDESK_DAYS_SECONDS)


@shared_task(for_vendor=True)
def let_days_pass_for_one(act: str, pk: int) -> None:
    pass_time(act, pk, timezone.now())


@shared_task(for_vendor=True)
def erase_what_is_over() -> None:
    now = timezone.now()
    for pk in due_for_erasure(now):
        erase_one.apply_async(args=[pk], expires=settings.HELPDESK_ERASES_SECONDS)
    erase_mails_in_time(now)
    throw_away_old(now)


@shared_task(for_vendor=True)
def erase_one(pk: int) -> None:
    erase_in_time(pk, timezone.now())


@shared_task(for_vendor=True)
def sweep_files() -> None:
    for pk in swept_places():
        sweep_one.apply_async(args=[pk], expires=settings.HELPDESK_ERASES_SECONDS)
    sweep_mails(timezone.now())


@shared_task(for_vendor=True)
def sweep_one(pk: int) -> None:
    sweep(pk, timezone.now())
