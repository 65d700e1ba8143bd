"""What zrc-016, zrc-019 and zrc-020 say alike: a type belongs to the zaaktype of the zaak."""

from __future__ import annotations

from collections.abc import Iterator

from api.pipeline.authorise.belonging import main_of
from api.pipeline.declare.write import Write
from api.pipeline.words.violations import OBJECT, Violation


def mismatch(write: Write, attribute: str) -> Iterator[Violation]:
    """The violation, where the type in ``attribute`` is of another zaaktype than the zaak."""
    if attribute not in write.data:
        return
    if write.data[attribute].zaaktype_id != main_of(write).zaaktype_id:
        yield Violation(
            OBJECT, "zaaktype-mismatch", f"Het {attribute} hoort niet bij het zaaktype van de zaak."
        )
