"""What the path of a request leads to, for who may see it."""

from __future__ import annotations

from collections.abc import Mapping
from typing import Any

from django.db.models import QuerySet

from api.clients.client import Client
from api.clients.scopes import ScopeExpression
from api.pipeline.authorise.judgement import not_covered, refuse_main
from api.pipeline.represent.representation import documents, one_visible_document
from api.pipeline.sql.bounded import MOST_BYTES, in_bounds, too_large
from api.pipeline.sql.compiled import Bindings
from api.pipeline.sql.tree import EMPTY, Tree
from api.pipeline.words.refusals import NotFound
from api.pipeline.words.served import Served

Keys = Mapping[str, Any]
"""The parameters of a path: ``uuid`` for an object, and the parent of what is nested."""


def rows_at(resource: type[Served], keys: Keys) -> QuerySet[Any, Any]:
    """The rows of the collection, or the one that the keys name; whoever may see them."""
    rows = resource.model._default_manager.filter(**resource.within(keys.get(resource.parent)))
    return rows.filter(**{resource.key: keys["uuid"]}) if "uuid" in keys else rows


def main_at(resource: type[Served], keys: Keys) -> Any:
    """The main object that the keys lead to, or ``NotFound``.

    ``None`` for a collection of its own, and for what is no row of the municipality.
    """
    if resource.parent:
        main = resource.parent_model()._default_manager.filter(pk=keys[resource.parent]).first()
        if main is None or ("uuid" in keys and not rows_at(resource, keys).exists()):
            raise NotFound
        return main
    if "uuid" not in keys or not resource.represents_model:
        return None
    instance = resource.referable().filter(pk=keys["uuid"]).first()
    if instance is None:
        raise NotFound
    return getattr(instance, resource.main) if resource.main else instance


def check_parent(resource: type[Served], scope: ScopeExpression, client: Client, parent: Any) -> None:
    """What is nested is there for who may see what it stands under; ``Forbidden`` for others."""
    refusal = refuse_main(resource, scope, client, parent)
    if refusal is not None:
        raise refusal


def check_readable(resource: type[Served], bindings: Bindings, scope: ScopeExpression, keys: Keys) -> None:
    """Whether what the keys name may be read; raises as ``readable`` does."""
    if resource.parent:
        check_parent(resource, scope, bindings.client, main_at(resource, keys))
    elif "uuid" in keys and resource.represents_model:
        readable(resource, bindings, keys)


def readable(resource: type[Served], bindings: Bindings, keys: Keys, tree: Tree = EMPTY) -> str:
    """The representation for a reader who may see the parent, if there is one.

    Raises ``NotFound``, or ``Forbidden`` for who may not see it.
    """
    if resource.parent:
        rows: Any = [
            (True, document) for document in documents(resource, rows_at(resource, keys), bindings, tree)
        ]
    else:
        with in_bounds():
            rows = one_visible_document(resource, tree).rows(bindings, keys["uuid"])
    if not rows:
        raise NotFound
    visible, document = rows[0]
    if not visible:
        raise not_covered(resource, resource.read_scope(), bindings.client, main_at(resource, keys))
    if len(document.encode()) > MOST_BYTES:
        raise too_large()
    return str(document)
