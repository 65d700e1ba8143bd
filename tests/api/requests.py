"""An ordinary request for any operation of any resource, from its declaration."""

from __future__ import annotations

from typing import Any, Protocol
from uuid import uuid4

from django.db.models import Model

from api.documenten.models import EnkelvoudigInformatieObject

BODILESS = frozenset(("get", "head", "delete"))
LOCK = "slot-van-een-ander"
"""Of the documents of ``tests.factories.everything``."""
SHOWING_A_LOCK = frozenset(("update", "partial_update", "unlock"))
BOUNDARY = "grens"


class Ours(Protocol):
    """One object of each model."""

    def __getitem__(self, model: type[Model], /) -> Any: ...


def request_of(resource: Any, action: str, ours: Ours) -> tuple[str, str]:
    """Method and path of an ordinary call of the operation, on an object that there is."""
    operation = resource.operations[action]
    own = operation.path.replace("<uuid:uuid>", str(_own(resource, ours)))
    return operation.method, root_of(resource, ours) + own


def beside(resource: Any, action: str) -> dict[str, Any]:
    """What an ordinary body has beyond the members of the object."""
    shows = resource.model is EnkelvoudigInformatieObject and action in SHOWING_A_LOCK
    return {"lock": LOCK} if shows and resource.represents_model else {}


def part_of_content(content: bytes = b"12345", lock: str = LOCK) -> bytes:
    """The multipart body with which a part of a document is sent; five bytes, as the factory has it."""
    head = b'--%s\r\nContent-Disposition: form-data; name="%s"%s\r\n\r\n%s\r\n'
    edge = BOUNDARY.encode()
    fields = head % (edge, b"inhoud", b'; filename="deel"', content) + head % (
        edge,
        b"lock",
        b"",
        lock.encode(),
    )
    return fields + b"--" + edge + b"--\r\n"


def root_of(resource: Any, ours: Ours) -> str:
    """The path of the collection: of the parent, where it has a place below one."""
    parent = ours[resource.parent_model()].pk if resource.parent else None
    return str(resource.root(parent))


def _own(resource: Any, ours: Ours) -> object:
    return ours[resource.model].pk if resource.represents_model else uuid4()
