"""What finds the rows whose text has a part in it, in capitals or not."""

from __future__ import annotations

from django.contrib.postgres.indexes import OpClass
from django.db.models.functions import Upper
from django.db.models.indexes import IndexExpression

# Django does this for who installs the whole of django.contrib.postgres.
IndexExpression.register_wrappers(OpClass)  # type: ignore[arg-type]  # a class is meant, the stubs say one


def parts_of(attribute: str) -> OpClass:
    """An expression of a ``GinIndex`` that serves ``<attribute>__icontains``, from three letters on."""
    return OpClass(Upper(attribute), name="gin_trgm_ops")
