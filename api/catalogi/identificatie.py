"""The identificatie of a zaaktype: the client's, and where Open Zaak is followed one may be given."""

from __future__ import annotations

from typing import Any

from django.db.models import Max, Model
from rest_framework import serializers

from api.catalogi.models import Catalogus, Zaaktype
from api.pipeline.declare.write import Write
from api.pipeline.represent.members import Field

LONGEST = 50


class IdentificatieField(serializers.CharField):
    """Required, as the standard has it; clients of Open Zaak may leave it out (``give_identificatie``)."""

    def run_validation(self, data: Any = serializers.empty) -> Any:
        if data in (serializers.empty, "") and self.context["caller"].municipality.open_zaak_compatibility:
            raise serializers.SkipField
        return super().run_validation(data)


class Identificatie(Field):
    """What all versions of a zaaktype have in common within a catalogus."""

    def field(self, model: type[Model]) -> Any:
        return IdentificatieField(source=self.attribute, max_length=LONGEST)


def give_identificatie(write: Write) -> None:
    """The next number of the year in this catalogus, where the client chose none."""
    if write.data.get("identificatie"):
        return
    # two at once would get the same number, and be taken for versions of one zaaktype
    catalogus = Catalogus.objects.select_for_update().get(pk=write.data["catalogus"].pk)
    begin = f"ZAAKTYPE-{write.caller.today.year}-"
    given = Zaaktype.objects.filter(catalogus=catalogus, identificatie__regex=rf"^{begin}\d{{10}}$")
    highest = given.aggregate(highest=Max("identificatie"))["highest"] or f"{begin}0"
    write.data["identificatie"] = f"{begin}{int(highest.removeprefix(begin)) + 1:010d}"
