"""New rows go into the database here: one by itself, many of a kind in one statement."""

from __future__ import annotations

from collections.abc import Iterable

from django.db.models import Model


def insert(rows: Iterable[Model]) -> None:
    """Insert them, those of each kind in their order."""
    kinds: dict[type[Model], list[Model]] = {}
    for row in rows:
        kinds.setdefault(type(row), []).append(row)
    for model, of_kind in kinds.items():
        if len(of_kind) == 1:
            of_kind[0].save(force_insert=True)
        else:
            model._default_manager.bulk_create(of_kind)
