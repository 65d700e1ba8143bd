"""Kalenders: when clocks run."""

from __future__ import annotations

from http import HTTPStatus

from django import forms
from django.contrib import messages
from django.http import Http404, HttpResponseBase
from django.shortcuts import get_object_or_404
from django.urls import reverse
from django.utils import timezone
from django.utils.translation import gettext
from django.utils.translation import gettext_lazy as _
from django.views.decorators.http import require_POST

from contracts.defaults import begin
from contracts.dutch_holidays import holidays_of
from contracts.forms.calendar import CalendarForm, HolidaysForm, NewCalendarForm, calendar_as_text
from contracts.forms.publishing import to_begin_with
from contracts.models import Calendar, CalendarVersion
from contracts.publishing import AREA, AgreementRefused, CalendarTerms, add_calendar, publish_calendar
from contracts.showing import chosen, exceptions_of, hours_in_words, versions_of, week_of
from contracts.views.versioned import NUMBER, SINCE, current_of, form_page, list_page
from screens.errors import error_page
from screens.formats import day
from screens.listing.columns import Column, Record
from screens.listing.declaration import Listing
from screens.listing.filters import Search
from screens.pages import go_to
from screens.parts import Crumb
from screens.shell import Item
from tenants.accounts.pages import PageRequest, page
from tenants.accounts.rights import Level
from tenants.accounts.shell import shell_of, show_page


def address_of(calendar: Record) -> str:
    return reverse("kalender", args=[calendar.pk])


KALENDERS = Listing(
    name="kalenders",
    caption=_("Kalenders"),
    one=_("%(count)s kalender"),
    many=_("%(count)s kalenders"),
    nothing=_("Nog geen kalenders"),
    columns=[
        Column("naam", _("Kalender"), field="name", url=address_of),
        Column(
            "tijden",
            _("Klokken lopen"),
            show=lambda row: hours_in_words(current_of(row)),
            plain=lambda row: hours_in_words(current_of(row)),
            order=(),
        ),
        NUMBER,
        SINCE,
    ],
    filters=[Search("q", _("Naam"), ["name"])],
    order="naam",
)


@page(area=AREA, level=Level.SEE)
def kalenders(request: PageRequest) -> HttpResponseBase:
    return list_page(request, KALENDERS, Calendar, "contracts/kalenders.html")


@page(area=AREA, level=Level.CHANGE)
@require_POST
def begin_agreements(request: PageRequest) -> HttpResponseBase:
    try:
        begin(person=request.person, now=timezone.now())
    except AgreementRefused as refused:
        return error_page(
            request,
            HTTPStatus.CONFLICT,
            shell=shell_of(request),
            happened=str(refused),
            next_step=Item(gettext("Kalenders"), reverse("kalenders")),
        )
    messages.success(
        request, gettext("Er staan nu drie kalenders, drie serviceniveaus en een prijslijst. Pas ze aan.")
    )
    return go_to(request, reverse("kalenders"))


@page(area=AREA, level=Level.SEE)
def kalender(request: PageRequest, pk: int) -> HttpResponseBase:
    calendar = _calendar(request, pk)
    versions, today = list(calendar.versions.all()), timezone.localdate()
    shown = chosen(versions, request.GET.get("versie", ""), today)
    if not isinstance(shown, CalendarVersion):
        raise Http404
    missing = [year for year in (today.year, today.year + 1) if year not in versions[0].holiday_years]
    context = {
        "calendar": calendar,
        "version": shown,
        "facts": [
            gettext("Versie %(number)s") % {"number": shown.number},
            gettext("geldt vanaf %(day)s") % {"day": day(shown.effective_from)},
            str(shown.get_zone_display()),
        ],
        "crumbs": [_to_the_list()],
        "week": week_of(shown),
        "exceptions": exceptions_of(shown),
        "versions": versions_of(versions, address_of(calendar), today),
        "missing": [] if versions[0].always else missing,
        "may_change": request.person.may(AREA, Level.CHANGE),
        "who_may": request.person.side.table.who_may(AREA, Level.CHANGE).lower(),
    }
    return show_page(request, "contracts/kalender.html", context)


@page(area=AREA, level=Level.CHANGE)
def new_calendar(request: PageRequest) -> HttpResponseBase:
    now = timezone.now()
    initial = {**to_begin_with(0, now), "zone": "Europe/Amsterdam"}
    form = NewCalendarForm(request.POST or None, initial=initial)
    if form.is_valid():
        try:
            made = add_calendar(
                form.cleaned_data["name"], form.terms([]), form.how(), person=request.person, now=now
            )
        except AgreementRefused as refused:
            form.add_error(None, str(refused))
        else:
            messages.success(request, gettext("%(name)s is gepubliceerd.") % {"name": made})
            return go_to(request, address_of(made))
    return _form_page(request, form, gettext("Voeg een kalender toe"), reverse("kalenders"))


@page(area=AREA, level=Level.CHANGE)
def publish_calendar_version(request: PageRequest, pk: int) -> HttpResponseBase:
    calendar, now = _calendar(request, pk), timezone.now()
    last = _last(calendar)
    initial = {**calendar_as_text(last), **to_begin_with(last.number, now)}
    form = CalendarForm(request.POST or None, initial=initial)
    title = gettext("Nieuwe versie van %(name)s") % {"name": calendar}
    if form.is_valid():
        answer = _publish(request, calendar, form, form.terms(last.holiday_years))
        if answer is not None:
            return answer
    return _form_page(request, form, title, address_of(calendar), Crumb(str(calendar), address_of(calendar)))


@page(area=AREA, level=Level.CHANGE)
def confirm_holidays(request: PageRequest, pk: int, year: int) -> HttpResponseBase:
    """Of this year or one of the two that follow: further ahead nobody knows what is agreed."""
    calendar, now = _calendar(request, pk), timezone.now()
    if not 0 <= year - timezone.localdate(now).year <= 2:  # noqa: PLR2004  # as it says
        raise Http404
    last = _last(calendar)
    reason = gettext("Feestdagen van %(year)s") % {"year": year}
    form = HolidaysForm(
        request.POST or None,
        holidays=holidays_of(year),
        initial={**to_begin_with(last.number, now), "reason": reason},
    )
    if form.is_valid():
        answer = _publish(request, calendar, form, form.with_holidays(last, year))
        if answer is not None:
            return answer
    return _form_page(request, form, reason, address_of(calendar), Crumb(str(calendar), address_of(calendar)))


def _publish(
    request: PageRequest, calendar: Calendar, form: CalendarForm | HolidaysForm, terms: CalendarTerms
) -> HttpResponseBase | None:
    """None where it was refused, which the form then says."""
    try:
        publish_calendar(
            calendar,
            terms,
            form.how(),
            seen=form.cleaned_data["seen"],
            person=request.person,
            now=timezone.now(),
        )
    except AgreementRefused as refused:
        form.add_error(None, str(refused))
        return None
    messages.success(request, gettext("De nieuwe versie van %(name)s is gepubliceerd.") % {"name": calendar})
    return go_to(request, address_of(calendar))


def _calendar(request: PageRequest, pk: int) -> Calendar:
    """404 for what is of another organisation."""
    found: Calendar = get_object_or_404(Calendar.objects.visible_to(request.person), pk=pk)
    return found


def _last(calendar: Calendar) -> CalendarVersion:
    return calendar.versions.order_by("-number")[0]


def _to_the_list() -> Crumb:
    return Crumb(gettext("Kalenders"), reverse("kalenders"))


def _form_page(
    request: PageRequest, form: forms.Form, title: str, back: str, *crumbs: Crumb
) -> HttpResponseBase:
    return form_page(request, form, title, back, [_to_the_list(), *crumbs])
