"""The list of mails that wait for somebody to decide."""

from __future__ import annotations

from django.urls import reverse
from django.utils import timezone
from django.utils.translation import gettext, ngettext
from django.utils.translation import gettext_lazy as _

from helpdesk.models import ReceivedMail
from helpdesk.models.received_mail import Stranger
from screens.formats import near, number
from screens.listing.columns import Column
from screens.listing.declaration import Listing
from screens.listing.filters import Choose, Search
from tenants.accounts.person import Person


def address_of(mail: ReceivedMail) -> str:
    return reverse("received_mail", args=[mail.pk])


def subject_of(mail: ReceivedMail) -> str:
    return mail.subject or gettext("Zonder onderwerp")


def sender_of(mail: ReceivedMail) -> str:
    return mail.sender or gettext("onbekend")


def why_of(mail: ReceivedMail) -> str:
    return str(Stranger(mail.stranger).label) if mail.stranger else ""


def ticket_of(mail: ReceivedMail) -> str:
    return "" if mail.ticket is None else mail.ticket.number


def gemeente_of(mail: ReceivedMail) -> str:
    return "" if mail.municipality is None else mail.municipality.naam


def waiting_in_words(person: Person) -> str:
    """How many wait for this person to see; empty where none does."""
    count = ReceivedMail.objects.visible_to(person).waiting().count()
    words = ngettext("%(count)s onbekende afzender", "%(count)s onbekende afzenders", count)
    return words % {"count": number(count)} if count else ""


STRANGERS = Listing(
    name="onbekende-afzenders",
    caption=_("Onbekende afzenders"),
    one=_("%(count)s e-mail"),
    many=_("%(count)s e-mails"),
    nothing=_("Geen e-mail wacht op een besluit"),
    columns=[
        Column(
            "onderwerp", _("Onderwerp"), show=subject_of, plain=subject_of, url=address_of, order=["subject"]
        ),
        Column("afzender", _("Afzender"), show=sender_of, plain=sender_of, order=["sender"]),
        Column("melding", _("Melding"), show=ticket_of, plain=ticket_of, order=["ticket_id"], nowrap=True),
        Column("gemeente", _("Gemeente"), show=gemeente_of, plain=gemeente_of, order=["municipality__naam"]),
        Column("waarom", _("Waarom"), show=why_of, plain=why_of, order=["stranger"]),
        Column(
            "ontvangen",
            _("Ontvangen"),
            field="received_at",
            show=lambda mail: near(mail.received_at, timezone.now()),
            nowrap=True,
        ),
    ],
    filters=[
        Search("q", _("Onderwerp of gemeente"), ["subject", "municipality__naam"]),
        Choose("waarom", _("Waarom"), Stranger.choices, field="stranger"),
    ],
    order="ontvangen",
)
