"""Which attribute names the type in an autorisatie of each component (AC 1.1.0)."""

from __future__ import annotations

from collections.abc import Mapping
from dataclasses import dataclass

from api.clients.models import Component


@dataclass(frozen=True, slots=True)
class Typed:
    """A component whose autorisaties are about types of objects."""

    attribute: str
    scopes: str
    """How the scopes begin that need a type."""
    levelled: bool
    """Whether the right goes up to a level of confidentiality."""


TYPED: Mapping[str, Typed] = {
    Component.ZAKEN: Typed("zaaktype", "zaken.", levelled=True),
    Component.DOCUMENTEN: Typed("informatieobjecttype", "documenten.", levelled=True),
    Component.BESLUITEN: Typed("besluittype", "besluiten.", levelled=False),
}
