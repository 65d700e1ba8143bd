"""A file of a message is looked through for viruses, as contents of documents are."""

from __future__ import annotations

import structlog
from django.core.files.base import File
from django.utils.translation import gettext as _

from helpdesk.attachments import Unchecked
from tenants.registry.scanning import ScannerSilent, TooLargeToScan, virus_in

SECONDS = 20
"""A person waits for it."""

logger = structlog.get_logger(__name__)


def why_refused(file: File[bytes]) -> str:
    """Why this file may not come in; empty where it may, and Unchecked where that is not known."""
    try:
        virus = virus_in(file.chunks(), omvang=int(file.size), seconds=SECONDS)
    except (ScannerSilent, TooLargeToScan) as unchecked:
        return _unchecked(unchecked)
    if not virus:
        return ""
    logger.warning("virus_refused", virus=virus)
    return _("In dit bestand is een virus gevonden.")


def _unchecked(reason: ScannerSilent | TooLargeToScan) -> Unchecked:
    logger.warning("attachment_unchecked", reason=type(reason).__name__)
    if isinstance(reason, TooLargeToScan):
        return Unchecked(_("Dit bestand is groter dan de viruscontrole aankan."))
    return Unchecked(_("De viruscontrole antwoordt niet. Probeer het later opnieuw."))
