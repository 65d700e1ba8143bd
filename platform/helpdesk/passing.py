"""What the passing of days asks of reports: reminders, a proposal to close, closing, and what was planned."""

from __future__ import annotations

from collections.abc import Callable, Mapping, Sequence
from datetime import datetime
from types import MappingProxyType
from typing import Any

from django.db.models import Exists, OuterRef
from django.utils import timezone

from contracts.working_days import is_working_day
from helpdesk import acting
from helpdesk.acting.closing import may_close, next_of_waiting
from helpdesk.models import Ticket, TicketEvent
from helpdesk.refusals import TicketRefused
from helpdesk.words import Side, Status, What
from tenants.registry.context import require_public

AT_A_TIME = 500
FROM_HOUR, UNTIL_HOUR = 8, 18
"""On a working day, by the clock in Amsterdam: nobody is reminded at night."""
ACTS: Mapping[str, Callable[..., Any]] = MappingProxyType(
    {"remind": acting.remind, "propose": acting.propose, "close": acting.close, "wake": acting.wake}
)


def is_office_time(now: datetime) -> bool:
    here = timezone.localtime(now)
    return is_working_day(here.date()) and FROM_HOUR <= here.hour < UNTIL_HOUR


def due_for(now: datetime) -> Sequence[tuple[str, int]]:
    """What is to be done, and to which report."""
    require_public()
    found = [("wake", pk) for pk in _planned_before(now)]
    if is_office_time(now):
        found += [(act, ticket.pk) for ticket in _waiting() if (act := next_of_waiting(ticket, now))]
        found += [("close", ticket.pk) for ticket in _solved() if may_close(ticket, now)]
    return found[:AT_A_TIME]


def pass_time(act: str, pk: int, now: datetime) -> bool:
    """False where somebody was first, or where it is not so any more."""
    ticket = Ticket.objects.filter(pk=pk).first()
    if ticket is None:
        return False
    try:
        ACTS[act](ticket, now=now)
    except TicketRefused:
        return False
    return True


def _waiting() -> Sequence[Ticket]:
    """Those to which something is still to be said, the longest wait first."""
    proposed = TicketEvent.objects.filter(
        ticket=OuterRef("pk"), what=What.PROPOSED, at__gte=OuterRef("waits_since")
    )
    rows = Ticket.objects.filter(~Exists(proposed), status=Status.WACHT_OP_MELDER)
    return list(rows.order_by("waits_since")[:AT_A_TIME])


def _solved() -> Sequence[Ticket]:
    """Those to which nobody of the gemeente said anything since."""
    rows = Ticket.objects.filter(status=Status.OPGELOST).exclude(last_public_by_side=Side.GEMEENTE)
    return list(rows.order_by("solved_at")[:AT_A_TIME])


def _planned_before(now: datetime) -> Sequence[int]:
    rows = Ticket.objects.filter(status=Status.GEPLAND, planned_for__lte=now).order_by("planned_for")
    return list(rows.values_list("pk", flat=True)[:AT_A_TIME])
