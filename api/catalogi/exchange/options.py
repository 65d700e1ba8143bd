"""What whoever imports can choose."""

from __future__ import annotations

from dataclasses import dataclass
from enum import StrEnum
from uuid import UUID


class OnDifference(StrEnum):
    """What happens to an object that is here already and is not the same."""

    REFUSE = "weigeren"
    KEEP = "behouden"
    REPLACE = "vervangen"


@dataclass(frozen=True, slots=True)
class Options:
    """The choices of one import; as they stand here, the strictest."""

    dry_run: bool = False
    catalogus: UUID | None = None
    """Where the types go, whatever catalogus the zip names."""
    on_difference: OnDifference = OnDifference.REFUSE
    as_concept: bool = False
    """Publish nothing, as Open Zaak does."""
    accept_references: bool = False
    """Take references to the selectielijst as they are given, without looking them up."""
    leave_out_unknown: bool = False
    """Leave out relations to types that are neither in the zip nor here."""
    prefix: str = ""
    """What the identificatie of each zaaktype of the zip gets in front of it."""
