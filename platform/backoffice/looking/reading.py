"""Reading as an application would that held the rights of the grant, and as nothing else."""

from __future__ import annotations

from collections.abc import Iterator, Mapping
from dataclasses import dataclass, field
from datetime import date
from typing import Any
from uuid import UUID

from django.db.models import Model, QuerySet

from access.models import Grant, Scope
from api.catalogi.models import Zaaktype
from api.catalogi.scopes import CATALOGI_LEZEN
from api.clients.client import HIGHEST, Client, Right
from api.clients.models import Component
from api.pipeline.declare.declaration import bindings_of
from api.pipeline.represent.representation import SEPARATOR, documents_of
from api.pipeline.sql.pages import Window, counted
from api.pipeline.sql.tree import EMPTY, Tree
from api.pipeline.validate.references import PREFIX, parsed
from api.pipeline.words import registry
from api.pipeline.words.refusals import NotFound
from api.zaken.scopes import ZAKEN_LEZEN

Document = Mapping[str, Any]


def client_of(grant: Grant) -> Client:
    """Asked within the municipality: a grant that names no zaaktypen is for all that it has."""
    rights: list[Right] = []
    if Scope.ZAAKGEGEVENS in grant.scopes:
        types = grant.zaaktypen or Zaaktype.objects.values_list("pk", flat=True)
        lezen = ZAKEN_LEZEN.labels()
        rights += [Right(Component.ZAKEN, lezen, uuid, grant.maximum) for uuid in types]
    if Scope.INSTELLINGEN in grant.scopes:
        rights.append(Right(Component.CATALOGI, CATALOGI_LEZEN.labels(), None, HIGHEST))
    return Client(client_id=grant.number, label=grant.number, has_applicatie=True, rights=tuple(rights))


@dataclass(frozen=True, slots=True)
class Part:
    """Some of what was found, and how much that was."""

    count: int
    documents: list[Document]


@dataclass
class Reader:
    """``seen`` are the paths of all that was read, in that order; ``asked`` the one asked for by its key."""

    grant: Grant
    day: date
    client: Client = field(init=False)
    seen: dict[str, None] = field(default_factory=dict)
    asked: str = ""

    def __post_init__(self) -> None:
        self.client = client_of(self.grant)

    def rows(self, model: type[Model]) -> QuerySet[Any, Any]:
        """What the grant covers: what is hidden and what was never there are alike from here on.

        A grant that names zaaktypen shows the settings of those alone.
        """
        rows = registry.resource_for(model).seen_by(self.client, model._default_manager.all())
        if model is Zaaktype and self.grant.zaaktypen:
            rows = rows.filter(pk__in=self.grant.zaaktypen)
        return rows

    def collection(
        self, model: type[Model], rows: QuerySet[Any, Any], *, offset: int, size: int, tree: Tree = EMPTY
    ) -> Part:
        """A page of a collection, which is itself what was looked at first."""
        self.seen[registry.resource_for(model).root()] = None
        return self.part(rows, size=size, offset=offset, tree=tree)

    def part(self, rows: QuerySet[Any, Any], *, size: int, offset: int = 0, tree: Tree = EMPTY) -> Part:
        """So many of these rows, in their order, as the resource represents them."""
        resource = registry.resource_for(rows.model)
        bindings = bindings_of(self.client, self.day)
        count, keys = counted(rows, Window(offset, size), bindings)
        text = documents_of(resource, keys, bindings, tree, separator=SEPARATOR)
        documents = [parsed(each) for each in text.split(SEPARATOR)] if text else []
        self.seen |= dict.fromkeys(path for document in documents for path in paths_of(document))
        return Part(count, documents)

    def one(self, model: type[Model], key: UUID, tree: Tree = EMPTY) -> Document:
        """Raises NotFound for what is not there and what may not be seen alike, after the same statement."""
        self.asked = f"{registry.resource_for(model).root()}/{key}"
        found = self.part(self.rows(model).filter(pk=key), size=1, tree=tree).documents
        if not found:
            raise NotFound
        return found[0]


def expanded(document: Document, *steps: str) -> Document:
    """What the document leads to; empty where nothing is there, or nothing that the grant covers."""
    for step in steps:
        document = document.get("_expand", {}).get(step) or {}
    return document


def paths_of(document: Document) -> Iterator[str]:
    """Of the object itself, and of all that was expanded in it."""
    if "url" in document:
        yield path_of(document["url"])
    for below in document.get("_expand", {}).values():
        for each in below if isinstance(below, list) else [below]:
            yield from paths_of(each or {})


def path_of(url: str) -> str:
    """A URL of the municipality as it is stored, without its mark."""
    return url.removeprefix(PREFIX)


def key_of(url: str) -> UUID:
    """The key of the object that a URL of the municipality leads to."""
    return UUID(url.rpartition("/")[2])
