"""What types take over from the selectielijst: how a reference is looked up (ztc-001, ztc-002)."""

from __future__ import annotations

from collections.abc import Iterator, Mapping
from typing import Any

from api.pipeline.declare.write import Write
from api.pipeline.validate.outgoing import InvalidResource, Unusable
from api.pipeline.words.violations import Violation
from api.selectielijst.lookup import Kind, found

REASONS = {
    "bad-url": "Deze URL bestaat niet of is niet bereikbaar.",
    "invalid-resource": "Deze URL wijst niet naar wat hier hoort te staan.",
}


def unusable(write: Write, attribute: str, member: str, kind: Kind) -> Iterator[Violation]:
    """Why the URL that a client gives is no reference of this kind; what it refers to is kept."""
    url = write.data.get(attribute)
    if not url:
        return
    try:
        found(kind, url, write.caller)
    except Unusable as reason:
        yield Violation(member, reason.code, REASONS[reason.code])


def referred(write: Write, attribute: str, kind: Kind) -> Mapping[str, Any] | None:
    """What the row will refer to; ``None`` where nothing does, nobody asks, or it is not there now."""
    if not write.asking:
        return None
    url = write.value(attribute)
    try:
        return found(kind, url, write.caller) if url else None
    except Unusable:
        # it was there when it was stored, and a change of something else is not held up by it
        return None


def is_text(value: object, longest: int) -> bool:
    """Whether a value of somebody else's server is a text that a column can hold."""
    return isinstance(value, str) and len(value) <= longest and "\x00" not in value


def invalid(member: str) -> Violation:
    """That a reference leads to something of another form."""
    return Violation(member, InvalidResource.code, REASONS[InvalidResource.code])
