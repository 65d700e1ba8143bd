"""Serviceniveaus: what is promised, and when something would be done."""

from __future__ import annotations

from datetime import datetime
from http import HTTPStatus
from urllib.parse import urlencode

from django import forms
from django.contrib import messages
from django.http import Http404, HttpResponseBase
from django.shortcuts import get_object_or_404
from django.urls import reverse
from django.utils import timezone
from django.utils.translation import gettext
from django.utils.translation import gettext_lazy as _

from contracts.clocks import clocks
from contracts.forms.level import LevelForm, NewLevelForm, level_as_text
from contracts.forms.publishing import to_begin_with
from contracts.forms.when import WhenForm, to_ask_with
from contracts.level_tables import (
    clocks_of,
    credits_of,
    explanation_of,
    matrix_of,
    targets_of,
    warnings_of,
    worked,
)
from contracts.models import ServiceLevel, ServiceLevelVersion
from contracts.publishing import AREA, AgreementRefused, add_level, publish_level
from contracts.running import Clock
from contracts.showing import chosen, versions_of
from contracts.terms import CalendarNotYet, terms_of
from contracts.views.versioned import NUMBER, SINCE, current_of, form_page, list_page
from contracts.working_time import NeverDueError
from screens.formats import day, percent
from screens.inline import link
from screens.listing.columns import Column, Record
from screens.listing.declaration import Listing
from screens.listing.filters import Search
from screens.pages import go_to
from screens.parts import Crumb
from screens.tables import Table
from tenants.accounts.pages import PageRequest, page
from tenants.accounts.rights import Level
from tenants.accounts.shell import show_page

MINUTE = 60


def address_of(level: Record) -> str:
    return reverse("serviceniveau", args=[level.pk])


SERVICENIVEAUS = Listing(
    name="serviceniveaus",
    caption=_("Serviceniveaus"),
    one=_("%(count)s serviceniveau"),
    many=_("%(count)s serviceniveaus"),
    nothing=_("Nog geen serviceniveaus"),
    columns=[
        Column("naam", _("Serviceniveau"), field="name", url=address_of),
        Column(
            "beschikbaarheid",
            _("Beschikbaarheid"),
            show=lambda row: percent(current_of(row).availability, 2),
            plain=lambda row: current_of(row).availability,
            order=(),
            numeric=True,
        ),
        NUMBER,
        SINCE,
    ],
    filters=[Search("q", _("Naam"), ["name"])],
    order="naam",
)


@page(area=AREA, level=Level.SEE)
def serviceniveaus(request: PageRequest) -> HttpResponseBase:
    return list_page(request, SERVICENIVEAUS, ServiceLevel, "contracts/serviceniveaus.html")


@page(area=AREA, level=Level.SEE)
def serviceniveau(request: PageRequest, pk: int) -> HttpResponseBase:
    level = _level(request, pk)
    shown = _chosen(level, request)
    window = link(shown.window.name, reverse("kalender", args=[shown.window_id]))
    context = {
        "level": level,
        "facts": _facts(shown),
        "crumbs": [_to_the_list()],
        "promised": [
            (gettext("Beschikbaarheid per maand"), percent(shown.availability, 2)),
            (gettext("Telt volgens"), window),
            (gettext("Hoogste verlies van gegevens (RPO)"), worked(shown.rpo_minutes * MINUTE)),
            (gettext("Hoogste hersteltijd na uitval (RTO)"), worked(shown.rto_minutes * MINUTE)),
            (
                gettext("Rapport over de vorige maand"),
                gettext("vanaf dag %(day)s") % {"day": shown.report_day},
            ),
        ],
        "targets": targets_of(shown),
        "matrix": matrix_of(shown),
        "credits": credits_of(shown),
        "versions": versions_of(list(level.versions.all()), address_of(level), timezone.localdate()),
        "when": f"{reverse('when_ready', args=[level.pk])}?versie={shown.number}",
        "may_change": request.person.may(AREA, Level.CHANGE),
        "who_may": request.person.side.table.who_may(AREA, Level.CHANGE).lower(),
    }
    return show_page(request, "contracts/serviceniveau.html", context)


@page(area=AREA, level=Level.CHANGE)
def new_level(request: PageRequest) -> HttpResponseBase:
    now = timezone.now()
    form = NewLevelForm(request.POST or None, person=request.person, initial=to_begin_with(0, now))
    if form.is_valid():
        try:
            made = add_level(
                form.cleaned_data["name"], form.terms(), form.how(), person=request.person, now=now
            )
        except AgreementRefused as refused:
            form.add_error(None, str(refused))
        else:
            messages.success(request, gettext("%(name)s is gepubliceerd.") % {"name": made})
            return go_to(request, address_of(made))
    return _form_page(request, form, gettext("Voeg een serviceniveau toe"), reverse("serviceniveaus"))


@page(area=AREA, level=Level.CHANGE)
def publish_level_version(request: PageRequest, pk: int) -> HttpResponseBase:
    level, now = _level(request, pk), timezone.now()
    last = level.versions.order_by("-number")[0]
    initial = {**level_as_text(last), **to_begin_with(last.number, now)}
    form = LevelForm(request.POST or None, person=request.person, initial=initial)
    if form.is_valid():
        seen = form.cleaned_data["seen"]
        try:
            publish_level(level, form.terms(), form.how(), seen=seen, person=request.person, now=now)
        except AgreementRefused as refused:
            form.add_error(None, str(refused))
        else:
            words = gettext("De nieuwe versie van %(name)s is gepubliceerd.") % {"name": level}
            messages.success(request, words)
            return go_to(request, address_of(level))
    title = gettext("Nieuwe versie van %(name)s") % {"name": level}
    return _form_page(request, form, title, address_of(level), Crumb(str(level), address_of(level)))


@page(area=AREA, level=Level.SEE)
def when_ready(request: PageRequest, pk: int) -> HttpResponseBase:
    """What this version would say of a report; nothing is written, and the answer has an address."""
    level = _level(request, pk)
    version, now = _chosen(level, request), timezone.now()
    given = request.POST or (request.GET if "moment" in request.GET else None)
    form = WhenForm(given, initial=to_ask_with(now))
    found: list[Clock] = []
    if form.is_valid():
        events = list(form.events())
        try:
            found = clocks(events, terms_of(version), now=max(each.at for each in events))
        except CalendarNotYet as refused:
            form.add_error("moment", str(refused))
        except NeverDueError:
            form.add_error(None, gettext("Deze kalender heeft zo weinig werktijd dat het nooit klaar is."))
    if request.method == "POST" and form.is_valid():
        asked = {"versie": str(version.number), **form.given()}
        return go_to(request, f"{reverse('when_ready', args=[level.pk])}?{urlencode(asked)}")
    context = {
        "level": level,
        "facts": _facts(version),
        "crumbs": [_to_the_list(), Crumb(str(level), address_of(level))],
        "form": form,
        "clocks": clocks_of(found, now) if found else None,
        "explained": [_explained(each, now) for each in found],
    }
    status = HTTPStatus.UNPROCESSABLE_ENTITY if form.errors else HTTPStatus.OK
    return show_page(request, "contracts/wanneer.html", context, status=status)


def _explained(clock: Clock, now: datetime) -> tuple[str, Table, str]:
    return str(clock.kind.label), explanation_of(clock, now), warnings_of(clock, now)


def _facts(version: ServiceLevelVersion) -> list[str]:
    return [
        gettext("Versie %(number)s") % {"number": version.number},
        gettext("geldt vanaf %(day)s") % {"day": day(version.effective_from)},
    ]


def _level(request: PageRequest, pk: int) -> ServiceLevel:
    """404 for what is of another organisation."""
    found: ServiceLevel = get_object_or_404(ServiceLevel.objects.visible_to(request.person), pk=pk)
    return found


def _chosen(level: ServiceLevel, request: PageRequest) -> ServiceLevelVersion:
    versions = level.versions.select_related("window")
    shown = chosen(versions, request.GET.get("versie", ""), timezone.localdate())
    if not isinstance(shown, ServiceLevelVersion):
        raise Http404
    return shown


def _to_the_list() -> Crumb:
    return Crumb(gettext("Serviceniveaus"), reverse("serviceniveaus"))


def _form_page(
    request: PageRequest, form: forms.Form, title: str, back: str, *crumbs: Crumb
) -> HttpResponseBase:
    return form_page(request, form, title, back, [_to_the_list(), *crumbs])
