"""One write on its way through the pipeline."""

from __future__ import annotations

from collections.abc import Callable, Mapping
from dataclasses import dataclass, field, fields, replace
from functools import update_wrapper
from typing import Any, Generic, TypeVar
from uuid import UUID

from api.clients.client import Client
from api.pipeline.words.caller import Caller
from api.pipeline.words.served import Called, Served

T = TypeVar("T")


@dataclass(slots=True)
class Write:
    """What guards, rules and effects are given.

    ``name`` is that of the operation by its resource. ``data`` holds the validated attributes by the
    name of the model's field; ``instance`` is the row as it stands in the database (locked), ``None``
    when it is being created; after saving it is the saved row.
    """

    resource: type[Served]
    name: str
    caller: Caller
    data: dict[str, Any]
    instance: Any = None
    within: Mapping[str, UUID] = field(default_factory=dict)
    """The parent that the path names, by the column that refers to it."""
    asking: bool = True
    """Whether references that others have to confirm are asked about, or taken as they are given."""
    aside: Mapping[str, Any] = field(default_factory=dict)
    """What the client gives beside the columns of the row."""
    source: Any = None
    """The row that this one is copied from, locked."""
    before: str | None = None
    """The representation before the write, as JSON text."""
    tombstone: bool = False
    """Whether the trail may keep only that it happened, and nothing of what it was."""
    facts: dict[Any, Any] = field(default_factory=dict)
    """What was found out about it; see ``fact``."""

    @property
    def operation(self) -> Called:
        called: Called = self.resource.operations[self.name]
        return called

    @property
    def action(self) -> str:
        """What the trail and notifications call it."""
        return self.operation.action

    @property
    def client(self) -> Client:
        return self.caller.client

    @property
    def creating(self) -> bool:
        return self.operation.creates

    def as_given(self) -> Write:
        """A copy to begin again from."""
        return replace(self, data=dict(self.data), facts={})

    def begin_again(self, given: Write) -> None:
        """Forget what was found, filled in and done since ``given`` was copied."""
        fresh = given.as_given()
        for each in fields(self):
            setattr(self, each.name, getattr(fresh, each.name))

    def value(self, attribute: str) -> Any:
        """The value that the attribute will have: the new one where given, else the present one."""
        if attribute in self.data:
            return self.data[attribute]
        if self.instance is not None:
            return getattr(self.instance, attribute)
        column: Any = self.resource.model._meta.get_field(attribute)
        return column.get_default()

    def changes(self, attribute: str) -> bool:
        """Whether the write gives the attribute another value than it has."""
        if attribute not in self.data:
            return False
        return self.instance is None or self.data[attribute] != getattr(self.instance, attribute)


class Fact(Generic[T]):
    """Something about a write that several functions want to know, and that is found out once."""

    def __init__(self, find: Callable[[Write], T]) -> None:
        self.find = find
        update_wrapper(self, find)

    def __call__(self, write: Write) -> T:
        if self not in write.facts:
            write.facts[self] = self.find(write)
        known: T = write.facts[self]
        return known


def fact(find: Callable[[Write], T]) -> Fact[T]:
    """Mark a function whose answer stays the same during a write."""
    return Fact(find)
