"""A resource as others know it: where it lives, what it looks like, who may do what with it.

Nothing here knows of requests; how those go through is in ``api.pipeline.http.resource``.
"""

from __future__ import annotations

from datetime import date
from typing import TYPE_CHECKING, Any, ClassVar
from uuid import UUID

from django.db.models import Model, QuerySet
from django.utils import timezone

from api.clients.client import Client
from api.clients.scopes import ScopeExpression
from api.pipeline.declare.operations import Api, Operation, opened
from api.pipeline.declare.visibility import OpenRights, Rights
from api.pipeline.represent.expand import EMPTY, Tree
from api.pipeline.represent.representation import Representation, one_document
from api.pipeline.sql.compiled import Bindings, Compiled
from api.pipeline.sql.prepared import KEY
from api.pipeline.validate.references import PREFIX, Address
from api.pipeline.words import registry
from tenants.registry.context import current_municipality

if TYPE_CHECKING:
    from api.pipeline.http.resource import Resource


def bindings_of(client: Client, day: date) -> Bindings:
    """What stands in for the placeholders of a compiled statement, for this reader here."""
    return Bindings(client, day, current_municipality().open_zaak_compatibility)


class Declaration:
    """What a resource declares, and what others ask of it by that."""

    api: ClassVar[Api]
    path: ClassVar[str]
    noun: ClassVar[str]
    """As notifications and the audit trail call it."""
    explanation: ClassVar[str] = ""
    """What it is, in one Dutch sentence for the documentation."""
    model: ClassVar[type[Model]]
    represents_model: ClassVar[bool] = True
    representation: ClassVar[Representation]
    rights: ClassVar[Rights]
    operations: ClassVar[dict[str, Operation]]

    main: ClassVar[str | None] = None
    """The attribute that leads to the object this one belongs to; ``None`` for that object itself."""
    order_by: ClassVar[tuple[str, ...]] = ("pk",)
    ordering: ClassVar[tuple[str, ...]] = ()
    """Attributes by which a client may order a list."""
    parent: ClassVar[str] = ""
    """The parameter of the path that names the parent of a nested collection: the main object."""
    parent_column: ClassVar[str]
    """The column that refers to the parent; that of ``main``, unless said otherwise."""
    key: ClassVar[str] = "pk"
    """The column that the last part of the path of an object names."""
    derived: ClassVar[tuple[str, ...]] = ()
    """Columns that follow from other rows: kept up to date without a trail or message of their own."""
    schema_name: ClassVar[str] = ""
    paged: ClassVar[bool] = True
    expands: ClassVar[bool] = True
    conditional: ClassVar[bool] = True
    crs: ClassVar[bool] = False
    audited: ClassVar[bool] = False
    kanaal: ClassVar[str] = ""
    related: ClassVar[tuple[str, ...]] = ()
    """Relations that rules need of the row that is being written, and of a row referred to."""

    def __init_subclass__(cls, **options: Any) -> None:
        super().__init_subclass__(**options)
        if "operations" in vars(cls):
            cls.operations = {name: operation.named(name) for name, operation in cls.operations.items()}
        if cls.main:
            cls.parent_column = f"{cls.main}_id"

    @classmethod
    def of(cls, model: type[Model]) -> type[Resource]:
        """The resource of another model."""
        return registry.resource_for(model)

    @classmethod
    def root(cls, parent: UUID | None = None) -> str:
        """The path of the collection, from the host; one that is nested needs the key of the parent."""
        path = cls.path.replace(f"<uuid:{cls.parent}>", str(parent)) if parent else cls.path
        return f"{cls.api.root}/{path}"

    @classmethod
    def within(cls, parent: UUID | None) -> dict[str, UUID]:
        """The condition on a row that it stands under this parent."""
        return {cls.parent_column: parent} if cls.parent and parent else {}

    @classmethod
    def parent_model(cls) -> type[Model]:
        """What a nested collection stands under."""
        return cls.main_resource().model

    @classmethod
    def operation_id(cls, action: str) -> str:
        """The name of an operation in the OpenAPI document."""
        return cls.operations[action].operation_id or f"{cls.noun}_{action}"

    @classmethod
    def open_path(cls) -> str:
        """The path as the OpenAPI document writes it."""
        return opened(cls.path)

    @classmethod
    def path_of(cls, instance: Any) -> str:
        """The path of an object, from the host."""
        parent = getattr(instance, cls.parent_column) if cls.parent else None
        return f"{cls.root(parent)}/{instance.pk}"

    @classmethod
    def url_of(cls, instance: Any) -> Address:
        """The relative URL of an object, as it is stored."""
        return Address(f"{PREFIX}{cls.path_of(instance)}")

    @classmethod
    def through_main(cls) -> str:
        """The prefix with which a query reaches the main object."""
        return f"{cls.main}__" if cls.main else ""

    @classmethod
    def read_scope(cls) -> ScopeExpression:
        """The scope with which the object may be read."""
        return cls.operations["retrieve"].scope

    @classmethod
    def visible(cls) -> Any:
        """The condition under which a row may be seen, whoever asks."""
        return cls.rights.visible(cls.read_scope(), cls.through_main())

    @classmethod
    def referable(cls) -> QuerySet[Any, Any]:
        """The rows that a URL in a body may point at, with the relations that rules need."""
        return cls.model._default_manager.select_related(*cls.related)

    @classmethod
    def lockable(cls) -> QuerySet[Any, Any]:
        """The rows, locked until the end of the transaction."""
        return cls.referable().select_for_update(of=("self",))

    @classmethod
    def document(cls, pk: Any, client: Client, tree: Tree = EMPTY) -> str:
        """The representation of one row as JSON text with relative URLs, whoever may see it."""
        statement = one_document(cls, tree)  # type: ignore[arg-type]  # mypy: no class is hashable
        (row,) = statement.rows(bindings_of(client, timezone.localdate()), pk)
        return str(row[0])

    @classmethod
    def main_resource(cls) -> type[Declaration]:
        """The resource whose rights, trail and channel this one shares."""
        if cls.main is None:
            return cls
        return registry.resource_for(cls.model._meta.get_field(cls.main).related_model)  # type: ignore[arg-type]

    @classmethod
    def kenmerken(cls, main: Any) -> dict[str, str]:
        """What subscribers may filter notifications on."""
        return {}

    @classmethod
    def by_key(cls) -> Compiled:
        """The condition that a row is the one that is asked for."""
        return Compiled(f"WHERE {cls.column('pk')} = %s", (KEY,))

    @classmethod
    def column(cls, attribute: str) -> str:
        """A column as SQL names it."""
        column = cls.model._meta.pk if attribute == "pk" else cls.model._meta.get_field(attribute)
        return f'"{cls.model._meta.db_table}"."{column.column}"'  # type: ignore[union-attr]

    @classmethod
    def is_open(cls) -> bool:
        """Whether everybody may call it: no token is asked, and one that is sent is not looked at."""
        return isinstance(cls.rights, OpenRights)
