"""Which types of a catalogus an autorisatie of each component can cover.

The catalogus is met by its reverse accessors alone: its models stand in a higher package.
"""

from __future__ import annotations

from collections.abc import Mapping
from dataclasses import dataclass
from typing import Any

from django.db.models import Model

from api.clients.models import Autorisatie, Component


@dataclass(frozen=True, slots=True)
class Covered:
    """Types as a catalogus has them."""

    accessor: str
    name: str
    """The attribute that all versions of a type have in common."""

    @property
    def model(self) -> type[Model]:
        catalogus: Any = Autorisatie._meta.get_field("catalogus").related_model
        model: type[Model] = catalogus._meta.get_field(self.accessor).related_model
        return model


COVERED: Mapping[str, Covered] = {
    Component.ZAKEN: Covered("zaaktypen", "identificatie"),
    Component.DOCUMENTEN: Covered("informatieobjecttypen", "omschrijving"),
    Component.BESLUITEN: Covered("besluittypen", "omschrijving"),
}
