"""One report as the people of its municipality see it."""

from __future__ import annotations

from collections.abc import Sequence
from dataclasses import dataclass
from datetime import datetime

from django.urls import reverse
from django.utils.translation import gettext as _

from contracts.running import Clock
from helpdesk.clock_faces import explanations, faces
from helpdesk.history import history_of
from helpdesk.listings_municipality import address_of
from helpdesk.models import Attachment, Ticket, TicketEvent
from helpdesk.reporting import events_of
from helpdesk.storing import clocks_of, stint_of
from helpdesk.turns import badge_of, turn_of, who_has
from helpdesk.words import OVER
from screens.formats import near
from screens.inline import link
from screens.parts import Crumb, Event
from tenants.registry.context import current_municipality
from tenants.registry.vendor_rows import vendor_rows

RECENT = 3


@dataclass(frozen=True, slots=True)
class Whole:
    """A report with all that happened to it, as far as it is public."""

    ticket: Ticket
    events: Sequence[TicketEvent]
    files: Sequence[Attachment]
    clocks: Sequence[Clock]

    @property
    def last(self) -> int | None:
        """What whoever looks now has seen."""
        return max((event.pk for event in self.events), default=None)

    def history(self, now: datetime) -> list[Event]:
        return history_of(self.events, self.files, now, file_address)

    def recent(self, now: datetime) -> list[Event]:
        """What was said last, for whoever answers to it."""
        return history_of(
            [event for event in self.events if event.text][-RECENT:], self.files, now, file_address
        )

    def context(self, now: datetime) -> dict[str, object]:
        return {
            "history": self.history(now),
            "clocks": faces(self.clocks, now, stint_of(self.events)),
            "explained": explanations(self.clocks, self.ticket.service_level_version, now, self.events),
        }


def whole(ticket: Ticket, now: datetime) -> Whole:
    """What its clocks say is worked out anew, from the same events as at the vendor."""
    events = events_of(ticket)
    files = vendor_rows(current_municipality()).of(Attachment).filter(ticket=ticket.pk).order_by("pk")
    return Whole(ticket, events, list(files), clocks_of(events, ticket.service_level_version, now=now))


def file_address(file: Attachment) -> str:
    return reverse("attachment", args=[file.ticket_id, file.pk])


def crumbs() -> list[Crumb]:
    return [Crumb(_("Meldingen"), reverse("meldingen"))]


def about(ticket: Ticket, now: datetime, *, inside: bool = False) -> dict[str, object]:
    """What every page of one report shows; ``inside``: on a page below it."""
    number = _("Melding %(number)s") % {"number": ticket}
    return {
        "ticket": ticket,
        "number": number,
        "state": badge_of(ticket),
        "turn": turn_of(ticket, now),
        "crumbs": [*crumbs(), *([Crumb(number, address_of(ticket))] if inside else [])],
        "facts": [
            number,
            f"{ticket.priority} {str(ticket.get_kind_display()).lower()}",
            _("gemeld %(when)s") % {"when": near(ticket.opened_at, now)},
        ],
        "known": known(ticket),
        "over": ticket.status in OVER,
    }


def known(ticket: Ticket) -> list[tuple[str, str]]:
    """In the side column, what is empty left out."""
    level = ticket.service_level_version
    rows = [
        (_("Van wie"), who_has(ticket)),
        (_("Melder"), ticket.reporter_name or _("naam gewist")),
        (_("Prioriteit"), _priority(ticket)),
        (_("Onderdeel"), ticket.component),
        (
            _("Niveau"),
            _("zonder contract")
            if level is None
            else _("%(level)s, versie %(number)s") % {"level": level.level.name, "number": level.number},
        ),
        (_("Oorzaak"), ticket.cause),
        (_("Bekend probleem"), link(_("bekijk het"), ticket.external_issue) if ticket.external_issue else ""),
        (
            _("Gaat verder in"),
            link(str(ticket.merged_into_id), reverse("melding", args=[ticket.merged_into_id]))
            if ticket.merged_into_id
            else "",
        ),
    ]
    return [(word, value) for word, value in rows if value]


def _priority(ticket: Ticket) -> str:
    weights = _("impact %(impact)s, spoed %(urgency)s") % {
        "impact": str(ticket.get_impact_display()).lower(),
        "urgency": str(ticket.get_urgency_display()).lower(),
    }
    if ticket.priority_reason:
        return _("%(priority)s, gewijzigd: %(reason)s") % {
            "priority": ticket.priority,
            "reason": ticket.priority_reason,
        }
    return f"{ticket.priority} ({weights})"
