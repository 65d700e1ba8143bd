"""A resource as every room of the pipeline knows it, whatever it is made of.

Lower rooms meet resources by this alone; what it declares in full is in ``declare.declaration``.
"""

from __future__ import annotations

from collections.abc import Callable, Iterable, Mapping
from dataclasses import dataclass
from typing import Any, ClassVar, Protocol
from uuid import UUID

from django.db.models import Model, QuerySet

from api.clients.client import Client
from api.clients.scopes import ScopeExpression
from api.pipeline.words.violations import Lacking, Violation

# of a ``Write``, which stands in a higher room
Guard = Callable[[Any], Lacking | None]
Rule = Callable[[Any], Iterable[Violation]]
Effect = Callable[[Any], None]


@dataclass(frozen=True, slots=True)
class Api:
    """One of the APIs of the standard."""

    name: str
    component: str
    version: str
    title: str
    explanation: str = ""
    """What one does with it, in one Dutch sentence."""
    standard: str = ""
    """Where the standard describes it."""

    @property
    def root(self) -> str:
        """``/zaken/api/v1``."""
        return f"/{self.name}/api/v1"


class Judging(Protocol):
    """By what a caller is judged."""

    def visible(self, scope: ScopeExpression, through: str = "") -> Any:
        """The condition on a row whose main object is reached ``through`` a relation."""

    def held(self, client: Client, scope: ScopeExpression) -> bool:
        """Whether the caller holds the scope at all."""
        ...

    def permits(self, client: Client, scope: ScopeExpression, main: Any) -> bool:
        """Whether the caller holds the scope for this main object."""
        ...

    def hides(self, client: Client, scope: ScopeExpression, main: Any) -> bool:
        """Whether the caller, who may not read what belongs to this main object, is not to know of it."""
        ...

    def sees_all(self, client: Client, scope: ScopeExpression) -> bool:
        """Whether there is nothing that the caller, who holds the scope, may not see with it."""
        ...

    def withholds(self, client: Client, scope: ScopeExpression, main: Any) -> bool:
        """Whether the caller may not, whatever its autorisaties: this is not for applications such as it."""
        ...

    def sources(self, scope: ScopeExpression) -> list[tuple[str, ScopeExpression]]:
        """The components whose autorisaties count, with what is enough there."""
        ...

    def rule(self, scope: ScopeExpression) -> str:
        """The rule by which this scope is judged, by its number and subject; empty where there is none."""
        ...

    def subject(self, main: Any) -> tuple[UUID | None, int | None]:
        """The type and level on which an object is judged."""
        ...


class Called(Protocol):
    """An operation as a write knows it."""

    @property
    def scope(self) -> ScopeExpression: ...
    @property
    def derive(self) -> Iterable[Effect]: ...
    @property
    def references(self) -> Iterable[Rule]: ...
    @property
    def unique(self) -> Iterable[Rule]: ...
    @property
    def asking(self) -> Mapping[str, Rule]: ...
    @property
    def alongside(self) -> Callable[[Any, UUID | None], Iterable[UUID]] | None: ...
    @property
    def outside(self) -> Iterable[Effect]: ...
    @property
    def guards(self) -> Iterable[Guard]: ...
    @property
    def rules(self) -> Iterable[Rule]: ...
    @property
    def prepare(self) -> Iterable[Effect]: ...
    @property
    def effects(self) -> Iterable[Effect]: ...
    @property
    def creates(self) -> bool: ...
    @property
    def method(self) -> str: ...
    @property
    def action(self) -> str: ...
    @property
    def status(self) -> int: ...
    @property
    def silent(self) -> bool: ...


class Served(Protocol):
    """What is served at a path, and what others ask of it by that."""

    api: ClassVar[Api]
    path: ClassVar[str]
    """From the root of the API; a nested one names the key of its parent: ``zaken/<uuid:zaak_uuid>/…``."""
    noun: ClassVar[str]
    """As notifications and the audit trail call it."""
    model: ClassVar[type[Model]]
    represents_model: ClassVar[bool] = True
    """Whether an object of this model is found here, by a link to it or a URL of it."""
    representation: ClassVar[Any]
    rights: ClassVar[Judging]
    operations: ClassVar[Mapping[str, Any]]
    audited: ClassVar[bool] = False
    """Whether writes leave a line in the trail of the main object."""
    kanaal: ClassVar[str] = ""
    """The channel that is notified of writes."""
    derived: ClassVar[tuple[str, ...]] = ()
    """Columns that follow from other rows: kept up to date without a trail or message of their own."""
    main: ClassVar[str | None] = None
    """The attribute that leads to the object this one belongs to; ``None`` for that object itself."""
    parent: ClassVar[str] = ""
    """The parameter of the path that names the parent of a nested collection: the main object."""
    parent_column: ClassVar[str] = ""
    """The column that refers to the parent; that of ``main``, unless said otherwise."""
    key: ClassVar[str] = "pk"
    """The column that the last part of the path of an object names."""

    @classmethod
    def operation_id(cls, action: str) -> str:
        """The name of an operation in the OpenAPI document."""
        ...

    @classmethod
    def is_open(cls) -> bool:
        """Whether everybody may call it: no token is asked, and one that is sent is not looked at."""
        ...

    @classmethod
    def parent_model(cls) -> type[Model]:
        """What a nested collection stands under."""
        ...

    @classmethod
    def of(cls, model: type[Model]) -> type[Served]:
        """The resource of another model."""
        ...

    @classmethod
    def main_resource(cls) -> type[Served]:
        """The resource whose rights, trail and channel this one shares."""
        ...

    @classmethod
    def kanaal_kenmerken(cls, main: Any) -> dict[str, str]:
        """What subscribers may filter notifications on."""
        ...

    @classmethod
    def root(cls, parent: UUID | None = None) -> str:
        """The path of the collection, from the host; one that is nested needs the key of the parent."""
        ...

    @classmethod
    def open_path(cls) -> str:
        """The path as the OpenAPI document writes it."""
        ...

    @classmethod
    def within(cls, parent: UUID | None) -> dict[str, UUID]:
        """The condition on a row that it stands under this parent."""
        ...

    @classmethod
    def path_of(cls, instance: Any) -> str:
        """The path of an object, from the host."""
        ...

    @classmethod
    def url_of(cls, instance: Any) -> str:
        """The relative URL of an object, as it is stored."""
        ...

    @classmethod
    def read_scope(cls) -> ScopeExpression:
        """The scope with which an object may be read."""
        ...

    @classmethod
    def visible(cls) -> Any:
        """The condition under which a row may be seen, whoever asks."""
        ...

    @classmethod
    def seen_by(cls, client: Client, rows: QuerySet[Any, Any]) -> QuerySet[Any, Any]:
        """Of these rows the ones that may be seen by this client, in a form that an index serves."""
        ...

    @classmethod
    def referable(cls) -> QuerySet[Any, Any]:
        """The rows that a URL in a body may point at, with the relations that rules need."""
        ...

    @classmethod
    def lockable(cls) -> QuerySet[Any, Any]:
        """The rows, locked until the end of the transaction."""
        ...

    @classmethod
    def document(cls, pk: Any, client: Client) -> str:
        """The representation of one row as JSON text with relative URLs, whoever may see it.

        It is what is kept, without any secret. Raises ``NotFound`` where it is gone.
        """
        ...

    @classmethod
    def told(cls, write: Any, kept: str) -> str:
        """What the caller of a write is answered, in its transaction, from what is kept of it.

        It has the secrets that this caller is told, if there are any.
        """
        ...
