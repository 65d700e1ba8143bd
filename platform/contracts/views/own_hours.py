"""Uren, on a municipality's own host: the same ledger as the vendor sees."""

from __future__ import annotations

from typing import cast

from django.http import HttpResponseBase
from django.urls import reverse
from django.utils.translation import gettext

from contracts.contract_asking import rows
from contracts.hours_listing import balance_in_words, listing, supply_in_words
from contracts.models import HoursEntry
from contracts.models.hours import HoursQuerySet
from contracts.states import MUNICIPALITY_AREA
from contracts.views.municipality import contract_inside, to_home
from screens.parts import Crumb
from tenants.accounts.pages import PageRequest, page
from tenants.accounts.rights import Level
from tenants.accounts.shell import show_page
from tenants.accounts.views.lists import file_of


@page(area=MUNICIPALITY_AREA, level=Level.SEE)
def own_hours(request: PageRequest, pk: int) -> HttpResponseBase:
    contract = contract_inside(pk)
    entries = rows().of(HoursEntry).filter(contract=contract.pk)
    shown, ledger = listing(may_change=False), entries.select_related("corrected_by")
    file = file_of(shown, request, ledger)
    if file is not None:
        return file
    balance = cast("HoursQuerySet", entries).reckoned()
    context = {
        "title": gettext("Uren van %(contract)s") % {"contract": contract},
        "facts": [balance_in_words(balance.left)],
        "warning": supply_in_words(balance) if balance.bought else "",
        "crumbs": [to_home(), Crumb(contract.number, reverse("contract", args=[contract.pk]))],
        "found": shown.read(request, ledger),
    }
    return show_page(request, "contracts/gemeente/uren.html", context)
