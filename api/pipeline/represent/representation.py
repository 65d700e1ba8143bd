"""What a resource looks like, declared once and written by PostgreSQL."""

from __future__ import annotations

from collections.abc import Sequence
from functools import lru_cache
from typing import Any

from django.db import connection
from django.db.models import Model, QuerySet

from api.pipeline.represent.members import Member
from api.pipeline.sql.bounded import MOST_ROWS, bounded, in_bounds
from api.pipeline.sql.compiled import Bindings, Compiled, compile_queryset
from api.pipeline.sql.pages import NO_KEYS, keys_of
from api.pipeline.sql.prepared import KEY, Prepared, prepare
from api.pipeline.sql.rows import PresentRow, Row, Sql, as_text
from api.pipeline.sql.tree import EMPTY, Tree
from api.pipeline.words.served import Served

KEPT_TEXTS = 256
"""How many compiled (resource, expand) texts a process keeps."""

SEPARATOR = "\x1e"
"""Between documents; JSON has no such character, in a text or between two."""


class Representation:
    """The members of a resource's JSON, in order.

    Compiled, it serves list, detail, expand, the audit trail, the ETag and the OpenAPI schema.
    """

    def __init__(self, **members: Member) -> None:
        self.members = members
        for name, member in members.items():
            member.named(name)

    def replacing(self, **members: Member) -> Representation:
        """The same, with other members of these names: for rows of another model with the same columns."""
        return Representation(**{**self.members, **members})

    def row(self, model: type[Model], tree: Tree = EMPTY) -> Row:
        """The JSON object of one row of the model, with ``_expand`` where the tree asks for it."""
        rendered: dict[str, Any] = {name: member.expression(model) for name, member in self.members.items()}
        if tree:
            rendered["_expand"] = PresentRow(
                {step: self.members[step].expanded(model, below) for step, below in tree}
            )
        return Row(rendered)


def key_column(model: type[Model]) -> str:
    """The primary key as SQL names it."""
    return f'"{model._meta.db_table}"."{model._meta.pk.column}"'


@lru_cache(maxsize=KEPT_TEXTS)
def select_documents(resource: type[Served], tree: Tree) -> Compiled:
    """``SELECT <json text> FROM <table>``, to which a caller adds which rows it wants."""
    row = as_text(resource.representation.row(resource.model, tree))
    return compile_queryset(resource.model._default_manager.order_by().values_list(row))


def documents(
    resource: type[Served], rows: QuerySet[Any, Any], bindings: Bindings, tree: Tree = EMPTY
) -> Sequence[str]:
    """The documents of these rows, in their order."""
    shown = documents_of(resource, keys_of(rows, bindings), bindings, tree, separator=SEPARATOR)
    return shown.split(SEPARATOR) if shown else []


def documents_of(
    resource: type[Served], keys: str, bindings: Bindings, tree: Tree = EMPTY, *, separator: str = ","
) -> str:
    """What the rows of these keys look like, in the order of the keys, as one text."""
    if keys == NO_KEYS:
        return ""
    with in_bounds():
        ((shown,),) = many_documents(resource, tree, separator).rows(bindings, keys)
    return shown or ""


@lru_cache(maxsize=KEPT_TEXTS)
def many_documents(resource: type[Served], tree: Tree, separator: str) -> Prepared:
    """``SELECT <json texts> … JOIN <keys>``, as one text.

    Whether a row may be seen is asked again: it may have changed since its key was found. What is nested is
    seen by who sees what it stands under.
    """
    row: Any = as_text(resource.representation.row(resource.model, tree))
    if not resource.parent:
        row = Sql("CASE WHEN {} THEN {} END", resource.visible(), row)
    each = compile_queryset(resource.model._default_manager.order_by().values_list(row))
    key: Any = resource.model._meta.pk
    page = Compiled(
        f"JOIN unnest(%s::{key.cast_db_type(connection)}[]) WITH ORDINALITY AS page(k, n)"
        f" ON page.k = {key_column(resource.model)} ORDER BY page.n LIMIT {MOST_ROWS}",
        (KEY,),
    )
    ordered = each + page
    together = bounded(f"string_agg(x.e, '{separator}')", "NULL", "x.e")
    return prepare(Compiled(f"SELECT {together} FROM ({ordered.sql}) AS x(e)", ordered.params))


@lru_cache(maxsize=KEPT_TEXTS)
def one_document(resource: type[Served], tree: Tree) -> Prepared:
    """``SELECT <json text> … WHERE <key>``: one row, whoever may see it."""
    return prepare(select_documents(resource, tree) + _by_key(resource.model))


@lru_cache(maxsize=KEPT_TEXTS)
def one_visible_document(resource: type[Served], tree: Tree) -> Prepared:
    """``SELECT <visible>, <json text or NULL> … WHERE <key>``: 404, 403 and 200 in one statement."""
    visible = resource.visible()
    row = Sql("CASE WHEN {} THEN {}::text END", visible, resource.representation.row(resource.model, tree))
    rows = resource.model._default_manager.order_by().values_list(visible, row)
    return prepare(compile_queryset(rows) + _by_key(resource.model))


def _by_key(model: type[Model]) -> Compiled:
    """The condition that a row is the one that is asked for."""
    return Compiled(f"WHERE {key_column(model)} = %s", (KEY,))
