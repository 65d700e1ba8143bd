"""What can be done with a resource, declared as data."""

from __future__ import annotations

from collections.abc import Mapping
from dataclasses import dataclass, field, replace
from typing import Any, Self

from api.clients.scopes import ScopeExpression
from api.pipeline.declare.rules import Alongside, Effect, Guard, Rule
from api.pipeline.validate.filters import Filters, Parameters, of_the_standard
from tenants.registry.postgresql.work import Work

MEBIBYTE = 1024 * 1024
JSON = "application/json"


@dataclass(frozen=True, slots=True)
class Place:
    """Where an operation is called: the method, and what its path adds to that of the resource."""

    method: str
    step: str = ""
    """The last step of the path, for an operation beyond the usual."""
    on_object: bool = False

    @property
    def path(self) -> str:
        """``""``, ``/<uuid:uuid>``, ``/_zoek`` or ``/<uuid:uuid>/publish``."""
        return ("/<uuid:uuid>" if self.on_object else "") + (f"/{self.step}" if self.step else "")


def opened(path: str) -> str:
    """A path as the OpenAPI document writes it: ``/{uuid}`` for ``/<uuid:uuid>``."""
    return path.replace("<uuid:", "{").replace(">", "}")


PLACES: Mapping[str, Place] = {
    "list": Place("get"),
    "show": Place("get"),
    "create": Place("post"),
    "retrieve": Place("get", on_object=True),
    "headers": Place("head", on_object=True),
    "update": Place("put", on_object=True),
    "partial_update": Place("patch", on_object=True),
    "destroy": Place("delete", on_object=True),
}
"""The operations that every resource may declare; ``show`` gives the one document of a path."""


@dataclass(frozen=True, slots=True)
class Operation:
    """One operation of one resource.

    A write passes, in this order: ``derive`` (fills in what the client left out), ``references``,
    ``unique`` and ``asking`` (400), the scope on the type and the ``guards`` (403), the ``rules``
    (400, all at once), ``prepare`` just before saving, and after it the ``effects``.
    """

    scope: ScopeExpression
    references: tuple[Rule, ...] = ()
    asking: Mapping[str, Rule] = field(default_factory=dict)
    """By attribute, the rules that ask others: asked before the transaction, where it is given."""
    unique: tuple[Rule, ...] = ()
    derive: tuple[Effect, ...] = ()
    alongside: Alongside | None = None
    """Which other objects of its kind have to be locked with it."""
    outside: tuple[Effect, ...] = ()
    """What takes too long for a transaction: done before it, where all is right as things stand."""
    guards: tuple[Guard, ...] = ()
    rules: tuple[Rule, ...] = ()
    prepare: tuple[Effect, ...] = ()
    effects: tuple[Effect, ...] = ()
    filters: Filters = field(default_factory=dict)
    """What narrows a list: parameters of the query, or members of the body (a search)."""
    parameters: Parameters = field(default_factory=dict)
    """Other parameters of the query."""
    body_limit: int = MEBIBYTE
    """The largest body in bytes."""
    work: Work | None = None
    """Within whose limits the database does it, where that is not a read or a write as its method says."""
    at: Place | None = None
    """Where it is called, for operations beyond the usual."""
    creates: bool = False
    """Whether it makes a new object, as ``create`` does."""
    empty: bool = False
    """Whether nothing is answered but that it is done (204)."""
    silent: bool = False
    """Whether the subscribers of the channel are not told."""
    operation_id: str = ""
    experimental: bool = False
    of_open_zaak: bool = False
    """Whether only clients of Open Zaak know it: a municipality that is not compatible has it not."""
    schema: Mapping[str, Any] | None = None
    """What the body is, where that is not the representation; an empty one for no body."""
    answer: Mapping[str, Any] | None = None
    """What is answered, where that is not the representation."""
    later: Mapping[str, Any] | None = None
    """What is answered with 202 and a ``Location``, where it can become long work."""
    takes: str = JSON
    gives: str = JSON
    """The media types of body and answer."""
    summary: str = ""
    """The Dutch title in the documentation, where the name of the operation does not give it."""
    explanation: str = ""
    """What it does, in Dutch, where that is not what every operation of its name does."""
    name: str = ""
    """What its resource calls it; the declaration of the resource gives it."""

    def named(self, name: str) -> Self:
        """The operation as its resource knows it."""
        return replace(self, name=name, creates=self.creates or name == "create")

    def by_the_letter(self) -> Self:
        """The operation without the parameters that only clients of Open Zaak know."""
        return replace(
            self, filters=of_the_standard(self.filters), parameters=of_the_standard(self.parameters)
        )

    @property
    def place(self) -> Place:
        return self.at or PLACES[self.name]

    @property
    def method(self) -> str:
        """In lower case, as OpenAPI writes it."""
        return self.place.method

    @property
    def on_object(self) -> bool:
        return self.place.on_object

    @property
    def path(self) -> str:
        """What comes after the path of the resource."""
        return self.place.path

    @property
    def action(self) -> str:
        """What the trail and notifications call it."""
        return "create" if self.creates else self.name

    @property
    def reads(self) -> bool:
        """Whether it changes nothing."""
        return self.method in ("get", "head") or self.name == "search"

    @property
    def status(self) -> int:
        """Of the answer when all is well."""
        return 204 if self.empty else {"create": 201, "destroy": 204}.get(self.action, 200)

    @property
    def query(self) -> Parameters:
        """Every parameter that it has by its own declaration."""
        return {**self.filters, **self.parameters}

    @property
    def functions(self) -> tuple[Any, ...]:
        """Everything of rules that this operation calls, in order."""
        return (
            *self.derive,
            *self.references,
            *self.unique,
            *self.asking.values(),
            *self.outside,
            *self.guards,
            *self.rules,
            *self.prepare,
            *self.effects,
        )
