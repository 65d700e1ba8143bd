"""Uren, on a municipality's own host: the same ledger as the vendor sees."""

from __future__ import annotations

from django.db.models import Sum
from django.http import HttpResponseBase
from django.urls import reverse
from django.utils.translation import gettext

from contracts.contract_asking import rows
from contracts.hours_listing import balance_in_words, listing
from contracts.models import HoursEntry
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
    left = entries.aggregate(left=Sum("minutes"))["left"] or 0
    context = {
        "title": gettext("Uren van %(contract)s") % {"contract": contract},
        "facts": [balance_in_words(left)],
        "crumbs": [to_home(), Crumb(contract.number, reverse("contract", args=[contract.pk]))],
        "found": shown.read(request, ledger),
    }
    return show_page(request, "contracts/gemeente/uren.html", context)
