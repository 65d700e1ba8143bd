"""Zoeken: where the search field of the bar leads: to what has this number, else to all that is found."""

from __future__ import annotations

from collections.abc import Iterator, Sequence
from urllib.parse import urlencode

from django.db.models import Q, QuerySet
from django.http import HttpResponseBase
from django.urls import reverse
from django.utils.translation import gettext

from backoffice.views.gemeenten import address_of as address_of_gemeente
from contracts.models import Contract
from contracts.states import VENDOR_AREA as CONTRACTS
from helpdesk.models import Ticket
from helpdesk.states import AREA as TICKETS
from helpdesk.views.ticket import address_of as address_of_ticket
from helpdesk.words import Status
from screens.inline import link, numbered
from screens.pages import go_to
from screens.tables import Cell, Heading, Row, Table
from tenants.accounts.pages import PageRequest, page
from tenants.accounts.person import Person
from tenants.accounts.rights import Level
from tenants.accounts.shell import show_page
from tenants.registry.models import Municipality

LONGEST_NUMBER = 18
LONGEST = 100
SHOWN = 10
"""Of each kind; one more is read, so that it is told that there are more."""
Section = tuple[str, Table]
"""The anchor of its heading, and the table."""


@page(area="gemeenten", level=Level.SEE)
def find(request: PageRequest) -> HttpResponseBase:
    person, asked = request.person, _asked(request)
    address = _exactly(person, asked)
    if address:
        return go_to(request, address)
    tickets, contracts = _tickets(person, asked), _contracts(person, asked)
    if not tickets and not contracts:
        return go_to(request, f"{reverse('gemeenten')}?{urlencode({'q': asked})}")
    gemeenten = list(_gemeenten(person, asked))
    found = [
        *_table_of_gemeenten(gemeenten),
        *_table_of_tickets(tickets),
        *_table_of_contracts(contracts),
    ]
    context = {
        "asked": asked,
        "sections": found,
        "more": max(len(tickets), len(contracts), len(gemeenten)) > SHOWN,
        "gemeenten": f"{reverse('gemeenten')}?{urlencode({'q': asked})}",
    }
    return show_page(request, "backoffice/gevonden.html", context)


def _asked(request: PageRequest) -> str:
    """Without what no text in the database can have."""
    return request.GET.get("q", "").replace("\0", "").strip()[:LONGEST]


def _exactly(person: Person, asked: str) -> str:
    """The page of what has this very number; empty where nothing has."""
    ticket = ticket_of(person, asked)
    if ticket is not None:
        return address_of_ticket(ticket)
    if not asked or not person.may(CONTRACTS, Level.SEE):
        return ""
    contract = Contract.objects.visible_to(person).filter(number__iexact=asked).first()
    return "" if contract is None else reverse("contract", args=[contract.pk])


def ticket_of(person: Person, asked: str) -> Ticket | None:
    """The report of this number that the person sees; a CBS code of his is no number of a report."""
    if not (asked.isascii() and asked.isdecimal()) or len(asked) > LONGEST_NUMBER or asked.startswith("0"):
        return None
    if not person.may(TICKETS, Level.SEE):
        return None
    if Municipality.objects.visible_to(person).filter(cbs_code=asked).exists():
        return None
    found: Ticket | None = Ticket.objects.visible_to(person).filter(pk=int(asked)).first()
    return found


def _gemeenten(person: Person, asked: str) -> QuerySet[Municipality]:
    named = Q(naam__icontains=asked) | Q(cbs_code=asked)
    return Municipality.objects.visible_to(person).filter(named).order_by("naam", "pk")[: SHOWN + 1]


def _tickets(person: Person, asked: str) -> Sequence[Ticket]:
    """By what is in the subject; the newest first."""
    if not asked or not person.may(TICKETS, Level.SEE):
        return []
    rows = Ticket.objects.visible_to(person).filter(subject__icontains=asked)
    return list(rows.select_related("municipality").order_by("-pk")[: SHOWN + 1])


def _contracts(person: Person, asked: str) -> Sequence[Contract]:
    """By number, gemeente or the order number of any of its versions."""
    if not asked or not person.may(CONTRACTS, Level.SEE):
        return []
    seen = Contract.objects.visible_to(person)
    ordered = Contract.objects.filter(versions__purchase_order__icontains=asked).values("pk")
    named = Q(number__icontains=asked) | Q(client_name__icontains=asked) | Q(pk__in=ordered)
    return list(seen.filter(named).order_by("-number", "-pk")[: SHOWN + 1])


def _table_of_gemeenten(found: Sequence[Municipality]) -> Iterator[Section]:
    rows = [
        Row([Cell(link(each.naam, address_of_gemeente(each))), Cell(str(each.get_environment_display()))])
        for each in found
    ]
    yield from _section("gemeenten", gettext("Gemeenten"), [gettext("Gemeente"), gettext("Omgeving")], rows)


def _table_of_tickets(found: Sequence[Ticket]) -> Iterator[Section]:
    words = [gettext("Melding"), gettext("Gemeente"), gettext("Staat")]
    rows = [
        Row(
            [
                Cell(
                    link(numbered(each.number, each.subject), reverse("melding", args=[each.pk])), wide=True
                ),
                Cell(each.municipality.naam, label=words[1]),
                Cell(str(Status(each.status).label), label=words[2]),
            ]
        )
        for each in found
    ]
    yield from _section("meldingen", gettext("Meldingen"), words, rows)


def _table_of_contracts(found: Sequence[Contract]) -> Iterator[Section]:
    rows = [
        Row([Cell(link(each.number, reverse("contract", args=[each.pk]))), Cell(each.client_name)])
        for each in found
    ]
    yield from _section("contracten", gettext("Contracten"), [gettext("Nummer"), gettext("Gemeente")], rows)


def _section(anchor: str, caption: str, words: Sequence[str], rows: Sequence[Row]) -> Iterator[Section]:
    """None where nothing was found."""
    if rows:
        headings = [Heading(word) for word in words]
        yield anchor, Table(caption=caption, headings=headings, rows=rows[:SHOWN])
