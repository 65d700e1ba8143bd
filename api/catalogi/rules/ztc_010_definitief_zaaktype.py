"""ztc-010: what belongs to a published zaaktype is as fixed as the zaaktype itself."""

from __future__ import annotations

from collections.abc import Iterator

from api.catalogi.scopes import CATALOGI_GEFORCEERD_SCHRIJVEN, CATALOGI_GEFORCEERD_VERWIJDEREN
from api.clients.scopes import Scope
from api.pipeline.declare.rules import rule_of_state
from api.pipeline.declare.write import Write
from api.pipeline.words.violations import OBJECT, Violation


@rule_of_state
def part_of_published_zaaktype_stays_as_it_is(write: Write) -> Iterator[Violation]:
    """No POST, PUT, PATCH or DELETE of a sub-type of a published zaaktype."""
    yield from _refused(write, "non-concept-zaaktype")


@rule_of_state
def relation_of_published_zaaktype_stays_as_it_is(write: Write) -> Iterator[Violation]:
    """Nor of its relation with an informatieobjecttype, which has a code of its own (x-ztc-06)."""
    yield from _refused(write, "non-concept-relation")


def _refused(write: Write, code: str) -> Iterator[Violation]:
    zaaktypen = [write.instance.zaaktype] if write.instance is not None else []
    if "zaaktype" in write.data:
        zaaktypen.append(write.data["zaaktype"])
    force = _force(write)
    if any(not zaaktype.concept for zaaktype in zaaktypen) and not write.client.holds("ztc", force):
        reason = "Het is niet toegestaan om onderdelen van een gepubliceerd zaaktype aan te passen."
        yield Violation(OBJECT, code, reason, force)


def _force(write: Write) -> Scope:
    """The scope with which it may be done all the same."""
    return CATALOGI_GEFORCEERD_VERWIJDEREN if write.action == "destroy" else CATALOGI_GEFORCEERD_SCHRIJVEN
