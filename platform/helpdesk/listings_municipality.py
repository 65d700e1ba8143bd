"""The list of its reports that a municipality sees."""

from __future__ import annotations

from django.db.models import Q
from django.urls import reverse
from django.utils import timezone
from django.utils.html import format_html
from django.utils.translation import gettext as _
from django.utils.translation import gettext_lazy

from helpdesk.models import Ticket
from helpdesk.turns import WAIT_FOR_US, badge_of, turn_of, who_has
from helpdesk.words import OPEN, OVER, Kind, Status
from screens.badges import badge
from screens.formats import near
from screens.inline import Tone
from screens.listing.columns import Column, nothing
from screens.listing.declaration import Listing
from screens.listing.filters import Choose, Part, Search, Since

PART = "deel"
OPEN_PART, WAITS_PART, SOLVED_PART, OVER_PART = "open", "wacht", "opgelost", "gesloten"
PARTS = (
    (OPEN_PART, gettext_lazy("Open"), Q(status__in=OPEN)),
    (WAITS_PART, gettext_lazy("Wacht op ons"), Q(status__in=WAIT_FOR_US)),
    (SOLVED_PART, gettext_lazy("Opgelost"), Q(status=Status.OPGELOST)),
    (OVER_PART, gettext_lazy("Gesloten"), Q(status__in=OVER)),
)


def address_of(ticket: Ticket) -> str:
    return reverse("melding", args=[ticket.pk])


def _state(ticket: Ticket) -> str:
    return badge(badge_of(ticket))


def _state_in_words(ticket: Ticket) -> str:
    return str(badge_of(ticket).word)


def _subject(ticket: Ticket) -> str:
    return ticket.subject or nothing(_("gewist"))


def _turn(ticket: Ticket) -> str:
    return turn_of(ticket, timezone.now())


def _until(ticket: Ticket) -> str:
    if ticket.status in OVER:
        return ""
    if ticket.service_level_version_id is None:
        return nothing(_("geen beloofde tijd"))
    if ticket.next_due_at is None:
        return nothing(_("staat stil")) if ticket.status == Status.WACHT_OP_MELDER else ""
    return format_html(
        "{} {}", str(ticket.get_next_due_kind_display()).lower(), near(ticket.next_due_at, timezone.now())
    )


def _plain_until(ticket: Ticket) -> object:
    return ticket.next_due_at


def _reported(ticket: Ticket) -> str:
    return near(ticket.opened_at, timezone.now())


def _tone(ticket: Ticket) -> Tone:
    if ticket.status in OVER:
        return Tone.MUTED
    late = ticket.next_due_at is not None and ticket.next_due_at < timezone.now()
    return Tone.BAD if late else Tone.PLAIN


MELDINGEN = Listing(
    name="meldingen",
    caption=gettext_lazy("Meldingen"),
    one=gettext_lazy("%(count)s melding"),
    many=gettext_lazy("%(count)s meldingen"),
    nothing=gettext_lazy("Nog geen meldingen"),
    columns=[
        Column(
            "melding",
            gettext_lazy("Melding"),
            field="pk",
            show=_subject,
            plain=lambda row: row.subject,
            url=address_of,
            sub=lambda row: (
                _("%(number)s, %(kind)s, door %(who)s")
                % {
                    "number": row.number,
                    "kind": str(row.get_kind_display()).lower(),
                    "who": row.reporter_name or _("naam gewist"),
                }
            ),
        ),
        Column(
            "staat",
            gettext_lazy("Staat"),
            field="status",
            show=_state,
            plain=_state_in_words,
            sub=_turn,
            narrow=False,
        ),
        Column("van_wie", gettext_lazy("Van wie"), show=who_has, plain=who_has, order=["owner_name"]),
        Column("prioriteit", gettext_lazy("Prioriteit"), field="priority", nowrap=True),
        Column("uiterlijk", gettext_lazy("Uiterlijk"), field="next_due_at", show=_until, plain=_plain_until),
        Column("gemeld", gettext_lazy("Gemeld"), field="opened_at", show=_reported, nowrap=True),
    ],
    filters=[
        Search("q", gettext_lazy("Nummer, onderwerp of melder"), ["pk", "subject", "reporter_name"]),
        Part(PART, gettext_lazy("Deel"), PARTS),
        Choose("soort", gettext_lazy("Soort"), Kind.choices, field="kind"),
        Since("vanaf", gettext_lazy("Vanaf"), "opened_at"),
    ],
    order="-gemeld",
    tone=_tone,
)
