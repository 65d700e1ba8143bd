"""A statustype and the eigenschappen that it asks for are parts of one zaaktype (x-ztc-08; no number)."""

from __future__ import annotations

from collections.abc import Iterator

from api.pipeline.declare.write import Write
from api.pipeline.words.violations import Violation

CODE = "relations-incorrect-zaaktype"
REASON = "Dit is een onderdeel van een ander zaaktype."


def eigenschappen_of_same_zaaktype(write: Write) -> Iterator[Violation]:
    """Each of the ``eigenschappen`` of a statustype."""
    own = write.value("zaaktype").pk
    for index, eigenschap in enumerate(write.data.get("eigenschappen", ())):
        if eigenschap is not None and eigenschap.zaaktype_id != own:
            yield Violation(f"eigenschappen.{index}", CODE, REASON)


def statustype_of_same_zaaktype(write: Write) -> Iterator[Violation]:
    """The ``statustype`` of an eigenschap, where the client gives one."""
    given = write.data.get("statustype")
    if given is not None and given.zaaktype_id != write.value("zaaktype").pk:
        yield Violation("statustype", CODE, REASON)
