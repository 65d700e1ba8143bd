"""What somebody of the vendor decides about a mail of which nobody else knows what it is to become."""

from __future__ import annotations

from datetime import datetime

from django.db import transaction
from django.utils import timezone
from django.utils.translation import gettext

from helpdesk import acting
from helpdesk.mail.delivering import came_to, first_event, forget_words, make_report, words_of
from helpdesk.mail.files import Filing, filing, held, let_go
from helpdesk.models import ReceivedMail, Ticket, TicketEvent
from helpdesk.models.received_mail import Outcome
from helpdesk.refusals import TicketRefused, TicketStale
from helpdesk.states import AREA
from helpdesk.who import Who, who_is, writer_of
from helpdesk.words import Channel, Side
from screens.formats import near
from tenants.accounts.log import note
from tenants.accounts.person import Person
from tenants.accounts.rights import Level
from tenants.registry.context import require_public
from tenants.registry.models import Municipality

ACCEPTED = "e-mail aanvaard"
MADE = "melding van e-mail gemaakt"
DISCARDED = "e-mail weggegooid"


def accept(mail: ReceivedMail, *, person: Person, now: datetime) -> TicketEvent:
    """As a reply to the report that it was sent to. Raises TicketRefused."""
    with filing(held(mail)) as files, transaction.atomic():
        locked = _locked(mail, person)
        if locked.ticket is None:
            raise TicketRefused(gettext("Deze e-mail hoort bij geen melding. Maak er een melding van."))
        who = _writer(locked, locked.ticket.municipality)
        event = acting.reply(locked.ticket, words_of(locked), who=who, now=now, channel=Channel.MAIL)
        _decided(locked, Outcome.REPLY, event, files, person=person, now=now)
        _note(locked, ACCEPTED, person)
    return event


def make_ticket(mail: ReceivedMail, municipality: Municipality, *, person: Person, now: datetime) -> Ticket:
    """A new one: of the municipality of the report it was sent to, and else of the one that is chosen.

    Raises TicketRefused.
    """
    with filing(held(mail)) as files, transaction.atomic():
        locked = _locked(mail, person)
        if locked.municipality_id not in {None, municipality.pk}:
            raise TicketRefused(gettext("Deze e-mail ging naar een melding van een andere gemeente."))
        if not locked.sender:
            raise TicketRefused(
                gettext(
                    "Deze e-mail heeft geen duidelijke afzender. Maak zelf een melding, als dat nodig is."
                )
            )
        reporter = _writer(locked, municipality)
        made = make_report(municipality, locked, reporter=reporter, who=who_is(person), now=now)
        _decided(locked, Outcome.REPORT, first_event(made), files, person=person, now=now)
        _note(locked, MADE, person)
    return made


@transaction.atomic
def discard(mail: ReceivedMail, *, person: Person, now: datetime) -> None:
    """What it said is gone at once; that it came, and who threw it away, stays. Raises TicketRefused."""
    locked = _locked(mail, person)
    let_go(locked)
    forget_words(locked, Outcome.DISCARDED)
    locked.decided_at, locked.decided_by, locked.erased_at = now, str(person.user), now
    locked.save()
    _note(locked, DISCARDED, person)


def _locked(mail: ReceivedMail, person: Person) -> ReceivedMail:
    """Raises ReceivedMail.DoesNotExist for what a person does not see."""
    require_public()
    if not person.may(AREA, Level.CHANGE):
        raise TicketRefused(gettext("Met uw rol beslist u niet over e-mail."))
    rows = ReceivedMail.objects.visible_to(person).select_for_update(of=("self",))
    locked: ReceivedMail = rows.select_related("ticket__municipality").get(pk=mail.pk)
    if not locked.is_waiting:
        raise TicketStale(how_it_stands(locked))
    return locked


def how_it_stands(mail: ReceivedMail) -> str:
    """For whoever saw it wait."""
    words = {"outcome": str(mail.get_outcome_display()).lower(), "who": mail.decided_by}
    if mail.decided_at is None:
        return gettext("Over deze e-mail is al besloten: %(outcome)s.") % words
    return gettext("Over deze e-mail is al besloten: %(outcome)s, door %(who)s, %(when)s.") % {
        **words,
        "when": near(mail.decided_at, timezone.now()),
    }


def _writer(mail: ReceivedMail, municipality: Municipality) -> Who:
    return writer_of(mail.sender_name, mail.sender, municipality.naam, Side.GEMEENTE)


def _decided(  # noqa: PLR0913  # each is said once
    mail: ReceivedMail, outcome: Outcome, event: TicketEvent, files: Filing, *, person: Person, now: datetime
) -> None:
    came_to(mail, outcome, event)
    files.attach(event, held(mail), mail)
    let_go(mail)
    mail.decided_at, mail.decided_by = now, str(person.user)
    mail.save()


def _note(mail: ReceivedMail, action: str, person: Person) -> None:
    """Of which report, and never from whom or what it says."""
    of = (
        gettext("melding %(number)s") % {"number": mail.ticket_id}
        if mail.ticket_id
        else gettext("zonder melding")
    )
    note(
        person=person,
        area=AREA,
        action=action,
        subject=gettext("e-mail %(number)s, %(of)s") % {"number": mail.pk, "of": of},
        municipality=mail.municipality,
    )
