"""What came in without being looked through for viruses is looked through when the scanner can."""

from __future__ import annotations

from datetime import datetime
from time import monotonic

import structlog
from django.db import transaction
from django.db.models import F, Q, QuerySet

from api.documenten.models import Inhoud, OngecontroleerdeInhoud
from api.documenten.models.keuzes import Ongecontroleerd
from tenants.accounts.deciding import AREA
from tenants.accounts.log import SYSTEM, note_for_vendor
from tenants.registry.context import current_municipality
from tenants.registry.scanning import ScannerSilent, TooLargeToScan, is_scanning, most_bytes, virus_in
from tenants.registry.storage import storage_of

MOST = 200
MOST_SECONDS = 300
FOUND = "virus gevonden"

logger = structlog.get_logger(__name__)


def waiting() -> QuerySet[OngecontroleerdeInhoud]:
    """What is still to be looked through."""
    return OngecontroleerdeInhoud.objects.filter(virus="")


def infected() -> QuerySet[OngecontroleerdeInhoud]:
    """In what a virus was found after it came in."""
    return OngecontroleerdeInhoud.objects.exclude(virus="")


def with_mark() -> QuerySet[Inhoud]:
    """Content, and whether it is marked, in one statement."""
    return Inhoud.objects.select_related("ongecontroleerd")


def is_infected(inhoud: Inhoud) -> bool:
    """Whether a virus was found in it after it came in."""
    mark: OngecontroleerdeInhoud | None = getattr(inhoud, "ongecontroleerd", None)
    return mark is not None and bool(mark.virus)


def recheck(now: datetime) -> int:
    """Look through what waits in the municipality that one is in; how many are no longer waiting.

    Those that were tried longest ago come first. A scanner that does not answer is left alone until the next
    time.
    """
    if not is_scanning():
        return 0
    fits = ~Q(reden=Ongecontroleerd.OMVANG) | Q(inhoud__omvang__lte=most_bytes())
    due = waiting().filter(fits).select_related("inhoud")
    until, done = monotonic() + MOST_SECONDS, 0
    for mark in due.order_by(F("geprobeerd_op").asc(nulls_first=True), "gemarkeerd_op")[:MOST]:
        if monotonic() > until:
            break
        try:
            done += _recheck(mark, now)
        except ScannerSilent as silent:
            logger.warning("scanner_silent", reason=str(silent))
            break
    if done:
        logger.info("content_rechecked", count=done)
    return done


def _recheck(mark: OngecontroleerdeInhoud, now: datetime) -> bool:
    """Whether it is known by now what is in it."""
    tried = OngecontroleerdeInhoud.objects.filter(pk=mark.pk)
    tried.update(geprobeerd_op=now)  # first of all, so that what goes wrong each time is the last of the next
    inhoud = mark.inhoud
    try:
        virus = virus_in(storage_of(inhoud.opslag).pieces(inhoud.key), omvang=inhoud.omvang)
    except TooLargeToScan:
        tried.update(reden=Ongecontroleerd.OMVANG)
        return False
    except (OSError, LookupError):
        logger.warning("unchecked_content_out_of_reach", storage=inhoud.opslag)
        return False
    if virus:
        _tell(mark, virus)
    else:
        tried.delete()
    return True


@transaction.atomic
def _tell(mark: OngecontroleerdeInhoud, virus: str) -> None:
    """The mark stays, and nobody is given the content any more; the vendor's log says so."""
    mark.virus = virus
    mark.save(update_fields=["virus"])
    municipality = current_municipality()
    note_for_vendor(
        SYSTEM,
        area=AREA,
        action=FOUND,
        subject=f"{municipality.naam} ({municipality.environment}): inhoud {mark.pk}",
        municipality=municipality,
        changes={"virus": [None, virus]},
    )
