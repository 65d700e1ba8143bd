"""A zaak has one resultaat (x-zrc-c1; no number in the standard)."""

from __future__ import annotations

from collections.abc import Iterator

from api.pipeline.authorise.belonging import main_after
from api.pipeline.declare.write import Write
from api.pipeline.words.violations import OBJECT, Violation
from api.zaken.models import Resultaat


def one_resultaat(write: Write) -> Iterator[Violation]:
    """Said before anything about rights, as the tests of the standard ask."""
    if Resultaat.objects.filter(zaak=main_after(write)).exists():
        yield Violation(OBJECT, "unique", "Deze zaak heeft al een resultaat.")
