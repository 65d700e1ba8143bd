"""``eigenschappen`` of a statustype: those that need a value before a zaak gets such a status.

The eigenschap holds the statustype, so this list is the same fact written from the other side.
"""

from __future__ import annotations

from typing import Any

from django.db.models import Model
from rest_framework import serializers

from api.catalogi.models import Eigenschap
from api.pipeline.commit.stored import StoredAfter
from api.pipeline.declare.write import Write
from api.pipeline.represent.links import Links
from api.pipeline.validate.values import LinkField


class RequiredEigenschappen(StoredAfter, Links):
    """The URLs, also to write; a list that is absent leaves everything as it is."""

    def __init__(self) -> None:
        super().__init__("eigenschappen", order_by=("naam", "pk"), expand=True)
        self.read_only = False

    def field(self, model: type[Model]) -> Any:
        # the standard allows null for an element, which then names nothing
        child = LinkField(target=Eigenschap, allow_null=True)
        return serializers.ListField(child=child, required=False, source=self.attribute)

    def store(self, write: Write, value: list[Eigenschap | None]) -> None:
        """Let these name the statustype, and no others."""
        keys = [eigenschap.pk for eigenschap in value if eigenschap is not None]
        write.instance.eigenschappen.exclude(pk__in=keys).update(statustype=None)
        Eigenschap.objects.filter(pk__in=keys).update(statustype=write.instance)

    def schema(self, model: type[Model]) -> dict[str, Any]:
        items = {"type": "string", "format": "uri", "nullable": True}
        return {"type": "array", "items": items, "uniqueItems": True}
