"""Members of a sub-type that follow from its zaaktype; what a client writes must agree with it.

All of them are deprecated in the standard (rules 9.2, x-ztc-07).
"""

from __future__ import annotations

from typing import Any

from django.db.models import F, Model
from django.db.models.functions import Coalesce

from api.catalogi.models import Catalogus
from api.pipeline.commit.stored import StoredAfter
from api.pipeline.declare.write import Write
from api.pipeline.represent.links import Link
from api.pipeline.represent.members import Field
from api.pipeline.validate.values import LinkField


class ZaaktypeCatalogus(StoredAfter, Link):
    """The catalogus of the zaaktype. A client may name it and changes nothing by that."""

    def __init__(self) -> None:
        super().__init__("zaaktype__catalogus", expand=True)

    def field(self, model: type[Model]) -> Any:
        return LinkField(target=Catalogus, source=self.attribute, required=False, allow_null=True)

    def store(self, write: Write, value: Any) -> None:
        """It is kept with the zaaktype."""

    def schema(self, model: type[Model]) -> dict[str, Any]:
        return {**super().schema(model), "nullable": True, "deprecated": True}


class ZaaktypeDate(Field):
    """A date that is the zaaktype's where the client gave none."""

    def expression(self, model: type[Model]) -> Any:
        return Coalesce(F(self.attribute), F(f"zaaktype__{self.attribute}"))

    def schema(self, model: type[Model]) -> dict[str, Any]:
        return {**super().schema(model), "deprecated": True}
