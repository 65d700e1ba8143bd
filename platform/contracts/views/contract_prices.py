"""The lines of a draft, filled from a price list by what the gemeente wants."""

from __future__ import annotations

from http import HTTPStatus

from django.contrib import messages
from django.http import HttpResponseBase
from django.shortcuts import get_object_or_404
from django.urls import reverse
from django.utils import timezone
from django.utils.translation import gettext

from contracts.contract_refusals import ContractRefused
from contracts.drafting import write_lines
from contracts.forms.wishes import WishesForm
from contracts.models import ContractVersion, PriceList
from contracts.models.version import in_force
from contracts.offered_lines import lines_of_offer
from contracts.states import VENDOR_AREA
from contracts.views.contract import address_of_version, crumbs_of, version_seen
from contracts.views.contract_drafting import not_a_concept, refused_page
from screens.pages import go_to
from screens.shell import Item
from tenants.accounts.pages import PageRequest, page
from tenants.accounts.rights import Level
from tenants.accounts.shell import show_page


@page(area=VENDOR_AREA, level=Level.CHANGE)
def choose_price_list(request: PageRequest, pk: int, number: int) -> HttpResponseBase:
    version = version_seen(request, pk, number)
    refused = not_a_concept(request, version)
    if refused is not None:
        return refused
    lists = PriceList.objects.visible_to(request.person).prefetch_related("versions")
    context = {
        "crumbs": crumbs_of(version),
        "lists": [
            (str(each), reverse("fill_lines", args=[pk, number, each.pk]))
            for each in lists
            if in_force(each.versions.all(), timezone.localdate()) is not None
        ],
        "to_lists": reverse("prijslijsten"),
    }
    return show_page(request, "contracts/kies_prijslijst.html", context)


@page(area=VENDOR_AREA, level=Level.CHANGE)
def fill_lines(request: PageRequest, pk: int, number: int, price_list: int) -> HttpResponseBase:
    """What the list asks for what is wanted takes the place of the lines that there were."""
    version = version_seen(request, pk, number)
    refused = not_a_concept(request, version)
    if refused is not None:
        return refused
    found = get_object_or_404(PriceList.objects.visible_to(request.person), pk=price_list)
    prices = in_force(found.versions.all(), timezone.localdate())
    if prices is None:
        why = gettext("Deze prijslijst geldt nog niet.")
        return refused_page(request, why, Item(str(found), reverse("prijslijst", args=[found.pk])))
    form = WishesForm(request.POST or None, version=prices, initial=_wanted(version))
    form.fields.pop("start")  # a contract has the price of a whole year
    if form.is_valid() and form.offered is not None:
        try:
            write_lines(
                version, lines_of_offer(form.offered), price_list_version=prices, person=request.person
            )
        except ContractRefused as error:
            form.add_error(None, str(error))
        else:
            messages.success(request, gettext("De prijsregels staan in het concept."))
            return go_to(request, address_of_version(version))
    context = {
        "title": gettext("Prijsregels uit %(name)s") % {"name": found},
        "form": form,
        "crumbs": crumbs_of(version),
        "back": address_of_version(version),
        "submit": gettext("Neem de prijsregels over"),
        "replaces": version.lines.exists(),
    }
    status = HTTPStatus.UNPROCESSABLE_ENTITY if form.errors else HTTPStatus.OK
    return show_page(request, "contracts/opstellen.html", context, status=status)


def _wanted(version: ContractVersion) -> dict[str, object]:
    """What is known of the gemeente already."""
    first = version.covers.select_related("municipality").first()
    known: dict[str, object] = {
        "level": str(version.service_level_version.level),
        "setup": version.number == 1,
    }
    if first is not None and first.municipality.cbs_code:
        known["gemeente"] = first.municipality.cbs_code
    elif first is not None and first.municipality.inwoners:
        known["inhabitants"] = first.municipality.inwoners
    return known
