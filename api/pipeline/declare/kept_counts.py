"""How long a whole list is for a client, from the counts that the database keeps."""

from __future__ import annotations

from dataclasses import replace

from django.core.exceptions import EmptyResultSet

from api.clients.client import Client
from api.clients.scopes import ScopeExpression
from api.pipeline.declare.declaration import Declaration
from api.pipeline.declare.row_counts import rights_of
from api.pipeline.sql.compiled import Compiled, compile_queryset
from api.records.models import RowCount


def kept_count(resource: type[Declaration], client: Client, scope: ScopeExpression) -> Compiled | None:
    """``SELECT`` of how many rows the client may see with the scope; ``None`` where nobody keeps that."""
    if not resource.counted:
        return None
    kept = RowCount.objects.filter(kind=resource.model._meta.db_table)
    rights = replace(
        rights_of(resource), type_attribute="type", level_attribute="level", published_attribute="published"
    )
    if not rights.sees_all(client, scope):
        kept = rights.restrict(kept, client, scope)
    try:
        numbers = compile_queryset(kept.values_list("number"))
    except EmptyResultSet:
        return None
    total = f"SELECT coalesce(sum(number), 0)::bigint FROM ({numbers.sql}) AS kept"  # noqa: S608 - Django's
    return Compiled(total, numbers.params)
