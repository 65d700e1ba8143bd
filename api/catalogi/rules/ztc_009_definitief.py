"""ztc-009: a published zaaktype, besluittype or informatieobjecttype does not change any more.

Two exceptions: giving it an end date, and a correction by who holds the forced scope for it.
"""

from __future__ import annotations

from collections.abc import Iterator

from api.catalogi.scopes import CATALOGI_GEFORCEERD_SCHRIJVEN, CATALOGI_GEFORCEERD_VERWIJDEREN
from api.pipeline.rules import rule
from api.pipeline.violations import OBJECT, Violation
from api.pipeline.write import Write

ONLY_END = {"einde_geldigheid"}


@rule("ztc-009")
def published_type_stays_as_it_is(write: Write) -> Iterator[Violation]:
    """No PUT, PATCH or DELETE of a published type."""
    if write.instance.concept or _may_be_forced(write) or _only_ends(write):
        return
    yield Violation(
        OBJECT, "non-concept-object", "Het is niet toegestaan om een gepubliceerd type aan te passen."
    )


def _only_ends(write: Write) -> bool:
    return write.action == "partial_update" and set(write.data) == ONLY_END


def _may_be_forced(write: Write) -> bool:
    scope = CATALOGI_GEFORCEERD_VERWIJDEREN if write.action == "destroy" else CATALOGI_GEFORCEERD_SCHRIJVEN
    return write.client.holds("ztc", scope)
