"""An ordinary request for any operation of any resource, from its declaration."""

from __future__ import annotations

import re
from typing import Any, Protocol
from uuid import uuid4

from django.db.models import Model

from api.pipeline.operations import METHODS, ON_COLLECTION

BODILESS = frozenset(("get", "head", "delete"))


class Ours(Protocol):
    """One object of each model."""

    def __getitem__(self, model: type[Model], /) -> Any: ...


def request_of(resource: Any, action: str, ours: Ours) -> tuple[str, str]:
    """Method and path of an ordinary call of the operation, on an object that there is."""
    operation = resource.operations[action]
    root = root_of(resource, ours)
    path = (
        root
        if action in ON_COLLECTION or not _on_object(operation, action)
        else f"{root}/{_own(resource, ours)}"
    )
    return operation.method or METHODS[action], path + (f"/{operation.suffix}" if operation.suffix else "")


def root_of(resource: Any, ours: Ours) -> str:
    """The path of the collection: of the main object, where it has a place below one."""
    if resource.represents_model or not resource.parent:
        return str(resource.root())
    return f"{resource.api.root}/{re.sub('<[^>]*>', str(ours[resource.about].pk), resource.path)}"


def _own(resource: Any, ours: Ours) -> object:
    return ours[resource.model].pk if resource.represents_model else uuid4()


def _on_object(operation: Any, action: str) -> bool:
    return operation.on_object if operation.suffix else action not in ON_COLLECTION
