"""Onderhoud, of the vendor: what is announced to which municipality."""

from __future__ import annotations

from http import HTTPStatus

from django.contrib import messages
from django.http import HttpResponseBase
from django.shortcuts import get_object_or_404
from django.urls import reverse
from django.utils import timezone
from django.utils.translation import gettext, ngettext
from django.views.decorators.http import require_POST

from screens.errors import error_page
from screens.formats import number
from screens.pages import go_to
from screens.parts import Crumb
from screens.shell import Item
from service_reports.announcing import announce, call_off, hosted_by, in_time_or_not, is_hosted_by
from service_reports.forms import MaintenanceForm
from service_reports.listings import address_of_maintenance, maintenance_listing
from service_reports.models import Maintenance
from service_reports.showing import moment
from service_reports.states import AREA, ReportRefused
from service_reports.views.pages import to_the_list
from tenants.accounts.pages import PageRequest, page
from tenants.accounts.rights import Level
from tenants.accounts.shell import shell_of, show_page
from tenants.accounts.views.lists import file_of


@page(area=AREA, level=Level.SEE)
def onderhoud(request: PageRequest) -> HttpResponseBase:
    found = maintenance_listing()
    rows = Maintenance.objects.visible_to(request.person).select_related("municipality")
    file = file_of(found, request, rows)
    if file is not None:
        return file
    context = {
        "found": found.read(request, rows),
        "crumbs": [to_the_list()],
        "may_announce": request.person.may(AREA, Level.APPROVE),
        "who_may": request.person.side.table.who_may(AREA, Level.APPROVE).lower(),
    }
    return show_page(request, "service_reports/onderhoud.html", context)


@page(area=AREA, level=Level.APPROVE)
def announce_maintenance(request: PageRequest) -> HttpResponseBase:
    form = MaintenanceForm(request.POST or None, seen=hosted_by(request.person))
    if form.is_valid():
        try:
            rows = announce(form.chosen(), form.plan(), person=request.person, now=timezone.now())
        except ReportRefused as refused:
            form.add_error(None, str(refused))
        else:
            told = ngettext(
                "Het onderhoud is aangekondigd aan %(count)s gemeente.",
                "Het onderhoud is aangekondigd aan %(count)s gemeenten.",
                len(rows),
            )
            messages.success(request, told % {"count": number(len(rows))})
            return go_to(request, reverse("onderhoud"))
    context = {"form": form, "crumbs": _crumbs(), "back": reverse("onderhoud")}
    status = HTTPStatus.UNPROCESSABLE_ENTITY if form.errors else HTTPStatus.OK
    return show_page(request, "service_reports/aankondigen.html", context, status=status)


@page(area=AREA, level=Level.SEE)
def maintenance(request: PageRequest, pk: int) -> HttpResponseBase:
    found = _maintenance(request, pk)
    is_coming = found.called_off_at is None and found.starts_at > timezone.now()
    context = {
        "maintenance": found,
        "told": [
            (gettext("Gemeente"), found.municipality.naam),
            (gettext("Van"), moment(found.starts_at)),
            (gettext("Tot"), moment(found.ends_at)),
            (gettext("Wat"), found.reason),
            (
                gettext("Aangekondigd"),
                gettext("%(moment)s door %(who)s")
                % {"moment": moment(found.announced_at), "who": found.announced_by},
            ),
            (gettext("Uitval"), in_time_or_not(found)),
            *_called_off(found),
        ],
        "crumbs": _crumbs(),
        "may_call_off": is_coming
        and request.person.may(AREA, Level.APPROVE)
        and is_hosted_by(found.municipality, request.person),
    }
    return show_page(request, "service_reports/een_onderhoud.html", context)


@page(area=AREA, level=Level.APPROVE)
@require_POST
def call_off_maintenance(request: PageRequest, pk: int) -> HttpResponseBase:
    found = _maintenance(request, pk)
    try:
        call_off(found, person=request.person, now=timezone.now())
    except ReportRefused as refused:
        return error_page(
            request,
            HTTPStatus.CONFLICT,
            shell=shell_of(request),
            happened=str(refused),
            next_step=Item(gettext("Bekijk het onderhoud"), address_of_maintenance(found)),
        )
    messages.success(request, gettext("Het onderhoud is afgelast. De gemeente krijgt bericht."))
    return go_to(request, address_of_maintenance(found))


def _maintenance(request: PageRequest, pk: int) -> Maintenance:
    rows = Maintenance.objects.visible_to(request.person).select_related("municipality")
    found: Maintenance = get_object_or_404(rows, pk=pk)
    return found


def _called_off(found: Maintenance) -> list[tuple[str, str]]:
    if found.called_off_at is None:
        return []
    told = gettext("%(moment)s door %(who)s")
    return [(gettext("Afgelast"), told % {"moment": moment(found.called_off_at), "who": found.called_off_by})]


def _crumbs() -> list[Crumb]:
    return [to_the_list(), Crumb(gettext("Onderhoud"), reverse("onderhoud"))]
