"""What the bell wakes, and beat each minute."""

from __future__ import annotations

import time

from celery import shared_task

from tenants.errands.errands import run_errands
from tenants.errands.letters import send_letters

SECONDS = 20
"""After so long each begins nothing any more: other work of this worker goes on, and the next bell."""


@shared_task(for_vendor=True)
def go() -> None:
    run_errands(until=time.monotonic() + SECONDS)
    send_letters(until=time.monotonic() + SECONDS)
