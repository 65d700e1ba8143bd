"""What the pages of calendars and of service levels have alike: both are published in versions."""

from __future__ import annotations

from http import HTTPStatus
from typing import Any

from django import forms
from django.db.models import QuerySet
from django.http import HttpResponseBase
from django.utils import timezone
from django.utils.translation import gettext_lazy as _

from contracts.models.version import Versioned
from contracts.publishing import AREA
from contracts.showing import chosen
from screens.formats import day
from screens.listing.columns import Column, Record
from screens.listing.declaration import Listing
from screens.parts import Crumb
from tenants.accounts.pages import PageRequest
from tenants.accounts.rights import Level
from tenants.accounts.shell import show_page
from tenants.accounts.views.lists import file_of


def current_of(row: Record) -> Any:  # noqa: ANN401  # the kind of version that the row has
    """The version that a list shows, of what was fetched with it."""
    return chosen(row.versions.all(), "", timezone.localdate())


NUMBER = Column(
    "versie",
    _("Versie"),
    show=lambda row: str(current_of(row).number),
    plain=lambda row: current_of(row).number,
    order=(),
    numeric=True,
)
SINCE = Column(
    "vanaf",
    _("Geldt vanaf"),
    show=lambda row: day(current_of(row).effective_from),
    plain=lambda row: current_of(row).effective_from,
    order=(),
    nowrap=True,
)


def list_page(
    request: PageRequest, listing: Listing, model: type[Versioned], template: str
) -> HttpResponseBase:
    """Those of one's own organisation, as a page or a file."""
    rows: QuerySet[Versioned] = model.objects.visible_to(request.person).prefetch_related("versions")
    file = file_of(listing, request, rows)
    if file is not None:
        return file
    may_change = request.person.may(AREA, Level.CHANGE)
    context = {
        "found": listing.read(request, rows),
        "may_change": may_change,
        "who_may": request.person.side.table.who_may(AREA, Level.CHANGE).lower(),
        "may_begin": may_change and not rows.exists(),
    }
    return show_page(request, template, context)


def form_page(
    request: PageRequest, form: forms.Form, title: str, back: str, crumbs: list[Crumb]
) -> HttpResponseBase:
    """What is filled in to publish a version."""
    context = {"title": title, "form": form, "back": back, "crumbs": crumbs}
    status = HTTPStatus.UNPROCESSABLE_ENTITY if form.errors else HTTPStatus.OK
    return show_page(request, "contracts/publish.html", context, status=status)
