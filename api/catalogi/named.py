"""Relations between types by name, as the representation has them (history model, rules 9.2).

A name stands for every version of the type that bears it. An answer gives the versions that are shown
for it on the reference day; a request names the type, or gives the URL of a version.
"""

from __future__ import annotations

from collections.abc import Iterator
from typing import Any

from django.db.models import Model, Q, QuerySet

from api.catalogi.echoed import GivenField
from api.catalogi.models import TypeRelatie
from api.catalogi.namefield import Name, NameField
from api.catalogi.shown import among, out, shown_versions
from api.pipeline.commit.stored import StoredAfter
from api.pipeline.declare.write import Write
from api.pipeline.represent.links import all_in_full, links_to
from api.pipeline.represent.members import Member
from api.pipeline.sql.rows import JsonList
from api.pipeline.words import registry


class Relation:
    """One kind of named relation: from which row, to what, by which name."""

    def __init__(
        self, kind: str, source: str, target: type[Model], name: str, catalogus: str = "catalogus"
    ) -> None:
        self.kind = kind
        self.source = source
        self.target = target
        self.name = name
        self.catalogus = catalogus

    def field(self, **options: Any) -> NameField:
        """What validates one name, or the URL that stands for it."""
        return NameField(self.target, self.name, **options)

    def rows(self, depth: int = 1) -> QuerySet[TypeRelatie, TypeRelatie]:
        """The relations of the row ``depth`` queries out."""
        rows = TypeRelatie.objects.filter(kind=self.kind, **{self.source: out("pk", depth)})
        return rows.order_by("volgorde")

    def naming(self, depth: int = 1) -> QuerySet[TypeRelatie, TypeRelatie]:
        """The other way round: the relations that name the row ``depth`` queries out."""
        return TypeRelatie.objects.filter(
            kind=self.kind, catalogus_id=out("catalogus_id", depth), naam=out(self.name, depth)
        )

    def sources(self, depth: int) -> Q:
        """What names the row ``depth`` queries out."""
        return among("pk", self.naming(depth + 1).values(self.source))

    def versions(self) -> QuerySet[Any, Any]:
        """What the names of the outer row stand for, within its catalogus."""
        return shown_versions(self.target, self._named).order_by(self.name, "pk")

    def _named(self, depth: int) -> Q:
        names = self.rows(depth + 1).order_by().values("naam")
        return Q(among(self.name, names), catalogus_id=out(f"{self.catalogus}_id", depth))


class Versions(StoredAfter, Member):
    """The URLs of the versions that a row's names stand for."""

    leads_to_many = True

    def __init__(self, relation: Relation, *, required: bool = False, expand: bool = True) -> None:
        super().__init__(required=required)
        self.relation = relation
        self.expands = expand

    def expression(self, model: type[Model]) -> Any:
        return links_to(self.relation.versions(), self.relation.target)

    def target(self, model: type[Model]) -> type[Model] | None:
        return self.relation.target if self.expands else None

    def expanded(self, model: type[Model], tree: Any) -> Any:
        return all_in_full(self.relation.versions(), self.relation.target, tree)

    def field(self, model: type[Model]) -> Any:
        child = self.relation.field()
        shown_as = self._shown_as(model)
        return GivenField(shown_as, child=child, required=bool(self.required), source=self.attribute)

    def settled(self, write: Write, value: Any) -> Any:
        """The names, and those that were read and show no URL today."""
        echoed = getattr(value, "echoed", ())
        if write.instance is None or not echoed:
            return value
        names = self.kept(write)
        versions: Any = self.relation.target._default_manager.filter(
            **{"catalogus": self._catalogus(write), f"{self.relation.name}__in": names}
        )
        if not write.caller.municipality.open_zaak_compatibility:
            versions = versions.published().valid_on(write.caller.today)
        shown = set(versions.values_list(self.relation.name, flat=True))
        staying = [Name(name) for name in names if name in echoed and name not in shown]
        # in the order in which they stood
        every = dict.fromkeys((*value, *staying))
        return sorted(every, key=lambda name: names.index(name) if name in names else len(names))

    def store(self, write: Write, value: list[str]) -> None:
        """Replace the names of this kind by these."""
        self.relation_rows(write).delete()
        TypeRelatie.objects.bulk_create(self._rows(write, value))

    def store_new(self, write: Write, value: list[Any]) -> list[Model]:
        return [*self._rows(write, value)]

    def unique(self, value: list[Any]) -> list[Any]:
        """What is stored of a value: each name once."""
        return list(dict.fromkeys(value))

    def kept(self, write: Write) -> list[Any]:
        """What is stored now, in the form of ``unique``."""
        return list(self.relation_rows(write).order_by("volgorde").values_list("naam", flat=True))

    def relation_rows(self, write: Write) -> QuerySet[TypeRelatie, TypeRelatie]:
        """The stored relations of the row that is being written."""
        source = {self.relation.source: write.instance}
        return TypeRelatie.objects.filter(kind=self.relation.kind, **source)

    def columns(self, value: Any) -> dict[str, Any]:
        """What is stored of one of the values of ``unique``."""
        return {"naam": value}

    def _rows(self, write: Write, value: list[Any]) -> Iterator[TypeRelatie]:
        for index, each in enumerate(self.unique(value)):
            yield self._row(write, self.columns(each), index)

    def _row(self, write: Write, columns: dict[str, Any], index: int) -> TypeRelatie:
        return TypeRelatie(
            kind=self.relation.kind,
            catalogus=self._catalogus(write),
            volgorde=index,
            **{self.relation.source: write.instance},
            **columns,
        )

    def _catalogus(self, write: Write) -> Any:
        catalogus: Any = write.instance
        for step in self.relation.catalogus.split("__"):
            catalogus = getattr(catalogus, step)
        return catalogus

    def _shown_as(self, model: type[Model]) -> str | None:
        """The member that shows the names alone."""
        members = registry.resource_for(model).representation.members.items()
        shown = (name for name, each in members if isinstance(each, Names) and each.relation is self.relation)
        return next(shown, None)

    def schema(self, model: type[Model]) -> dict[str, Any]:
        items = {"type": "string", "format": "uri"}
        return {"type": "array", "items": items, "uniqueItems": True}


class Names(Member):
    """The names themselves."""

    def __init__(self, relation: Relation) -> None:
        super().__init__(read_only=True)
        self.relation = relation

    def expression(self, model: type[Model]) -> Any:
        return JsonList(self.relation.rows().values_list("naam"))

    def schema(self, model: type[Model]) -> dict[str, Any]:
        return {"type": "array", "items": {"type": "string"}, "readOnly": True, "uniqueItems": True}


class Resolved(Member):
    """The URLs of rows that follow from names elsewhere; read only.

    ``rows`` gives the queryset on the target, in terms of the outer row.
    """

    leads_to_many = True

    def __init__(self, target: type[Model], rows: Any, *, expand: bool = True) -> None:
        super().__init__(read_only=True)
        self._target = target
        self.rows = rows
        self.expands = expand

    def expression(self, model: type[Model]) -> Any:
        return links_to(self.rows(), self._target)

    def target(self, model: type[Model]) -> type[Model] | None:
        return self._target if self.expands else None

    def expanded(self, model: type[Model], tree: Any) -> Any:
        return all_in_full(self.rows(), self._target, tree)

    def schema(self, model: type[Model]) -> dict[str, Any]:
        items = {"type": "string", "format": "uri"}
        return {"type": "array", "items": items, "readOnly": True, "uniqueItems": True}


class ResolvedNames(Member):
    """Names that follow from rows elsewhere; ``rows`` gives a queryset of one column."""

    def __init__(self, rows: Any) -> None:
        super().__init__(read_only=True)
        self.rows = rows

    def expression(self, model: type[Model]) -> Any:
        return JsonList(self.rows())

    def schema(self, model: type[Model]) -> dict[str, Any]:
        return {"type": "array", "items": {"type": "string"}, "readOnly": True, "uniqueItems": True}
