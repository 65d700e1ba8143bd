"""A resource as others know it: where it lives, what it looks like, who may do what with it.

Nothing here knows of requests; how those go through is in ``api.pipeline.http.resource``.
"""

from __future__ import annotations

from collections.abc import Iterator
from datetime import date
from typing import Any, ClassVar
from uuid import UUID

from django.db.models import Model, QuerySet
from django.utils import timezone

from api.clients.client import Client
from api.clients.scopes import ScopeExpression
from api.pipeline.declare.operations import Operation, opened
from api.pipeline.declare.visibility import OpenRights, Rights
from api.pipeline.declare.write import Write
from api.pipeline.represent.representation import Representation, one_document
from api.pipeline.sql.compiled import Bindings
from api.pipeline.sql.tree import EMPTY, Tree
from api.pipeline.validate.references import PREFIX, Address
from api.pipeline.words import registry
from api.pipeline.words.refusals import NotFound
from api.pipeline.words.served import Served
from tenants.registry.context import current_municipality


def bindings_of(client: Client, day: date, *, tells: bool = False) -> Bindings:
    """What stands in for the placeholders of a compiled statement, for this reader here."""
    return Bindings(client, day, current_municipality().open_zaak_compatibility, tells)


class Declaration(Served):
    """What a resource declares, and what others ask of it by that; more of that in ``Served``."""

    explanation: ClassVar[str] = ""
    """What it is, in one Dutch sentence for the documentation."""
    representation: ClassVar[Representation]
    rights: ClassVar[Rights]
    operations: ClassVar[dict[str, Operation]]

    order_by: ClassVar[tuple[str, ...]] = ("pk",)
    ordering: ClassVar[tuple[str, ...]] = ()
    """Attributes by which a client may order a list."""
    ordering_of_open_zaak: ClassVar[bool] = False
    """Whether only clients of Open Zaak order it."""
    schema_name: ClassVar[str] = ""
    """What the OpenAPI document calls its schema, where that is not the name of the model."""
    paged: ClassVar[bool] = True
    expands: ClassVar[bool] = True
    conditional: ClassVar[bool] = True
    """Whether it has an ETag and answers 304."""
    counted: ClassVar[bool] = False
    """Whether the database keeps how many there are by type and level; see ``api.records.row_counts``."""
    crs: ClassVar[bool] = False
    """Whether it asks for coordinate systems, as what has a geometry does."""
    related: ClassVar[tuple[str, ...]] = ()
    """Relations that rules need of the row that is being written, and of a row referred to."""

    def __init_subclass__(cls, **options: Any) -> None:
        super().__init_subclass__(**options)
        if "operations" in vars(cls):
            cls.operations = {name: operation.named(name) for name, operation in cls.operations.items()}
        if cls.main:
            cls.parent_column = f"{cls.main}_id"

    @classmethod
    def of(cls, model: type[Model]) -> type[Served]:
        return registry.resource_for(model)

    @classmethod
    def root(cls, parent: UUID | None = None) -> str:
        path = cls.path.replace(f"<uuid:{cls.parent}>", str(parent)) if parent else cls.path
        return f"{cls.api.root}/{path}"

    @classmethod
    def within(cls, parent: UUID | None) -> dict[str, UUID]:
        return {cls.parent_column: parent} if cls.parent and parent else {}

    @classmethod
    def parent_model(cls) -> type[Model]:
        return cls.main_resource().model

    @classmethod
    def operation_id(cls, action: str) -> str:
        return cls.operations[action].operation_id or f"{cls.noun}_{action}"

    @classmethod
    def open_path(cls) -> str:
        return opened(cls.path)

    @classmethod
    def path_of(cls, instance: Any) -> str:
        parent = getattr(instance, cls.parent_column) if cls.parent else None
        return f"{cls.root(parent)}/{instance.pk}"

    @classmethod
    def url_of(cls, instance: Any) -> Address:
        return Address(f"{PREFIX}{cls.path_of(instance)}")

    @classmethod
    def through_main(cls) -> str:
        """The prefix with which a query reaches the main object."""
        return f"{cls.main}__" if cls.main else ""

    @classmethod
    def read_scope(cls) -> ScopeExpression:
        return cls.operations["retrieve"].scope

    @classmethod
    def visible(cls) -> Any:
        return cls.rights.visible(cls.read_scope(), cls.through_main())

    @classmethod
    def seen_by(cls, client: Client, rows: QuerySet[Any, Any]) -> QuerySet[Any, Any]:
        return cls.rights.restrict(rows, client, cls.read_scope(), cls.through_main())

    @classmethod
    def referable(cls) -> QuerySet[Any, Any]:
        return cls.model._default_manager.select_related(*cls.related)

    @classmethod
    def lockable(cls) -> QuerySet[Any, Any]:
        return cls.referable().select_for_update(of=("self",))

    @classmethod
    def document(cls, pk: Any, client: Client, tree: Tree = EMPTY, *, tells: bool = False) -> str:
        statement = one_document(cls, tree)
        rows = statement.rows(bindings_of(client, timezone.localdate(), tells=tells), pk)
        if not rows:
            raise NotFound
        return str(rows[0][0])

    @classmethod
    def told(cls, write: Write, kept: str) -> str:
        return kept

    @classmethod
    def main_resource(cls) -> type[Served]:
        if cls.main is None:
            return cls
        return registry.resource_for(cls.model._meta.get_field(cls.main).related_model)  # type: ignore[arg-type]

    @classmethod
    def kanaal_kenmerken(cls, main: Any) -> dict[str, str]:
        return {}

    @classmethod
    def is_open(cls) -> bool:
        return isinstance(cls.rights, OpenRights)


def declarations() -> Iterator[type[Declaration]]:
    """Every resource that is served, with all that it declares."""
    for resource in registry.resources():
        assert issubclass(resource, Declaration), resource  # noqa: S101 - nothing else is ever registered
        yield resource
