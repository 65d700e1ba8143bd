"""An ordinary request for any operation of any resource, from its declaration."""

from __future__ import annotations

from typing import Any, Protocol
from uuid import uuid4

from django.db.models import Model

BODILESS = frozenset(("get", "head", "delete"))


class Ours(Protocol):
    """One object of each model."""

    def __getitem__(self, model: type[Model], /) -> Any: ...


def request_of(resource: Any, action: str, ours: Ours) -> tuple[str, str]:
    """Method and path of an ordinary call of the operation, on an object that there is."""
    operation = resource.operations[action]
    own = operation.path.replace("<uuid:uuid>", str(_own(resource, ours)))
    return operation.method, root_of(resource, ours) + own


def root_of(resource: Any, ours: Ours) -> str:
    """The path of the collection: of the parent, where it has a place below one."""
    parent = ours[resource.parent_model()].pk if resource.parent else None
    return str(resource.root(parent))


def _own(resource: Any, ours: Ours) -> object:
    return ours[resource.model].pk if resource.represents_model else uuid4()
