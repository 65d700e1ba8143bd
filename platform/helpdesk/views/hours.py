"""Boek uren voor een melding: what is left of the contract of that day, and what was worked."""

from __future__ import annotations

from http import HTTPStatus

from django.contrib import messages
from django.http import HttpResponseBase
from django.urls import reverse
from django.utils import timezone
from django.utils.translation import gettext

from contracts.hours import hours_and_minutes, last_entry, reckoned_of
from contracts.hours_listing import balance_in_words, supply_in_words
from contracts.models import Contract
from helpdesk.acting import book_hours
from helpdesk.acting.booking import contract_for
from helpdesk.forms.hours import WorkForm
from helpdesk.models import Ticket
from helpdesk.refusals import TicketRefused
from helpdesk.shown import facts_of, words_of_page
from helpdesk.states import AREA, check
from helpdesk.views.steering import conflict
from helpdesk.views.ticket import (
    address_of,
    ticket_of,
    to_the_list,
    to_the_ticket,
    while_it_is_seen,
    with_seen,
)
from helpdesk.who import who_is
from screens.inline import link
from screens.pages import go_to
from tenants.accounts.pages import PageRequest, page
from tenants.accounts.rights import Level
from tenants.accounts.shell import show_page


@page(area=AREA, level=Level.CHANGE)
def ticket_hours(request: PageRequest, pk: int) -> HttpResponseBase:
    ticket, who, now = ticket_of(request.person, pk), who_is(request.person), timezone.now()
    today = timezone.localdate(now)
    contract, refusal = contract_for(ticket, who, today)
    try:
        check(ticket, "book_hours", who)
    except TicketRefused as refused:
        return conflict(request, ticket, str(refused))
    if contract is None:
        return conflict(request, ticket, refusal)
    form = WorkForm(request.POST or None, initial={"on": today, "seen": last_entry(contract)})
    if form.is_valid():
        same = contract_for(ticket, who, form.cleaned_data["on"])[0] == contract
        work = form.work(is_of_ledger=same)
        try:
            with while_it_is_seen():
                entry = book_hours(ticket, work, who=who, now=now)
        except TicketRefused as refused:
            form.add_error(None, str(refused))
            form.data = with_seen(form.data, last_entry(contract))
        else:
            _told(request, ticket, entry.contract, -entry.minutes)
            return go_to(request, address_of(ticket))
    return _shown(request, ticket, contract, form)


def _shown(request: PageRequest, ticket: Ticket, contract: Contract, form: WorkForm) -> HttpResponseBase:
    balance = reckoned_of(contract)
    ledger = link(contract.number, reverse("contract_hours", args=[contract.pk]))
    context = {
        "title": words_of_page("book_hours"),
        "facts": [ticket.subject, *facts_of(ticket, request.person), ledger, balance_in_words(balance.left)],
        "crumbs": [to_the_list(), to_the_ticket(ticket)],
        "form": form,
        "back": address_of(ticket),
        "warning": supply_in_words(balance),
    }
    status = HTTPStatus.UNPROCESSABLE_ENTITY if form.errors else HTTPStatus.OK
    return show_page(request, "helpdesk/uren.html", context, status=status)


def _told(request: PageRequest, ticket: Ticket, contract: Contract, minutes: int) -> None:
    balance = reckoned_of(contract)
    words = gettext("%(hours)s uur geboekt voor melding %(number)s. %(balance)s.") % {
        "hours": hours_and_minutes(minutes),
        "number": ticket.number,
        "balance": balance_in_words(balance.left),
    }
    messages.success(request, f"{words} {supply_in_words(balance)}".strip())
