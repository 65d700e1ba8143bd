"""Numbers of organisations in a body (x-gen-15)."""

from __future__ import annotations

from collections.abc import Iterator

from api.pipeline.declare.write import Write
from api.pipeline.words.violations import Violation
from tenants.registry.elfproef import is_valid_rsin

LENGTH = 9


def problems_with_rsin(write: Write, name: str, attribute: str = "") -> Iterator[Violation]:
    """What is wrong with the RSIN in an attribute, when the write gives a non-empty one."""
    value = write.data.get(attribute or name)
    if not value:
        return
    if not (value.isascii() and value.isdigit()):
        yield Violation(name, "only-digits", "Alleen cijfers zijn toegestaan.")
    elif len(value) != LENGTH or not is_valid_rsin(value):
        yield Violation(name, "invalid", "Dit is geen geldig RSIN: negen cijfers volgens de elfproef.")
