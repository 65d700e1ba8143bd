"""Filters that only versions of types have."""

from __future__ import annotations

from datetime import date
from typing import Any

from django.db.models import Q
from rest_framework import serializers

from api.pipeline.validate.filters import Day, OneOf, Parameter

STATUSES = (("alles", "Alles"), ("concept", "Concept"), ("definitief", "Definitief"))


class ByStatus(OneOf):
    """Published types by default, concepts or all where asked; ``through`` leads to the version."""

    explanation = "Gepubliceerde versies, tenzij om concepten of alles gevraagd wordt."

    def __init__(self, through: str = "", default: str = "definitief") -> None:
        super().__init__(f"{through}concept", STATUSES)
        self.default = default

    def condition(self, value: Any) -> Any:
        return Q() if value == "alles" else Q(**{self.attribute: value == "concept"})


class ValidOn(Day):
    """Versions that are valid on a day; it is also the day on which their names are resolved."""

    explanation = "Geldig op deze datum; namen staan dan voor de versies van die dag."
    sets_day = True

    def __init__(self, through: str = "") -> None:
        super().__init__(through)

    def condition(self, value: date) -> Any:
        begun = Q(**{f"{self.attribute}begin_geldigheid__lte": value})
        endless = Q(**{f"{self.attribute}einde_geldigheid__isnull": True})
        return begun & (endless | Q(**{f"{self.attribute}einde_geldigheid__gte": value}))


class OnDay(Parameter):
    """The day on which names are resolved, for an object that is named by its URL."""

    explanation = "De dag waarvan namen de versies aanwijzen; vandaag als zij ontbreekt."
    sets_day = True

    def __init__(self) -> None:
        super().__init__(serializers.DateField(), {"type": "string", "format": "date"})


class ZaaktypeDay(Day):
    """A date of a sub-type, which is the zaaktype's where it has none of its own."""

    def condition(self, value: date) -> Any:
        own, absent = Q(**{self.attribute: value}), Q(**{f"{self.attribute}__isnull": True})
        return own | (absent & Q(**{f"zaaktype__{self.attribute}": value}))
