"""Several counts by one statement: each of rows of its own."""

from __future__ import annotations

from collections.abc import Mapping
from typing import Any

from django.db.models import Count, IntegerField, QuerySet, Subquery, Value
from django.db.models.functions import Coalesce

from tenants.accounts.models import User
from tenants.accounts.person import Person

Counted = tuple[QuerySet[Any, Any], str]
"""Rows, and the column of which different values are counted."""


def counts_of(person: Person, counted: Mapping[str, Counted]) -> dict[str, int]:
    """By name. The statement is about the one row of the person, who is always there; none for nothing."""
    if not counted:
        return {}
    columns = {name: _count(rows, column) for name, (rows, column) in counted.items()}
    found = User.objects.filter(pk=person.user.pk).annotate(**columns).values(*columns).first()
    return dict(found or dict.fromkeys(columns, 0))


def _count(rows: QuerySet[Any, Any], column: str) -> Coalesce:
    grouped = rows.order_by().annotate(of_all=Value(1)).values("of_all")
    many = grouped.annotate(many=Count(column, distinct=True)).values("many")
    return Coalesce(Subquery(many, output_field=IntegerField()), 0)
