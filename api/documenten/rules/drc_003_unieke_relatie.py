"""drc-003: a document belongs to an object once."""

from __future__ import annotations

from collections.abc import Iterator

from api.documenten.models import ObjectInformatieObject
from api.pipeline.declare.rules import rule
from api.pipeline.declare.write import Write
from api.pipeline.words.violations import OBJECT, Violation


@rule
def related_once(write: Write) -> Iterator[Violation]:
    """Otherwise ``unique``."""
    same = ObjectInformatieObject.objects.filter(
        informatieobject=write.data["informatieobject"], object=write.data["object"]
    )
    if same.exists():
        yield Violation(OBJECT, "unique", "Het document hoort al bij dit object.")
