"""``beginObject`` and ``eindeObject``: when the type, over all its versions, came and went.

Deprecated in the standard, where a client writes them. Open Zaak finds them out, and so does a municipality
that answers as Open Zaak (``open_zaak_compatibility``); what a client sends is of no account then.
"""

from __future__ import annotations

from typing import Any

from django.db.models import F, Model, OuterRef, Subquery
from rest_framework import serializers

from api.catalogi.models import Zaaktype
from api.pipeline.represent.members import Field
from api.pipeline.sql.compiled import OPEN_ZAAK
from api.pipeline.sql.rows import Sql
from api.pipeline.validate.emptiness import follows_open_zaak
from api.pipeline.words import registry

VERSION = {
    "begin_object": ("begin_geldigheid", "begin_geldigheid"),
    "einde_object": ("-begin_geldigheid", "einde_geldigheid"),
}
"""The order in which the version that decides comes first, and its date."""


class ObjectDateField(serializers.DateField):
    """Left out where it follows from the versions."""

    def run_validation(self, data: Any = serializers.empty) -> Any:
        if follows_open_zaak(self):
            raise serializers.SkipField
        return super().run_validation(data)


class ObjectDate(Field):
    """One of the two dates, of a type or, ``through`` its zaaktype, of a part of it."""

    def __init__(self, *, through: str = "") -> None:
        super().__init__()
        self.through = through

    def expression(self, model: type[Model]) -> Any:
        order, date = VERSION[self.attribute]
        decides = self._versions(model).order_by(order).values(date)[:1]
        return Sql("CASE WHEN {} THEN {} ELSE {} END", OPEN_ZAAK, Subquery(decides), F(self.attribute))

    def field(self, model: type[Model]) -> Any:
        return ObjectDateField(source=self.attribute, required=False, allow_null=True)

    def _versions(self, model: type[Model]) -> Any:
        versioned = Zaaktype if self.through else model
        resource: Any = registry.resource_for(versioned)
        name: str = resource.identified_by
        return versioned._default_manager.filter(
            **{each: OuterRef(f"{self.through}{each}") for each in ("catalogus_id", name)}
        )
