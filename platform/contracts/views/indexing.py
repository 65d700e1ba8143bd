"""Indexeer de prijzen: a figure makes a concept, of which the page shows what it changes."""

from __future__ import annotations

from http import HTTPStatus

from django.contrib import messages
from django.http import HttpResponseBase
from django.urls import reverse
from django.utils import timezone
from django.utils.translation import gettext

from contracts.contract_refusals import ContractRefused, Known, actor_of, why_not
from contracts.contract_showing import indexation_told, title_of
from contracts.forms.indexing import IndexForm
from contracts.indexing import next_indexation, propose_indexation
from contracts.standing import shown_version
from contracts.states import VENDOR_AREA
from contracts.views.contract import address_of_version, contract_seen, to_the_list
from contracts.views.contract_drafting import refused_page
from screens.pages import go_to
from screens.parts import Crumb
from screens.shell import Item
from tenants.accounts.pages import PageRequest, page
from tenants.accounts.rights import Level
from tenants.accounts.shell import show_page


@page(area=VENDOR_AREA, level=Level.CHANGE)
def index_contract(request: PageRequest, pk: int) -> HttpResponseBase:
    found, now = contract_seen(request, pk), timezone.now()
    versions, today = list(found.versions.all()), timezone.localdate(now)
    shown = shown_version(found, versions, today)
    known, back = Known(found, versions, shown, ()), reverse("contract", args=[pk])
    if refusal := why_not("opstellen", known, actor=actor_of(request.person, found), today=today):
        return refused_page(request, refusal, Item(title_of(found), back))
    due = next_indexation(found, versions, today)
    form = IndexForm(request.POST or None, initial={"start": max(due, today) if due else today})
    if form.is_valid():
        try:
            made = propose_indexation(
                found, form.index(), start=form.cleaned_data["start"], person=request.person, now=now
            )
        except ContractRefused as refused:
            form.add_error(None, str(refused))
        else:
            messages.success(request, gettext("De geïndexeerde prijzen staan in een concept. Kijk ze na."))
            return go_to(request, address_of_version(made))
    context = {
        "title": gettext("Indexeer de prijzen"),
        "form": form,
        "crumbs": [to_the_list(), Crumb(found.client_name, back)],
        "back": back,
        "submit": gettext("Maak het concept"),
        "told": indexation_told(found, versions, shown, today),
    }
    status = HTTPStatus.UNPROCESSABLE_ENTITY if form.errors else HTTPStatus.OK
    return show_page(request, "contracts/opstellen.html", context, status=status)
