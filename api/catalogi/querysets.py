"""Filters on versions of types, by name."""

from __future__ import annotations

from datetime import date
from typing import Self, TypeVar

from django.db.models import Manager, Model, Q, QuerySet

TypeT_co = TypeVar("TypeT_co", bound=Model, covariant=True)


class TypeQuerySet(QuerySet[TypeT_co, TypeT_co]):
    """Versions of a main type: zaaktype, besluittype or informatieobjecttype."""

    version = ""  # the lookup that leads from a row to its version

    def published(self) -> Self:
        return self.filter(**{f"{self.version}concept": False})

    def concept(self) -> Self:
        return self.filter(**{f"{self.version}concept": True})

    def valid_on(self, day: date) -> Self:
        """Valid from begin_geldigheid up to and including einde_geldigheid (as in ztc-016)."""
        begun = Q(**{f"{self.version}begin_geldigheid__lte": day})
        endless = Q(**{f"{self.version}einde_geldigheid__isnull": True})
        not_ended = Q(**{f"{self.version}einde_geldigheid__gte": day})
        return self.filter(begun, endless | not_ended)


class SubtypeQuerySet(TypeQuerySet[TypeT_co]):
    """What belongs to one version of a zaaktype, which decides for it (filter ``status``)."""

    version = "zaaktype__"


TypeManager = Manager.from_queryset(TypeQuerySet)
SubtypeManager = Manager.from_queryset(SubtypeQuerySet)
