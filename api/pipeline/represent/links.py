"""Members that lead to other objects: as URLs, and in full where the reader asks for it."""

from __future__ import annotations

from collections.abc import Callable
from typing import Any

from django.db.models import F, ForeignKey, JSONField, Model, OuterRef, Q, QuerySet, Subquery
from rest_framework import serializers

from api.pipeline.represent.members import Member
from api.pipeline.sql.rows import BoundedJsonList, JsonList, Sql
from api.pipeline.sql.tree import Tree
from api.pipeline.validate import values
from api.pipeline.validate.references import PREFIX
from api.pipeline.words import registry

NO_LINKS = Sql("'[]'::json", output_field=JSONField())
"""What a relation to a resource that is not served looks like."""


class Self(Member):
    """``url``: where the object itself lives."""

    def __init__(self) -> None:
        super().__init__("pk", read_only=True)

    def expression(self, model: type[Model]) -> Any:
        return link_to(model, "pk")

    def schema(self, model: type[Model]) -> dict[str, Any]:
        return {"type": "string", "format": "uri", "readOnly": True, "minLength": 1, "maxLength": 1000}


class Link(Member):
    """A foreign key, or the end of a path of them, as a URL: ``Link("zaaktype__catalogus")``."""

    def __init__(
        self,
        attribute: str | None = None,
        *,
        expand: bool = False,
        missing_code: str = "bad-url",
        **options: Any,
    ) -> None:
        super().__init__(attribute, **options)
        self.expands = expand
        self.missing_code = missing_code

    def expression(self, model: type[Model]) -> Any:
        return link_to(self._target(model), f"{self.attribute}_id")

    def field(self, model: type[Model]) -> serializers.Field[Any, Any, Any, Any] | None:
        if self.read_only:
            return None
        column = self._column(model)
        return values.LinkField(
            target=self._target(model),
            missing_code=self.missing_code,
            source=self.attribute,
            required=not column.null if self.required is None else self.required,
            allow_null=column.null,
        )

    def target(self, model: type[Model]) -> type[Model] | None:
        return self._target(model) if self.expands else None

    def expanded(self, model: type[Model], tree: Tree) -> Any:
        """The object; an empty one where there is none; NULL (left out) where it may not be seen."""
        target = self._target(model)
        related = target._default_manager.filter(pk=OuterRef(f"{self.attribute}_id"))
        return Sql(
            "CASE WHEN {} IS NULL THEN '{{}}'::json ELSE {} END",
            F(f"{self.attribute}_id"),
            one_in_full(related, target, tree),
            output_field=JSONField(),
        )

    def schema(self, model: type[Model]) -> dict[str, Any]:
        nullable = {"nullable": True} if self._column(model).null else {}
        return {"type": "string", "format": "uri", **nullable, **super().schema(model)}

    def _column(self, model: type[Model]) -> ForeignKey[Any, Any]:
        column: Any = None
        for step in self.attribute.split("__"):
            column = model._meta.get_field(step)
            model = column.related_model
        return column

    def _target(self, model: type[Model]) -> type[Model]:
        return self._column(model).related_model  # type: ignore[return-value]


class Links(Member):
    """The URLs of the rows that point here, through a reverse accessor, in a fixed order.

    ``owned`` says that whoever may see this object may see those: no second condition is asked.
    """

    leads_to_many = True

    def __init__(
        self,
        attribute: str | None = None,
        *,
        order_by: tuple[str, ...] = ("pk",),
        expand: bool = False,
        owned: bool = False,
        where: Callable[[], Q] | None = None,
    ) -> None:
        super().__init__(attribute, read_only=True)
        self.order_by = order_by
        self.expands = expand
        self.owned = owned
        self.where = where

    def expression(self, model: type[Model]) -> Any:
        return links_to(self._rows(model), self._target(model))

    def target(self, model: type[Model]) -> type[Model] | None:
        return self._target(model) if self.expands else None

    def expanded(self, model: type[Model], tree: Tree) -> Any:
        return all_in_full(self._rows(model), self._target(model), tree, owned=self.owned)

    def schema(self, model: type[Model]) -> dict[str, Any]:
        items = {"type": "string", "format": "uri"}
        return {"type": "array", "items": items, "readOnly": True, "uniqueItems": True}

    def _rows(self, model: type[Model]) -> QuerySet[Any, Any]:
        relation = model._meta.get_field(self.attribute)
        rows = self._target(model)._default_manager.filter(
            **{relation.field.name: OuterRef("pk")}  # type: ignore[union-attr]
        )
        if self.where is not None:
            rows = rows.filter(self.where())
        return rows.order_by(*self.order_by)

    def _target(self, model: type[Model]) -> type[Model]:
        return model._meta.get_field(self.attribute).related_model  # type: ignore[return-value]


class One(Links):
    """The URL of the single row that points here (the resultaat, the current status), or null."""

    leads_to_many = False

    def expression(self, model: type[Model]) -> Any:
        target = self._target(model)
        return Subquery(self._rows(model).values_list(link_to(target, "pk"))[:1], output_field=JSONField())

    def expanded(self, model: type[Model], tree: Tree) -> Any:
        target = self._target(model)
        present = one_in_full(self._rows(model), target, tree, owned=self.owned)
        return Sql("COALESCE({}, '{{}}'::json)", present, output_field=JSONField())

    def schema(self, model: type[Model]) -> dict[str, Any]:
        return {"type": "string", "format": "uri", "readOnly": True, "nullable": True}


def link_to(model: type[Model], key: str) -> Sql:
    """The URL of a row of the model as rendered JSON, by its primary key; NULL where there is none.

    ``key`` is ``pk``, or a path that ends in a foreign key: ``statustype_id``.
    """
    resource = registry.resource_for(model)
    # the root begins with a slash, so that what is written begins as ``references.RENDERED`` does
    root = f"{resource.api.root}/{resource.path}"
    if not resource.parent:
        return Sql(f"('\"\\{root}/' || {{}}::text || '\"')::json", F(key), output_field=JSONField())
    above, below = root.split(f"<uuid:{resource.parent}>")
    column = resource.parent_column
    parent = column if key == "pk" else f"{key.removesuffix('_id')}__{column}"
    return Sql(
        f"('\"\\{above}' || {{}}::text || '{below}/' || {{}}::text || '\"')::json",
        F(parent),
        F(key),
        output_field=JSONField(),
    )


def stored_url_of(model: type[Model]) -> Sql:
    """The URL of a row of the model as it is stored, where it is handled as text first."""
    return Sql(f"('{PREFIX}{registry.resource_for(model).root()}/' || {{}}::text)", F("pk"))


def links_to(rows: QuerySet[Any, Any], target: type[Model]) -> Any:
    """The URLs of these rows as a JSON array; an empty one where their resource is not served."""
    return JsonList(rows.values_list(link_to(target, "pk"))) if registry.is_served(target) else NO_LINKS


def in_full(
    rows: QuerySet[Any, Any], target: type[Model], tree: Tree, *, owned: bool = False
) -> QuerySet[Any, Any]:
    """Of these rows the ones that the reader may see, each as a JSON object; ``owned`` ones unasked."""
    resource = registry.resource_for(target)
    visible = rows if owned else rows.filter(resource.visible())
    return visible.values_list(resource.representation.row(target, tree))


def all_in_full(rows: QuerySet[Any, Any], target: type[Model], tree: Tree, *, owned: bool = False) -> Any:
    """These rows as a JSON array, as far as the reader may see them; of a bounded size."""
    return BoundedJsonList(in_full(rows, target, tree, owned=owned))


def one_in_full(rows: QuerySet[Any, Any], target: type[Model], tree: Tree, *, owned: bool = False) -> Any:
    """The first of these rows that the reader may see, as a JSON object; NULL where there is none."""
    return Subquery(in_full(rows, target, tree, owned=owned)[:1], output_field=JSONField())
