"""What the vendor did for, or to, this municipality."""

from __future__ import annotations

from django.http import HttpResponseBase

from tenants.accounts.pages import PageRequest, page
from tenants.accounts.rights import Level
from tenants.accounts.views.logbook import AREA, lines_listing, show_lines
from tenants.console.models import VendorLine
from tenants.registry.context import current_municipality
from tenants.registry.vendor_rows import vendor_rows


@page(area=AREA, level=Level.SEE)
def vendors_lines(request: PageRequest) -> HttpResponseBase:
    listing = lines_listing(name="leverancier", has_organisations=False, console="vendor")
    return show_lines(
        request, listing, vendor_rows(current_municipality()).of(VendorLine), current="vendors_lines"
    )
