"""drc-002: the object of a relation is there, and is of the kind that the relation says."""

from __future__ import annotations

from collections.abc import Iterator

from api.documenten.sources import KINDS
from api.pipeline.declare.rules import rule
from api.pipeline.declare.write import Write
from api.pipeline.validate import outgoing
from api.pipeline.validate.references import PREFIX, Reference, find_stored
from api.pipeline.validate.values import MISDIRECTED
from api.pipeline.words.violations import Violation


@rule
def object_found(write: Write) -> Iterator[Violation]:
    """One of the municipality is looked up, one of another house is asked for."""
    url = write.data["object"]
    problem = (
        _problem_here(write, url) if url.startswith(PREFIX) else outgoing.problem_once(url, write.caller)
    )
    if problem:
        yield Violation("object", problem, MISDIRECTED[problem])


def own_object(write: Write) -> Reference | None:
    """The object, where it is one of the municipality, of the kind that the relation says."""
    reference = find_stored(write.value("object"))
    kind = KINDS.get(write.value("object_type"))
    if reference is None or kind is None:
        return None
    resource = reference.resource
    return reference if (resource.api.name, resource.path) == (kind.api, kind.path) else None


def _problem_here(write: Write, url: str) -> str | None:
    reference = find_stored(url)
    if reference is None or reference.row_for(write.caller) is None:
        return "bad-url"
    return None if own_object(write) else "invalid-resource"
