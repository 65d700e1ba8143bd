"""A municipality goes to another vendor or partner: its reports go along, and nobody tells anything anew.

In the transaction that makes the other one serve it. What the former vendor still owed stops, and the new one
owes it by what it agreed itself.
"""

from __future__ import annotations

from collections.abc import Sequence
from dataclasses import dataclass, field
from datetime import datetime

from django.utils import timezone
from django.utils.translation import gettext

from contracts.clocks import Event, clocks
from contracts.in_force import version_of
from contracts.models import Contract, ContractVersion, Line, Priority, ServiceLevelVersion
from contracts.running import Happening
from contracts.terms import CalendarNotYet, terms_of
from contracts.working_time import NeverDueError
from helpdesk.acting.recording import begin
from helpdesk.acting.steering import To, give, owner_in_words
from helpdesk.models import Ticket
from helpdesk.people import serve
from helpdesk.storing import ReadOnce
from helpdesk.who import TIME
from helpdesk.words import STANDING, Channel, SupportLine, What
from tenants.registry.context import require_public
from tenants.registry.models import Municipality, Organisation


def move_to_vendor(municipality: Municipality, former: str, *, now: datetime) -> int:
    """All reports that are not over, of a municipality that another serves from now on; how many.

    ``former`` is the name of who served it.
    """
    require_public()
    agreed = version_of(municipality.pk, timezone.localdate(now))
    words = gettext("Van %(former)s naar %(new)s. U hoeft niets opnieuw te vertellen.") % {
        "former": former,
        "new": municipality.vendor.name,
    }
    new = _New(
        To(SupportLine.FIRST, _first_line(municipality, agreed)),
        None if agreed is None else agreed.contract,
        None if agreed is None else _countable(agreed.service_level_version, now),
        words,
    )
    standing = _standing(municipality)
    for pk in standing:
        _move(pk, new, now)
    return len(standing)


def move_to_partner(
    municipality: Municipality, former: Organisation, to: Organisation, *, now: datetime
) -> int:
    """What the former partner had, on the line where it lay; the vendor and its promises stay. How many."""
    require_public()
    held = _locked_of(municipality, former)
    for pk in held:
        standing = begin(Ticket(pk=pk), "move", TIME, now)
        before = owner_in_words(standing.ticket)
        give(standing.ticket, To(SupportLine(standing.ticket.line), to))
        standing.finish(
            standing.record(
                What.HANDED_OVER,
                channel=Channel.INTERN,
                before=before[:200],
                after=owner_in_words(standing.ticket)[:200],
            )
        )
    return len(held)


def _standing(municipality: Municipality) -> Sequence[int]:
    """In the order of their numbers, so that whoever locks several waits for nothing that waits for him."""
    rows = Ticket.objects.filter(municipality=municipality, status__in=STANDING)
    return list(rows.order_by("pk").values_list("pk", flat=True))


def _locked_of(municipality: Municipality, organisation: Organisation) -> Sequence[int]:
    """Those that it has once all are locked: also what it was handed by whoever was at that just now."""
    standing = Ticket.objects.filter(pk__in=_standing(municipality))
    list(standing.order_by("pk").select_for_update().values_list("pk"))
    had = Ticket.objects.filter(municipality=municipality, status__in=STANDING, organisation=organisation)
    return list(had.order_by("pk").values_list("pk", flat=True))


@dataclass(frozen=True, slots=True)
class _New:
    """Who has the reports from now on, by what was agreed with it, and what their readers are told."""

    to: To
    contract: Contract | None
    level: ServiceLevelVersion | None
    words: str
    read: ReadOnce = field(default_factory=ReadOnce)


def _move(pk: int, new: _New, now: datetime) -> None:
    standing = begin(Ticket(pk=pk), "move", TIME, now)
    standing.read = new.read
    ticket = standing.ticket
    before, former_level = owner_in_words(ticket), ticket.service_level_version
    give(ticket, new.to)
    ticket.contract, ticket.service_level_version = new.contract, new.level
    standing.finish(
        standing.record(
            What.MOVED,
            new.words,
            channel=Channel.INTERN,
            before=before[:200],
            after=owner_in_words(ticket)[:200],
            former_level=former_level,
        )
    )


def _first_line(municipality: Municipality, agreed: ContractVersion | None) -> Organisation:
    """Whom the contract names, as long as it serves the municipality; else the vendor itself."""
    vendor: Organisation = municipality.vendor
    if agreed is None:
        return vendor
    named = agreed.parties.filter(line=Line.FIRST).values("organisation")
    return serve(municipality).filter(pk__in=named).first() or vendor


def _countable(level: ServiceLevelVersion, now: datetime) -> ServiceLevelVersion | None:
    """None where its calendars say nothing of now: that is not to cost the former vendor's clocks."""
    terms = terms_of(level)
    try:
        for priority in Priority.values:
            clocks([Event(now, Happening.RECEIVED, priority)], terms, now=now)
    except (CalendarNotYet, NeverDueError):
        return None
    return level
