"""Filters on what a type names and what names it; a value is a name, or the URL of a version."""

from __future__ import annotations

from collections.abc import Callable
from typing import Any

from django.db.models import Exists, Model, Q, QuerySet

from api.catalogi.named import Relation
from api.catalogi.namefield import Name, read_name
from api.pipeline.validate import references
from api.pipeline.validate.filters import NO_KEY, Filter, LinkTo
from api.pipeline.words.caller import Caller


class Naming(Filter):
    """Types that name this one."""

    def __init__(self, relation: Relation) -> None:
        self.relation = relation

    def parse(self, value: Any, caller: Caller) -> Name | None:
        return read_name(value, self.relation.target, self.relation.name, caller)

    def condition(self, value: Name | None) -> Any:
        if value is None:
            return Q(pk=NO_KEY)
        rows = self.relation.rows().filter(naam=value)
        return Exists(rows.filter(catalogus_id=value.catalogus_id) if value.catalogus_id else rows)


class NamedBy(Filter):
    """Types that are named by this one, which has ``attribute`` for a name."""

    def __init__(self, relation: Relation, source: type[Model], attribute: str) -> None:
        self.relation = relation
        self.source = source
        self.attribute = attribute

    def parse(self, value: Any, caller: Caller) -> dict[str, Any]:
        if not references.is_url(value):
            return {f"{self.relation.source}__{self.attribute}": value}
        reference = references.find(value, caller)
        found = reference is not None and reference.resource.model is self.source
        return {self.relation.source: reference.uuid if reference and found else NO_KEY}

    def condition(self, value: dict[str, Any]) -> Any:
        return Exists(self.relation.naming().filter(**value))


class NamedIn(LinkTo):
    """Types that rows of another kind name; ``rows`` gives those that name the outer row."""

    def __init__(self, rows: Callable[[], QuerySet[Any, Any]], attribute: str, target: type[Model]) -> None:
        super().__init__(attribute, target)
        self.rows = rows

    def condition(self, value: Any) -> Any:
        return Exists(self.rows().filter(super().condition(value)))
