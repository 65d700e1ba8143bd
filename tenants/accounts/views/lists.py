"""What every list of these pages does alike."""

from __future__ import annotations

from http import HTTPStatus

from django.http import HttpRequest, HttpResponseBase
from django.utils.translation import gettext as _

from screens.errors import error_page
from screens.formats import number
from screens.listing.declaration import Listing, TooManyToExport
from screens.listing.filters import Rows
from tenants.accounts.shell import shell_of


def file_of(listing: Listing, request: HttpRequest, rows: Rows) -> HttpResponseBase | None:
    """The file that the request asks for, or a page that says why it would be too large; None for a page."""
    try:
        return listing.file(request, rows)
    except TooManyToExport as many:
        why = _("Dit zijn %(count)s regels, meer dan er in een bestand gaan. Filter eerst, en exporteer dan.")
        return error_page(
            request,
            HTTPStatus.UNPROCESSABLE_ENTITY,
            shell=shell_of(request),
            happened=why % {"count": number(many.count)},
        )
