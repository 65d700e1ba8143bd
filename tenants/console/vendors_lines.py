"""What the vendor did for, or to, this municipality."""

from __future__ import annotations

from django.http import HttpResponseBase

from tenants.accounts.pages import PageRequest, page
from tenants.accounts.rights import Level
from tenants.accounts.views.logbook import AREA, lines_listing, show_lines
from tenants.console.models import VendorLine


@page(area=AREA, level=Level.SEE)
def vendors_lines(request: PageRequest) -> HttpResponseBase:
    listing = lines_listing(name="leverancier", has_organisations=False, console="vendor")
    return show_lines(request, listing, VendorLine.objects.all(), current="vendors_lines")
