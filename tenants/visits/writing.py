"""The one function that writes down what somebody of the vendor saw."""

from __future__ import annotations

from collections.abc import Sequence
from dataclasses import dataclass
from datetime import datetime

from tenants.registry.connection import connection
from tenants.registry.context import current_municipality
from tenants.visits.models import Action, Page, Visit


class NotInTransaction(RuntimeError):
    """What was seen and that it was seen are read and written as one."""


@dataclass(frozen=True, slots=True)
class Visitor:
    """Who looks, by which grant and from where; all as text, but for the address."""

    grant: str
    name: str
    email: str
    organisation: str
    ip: str | None


def note_visit(  # noqa: PLR0913  # each is a word of the sentence that is logged
    *,
    visitor: Visitor,
    at: datetime,
    page: Page,
    seen: Sequence[str],
    action: Action,
    member: str = "",
    reason: str = "",
) -> Visit:
    """Write it in the current municipality, in the transaction of the read."""
    current_municipality()
    if not connection.in_atomic_block:
        raise NotInTransaction(f"A visit of {page} was to be logged outside a transaction.")
    return Visit.objects.create(
        grant=visitor.grant,
        at=at,
        person=visitor.name,
        email=visitor.email,
        organisation=visitor.organisation,
        page=page,
        objects_seen=list(seen),
        action=action,
        member=member,
        reason=reason,
        ip=visitor.ip,
    )
