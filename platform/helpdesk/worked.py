"""The hours that were booked for a report, as both consoles show them."""

from __future__ import annotations

from django.db.models import QuerySet
from django.utils.translation import gettext as _

from contracts.hours import hours_and_minutes
from contracts.hours_listing import LOOKS
from contracts.models import Contract, HoursEntry, HoursKind
from helpdesk.models import Ticket
from screens.badges import Badge, badge
from screens.formats import day
from screens.tables import Cell, Heading, Row, Table
from tenants.accounts.person import Person
from tenants.registry.context import current_municipality
from tenants.registry.vendor_rows import vendor_rows

MOST = 50


def worked_for(ticket: Ticket, person: Person) -> Table | None:
    """At the vendor: of contracts that this person sees."""
    seen = Contract.objects.visible_to(person)
    found = HoursEntry.objects.of_report(ticket.number, ticket.municipality)
    return table_of(found.filter(contract__in=seen))


def worked_inside(ticket: Ticket) -> Table | None:
    """In its municipality: as the ledger there."""
    return table_of(vendor_rows(current_municipality()).of(HoursEntry).filter(ticket_number=ticket.number))


def table_of(entries: QuerySet[HoursEntry]) -> Table | None:
    """The last first, with what they come to; nothing where nothing was booked."""
    found = list(entries.order_by("-pk")[:MOST])
    if not found:
        return None
    words = (_("Dag"), _("Wat"), _("Wie"), _("Waarvoor"), _("Uren"))
    total = -sum(entries.values_list("minutes", flat=True))
    return Table(
        caption=_("Uren voor deze melding"),
        headings=[*(Heading(word) for word in words[:-1]), Heading(words[-1], numeric=True)],
        rows=[
            Row(
                [
                    Cell(day(each.on), nowrap=True),
                    Cell(badge(Badge(LOOKS[HoursKind(each.kind)], each.get_kind_display())), label=words[1]),
                    Cell(each.who_name, label=words[2]),
                    Cell(each.why, label=words[3]),
                    Cell(hours_and_minutes(-each.minutes), label=words[4], numeric=True),
                ]
            )
            for each in found
        ],
        foot=[Row([Cell(_("Samen")), Cell(hours_and_minutes(total))])],
    )
