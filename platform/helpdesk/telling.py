"""Who hears of what happened to a report, by mail and by a job: the one place from which it is told.

The reporter gets the public answer itself. To the vendor's own people a mail says which report it is and
where to read it, and nothing of what it says.
"""

from __future__ import annotations

from collections.abc import Iterable

from django.conf import settings
from django.template.loader import render_to_string
from django.urls import reverse
from django.utils.translation import override

from helpdesk.mail.senders import has_left
from helpdesk.mail.sending import acknowledge, to_reporters
from helpdesk.models import Ticket, TicketEvent
from helpdesk.people import handlers_of
from helpdesk.words import Channel, Side, What
from tenants.accounts.letters import post
from tenants.accounts.side import side_of
from tenants.errands.errands import send_on
from tenants.registry.context import require_public
from tenants.registry.origin import origin_at, origin_of

TO_THE_REPORTER = (
    What.ANSWERED,
    What.ASKED,
    What.WORKAROUND,
    What.SOLVED,
    What.PLANNED,
    What.WAITS_FOR_THIRD,
    What.PRIORITY,
    What.MERGED,
    What.CLOSED,
    What.REMINDED,
    What.PROPOSED,
    What.CORRECTED,
)
TO_THE_OWNER = (What.REPLIED, What.DISPUTED, What.CONFIRMED, What.WITHDRAWN)
SOMEBODY_HEARS = frozenset({*TO_THE_REPORTER, *TO_THE_OWNER, What.RECEIVED, What.OPENED, What.HANDED_OVER})


def tell(event: TicketEvent) -> None:
    """With what happened, on either side: a municipality's role knows nobody of the vendor."""
    if event.what in SOMEBODY_HEARS:
        send_on("melding", event=event.pk)


def tell_of(*, event: int) -> None:
    """The errand."""
    require_public()
    rows = TicketEvent.objects.select_related("ticket__municipality", "ticket__owner")
    known = rows.filter(pk=event).first()
    if known is not None:
        _tell(known.ticket, known)


def _tell(ticket: Ticket, event: TicketEvent) -> None:
    if event.what in TO_THE_REPORTER and event.side != Side.GEMEENTE:
        to_reporters(ticket, event, reporters(ticket), at_the_municipality(ticket))
    elif event.what in TO_THE_OWNER and (event.person_id is None or event.person_id != ticket.owner_id):
        _send("to_owner", owner(ticket), ticket, event, link=at_the_vendor(ticket))
    elif event.what in {What.RECEIVED, What.OPENED}:
        _send("to_owner", line(), ticket, event, link=at_the_vendor(ticket))
        if event.channel == Channel.MAIL:
            acknowledge(ticket, event, at_the_municipality(ticket))
    elif event.what == What.HANDED_OVER and ticket.owner_id != event.person_id:
        _send("to_owner", owner(ticket), ticket, event, link=at_the_vendor(ticket))


def reporters(ticket: Ticket) -> list[str]:
    """Of this report, and of those that were merged into it; without who left the municipality."""
    others = Ticket.objects.filter(merged_into=ticket).values_list("reporter_email", flat=True)
    found = _known([ticket.reporter_email, *others])
    return [each for each in found if not has_left(ticket.municipality, each)]


def owner(ticket: Ticket) -> list[str]:
    """Who has it and still handles reports of this municipality; else those who take them up."""
    holder = ticket.owner
    if holder is None or not handlers_of(ticket).filter(user=holder).exists():
        return line()
    return _known([holder.email])


def line() -> list[str]:
    """The mailbox of those who take reports up; none is where nobody set one."""
    return _known([settings.HELPDESK_MAILBOX])


def on_call() -> list[str]:
    """Who is told by night; those who take reports up where nobody else is."""
    return _known([settings.HELPDESK_ON_CALL]) or line()


def at_the_municipality(ticket: Ticket) -> str:
    path = reverse("melding", urlconf=side_of("municipality").urlconf, args=[ticket.pk])
    return f"{origin_of(ticket.municipality)}{path}"


def at_the_vendor(ticket: Ticket) -> str:
    path = reverse("melding", urlconf=side_of("vendor").urlconf, args=[ticket.pk])
    return f"{origin_at(settings.VENDOR_HOSTS[0])}{path}"


def _known(addresses: Iterable[str]) -> list[str]:
    return [each for each in dict.fromkeys(addresses) if each]


def _send(template: str, whom: list[str], ticket: Ticket, event: TicketEvent, *, link: str) -> None:
    """To each by himself, once what it tells of stands."""
    if not whom:
        return
    with override(settings.LANGUAGE_CODE):
        what = str(event.get_what_display())
        body = render_to_string(
            f"helpdesk/mail/{template}.txt", {"ticket": ticket, "event": event, "what": what, "link": link}
        )
    post(f"Melding {ticket.number}: {what.lower()}", body, whom)
