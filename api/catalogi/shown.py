"""Which versions a name is answered with.

By the letter those that are published and valid on the reference day. Clients that know Open Zaak expect
a URL for whatever they related, a concept too: for them a name without a valid version is answered with the
newest concept, else with the newest version (``open_zaak_compatibility``).
"""

from __future__ import annotations

from collections.abc import Callable
from typing import Any

from django.contrib.postgres.expressions import ArraySubquery
from django.db.models import (
    BooleanField,
    DateField,
    ExpressionWrapper,
    F,
    Model,
    OuterRef,
    Q,
    QuerySet,
    Subquery,
)

from api.pipeline.sql.compiled import OPEN_ZAAK, Param
from api.pipeline.sql.rows import Sql
from api.pipeline.words import registry

DAY = Param("day", lambda bindings: bindings.day, "date", DateField())
VALID = (Q(einde_geldigheid__isnull=True) | Q(einde_geldigheid__gte=DAY)) & Q(
    concept=False, begin_geldigheid__lte=DAY
)
"""Published, and valid on the reference day, the first and last day included."""
FIRST_COMES = (
    ExpressionWrapper(VALID, BooleanField()).desc(),
    "-concept",
    "-begin_geldigheid",
    "pk",
)


def out(attribute: str, depth: int = 1) -> Any:
    """An attribute of the row ``depth`` queries out."""
    reference: Any = OuterRef(attribute)
    for _ in range(depth - 1):
        reference = OuterRef(reference)
    return reference


def among(attribute: str, names: QuerySet[Any, Any]) -> Q:
    """Whether an attribute is one of these few; ``names`` is of one column.

    They are read once, and lead to the rows: with ``IN`` each row of a catalogus is sought among the names.
    """
    return Q(Sql("{} = ANY ({})", F(attribute), ArraySubquery(names), output_field=BooleanField()))


def shown_versions(target: type[Model], candidates: Callable[[int], Q]) -> QuerySet[Any, Any]:
    """Of the candidates those that are answered, name by name.

    ``candidates`` says which versions they are, in terms of the row a number of queries out.
    """
    resource: Any = registry.resource_for(target)
    name = resource.identified_by
    rows = target._default_manager
    same_name = rows.filter(
        candidates(2), catalogus_id=OuterRef("catalogus_id"), **{name: OuterRef(name)}
    ).order_by(*FIRST_COMES)
    stands_in = Q(OPEN_ZAAK, pk=Subquery(same_name.values("pk")[:1]))
    return rows.filter(candidates(1)).filter(VALID | stands_in)
