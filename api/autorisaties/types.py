"""What an autorisatie of each component is about (AC 1.1.0), and which types it covers here."""

from __future__ import annotations

from collections.abc import Mapping
from dataclasses import dataclass
from typing import Any

from django.db.models import Model, Q, QuerySet, Value
from django.db.models.lookups import Exact

from api.clients.covered import COVERED, Covered
from api.clients.models import Component


@dataclass(frozen=True, slots=True)
class Typed:
    """A component whose autorisaties are about types of objects."""

    attribute: str
    """The member that names the type."""
    types: Covered
    scopes: str
    """How the scopes begin that need a type."""
    levelled: bool
    """Whether the right goes up to a level of confidentiality."""

    @property
    def model(self) -> type[Model]:
        return self.types.model

    def covered(self, catalogus: Any, identificatie: Any) -> QuerySet[Any, Any]:
        """The types of a catalogus, or the versions of one of them; both may be expressions."""
        name = self.types.name
        wanted = identificatie if hasattr(identificatie, "resolve_expression") else Value(identificatie)
        of_name = Q(Exact(wanted, Value(""))) | Q(**{name: wanted})
        return self.model._default_manager.filter(of_name, catalogus=catalogus).order_by(name, "pk")


TYPED: Mapping[str, Typed] = {
    Component.ZAKEN: Typed("zaaktype", COVERED[Component.ZAKEN], "zaken.", levelled=True),
    Component.DOCUMENTEN: Typed(
        "informatieobjecttype", COVERED[Component.DOCUMENTEN], "documenten.", levelled=True
    ),
    Component.BESLUITEN: Typed("besluittype", COVERED[Component.BESLUITEN], "besluiten.", levelled=False),
}
