"""Who has a report, how urgent it is, and when it goes on."""

from __future__ import annotations

from dataclasses import dataclass
from datetime import datetime

from django.db import transaction
from django.db.models import Q, QuerySet
from django.utils.translation import gettext

from contracts.models import Priority
from helpdesk.acting.recording import Standing, begin
from helpdesk.agreed import priority_of
from helpdesk.models import Ticket, TicketEvent
from helpdesk.people import can_have, may_have
from helpdesk.refusals import TicketRefused
from helpdesk.serving import is_third_line, serves, serving
from helpdesk.texts import said
from helpdesk.who import LONGEST_NAME, Who
from helpdesk.words import LONGEST_REASON, LONGEST_TEXT, Channel, SupportLine, What
from tenants.accounts.models import User
from tenants.registry.bsn import mask
from tenants.registry.models import Organisation

LONGEST_LABEL = 100


@dataclass(frozen=True, slots=True)
class To:
    """Whom it is handed to: a line of an organisation, and there somebody or whoever takes it."""

    line: SupportLine
    organisation: Organisation
    person: User | None = None


@transaction.atomic
def pick_up(ticket: Ticket, *, who: Who, now: datetime, seen: int | None = None) -> TicketEvent:
    """It is mine from here on. Raises TicketRefused."""
    standing = begin(ticket, "pick_up", who, now, seen)
    if who.person is None:
        raise TicketRefused(gettext("Een melding oppakken doet een mens."))
    if standing.ticket.owner_id == who.user_id:
        raise TicketRefused(gettext("Deze melding is al van u."))
    before = owner_in_words(standing.ticket)
    organisation = who.person.membership.organisation or standing.ticket.organisation
    give(standing.ticket, To(SupportLine(standing.ticket.line), organisation, who.person.user))
    return standing.finish(_handed(standing, What.PICKED_UP, before))


@transaction.atomic
def hand_over(  # noqa: PLR0913  # each is a word of what is done
    ticket: Ticket, to: To, text: str, *, who: Who, now: datetime, seen: int | None = None
) -> TicketEvent:
    """With what the next one has to know, so that nobody asks it again. Raises TicketRefused."""
    standing = begin(ticket, "hand_over", who, now, seen)
    if not next_of(standing.ticket, who).filter(pk=to.organisation.pk).exists():
        raise TicketRefused(
            gettext(
                "Deze organisatie bedient de gemeente niet, en is niet haar derde lijn volgens het contract."
            )
        )
    if to.person is not None and is_third_line(standing.ticket, who) and not _is_own(to, who):
        raise TicketRefused(gettext("Geef haar terug aan de organisatie. Wie haar oppakt, bepaalt die zelf."))
    if to.person is not None and not may_have(to.person, to.organisation, standing.ticket.municipality):
        raise TicketRefused(gettext("Deze collega behandelt geen meldingen van deze gemeente."))
    words = said(
        text,
        LONGEST_TEXT,
        empty=gettext("Schrijf op wat de volgende moet weten. Dan hoeft de melder niets te herhalen."),
    )
    before = owner_in_words(standing.ticket)
    give(standing.ticket, to)
    if owner_in_words(standing.ticket) == before:
        raise TicketRefused(gettext("De melding ligt daar al."))
    standing.record(What.NOTE, words, is_public=False, channel=Channel.INTERN)
    return standing.finish(_handed(standing, What.HANDED_OVER, before))


@transaction.atomic
def change_priority(  # noqa: PLR0913  # each is a word of what changes
    ticket: Ticket,
    priority: Priority,
    reason: str,
    *,
    who: Who,
    now: datetime,
    seen: int | None = None,
) -> TicketEvent:
    """The same start and the same pauses, with another target. Both sides read the reason.

    Raises TicketRefused.
    """
    standing = begin(ticket, "change_priority", who, now, seen)
    changed = standing.ticket
    if changed.priority == priority:
        raise TicketRefused(gettext("De prioriteit is al %(priority)s.") % {"priority": priority})
    words = said(reason, LONGEST_REASON, empty=gettext("Schrijf op waarom. De gemeente leest dit."))
    before, changed.priority = changed.priority, priority
    by_matrix = priority_of(changed.service_level_version, changed.impact, changed.urgency)
    changed.priority_reason = "" if by_matrix == priority else mask(words).text
    event = standing.record(What.PRIORITY, words, before=before, after=priority)
    return standing.finish(event, {"prioriteit": [before, str(priority)]})


@transaction.atomic
def wait_for_third(
    ticket: Ticket, text: str, *, who: Who, now: datetime, seen: int | None = None
) -> TicketEvent:
    """Somebody who is neither of us has the ball; whether a clock stands still is as agreed.

    Raises TicketRefused.
    """
    standing = begin(ticket, "wait_for_third", who, now, seen)
    words = said(text, LONGEST_TEXT, empty=gettext("Schrijf op op wie u wacht en waarop."))
    return standing.finish(standing.record(What.WAITS_FOR_THIRD, words))


@transaction.atomic
def plan(  # noqa: PLR0913  # each is a word of what is agreed
    ticket: Ticket,
    text: str,
    *,
    planned_for: datetime | None = None,
    label: str = "",
    who: Who,
    now: datetime,
    seen: int | None = None,
) -> TicketEvent:
    """At a moment, or in a release, that the reporter is told; no clock stands still.

    Raises TicketRefused.
    """
    standing = begin(ticket, "plan", who, now, seen)
    name = mask(said(label, LONGEST_LABEL)).text
    if planned_for is None and not name:
        raise TicketRefused(gettext("Kies een moment, of schrijf in welke release het komt."))
    if planned_for is not None and planned_for <= now:
        raise TicketRefused(gettext("Kies een moment dat nog komt."))
    words = said(text, LONGEST_TEXT, empty=gettext("Schrijf de melder wat er gepland is."))
    standing.ticket.planned_for, standing.ticket.planned_label = planned_for, name
    return standing.finish(standing.record(What.PLANNED, words, after=name))


@transaction.atomic
def resume(
    ticket: Ticket, text: str = "", *, who: Who, now: datetime, seen: int | None = None
) -> TicketEvent:
    """We go on, without having been answered. Raises TicketRefused."""
    standing = begin(ticket, "resume", who, now, seen)
    return standing.finish(standing.record(What.RESUMED, said(text, LONGEST_TEXT)))


def owner_in_words(ticket: Ticket) -> str:
    """Who has it, for both sides: a name, or the line where it lies."""
    line = str(SupportLine(ticket.line).label).lower()
    where = gettext("%(line)s, %(organisation)s") % {
        "line": line,
        "organisation": ticket.organisation_name,
    }
    return f"{ticket.owner_name}, {where}" if ticket.owner_name else where


def next_of(ticket: Ticket, who: Who) -> QuerySet[Organisation]:
    """Whom this person can hand it to: who has it without serving the municipality gives it back."""
    if not is_third_line(ticket, who):
        return can_have(ticket.municipality)
    given = Q(pk__in=serving(ticket.municipality)) | Q(pk=ticket.lent_to_id or 0)
    return Organisation.objects.filter(given).order_by("name")


def _is_own(to: To, who: Who) -> bool:
    return who.person is not None and to.organisation.pk == who.person.organisation_id


def give(ticket: Ticket, to: To) -> None:
    """To a line of an organisation, and there to somebody or to whoever takes it."""
    ticket.line = to.line
    ticket.lent_to = None if serves(to.organisation.pk, ticket.municipality) else to.organisation
    ticket.organisation, ticket.organisation_name = to.organisation, to.organisation.name
    ticket.owner = to.person
    ticket.owner_name = "" if to.person is None else (to.person.name or to.person.email)[:LONGEST_NAME]


def _handed(standing: Standing, what: What, before: str) -> TicketEvent:
    return standing.record(
        what, channel=Channel.INTERN, before=before[:200], after=owner_in_words(standing.ticket)[:200]
    )
