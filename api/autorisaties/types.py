"""What an autorisatie of each component is about (AC 1.1.0), and which types it covers here."""

from __future__ import annotations

from collections.abc import Mapping
from dataclasses import dataclass
from typing import Any

from django.db.models import Model, Q, QuerySet, Value
from django.db.models.lookups import Exact

from api.catalogi.models import Besluittype, Informatieobjecttype, Zaaktype
from api.clients.models import Component


@dataclass(frozen=True, slots=True)
class Typed:
    """A component whose autorisaties are about types of objects."""

    attribute: str
    """The member that names the type."""
    model: type[Model]
    name: str
    """What all versions of a type have in common within a catalogus."""
    scopes: str
    """How the scopes begin that need a type."""
    levelled: bool
    """Whether the right goes up to a level of confidentiality."""

    def covered(self, catalogus: Any, identificatie: Any) -> QuerySet[Any, Any]:
        """The types of a catalogus, or the versions of one of them; both may be expressions."""
        wanted = identificatie if hasattr(identificatie, "resolve_expression") else Value(identificatie)
        of_name = Q(Exact(wanted, Value(""))) | Q(**{self.name: wanted})
        return self.model._default_manager.filter(of_name, catalogus=catalogus).order_by(self.name, "pk")


TYPED: Mapping[str, Typed] = {
    Component.ZAKEN: Typed("zaaktype", Zaaktype, "identificatie", "zaken.", levelled=True),
    Component.DOCUMENTEN: Typed(
        "informatieobjecttype", Informatieobjecttype, "omschrijving", "documenten.", levelled=True
    ),
    Component.BESLUITEN: Typed("besluittype", Besluittype, "omschrijving", "besluiten.", levelled=False),
}
