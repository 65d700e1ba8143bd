"""Webhooks are sent by one task: the bell rings when something happened, beat each minute."""

from __future__ import annotations

import time

from celery import shared_task
from django.utils import timezone

from vendor_api.webhooks.outbox import forget, spread
from vendor_api.webhooks.sending import deliver

SENDING_SECONDS = 40
"""After so long it begins nothing any more, and the next one goes on."""
MOST_SPREADS = 20


@shared_task(for_vendor=True)
def deliver_webhooks() -> None:
    now = timezone.now()
    for _ in range(MOST_SPREADS):
        if not spread(now):
            break
    deliver(until=time.monotonic() + SENDING_SECONDS)
    forget(now)
