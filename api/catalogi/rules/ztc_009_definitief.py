"""ztc-009: a published zaaktype, besluittype or informatieobjecttype does not change any more.

Two exceptions: giving it an end date, and a correction by who holds the forced scope for it.
"""

from __future__ import annotations

from collections.abc import Iterator

from api.catalogi.scopes import CATALOGI_GEFORCEERD_SCHRIJVEN, CATALOGI_GEFORCEERD_VERWIJDEREN
from api.clients.scopes import Scope
from api.pipeline.declare.rules import rule_of_state
from api.pipeline.declare.write import Write
from api.pipeline.words.violations import OBJECT, Violation

ONLY_END = {"einde_geldigheid"}


@rule_of_state
def published_type_stays_as_it_is(write: Write) -> Iterator[Violation]:
    """No PUT, PATCH or DELETE of a published type."""
    force = _force(write)
    if write.instance.concept or write.client.holds("ztc", force) or _only_ends(write):
        return
    reason = "Het is niet toegestaan om een gepubliceerd type aan te passen."
    yield Violation(OBJECT, "non-concept-object", reason, force)


def _only_ends(write: Write) -> bool:
    return write.action == "partial_update" and set(write.data) == ONLY_END


def _force(write: Write) -> Scope:
    """The scope with which it may be done all the same."""
    return CATALOGI_GEFORCEERD_VERWIJDEREN if write.action == "destroy" else CATALOGI_GEFORCEERD_SCHRIJVEN
