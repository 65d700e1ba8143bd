"""A resource as others know it: where it lives, what it looks like, who may do what with it.

Nothing here knows of requests; how those go through is in ``api.pipeline.resource``.
"""

from __future__ import annotations

import copy
from collections.abc import Mapping
from datetime import date
from typing import TYPE_CHECKING, Any, ClassVar

from django.db.models import Model, QuerySet
from django.utils import timezone

from api.clients.client import Client
from api.clients.scopes import ScopeExpression
from api.pipeline import registry
from api.pipeline.compiled import Bindings, Compiled
from api.pipeline.expand import EMPTY, Tree
from api.pipeline.judgement import not_covered
from api.pipeline.operations import Api, Operation
from api.pipeline.prepared import KEY
from api.pipeline.references import PREFIX
from api.pipeline.refusals import NotFound
from api.pipeline.representation import Representation, one_document, one_visible_document
from api.pipeline.visibility import OpenRights, Rights
from api.pipeline.write import Write
from tenants.registry.context import current_municipality

if TYPE_CHECKING:
    from api.pipeline.resource import Resource


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
    """The parameter of the path that names the parent of a nested collection."""
    schema_name: ClassVar[str] = ""
    paged: ClassVar[bool] = True
    expands: ClassVar[bool] = True
    conditional: ClassVar[bool] = True
    crs: ClassVar[bool] = False
    audited: ClassVar[bool] = False
    kanaal: ClassVar[str] = ""
    related: ClassVar[tuple[str, ...]] = ()
    """Relations that rules need of the row that is being written, and of a row referred to."""

    @classmethod
    def of(cls, model: type[Model]) -> type[Resource]:
        """The resource of another model."""
        return registry.resource_for(model)

    @classmethod
    def root(cls) -> str:
        """The path of the collection, from the host."""
        return f"{cls.api.root}/{cls.path}"

    @classmethod
    def operation_id(cls, action: str) -> str:
        """The name of an operation in the OpenAPI document."""
        return cls.operations[action].operation_id or f"{cls.noun}_{action}"

    @classmethod
    def open_path(cls) -> str:
        """The path as the OpenAPI document writes it."""
        return cls.path.replace("<uuid:", "{").replace(">", "}")

    @classmethod
    def url_of(cls, instance: Any) -> str:
        """The relative URL of an object, as it is stored."""
        return f"{PREFIX}{cls.root()}/{instance.pk}"

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
    def readable(cls, bindings: Bindings, uuid: Any, tree: Tree = EMPTY) -> str:
        """The representation for a reader; raises ``NotFound``, or ``Forbidden`` for who may not see it."""
        statement = one_visible_document(cls, tree)  # type: ignore[arg-type]  # mypy: no class is hashable
        rows = statement.rows(bindings, uuid)
        if not rows:
            raise NotFound
        visible, document = rows[0]
        if not visible:
            raise not_covered(cls, cls.read_scope(), cls.main_at({"uuid": uuid}))
        return str(document)

    @classmethod
    def main_at(cls, keys: Mapping[str, Any]) -> Any:
        """The main object that the keys of a path lead to; ``None`` for a collection, or ``NotFound``."""
        if "uuid" not in keys:
            return None
        instance = cls.referable().filter(pk=keys["uuid"]).first()
        if instance is None:
            raise NotFound
        return getattr(instance, cls.main) if cls.main else instance

    @classmethod
    def check_readable(cls, bindings: Bindings, operation: Operation, keys: Mapping[str, Any]) -> None:
        """Whether what the keys of a path name may be read; raises as ``readable`` does."""
        if "uuid" in keys:
            cls.readable(bindings, keys["uuid"])

    @classmethod
    def main_resource(cls) -> type[Declaration]:
        """The resource whose rights, trail and channel this one shares."""
        if cls.main is None:
            return cls
        return registry.resource_for(cls.model._meta.get_field(cls.main).related_model)  # type: ignore[arg-type]

    @classmethod
    def main_of(cls, write: Write) -> Any:
        """The object that a write belongs to."""
        if cls.main is None:
            return write.instance
        return write.value(cls.main)

    @classmethod
    def main_before(cls, write: Write) -> Any:
        """What the caller is judged on before a change; ``None`` when there is nothing yet."""
        if write.instance is None:
            return None
        return write.instance if cls.main is None else getattr(write.instance, cls.main)

    @classmethod
    def main_after(cls, write: Write) -> Any:
        """What the caller is judged on after it."""
        if cls.main is not None:
            return write.data.get(cls.main)
        columns = {f.name for f in cls.model._meta.concrete_fields}
        proposed = copy.copy(write.instance) if write.instance is not None else cls.model()
        for name, value in write.data.items():
            if name in columns:
                setattr(proposed, name, value)
        return proposed

    @classmethod
    def lock_main(cls, write: Write) -> None:
        """Lock the main object, so that two writes around one zaak happen one after the other."""
        if cls.main is None:
            return
        holder = write.data if cls.main in write.data else None
        main = holder[cls.main] if holder else getattr(write.instance, cls.main)
        locked = cls.main_resource().lockable().filter(pk=main.pk).first()
        if locked is None:
            raise NotFound
        if holder:
            holder[cls.main] = locked
        if write.instance is not None and getattr(write.instance, f"{cls.main}_id") == locked.pk:
            setattr(write.instance, cls.main, locked)

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
