"""Filters on versions of types, by name."""

from __future__ import annotations

from datetime import date
from typing import Any, Self

from django.db.models import Q, QuerySet


class TypeQuerySet(QuerySet[Any, Any]):
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


class SubtypeQuerySet(TypeQuerySet):
    """What belongs to one version of a zaaktype: that version decides (rules of ``status``)."""

    version = "zaaktype__"
