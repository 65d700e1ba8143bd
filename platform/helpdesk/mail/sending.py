"""Letters to the reporter: a reply finds its report, programs keep them together, and no program answers.

What a person of ours wrote stands in it. What is sent by itself says which report it is of and where to read
more, and nothing of what anybody wrote.
"""

from __future__ import annotations

from collections.abc import Sequence
from dataclasses import dataclass
from datetime import timedelta
from email.utils import formataddr

from django.conf import settings
from django.template.loader import render_to_string
from django.utils.translation import override

from helpdesk.mail.addresses import reply_address
from helpdesk.mail.automatic import OWN_MARK
from helpdesk.mail.bodies import one_line
from helpdesk.mail.quoting import ABOVE
from helpdesk.models import Ticket, TicketEvent
from helpdesk.models.received_mail import Outcome
from helpdesk.words import Channel, Side
from tenants.errands.letters import Written, write

MOST_REFERENCES = 10
LONGEST_SUBJECT = 150
HOUR = timedelta(hours=1)
OF_THE_REPORTER = (Outcome.REPLY, Outcome.REPORT)


def to_reporters(ticket: Ticket, event: TicketEvent, whom: Sequence[str], link: str) -> None:
    """What happened to their report, to each by himself."""
    by_itself = event.side == Side.SYSTEEM
    with override(settings.LANGUAGE_CODE):
        what = str(event.get_what_display()).lower()
        said = {
            "above": ABOVE,
            "ticket": ticket,
            "event": event,
            "what": what,
            "link": link,
            "by_itself": by_itself,
        }
        body = render_to_string("helpdesk/mail/to_reporter.txt", said)
    about = what if by_itself else ticket.subject
    _send(_Letter(ticket, event, about, body, "auto-generated" if by_itself else ""), whom)


def acknowledge(ticket: Ticket, event: TicketEvent, link: str) -> None:
    """Tell who sent a mail that it became a report; not to an address that is told so over and over."""
    address = ticket.reporter_email
    if not address or _made_lately(address, ticket) > settings.HELPDESK_ACKNOWLEDGEMENTS_PER_HOUR:
        return
    with override(settings.LANGUAGE_CODE):
        said = {"above": ABOVE, "ticket": ticket, "link": link}
        body = render_to_string("helpdesk/mail/acknowledgement.txt", said)
    _send(_Letter(ticket, event, "ontvangen", body, "auto-replied"), [address])


def message_id(ticket: Ticket, event: TicketEvent) -> str:
    return f"<melding-{ticket.pk}-{event.pk}@{_domain()}>"


def _made_lately(address: str, ticket: Ticket) -> int:
    """How many reports this address made by mail in the hour before this one, it included.

    Of later ones each counts for itself: when this is asked some of them may be there.
    """
    made = Ticket.objects.filter(reporter_email__iexact=address, channel=Channel.MAIL, pk__lte=ticket.pk)
    return made.filter(opened_at__gt=ticket.opened_at - HOUR).count()


@dataclass(frozen=True, slots=True)
class _Letter:
    """``submitted`` is how it was sent by itself (RFC 3834); empty where a person wrote it."""

    ticket: Ticket
    event: TicketEvent
    about: str
    body: str
    submitted: str

    def to(self, address: str) -> Written:
        ticket = self.ticket
        return Written(
            subject=one_line(f"Melding {ticket.number}: {self.about}", LONGEST_SUBJECT),
            body=self.body,
            sender=formataddr((one_line(self._by(), 100), settings.HELPDESK_ADDRESS)),
            to=address,
            reply_to=(reply_address(ticket),),
            headers=self._headers(),
        )

    def _by(self) -> str:
        """Who wrote it, also where another has the report by the time that it is sent."""
        is_ours = self.event.side == Side.LEVERANCIER and self.event.organisation_name
        return self.event.organisation_name if is_ours else self.ticket.organisation_name

    def _headers(self) -> dict[str, str]:
        earlier = self._earlier()
        return {
            "Message-ID": message_id(self.ticket, self.event),
            OWN_MARK: "1",
            "X-Auto-Response-Suppress": "All",
            **({"References": " ".join(earlier), "In-Reply-To": earlier[-1]} if earlier else {}),
            **({"Auto-Submitted": self.submitted} if self.submitted else {}),
        }

    def _earlier(self) -> list[str]:
        """What it goes on from: the mails of the reporter, after the name that all of this hangs on."""
        first = self.ticket.events.order_by("pk").first()
        began = [message_id(self.ticket, first)] if first is not None and first != self.event else []
        came = self.ticket.mails.filter(
            message_id__startswith="<", outcome__in=(Outcome.REPLY, Outcome.REPORT)
        )
        named = list(came.order_by("-pk").values_list("message_id", flat=True)[:MOST_REFERENCES])
        return [*began, *reversed(named)]


def _send(letter: _Letter, whom: Sequence[str]) -> None:
    """To each by himself."""
    write(letter.to(address) for address in whom)


def _domain() -> str:
    return str(settings.HELPDESK_ADDRESS).rpartition("@")[2]
