"""What becomes of a mail: a reply, a new report, a note, something for somebody to decide about, or nothing.

A mail does something to a report where it went to the address of that report *and* its sender belongs to
it; it makes a report where its sender belongs to one gemeente alone. What else comes in waits for a person.
What a program sent changes nothing, and is never answered.
"""

from __future__ import annotations

from collections.abc import Sequence
from dataclasses import dataclass
from datetime import datetime

from django.db import IntegrityError, transaction
from django.utils.translation import gettext

from helpdesk import acting
from helpdesk.acting import Report
from helpdesk.holding import hold_vendor
from helpdesk.mail.addresses import Destination, destination_of, is_ours
from helpdesk.mail.bodies import Attached
from helpdesk.mail.files import Filing, file_of, filing, names_left_out
from helpdesk.mail.parsing import Incoming, parse
from helpdesk.mail.senders import municipalities_of, writer_to
from helpdesk.models import ReceivedMail, Ticket, TicketEvent
from helpdesk.models.received_mail import Outcome, Stranger
from helpdesk.refusals import TicketRefused
from helpdesk.who import Who, writer_of
from helpdesk.words import LONGEST_SUBJECT, LONGEST_TEXT, STANDING, Channel, Kind, Side, Status, Weight
from tenants.registry.bsn import mask
from tenants.registry.context import require_public
from tenants.registry.models import Municipality, Organisation


class NoVendor(RuntimeError):
    """The deployment has no organisation yet that mail could be for."""


@dataclass(frozen=True, slots=True)
class Delivered:
    """``again``: it had come before, and nothing was done."""

    mail: ReceivedMail
    again: bool = False


def deliver(recipient: str, content: bytes, *, now: datetime, return_path: str | None = None) -> Delivered:
    """Raises UnknownRecipient, Unreadable."""
    to = destination_of(recipient)
    return take_in(to, parse(content, return_path=return_path), now=now)


def take_in(to: Destination, incoming: Incoming, *, now: datetime) -> Delivered:
    """Everything that follows, or nothing at all; a mail that comes twice does nothing the second time."""
    require_public()
    try:
        with filing(map(file_of, _to_be_attached(incoming))) as files, transaction.atomic():
            mail = _begun(to, incoming, now)
            _Taking(mail, incoming, now, files).decide()
            mail.save()
    except IntegrityError:
        known = ReceivedMail.objects.filter(recipient=to.address, message_id=incoming.message_id).first()
        if known is None:
            raise
        return Delivered(known, again=True)
    return Delivered(mail)


def _to_be_attached(incoming: Incoming) -> Sequence[Attached]:
    """Its files, if they may come to a report at once."""
    is_of_nobody = incoming.is_own or incoming.is_automatic or is_ours(incoming.sender)
    return () if is_of_nobody else incoming.attachments


def _begun(to: Destination, incoming: Incoming, now: datetime) -> ReceivedMail:
    """The row is first: another delivery of the same mail waits for what becomes of this one."""
    ticket = _ticket_of(to.token) if to.token else None
    subject, new_text, text = mask(incoming.subject), mask(incoming.new_text), mask(incoming.text)
    name = mask(incoming.sender_name)
    return ReceivedMail.objects.create(
        recipient=to.address,
        message_id=incoming.message_id,
        received_at=now,
        organisation=_vendor() if ticket is None else ticket.municipality.vendor,
        municipality=None if ticket is None else ticket.municipality,
        ticket=ticket,
        sender=incoming.sender,
        sender_name=name.text,
        subject=subject.text,
        new_text=new_text.text,
        text=text.text,
        is_masked=bool(subject.found or text.found or name.found),
        left_out=names_left_out(incoming),
        outcome=Outcome.AUTOMATIC,
    )


def _ticket_of(token: str) -> Ticket | None:
    """As it is while nobody makes another serve its municipality: who belongs to it is asked after that."""
    found = Ticket.objects.filter(reply_token=token)
    municipality = found.values_list("municipality", flat=True).first()
    if municipality is None:
        return None
    hold_vendor(municipality)
    return found.select_related("municipality").get()


def _vendor() -> Organisation:
    """Whose address it is: of the organisation that the deployment began with."""
    found = Organisation.objects.filter(kind=Organisation.Kind.VENDOR).order_by("pk").first()
    if found is None:
        raise NoVendor("There is no vendor: see add_organisation.")
    return found


@dataclass(slots=True)
class _Taking:
    """One mail, whose row is there, until it is decided what becomes of it."""

    mail: ReceivedMail
    incoming: Incoming
    now: datetime
    files: Filing

    def decide(self) -> None:
        mail = self.mail
        if self.incoming.is_own or is_ours(self.incoming.sender):
            forget_words(mail, Outcome.OWN)
        elif self.incoming.is_automatic:
            self._keep_automatic()
        elif mail.ticket is not None:
            self._to_ticket(mail.ticket)
        else:
            self._without_ticket()

    def _keep_automatic(self) -> None:
        mail = self.mail
        if mail.ticket is not None:
            said = f"{mail.sender}: {mail.subject}\n\n{mail.new_text}"
            mail.event = acting.keep_automatic(mail.ticket, said[:LONGEST_TEXT], now=self.now)
        forget_words(mail, Outcome.AUTOMATIC)

    def _to_ticket(self, ticket: Ticket) -> None:
        who = writer_to(ticket, self.incoming.sender)
        if who is None:
            self._wait(Stranger.NOT_OF_TICKET if self.incoming.sender else Stranger.NO_SENDER)
            return
        try:
            if who.side is Side.LEVERANCIER:
                self._as_note(ticket, who)
            else:
                self._as_reply(ticket, who)
        except TicketRefused:
            self._wait(Stranger.REFUSED)

    def _as_note(self, ticket: Ticket, who: Who) -> None:
        """Who did not sign in says nothing to a municipality in the name of the vendor."""
        said = gettext("E-mail van %(who)s, die zich niet heeft aangemeld:") % {"who": who.name}
        by_mail = writer_of(who.name, who.email, who.organisation, Side.SYSTEEM)
        words = f"{said}\n\n{words_of(self.mail)}"[:LONGEST_TEXT]
        self._became(Outcome.NOTE, acting.note(ticket, words, who=by_mail, now=self.now))

    def _as_reply(self, ticket: Ticket, who: Who) -> None:
        goes_on = where_it_goes_on(ticket)
        if Status(goes_on.status) in STANDING:
            words = words_of(self.mail)
            event = acting.reply(ticket, words, who=who, now=self.now, channel=Channel.MAIL)
            self._became(Outcome.REPLY, event)
            return
        made = make_report(ticket.municipality, self.mail, reporter=who, who=who, now=self.now, after=goes_on)
        self._became(Outcome.REPORT, first_event(made))

    def _without_ticket(self) -> None:
        if not self.incoming.sender:
            self._wait(Stranger.NO_SENDER)
            return
        found = municipalities_of(self.incoming.sender, self.mail.organisation)
        if len(found) != 1:
            self._wait(Stranger.SEVERAL if found else Stranger.UNKNOWN)
            return
        ((municipality, who),) = found
        made = make_report(municipality, self.mail, reporter=who, who=who, now=self.now)
        self._became(Outcome.REPORT, first_event(made))

    def _became(self, outcome: Outcome, event: TicketEvent) -> None:
        came_to(self.mail, outcome, event)
        self.files.attach(event, map(file_of, self.incoming.attachments), self.mail)

    def _wait(self, why: Stranger) -> None:
        self.mail.outcome, self.mail.stranger = Outcome.WAITS, why
        self.files.hold(self.mail, self.incoming.attachments)


# Reports -------------------------------------------------------------------------------------------


def where_it_goes_on(ticket: Ticket) -> Ticket:
    """Each step is to an older one, so there is an end."""
    while ticket.merged_into is not None:
        ticket = ticket.merged_into
    return ticket


def make_report(  # noqa: PLR0913  # each is said once
    municipality: Municipality,
    mail: ReceivedMail,
    *,
    reporter: Who,
    who: Who,
    now: datetime,
    after: Ticket | None = None,
) -> Ticket:
    """Of a mail, which says neither what kind it is nor how grave: the middle, until somebody read it."""
    text = words_of(mail)
    if after is not None:
        goes_on = gettext("Vervolg op melding %(number)s, die niet meer open is.") % {"number": after}
        text = f"{goes_on}\n\n{text}"
    return acting.report(
        municipality,
        Report(
            subject=(mail.subject or gettext("Melding per e-mail"))[:LONGEST_SUBJECT],
            text=text[:LONGEST_TEXT],
            kind=Kind.VRAAG,
            impact=Weight.MIDDEL,
            urgency=Weight.MIDDEL,
            channel=Channel.MAIL,
            reporter_name=reporter.name,
            reporter_email=reporter.email,
        ),
        who=who,
        now=now,
    )


def first_event(ticket: Ticket) -> TicketEvent:
    found: TicketEvent = ticket.events.order_by("pk")[0]
    return found


# What became of it ---------------------------------------------------------------------------------


def words_of(mail: ReceivedMail) -> str:
    """What the mail adds, cut where a report takes no more, with the files that it could not bring."""
    said = mail.new_text or gettext("(De e-mail heeft geen tekst.)")
    lacks = ""
    if mail.left_out:
        lacks = "\n\n" + gettext("Niet meegekomen, te groot of te veel: %(names)s") % {
            "names": ", ".join(mail.left_out)
        }
    most = LONGEST_TEXT - len(lacks)
    if len(said) > most:
        cut = "\n" + gettext("(De rest van de e-mail is niet getoond.)")
        said = said[: most - len(cut)] + cut
    return said + lacks


def came_to(mail: ReceivedMail, outcome: Outcome, event: TicketEvent) -> None:
    """All that it said stays where that is more than the report shows; else it stands there already."""
    mail.outcome, mail.event = outcome, event
    mail.ticket, mail.municipality = event.ticket, event.ticket.municipality
    if mail.text == mail.new_text and len(mail.text) <= LONGEST_TEXT:
        mail.text = ""
    mail.new_text = ""


def forget_words(mail: ReceivedMail, outcome: Outcome) -> None:
    """That it came is kept, and nothing of what it said."""
    mail.outcome = outcome
    mail.sender_name = mail.subject = mail.new_text = mail.text = ""
    mail.left_out = []
