"""How large a body of the Documenten API may be."""

from __future__ import annotations

from api.pipeline.words.refusals import TooLarge
from tenants.registry.models import Municipality

MEBIBYTE = 1024 * 1024
LARGEST = 4096 * MEBIBYTE
"""The largest file of the standard: 4.0 GiB."""
AROUND = MEBIBYTE
"""What may stand around content in a body, and besides it in a document."""


def most_bytes(municipality: Municipality) -> int:
    """The largest body with content that this municipality takes at once."""
    lowered = municipality.documents_most_mib
    return LARGEST if lowered is None else lowered * MEBIBYTE


def too_large(most: int) -> TooLarge:
    """413 that says how a larger file comes in."""
    return TooLarge(
        f"Een verzoek met inhoud heeft hier ten hoogste {most} bytes. Een groter bestand komt in"
        " bestandsdelen: registreer het document met zijn bestandsomvang en zonder inhoud, en stuur elk"
        " bestandsdeel apart."
    )
