"""What people of a municipality do with their reports: tell of something, answer, confirm, dispute.

Each is one transaction on the municipality's own host. PostgreSQL lets its role change nothing but by the
functions of the door, which ask once more what is asked here; the clocks follow from the events by the same
pure function as at the vendor, and are written with the event. Each act is a line in both logs.
"""

from __future__ import annotations

from collections.abc import Sequence
from dataclasses import dataclass, field
from datetime import datetime, timedelta
from typing import Protocol, cast
from uuid import UUID

from django.core.files.base import File
from django.db import IntegrityError, transaction
from django.utils import timezone
from django.utils.translation import gettext
from psycopg2.extras import Json

from contracts.in_force import version_at
from contracts.models import ContractVersion
from helpdesk.agreed import priority_of
from helpdesk.attachments import Kept, kept
from helpdesk.hearing import let_hear
from helpdesk.holding import hold_vendor
from helpdesk.models import Sending, Ticket, TicketEvent, TicketQuerySet
from helpdesk.refusals import TicketRefused, TicketStale
from helpdesk.states import ACTS, AREA, Act
from helpdesk.storing import as_json, clocks_of, first_due, rows_of
from helpdesk.telling import tell
from helpdesk.texts import said
from helpdesk.who import who_is
from helpdesk.words import LONGEST_COMPONENT, LONGEST_SUBJECT, LONGEST_TEXT, OVER, Side, Status, What
from screens.formats import near
from tenants.accounts.log import note_for_both
from tenants.accounts.person import Person
from tenants.accounts.rights import Level
from tenants.registry import bsn
from tenants.registry.context import current_municipality
from tenants.registry.vendor_rows import vendor_rows

REPORTED = "melding gemaakt"
WITHOUT_WORDS = {"confirm", "rate"}
NEXT = timedelta(microseconds=1)
"""What is done after something has happened after it."""
HAPPENS = {
    "reply": What.REPLIED,
    "dispute": What.DISPUTED,
    "confirm": What.CONFIRMED,
    "withdraw": What.WITHDRAWN,
    "rate": What.RATED,
}
"""By the key of the act, what the municipality does to a report that is there."""


@dataclass(frozen=True, slots=True)
class Report:
    """What somebody tells of."""

    kind: str
    subject: str
    text: str
    impact: str
    urgency: str
    component: str = ""
    files: Sequence[File[bytes]] = field(default=())


@dataclass(frozen=True, slots=True)
class Said:
    """What somebody says to a report that is there."""

    text: str = ""
    files: Sequence[File[bytes]] = field(default=())
    mark: int | None = None
    seen: int | None = None
    """The last event that whoever says this has seen."""


@dataclass(frozen=True, slots=True)
class Done:
    """``masked``: a citizen service number was taken out. ``again``: it was sent before; nothing was done."""

    ticket: Ticket
    masked: bool = False
    again: bool = False


def tickets() -> TicketQuerySet:
    """Those of the municipality that one is in."""
    return cast("TicketQuerySet", vendor_rows(current_municipality()).of(Ticket))


def agreed_now(now: datetime) -> ContractVersion | None:
    """What the municipality that one is in agreed for support; None without a contract."""
    return version_at(current_municipality().pk, now)


def events_of(ticket: Ticket) -> list[TicketEvent]:
    """What happened to it, as the municipality may read it: all that moves a clock, and no internal note."""
    return list(
        vendor_rows(current_municipality()).of(TicketEvent).filter(ticket=ticket.pk).order_by("at", "pk")
    )


def report(given: Report, *, once: UUID, person: Person, now: datetime) -> Done:
    """Raises TicketRefused, AttachmentRefused."""
    _check_role(person)
    subject = bsn.mask(said(given.subject, LONGEST_SUBJECT, empty=gettext("Geef de melding een onderwerp.")))
    text = bsn.mask(said(given.text, LONGEST_TEXT, empty=gettext("Schrijf op wat er gebeurt.")))
    component = bsn.mask(said(given.component, LONGEST_COMPONENT))
    masked = bool(subject.found or text.found or component.found)

    def write(stored: Sequence[Kept], *, masked: bool) -> int:
        hold_vendor(current_municipality().pk)
        agreed = agreed_now(now)
        level = None if agreed is None else agreed.service_level_version
        priority = priority_of(level, given.impact, given.urgency)
        about = {
            "kind": given.kind,
            "subject": subject.text,
            "impact": given.impact,
            "urgency": given.urgency,
            "priority": priority,
            "component": component.text,
        }
        begun = TicketEvent(at=now, what=What.RECEIVED, after=priority)
        clocks = rows_of(clocks_of([begun], level, now=now))
        made = vendor_rows(current_municipality()).call(
            "helpdesk_report",
            once,
            Json(about),
            text.text,
            masked,
            _name(person),
            person.user.email,
            now,
            None if agreed is None else agreed.contract_id,
            None if level is None else level.pk,
            *first_due(clocks),
            Json(as_json(clocks)),
            Json([each.as_json() for each in stored]),
        )
        return cast("int", made)

    return _once(given.files, once, write, action=REPORTED, masked=masked, person=person)


def say(  # noqa: PLR0913  # each is a word of what is said
    ticket: Ticket, key: str, given: Said, *, once: UUID, person: Person, now: datetime
) -> Done:
    """One of HAPPENS. Raises AttachmentRefused, or TicketRefused, which is TicketStale for who was second."""
    _check_role(person)
    act, empty = ACTS[key], "" if key in WITHOUT_WORDS else gettext("Schrijf een bericht.")
    text = bsn.mask(said(given.text, LONGEST_TEXT, empty=empty))

    def write(stored: Sequence[Kept], *, masked: bool) -> int:
        standing, events = _locked(ticket)
        check(standing, key, events)
        _check_seen(events, given.seen)
        moment = max([now, *(each.at + NEXT for each in events)])
        follows = act.leads_to(standing.status)
        happens = TicketEvent(at=moment, what=HAPPENS[key])
        clocks = rows_of(clocks_of([*events, happens], standing.service_level_version, now=moment))
        written = vendor_rows(current_municipality()).call(
            "helpdesk_step",
            once,
            standing.pk,
            standing.status,
            follows,
            HAPPENS[key],
            text.text,
            masked,
            _name(person),
            moment,
            given.mark,
            *(first_due(clocks) if follows not in OVER else (None, "")),
            Json(as_json(clocks)),
            Json([each.as_json() for each in stored]),
        )
        if written is None:
            raise TicketStale(how_it_stands(standing, events))
        return cast("int", written)

    return _once(given.files, once, write, action=act.logged, masked=bool(text.found), person=person)


def check(ticket: Ticket, key: str, events: Sequence[TicketEvent]) -> Act:
    """The act, which may be done in this state. Raises TicketStale."""
    act = ACTS[key]
    is_rated = key == "rate" and ticket.satisfaction is not None
    if Status(ticket.status) not in act.before or is_rated:
        raise TicketStale(how_it_stands(ticket, events))
    return act


def may(ticket: Ticket, key: str, person: Person) -> bool:
    is_rated = key == "rate" and ticket.satisfaction is not None
    return person.may(AREA, ACTS[key].level) and Status(ticket.status) in ACTS[key].before and not is_rated


def how_it_stands(ticket: Ticket, events: Sequence[TicketEvent]) -> str:
    """For whoever saw another state: what became of it, by whom and when."""
    words = {"number": ticket, "state": str(Status(ticket.status).label).lower()}
    if ticket.merged_into_id is not None:
        return gettext("Melding %(number)s gaat verder als melding %(other)s.") % {
            **words,
            "other": ticket.merged_into_id,
        }
    if not events:
        return gettext("Melding %(number)s is %(state)s.") % words
    return gettext("Melding %(number)s is intussen %(state)s. Het laatst: %(what)s.") % {
        **words,
        "what": what_happened(events[-1]),
    }


def what_happened(event: TicketEvent) -> str:
    return gettext("%(what)s, %(who)s, %(when)s") % {
        "what": str(event.get_what_display()).lower(),
        "who": event.actor_name or gettext("het systeem"),
        "when": near(event.at, timezone.now()),
    }


def _check_seen(events: Sequence[TicketEvent], seen: int | None) -> None:
    """What the vendor did meanwhile is told to whoever did not see it yet. Raises TicketStale."""
    meanwhile = [
        each for each in events if seen is not None and each.pk > seen and each.side != Side.GEMEENTE
    ]
    if meanwhile:
        told = "; ".join(what_happened(each) for each in meanwhile)
        raise TicketStale(
            gettext("Intussen gebeurde er iets bij deze melding: %(told)s. Lees het eerst.") % {"told": told}
        )


class Write(Protocol):
    """Write it down, with the files that were kept, and say which event it became."""

    def __call__(self, stored: Sequence[Kept], *, masked: bool) -> int: ...


def _once(  # noqa: PLR0913  # each is said once
    files: Sequence[File[bytes]],
    once: UUID,
    write: Write,
    *,
    action: str,
    masked: bool,
    person: Person,
) -> Done:
    """Whatever comes twice, at once or later, is done one time."""
    if earlier := _sent(once):
        return Done(earlier, again=True)
    municipality = current_municipality()
    try:
        with kept(files) as stored, transaction.atomic():
            masked = masked or any(each.masked for each in stored)
            event = vendor_rows(municipality).of(TicketEvent).get(pk=write(stored, masked=masked))
            note_for_both(
                person=person,
                area=AREA,
                action=action,
                subject=gettext("melding %(number)s") % {"number": event.ticket_id},
                municipality=municipality,
            )
            tell(event)
            let_hear(event)
    except IntegrityError:
        if earlier := _sent(once):
            return Done(earlier, again=True)
        raise
    return Done(tickets().get(pk=event.ticket_id), masked=masked)


def _sent(once: UUID) -> Ticket | None:
    known = vendor_rows(current_municipality()).of(Sending).filter(key=once).first()
    return None if known is None else tickets().get(pk=known.ticket_id)


def _locked(ticket: Ticket) -> tuple[Ticket, list[TicketEvent]]:
    """As it is now, and stays until the end of the transaction."""
    if not vendor_rows(current_municipality()).call("helpdesk_lock", ticket.pk):
        raise TicketRefused(gettext("Deze melding is er niet."))
    standing = tickets().select_related("service_level_version").get(pk=ticket.pk)
    return standing, events_of(standing)


def _check_role(person: Person) -> None:
    if person.side.has_organisations or not person.may(AREA, Level.CHANGE):
        raise TicketRefused(
            gettext("Met uw rol meldt en antwoordt u niet. Dit kan: %(who)s.")
            % {"who": person.side.table.who_may(AREA, Level.CHANGE).lower()}
        )


def _name(person: Person) -> str:
    return who_is(person).name
