"""Rights on a catalogus, or on an identificatie in one, beside clients that only know plain ones.

Such a client reads one autorisatie for each type, changes something, and sends the list back. Where
all that a wide right showed is in it, the wide right stays; where something is missing, the client
took it away, and what is left of the right is what the list says.
"""

from __future__ import annotations

from collections.abc import Iterable, Iterator
from dataclasses import dataclass
from uuid import UUID

from api.autorisaties.types import TYPED
from api.clients.models import Applicatie, Autorisatie

Key = tuple[str, frozenset[str], UUID | None, int | None]


@dataclass(frozen=True, slots=True)
class Wide:
    """A wide right, and what it shows."""

    right: Autorisatie
    shown: frozenset[Key]


def kept(applicatie: Applicatie, given: Iterable[Autorisatie]) -> list[Wide]:
    """The wide rights that stay when these plain ones are given."""
    if applicatie.heeft_alle_autorisaties:
        return []
    keys = {key_of(right) for right in given}
    return [wide for wide in _wide_rights(applicatie) if wide.shown <= keys]


def key_of(right: Autorisatie) -> Key:
    """What makes two plain rights the same."""
    level = right.max_vertrouwelijkheidaanduiding
    return right.component, frozenset(right.scopes), right.type_uuid, level


def _wide_rights(applicatie: Applicatie) -> Iterator[Wide]:
    for right in applicatie.autorisaties.exclude(catalogus=None):
        component, scopes, _, level = key_of(right)
        typed = TYPED.get(component)
        types = typed.covered(right.catalogus_id, right.identificatie) if typed else ()
        yield Wide(right, frozenset((component, scopes, each.pk, level) for each in types))
