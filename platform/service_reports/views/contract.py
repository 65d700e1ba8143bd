"""Serviceniveaurapporten of one contract, among its pages on the vendor's console."""

from __future__ import annotations

from django.http import Http404, HttpResponseBase
from django.utils import timezone

from contracts.contract_showing import title_of
from contracts.contract_tables import badge_of
from contracts.standing import standing_of
from contracts.states import VENDOR_AREA
from contracts.views.contract import contract_seen, tabs, to_the_list
from service_reports.listings import listing
from service_reports.of_contracts import reports_of
from service_reports.states import AREA
from tenants.accounts.pages import PageRequest, page
from tenants.accounts.rights import Level
from tenants.accounts.shell import show_page
from tenants.accounts.views.lists import file_of


@page(area=AREA, level=Level.SEE)
def contract_reports(request: PageRequest, pk: int) -> HttpResponseBase:
    """Of a contract that one sees; without the rights for contracts there is none."""
    if not request.person.may(VENDOR_AREA, Level.SEE):
        raise Http404
    found = contract_seen(request, pk)
    shown, rows = listing(of_vendor=True), reports_of(found, request.person)
    file = file_of(shown, request, rows)
    if file is not None:
        return file
    versions = list(found.versions.all())
    context = {
        "title": title_of(found),
        "state": badge_of(standing_of(found, versions, timezone.localdate())),
        "crumbs": [to_the_list()],
        "tabs": tabs(request, found, len(versions), "contract_reports"),
        "found": shown.read(request, rows),
    }
    return show_page(request, "service_reports/van_contract.html", context)
