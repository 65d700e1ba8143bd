"""``gerelateerdeZaaktypen``: types related by name, each with what the relation is."""

from __future__ import annotations

from typing import Any

from django.db.models import F, JSONField, Model, Q, Subquery
from rest_framework import serializers

from api.catalogi.models import Zaaktype
from api.catalogi.models.keuzes import AardRelatie
from api.catalogi.named import Relation, Versions
from api.catalogi.shown import out, shown_versions
from api.pipeline.declare.write import Write
from api.pipeline.represent.links import link_to
from api.pipeline.sql.rows import JsonList, Row
from api.pipeline.validate.objects import ObjectSerializer


class GerelateerdeZaaktypen(Versions):
    """A list of ``{zaaktype, zaaktypeIdentificatie, aardRelatie, toelichting}``.

    ``zaaktype`` is the newest version that is shown on the reference day, or null where none is.
    """

    def __init__(self, relation: Relation) -> None:
        super().__init__(relation, required=True)

    def expression(self, model: type[Model]) -> Any:
        version = (
            shown_versions(Zaaktype, _named)
            .order_by("-begin_geldigheid")
            .values_list(link_to(Zaaktype, "pk"))[:1]
        )
        item = Row(
            {
                "zaaktype": Subquery(version, output_field=JSONField()),
                "zaaktypeIdentificatie": F("naam"),
                "aardRelatie": F("aard_relatie"),
                "toelichting": F("toelichting"),
            }
        )
        return JsonList(self.relation.rows().values_list(item))

    def field(self, model: type[Model]) -> Any:
        return GerelateerdZaaktype(
            relation=self.relation, many=True, required=bool(self.required), source=self.attribute
        )

    def columns(self, value: Any) -> dict[str, Any]:
        return dict(value)

    def unique(self, value: list[Any]) -> list[Any]:
        """Each name once, as it was given last."""
        return [dict(item) for item in {item["naam"]: item for item in value}.values()]

    def kept(self, write: Write) -> list[Any]:
        """What is stored now, in the form of ``unique``."""
        rows = self.relation_rows(write).order_by("volgorde")
        return list(rows.values("naam", "aard_relatie", "toelichting"))

    def schema(self, model: type[Model]) -> dict[str, Any]:
        text = {"type": "string"}
        return {
            "type": "array",
            "items": {
                "type": "object",
                "required": ["aardRelatie", "zaaktype"],
                "properties": {
                    "zaaktype": {**text, "format": "uri", "nullable": True},
                    "zaaktypeIdentificatie": {**text, "readOnly": True},
                    "aardRelatie": {**text, "enum": AardRelatie.values},
                    "toelichting": {**text, "maxLength": 255},
                },
            },
        }


def _named(depth: int) -> Q:
    return Q(catalogus_id=out("catalogus_id", depth), identificatie=out("naam", depth))


class GerelateerdZaaktype(ObjectSerializer):
    """One related type as a client writes it.

    What was read without a ``zaaktype``, for none was valid, comes back with its identificatie.
    """

    names = frozenset(("zaaktype", "zaaktypeIdentificatie", "aardRelatie", "toelichting"))

    aardRelatie = serializers.ChoiceField(AardRelatie.choices, source="aard_relatie")  # noqa: N815 - on the wire
    toelichting = serializers.CharField(max_length=255, allow_blank=True, default="")

    def __init__(self, *args: Any, relation: Relation, **options: Any) -> None:
        self.relation = relation
        super().__init__(*args, **options)

    def get_fields(self) -> dict[str, Any]:
        return {"zaaktype": self.relation.field(source="naam"), **super().get_fields()}

    def to_internal_value(self, data: Any) -> Any:
        if isinstance(data, dict) and data.get("zaaktype") is None and "zaaktypeIdentificatie" in data:
            data = {**data, "zaaktype": data["zaaktypeIdentificatie"]}
        return super().to_internal_value(data)
