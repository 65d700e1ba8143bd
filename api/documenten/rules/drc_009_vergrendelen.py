"""drc-009: a document changes only for who shows its lock; it is unlocked with the lock, or by force."""

from __future__ import annotations

from collections.abc import Iterator

from api.documenten import locks
from api.documenten.rights import RIGHTS
from api.documenten.scopes import DOCUMENTEN_GEFORCEERD_UNLOCK, DOCUMENTEN_LOCK
from api.pipeline.authorise.belonging import main_before
from api.pipeline.declare.rules import guard, rule
from api.pipeline.declare.write import Write
from api.pipeline.words.violations import OBJECT, Lacking, Violation

UNLOCKED = Violation(OBJECT, "unlocked", "Het document is niet vergrendeld; vergrendel het eerst.")
INCORRECT = Violation(OBJECT, "incorrect-lock-id", "Dit is niet de lock van het document.")


@rule
def lock_is_shown(write: Write) -> Iterator[Violation]:
    """Of the document itself, or of the one that the part belongs to."""
    document, given = main_before(write), locks.shown(write)
    if not given and write.name == "update":
        yield Violation("lock", "required", "Dit veld is vereist.")
    elif not document.lock:
        yield UNLOCKED
    elif not given:
        yield Violation(OBJECT, "missing-lock-id", "Geef de lock van het document op.")
    elif not locks.fits(write, document):
        yield INCORRECT


@guard
def unlocking_needs_its_scope(write: Write) -> Lacking | None:
    """With a lock ``documenten.lock`` is needed; without one the unlocking is forced."""
    if not locks.shown(write) or RIGHTS.permits(write.client, DOCUMENTEN_LOCK, write.instance):
        return None
    return Lacking(DOCUMENTEN_LOCK, "Ontgrendelen met een lock kan alleen met 'documenten.lock'.")


@rule
def unlocked_with_its_lock(write: Write) -> Iterator[Violation]:
    """Or by force, and then without a lock."""
    if is_forced(write):
        return
    if not write.instance.lock:
        yield UNLOCKED
    elif not locks.fits(write, write.instance):
        yield INCORRECT


def is_forced(write: Write) -> bool:
    """Whether it is unlocked by who shows no lock, and need not."""
    return not locks.shown(write) and RIGHTS.permits(
        write.client, DOCUMENTEN_GEFORCEERD_UNLOCK, write.instance
    )
