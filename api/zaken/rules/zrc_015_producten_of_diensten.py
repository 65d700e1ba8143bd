"""zrc-015: a zaak is about products or services that its zaaktype names."""

from __future__ import annotations

from collections.abc import Iterator

from api.pipeline.declare.rules import rule
from api.pipeline.declare.write import Write
from api.pipeline.words.violations import Violation


@rule
def products_of_zaaktype(write: Write) -> Iterator[Violation]:
    """``productenOfDiensten`` is a part of those of the zaaktype."""
    if "producten_of_diensten" not in write.data and not write.changes("zaaktype"):
        return
    offered = set(write.value("zaaktype").producten_of_diensten)
    if not set(write.value("producten_of_diensten")) <= offered:
        yield Violation(
            "productenOfDiensten", "invalid-products-services", "Niet alle producten horen bij het zaaktype."
        )
