"""drc-004: a relation with a document is kept at its source, and mirrored here.

So it is made here only after it was made there, and goes here only after it went there. The source is asked
through the registry of sources; one in another house cannot be asked, and its relations are not mirrored.
"""

from __future__ import annotations

from collections.abc import Iterator

from api.documenten.rules.drc_002_object import own_object
from api.documenten.sources import source_of
from api.pipeline.declare.rules import rule, rule_of_state
from api.pipeline.declare.write import Write
from api.pipeline.words.violations import OBJECT, Violation

CODE = "inconsistent-relation"


@rule
def related_at_the_source(write: Write) -> Iterator[Violation]:
    """Otherwise ``inconsistent-relation``."""
    if not _is_related(write):
        yield Violation(OBJECT, CODE, "De relatie bestaat niet bij het object; leg haar daar eerst vast.")


@rule_of_state
def unrelated_at_the_source(write: Write) -> Iterator[Violation]:
    """As long as the source has it, the mirror stays."""
    if _is_related(write):
        yield Violation(OBJECT, CODE, "De relatie bestaat nog bij het object; verwijder haar daar eerst.")


def _is_related(write: Write) -> bool:
    reference, source = own_object(write), source_of(write.value("object_type"))
    if reference is None or source is None:
        return False
    return source.relates(reference.uuid, write.value("informatieobject").pk)
