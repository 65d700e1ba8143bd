"""Numbers of organisations in a body (x-gen-15)."""

from __future__ import annotations

from collections.abc import Iterator

from api.pipeline.declare.write import Write
from api.pipeline.words.violations import Violation
from tenants.registry.elfproef import passes_elfproef


def problems_with_rsin(write: Write, name: str, attribute: str = "") -> Iterator[Violation]:
    """What is wrong with the RSIN in an attribute, when the write gives a non-empty one.

    Nine zeros pass: catalogues and the tests of the standard have them where no organisation is meant.
    """
    value = write.data.get(attribute or name)
    if not value:
        return
    if not (value.isascii() and value.isdigit()):
        yield Violation(name, "only-digits", "Alleen cijfers zijn toegestaan.")
    elif not passes_elfproef(value):
        yield Violation(name, "invalid", "Dit is geen geldig RSIN: negen cijfers volgens de elfproef.")
