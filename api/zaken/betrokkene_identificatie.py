"""``betrokkeneIdentificatie`` in the representation: its form depends on ``betrokkeneType``."""

from __future__ import annotations

from typing import Any

from django.db.models import F, Model
from rest_framework import serializers

from api.pipeline.represent.members import Member
from api.zaken import betrokkenen


class BetrokkeneIdentificatie(Member):
    """Kept as jsonb with every member of its form; the rules of a rol check it."""

    def expression(self, model: type[Model]) -> Any:
        return F(self.attribute)

    def field(self, model: type[Model]) -> Any:
        return serializers.DictField(source=self.attribute, required=False, allow_null=True)

    def schema(self, model: type[Model]) -> dict[str, Any]:
        return {"type": "object", "oneOf": [betrokkenen.schema(each) for each in betrokkenen.FORMS]}
