"""A file of a message is looked through for viruses, as contents of documents are."""

from __future__ import annotations

import structlog
from django.core.files.base import File
from django.utils.translation import gettext as _

from tenants.registry.connection import connection
from tenants.registry.models import Municipality
from tenants.registry.scanning import ScannerSilent, TooLargeToScan, virus_in

SECONDS = 20
"""A transaction waits for it, and may be idle no longer than 30."""

logger = structlog.get_logger(__name__)


def why_refused(file: File[bytes]) -> str:
    """Why this file may not come in; empty where it may.

    One that cannot be looked through may where the municipality lets such contents in.
    """
    try:
        virus = virus_in(file.chunks(), omvang=int(file.size), seconds=SECONDS)
    except (ScannerSilent, TooLargeToScan) as unchecked:
        return _unchecked(unchecked)
    if not virus:
        return ""
    logger.warning("virus_refused", virus=virus)
    return _("In dit bestand is een virus gevonden.")


def _unchecked(reason: ScannerSilent | TooLargeToScan) -> str:
    logger.warning("attachment_unchecked", reason=type(reason).__name__)
    municipality = connection.tenant
    if isinstance(municipality, Municipality) and municipality.passes_unchecked:
        return ""
    if isinstance(reason, TooLargeToScan):
        return _("Dit bestand is groter dan de viruscontrole aankan.")
    return _("De viruscontrole antwoordt niet. Probeer het later opnieuw.")
