"""The tables of which the database keeps how many rows there are, as the resources declare them."""

from __future__ import annotations

from typing import Any

from django.db.models import Model

from api.pipeline.declare.declaration import Declaration, declarations
from api.pipeline.declare.visibility import TypeRights
from api.records.row_counts import Counted


def counted_tables() -> list[Counted]:
    """What the resources say is counted: each main table with what belongs to its rows."""
    tables: dict[type[Model], dict[str, str]] = {}
    rights: dict[type[Model], TypeRights] = {}
    for resource in declarations():
        if resource.counted:
            main = resource.main_resource().model
            rights[main] = rights_of(resource)
            below = tables.setdefault(main, {})
            if resource.main is not None:
                below[resource.model._meta.db_table] = _column(resource.model, resource.main)
    return [
        Counted(
            main._meta.db_table,
            type=_column(main, rights[main].type_attribute),
            level=_column(main, rights[main].level_attribute),
            published=_column(main, rights[main].published_attribute) or None,
            key=main._meta.pk.column,
            below=dict(sorted(below.items())),
        )
        for main, below in tables.items()
    ]


def rights_of(resource: type[Declaration]) -> TypeRights:
    """By type and level; nothing else is counted."""
    assert isinstance(resource.rights, TypeRights), resource  # noqa: S101 - a declaration that cannot be kept
    return resource.rights


def _column(model: type[Model], attribute: str | None) -> str:
    """The name of the column; empty for no attribute."""
    if attribute is None:
        return ""
    field: Any = model._meta.get_field(attribute)
    return str(field.column)
