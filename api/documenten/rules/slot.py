"""Locks beyond the numbered rules: one at a time (x-drc-02), and none on what is deleted (x-drc-01)."""

from __future__ import annotations

from collections.abc import Iterator

from api.pipeline.declare.write import Write
from api.pipeline.words.violations import OBJECT, Violation


def not_locked_yet(write: Write) -> Iterator[Violation]:
    """Who comes second gets no lock."""
    if write.instance.lock:
        yield Violation(OBJECT, "existing-lock", "Het document is al vergrendeld.")


def nobody_is_at_work(write: Write) -> Iterator[Violation]:
    """What somebody holds is not deleted under his hands."""
    if write.instance.lock:
        yield Violation(
            OBJECT, "destroy-locked", "Het document is vergrendeld en kan niet worden verwijderd."
        )
