"""The state of a municipality: the doors it opens, and how it becomes another."""

from __future__ import annotations

from collections.abc import Mapping
from dataclasses import dataclass
from datetime import datetime
from enum import StrEnum
from textwrap import shorten
from types import MappingProxyType

from django.db import transaction
from django.utils.translation import gettext

from tenants.registry.context import require_public
from tenants.registry.models import Municipality, StateChange

Status = Municipality.Status


class Door(StrEnum):
    """What one finds at an entrance of a municipality."""

    OPEN = "open"
    REFUSED = "refused"
    """403, with the reason: the answer is the same until somebody changes the state."""
    CLOSED = "closed"
    """503, with the reason: it opens by itself."""
    ABSENT = "absent"
    """404, as for a host that nobody has."""


@dataclass(frozen=True, slots=True)
class Doors:
    """The three entrances."""

    api_read: Door
    api_write: Door
    console: Door


DOORS: Mapping[str, Doors] = MappingProxyType(
    {
        # Its administrator signs in to prepare; applications find no half of a municipality.
        Status.IN_INRICHTING: Doors(Door.CLOSED, Door.CLOSED, Door.OPEN),
        Status.ACTIEF: Doors(Door.OPEN, Door.OPEN, Door.OPEN),
        Status.BEPERKT: Doors(Door.OPEN, Door.REFUSED, Door.OPEN),
        # Cases go on until the day of the move; for the move itself it is restricted.
        Status.IN_EXIT: Doors(Door.OPEN, Door.OPEN, Door.OPEN),
        Status.BEEINDIGD: Doors(Door.ABSENT, Door.ABSENT, Door.ABSENT),
    }
)

FOLLOWS: Mapping[str, frozenset[str]] = MappingProxyType(
    {
        Status.IN_INRICHTING: frozenset({Status.ACTIEF, Status.BEEINDIGD}),
        Status.ACTIEF: frozenset({Status.BEPERKT, Status.IN_EXIT}),
        Status.BEPERKT: frozenset({Status.ACTIEF, Status.IN_EXIT}),
        Status.IN_EXIT: frozenset({Status.ACTIEF, Status.BEPERKT, Status.BEEINDIGD}),
        Status.BEEINDIGD: frozenset(),
    }
)


COMMAND_LINE = "Opdrachtregel"
"""How the logs name whoever runs a command of manage.py on a machine of the deployment."""
LONGEST_REASON = 300
"""Of what is told on every page and with every refusal."""


def reason_of(municipality: Municipality) -> str:
    """Why it is in its state, on one line without a full stop; empty where nobody said or it is not known."""
    words = " ".join((getattr(municipality, "state_reason", None) or "").split())
    return shorten(words, LONGEST_REASON, placeholder="…").rstrip(".")


class StateRefused(ValueError):
    """The state that was asked cannot follow the present one, or no reason was given."""


@transaction.atomic
def change_state(
    municipality: Municipality, to: str, *, actor: str, reason: str, now: datetime
) -> StateChange | None:
    """Bring a municipality into another state and note who did it, when and why; None where it was there.

    ``actor`` is how the log names who did it. Raises StateRefused.
    """
    require_public()
    if not reason.strip():
        raise StateRefused(gettext("Geef een reden op."))
    standing = Municipality.objects.select_for_update().get(pk=municipality.pk)
    before = Status(standing.status)
    if before == to:
        return None
    if to not in FOLLOWS[before]:
        raise StateRefused(
            gettext("%(name)s is %(before)s; %(after)s kan niet volgen.")
            % {
                "name": standing.naam,
                "before": before.label.lower(),
                "after": Status(to).label.lower(),
            }
        )
    standing.status = to
    standing.save(update_fields=["status"])
    municipality.status = to
    return StateChange.objects.create(
        municipality=standing, before=before, after=to, at=now, actor=actor, reason=reason.strip()
    )
