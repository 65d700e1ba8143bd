"""What holds for a catalogus (x-ztc-10, x-gen-15; no number in the standard)."""

from __future__ import annotations

from collections.abc import Iterator

from api.catalogi.models import Catalogus
from api.pipeline.declare.rsin import problems_with_rsin
from api.pipeline.declare.write import Write
from api.pipeline.words.violations import OBJECT, Violation


def valid_rsin(write: Write) -> Iterator[Violation]:
    """``rsin`` is nine digits and passes the eleven test."""
    yield from problems_with_rsin(write, "rsin")


def domein_and_rsin_unique(write: Write) -> Iterator[Violation]:
    """An organisation has one catalogus for a domein."""
    others = Catalogus.objects.filter(domein=write.value("domein"), rsin=write.value("rsin"))
    if write.instance is not None:
        others = others.exclude(pk=write.instance.pk)
    if others.exists():
        yield Violation(OBJECT, "unique", "Er is al een catalogus met dit domein en deze RSIN.")
