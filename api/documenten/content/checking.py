"""Whether content may stay, asked before any row points at it.

Where the deployment has a scanner for viruses, it looks through everything that becomes the content of a
document. What it cannot look through is refused, or marked and looked through later, as the municipality
wants.
"""

from __future__ import annotations

from dataclasses import replace
from typing import TYPE_CHECKING

import structlog

from api.documenten.models.keuzes import Ongecontroleerd
from api.pipeline.words.refusals import Invalid, Unavailable
from api.pipeline.words.violations import Violation
from tenants.registry.context import current_municipality
from tenants.registry.scanning import (
    MEBIBYTE,
    ScannerSilent,
    TooLargeToScan,
    is_scanning,
    most_bytes,
    virus_in,
)
from tenants.registry.storage import storage_of

if TYPE_CHECKING:
    from api.documenten.content.writing import Stored

INFECTED = "virus-gevonden"

logger = structlog.get_logger(__name__)


class Infected(Invalid):
    """400: a virus is in the content."""

    def __init__(self) -> None:
        super().__init__([Violation("inhoud", INFECTED, "In de inhoud is een virus gevonden.")])


class Unchecked(Unavailable):
    """503: nobody could look through the content."""


def check(stored: Stored) -> Stored:
    """The same, if it may stay: with the reason where it comes in though it could not be looked through.

    Raises Infected and Unchecked. It takes as long as the scanner does: not for within a transaction.
    """
    if not is_scanning():
        return stored
    try:
        virus = virus_in(storage_of(stored.opslag).pieces(stored.key), omvang=stored.omvang)
    except ScannerSilent as silent:
        logger.warning("scanner_silent", reason=str(silent))
        return _unchecked(stored, Ongecontroleerd.SCANNER)
    except TooLargeToScan:
        return _unchecked(stored, Ongecontroleerd.OMVANG)
    if virus:
        logger.warning("virus_refused", virus=virus)
        raise Infected
    return stored


def _unchecked(stored: Stored, reason: Ongecontroleerd) -> Stored:
    if current_municipality().passes_unchecked:
        logger.info("content_passed_unchecked", reason=reason.value)
        return replace(stored, unchecked=reason)
    raise Unchecked(told(reason))


def told(reason: Ongecontroleerd) -> str:
    """What whoever sent it is told."""
    if reason is Ongecontroleerd.OMVANG:
        most = most_bytes() // MEBIBYTE
        return f"De inhoud is groter dan de viruscontrole aankan ({most} MiB), en wordt niet aangenomen."
    return "De viruscontrole antwoordt niet; zonder controle wordt inhoud niet aangenomen. Probeer het later."
