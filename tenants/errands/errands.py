"""Errands: a function above, named in the settings, that a job calls once an act stands.

In public, in one transaction: it writes its letters, or a file that can be written again. So what a
municipality did can be told to people of the vendor, whom its role cannot read.
"""

from __future__ import annotations

import time
from collections.abc import Callable
from functools import cache

import sentry_sdk
import structlog
from django.conf import settings
from django.db import transaction
from django.utils import timezone
from django.utils.module_loading import import_string

from tenants.errands.bell import ring
from tenants.errands.models import Errand
from tenants.errands.taking import done, put_back, take
from tenants.registry.context import in_public, require_public

Doing = Callable[..., object]
"""Is given what was given with the errand, by name."""

logger = structlog.get_logger(__name__)


def send_on(kind: str, **given: int | str) -> None:
    """In the transaction of what it follows from, of either side. Raises KeyError for a kind nobody has."""
    doing_of(kind)
    with in_public():
        Errand.objects.create(kind=kind, given=given)
    ring()


@cache
def doing_of(kind: str) -> Doing:
    doing: Doing = import_string(settings.ERRANDS[kind])
    return doing


def run_errands(*, until: float) -> int:
    """How many were tried. Begins nothing after ``until``, of the monotonic clock."""
    require_public()
    tried = 0
    while time.monotonic() < until and (errand := take(Errand, timezone.now())) is not None:
        _run(errand)
        tried += 1
    return tried


def _run(errand: Errand) -> None:
    """Done and being done are one transaction; one that fails holds up no other."""
    try:
        with transaction.atomic():
            if done(errand):
                doing_of(errand.kind)(**errand.given)
    except Exception as failure:
        logger.exception("errand_failed", kind=errand.kind)
        sentry_sdk.capture_exception(failure)  # it rises no further, and somebody has to be woken
        put_back(errand, timezone.now(), failure=type(failure).__name__)
