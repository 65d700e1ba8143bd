"""Storingen, of the vendor: what is broken for whom, and what was said of it."""

from __future__ import annotations

from http import HTTPStatus

from django.contrib import messages
from django.http import Http404, HttpResponseBase
from django.shortcuts import get_object_or_404
from django.urls import reverse
from django.utils import timezone
from django.utils.translation import gettext, ngettext

from incidents.acting import begin, say
from incidents.forms import BeginForm, SaidForm
from incidents.linked import linked
from incidents.listings import address_of, listing, tabs
from incidents.models import Concerned, Incident, IncidentUpdate
from incidents.refusals import IncidentRefused, IncidentStale
from incidents.showing import badge_of, facts_of, history, promised, who_does_what
from incidents.states import ACTS, AREA, check, may, who_may, why_not
from incidents.terms import known_to, table_of_terms
from screens.errors import error_page
from screens.formats import number
from screens.inline import mono
from screens.pages import go_to
from screens.parts import Crumb
from screens.shell import Item
from tenants.accounts.pages import PageRequest, page
from tenants.accounts.person import Person
from tenants.accounts.rights import Level
from tenants.accounts.shell import shell_of, show_page
from tenants.accounts.views.lists import file_of

SHOWN = 10
"""Municipalities beside an incident; all of them have a page of their own."""


@page(area=AREA, level=Level.SEE)
def storingen(request: PageRequest) -> HttpResponseBase:
    found, rows = listing(of_vendor=True), Incident.objects.visible_to(request.person)
    counted = rows.with_seen_count(request.person)
    file = file_of(found, request, counted)
    if file is not None:
        return file
    context = {
        "found": found.read(request, counted),
        "tabs": tabs(request, rows),
        "may_begin": request.person.may(AREA, Level.CHANGE),
        "who_may": who_may(),
        "states": who_does_what(),
    }
    return show_page(request, "incidents/storingen.html", context)


@page(area=AREA, level=Level.CHANGE)
def new_incident(request: PageRequest) -> HttpResponseBase:
    now = timezone.now()
    form = BeginForm(request.POST or None, person=request.person, now=now)
    if form.is_valid():
        try:
            incident = begin(form.wish(), form.chosen(), person=request.person, now=now)
        except IncidentRefused as refused:
            form.add_error(None, str(refused))
        else:
            messages.success(request, gettext("%(number)s is gemeld.") % {"number": incident})
            return go_to(request, address_of(incident))
    context = {"form": form, "crumbs": [to_the_list()], "back": reverse("storingen")}
    status = HTTPStatus.UNPROCESSABLE_ENTITY if form.errors else HTTPStatus.OK
    return show_page(request, "incidents/new.html", context, status=status)


@page(area=AREA, level=Level.SEE)
def show_incident(request: PageRequest, pk: int) -> HttpResponseBase:
    person, now = request.person, timezone.now()
    incident = incident_of(person, pk)
    rows = Concerned.objects.visible_to(person).filter(incident=incident).select_related("municipality")
    concerned = list(rows.still().order_by("municipality__naam", "pk")[: SHOWN + 1])
    count, reports = linked().shown(incident, person=person)
    context = {
        "incident": incident,
        "state": badge_of(incident),
        "facts": facts_above(incident),
        "crumbs": [to_the_list()],
        "acts": [
            (act.word, reverse("say_of_incident", args=[pk, key]))
            for key, act in reversed(list(ACTS.items()))
            if may(incident, act, person=person)
        ],
        "why_not": why_not(incident, person),
        "is_overdue": incident.is_overdue(now),
        "promised": promised(incident, now),
        "rows": facts_of(incident, now),
        "history": history(updates_of(incident), now),
        "terms": table_of_terms(incident, known_to(incident), now),
        "concerned": [
            (each.municipality.naam, str(each.municipality.get_environment_display()))
            for each in concerned[:SHOWN]
        ],
        "has_more": len(concerned) > SHOWN,
        "to_concerned": reverse("concerned", args=[pk]),
        "reports": reports,
        "reported": ngettext("%(count)s melding gekoppeld", "%(count)s meldingen gekoppeld", count)
        % {"count": number(count)},
    }
    return show_page(request, "incidents/incident.html", context)


@page(area=AREA, level=Level.CHANGE)
def say_of_incident(request: PageRequest, pk: int, act: str) -> HttpResponseBase:
    """One form for each act; whoever was second keeps his text and reads what was said meanwhile."""
    incident, now = incident_of(request.person, pk), timezone.now()
    if act not in ACTS:
        raise Http404
    try:
        check(incident, ACTS[act], person=request.person)
    except IncidentRefused as refused:
        return conflict(request, incident, str(refused))
    last = IncidentUpdate.objects.filter(incident=incident).order_by("-pk").first()
    seen = 0 if last is None else last.pk
    form = SaidForm(
        request.POST or None,
        incident=incident,
        act=ACTS[act],
        seen=seen,
        linked=linked().count(incident, person=request.person),
    )
    if form.is_valid():
        try:
            say(incident, act, form.said(), person=request.person, now=now)
        except IncidentStale as stale:
            form.add_error(None, str(stale))
            form.read_until(seen)
        except IncidentRefused as refused:
            return conflict(request, incident, str(refused))
        else:
            messages.success(request, gettext("Dat staat er. Alle gemeenten die het raakt, zien het nu."))
            return go_to(request, address_of(incident))
    context = {
        "incident": incident,
        "act": ACTS[act],
        "form": form,
        "state": badge_of(incident),
        "facts": facts_above(incident),
        "crumbs": [to_the_list(), Crumb(str(incident), address_of(incident))],
        "history": history(updates_of(incident), now),
        "back": address_of(incident),
    }
    status = HTTPStatus.UNPROCESSABLE_ENTITY if form.errors else HTTPStatus.OK
    return show_page(request, "incidents/say.html", context, status=status)


def facts_above(incident: Incident) -> list[str]:
    return [mono(str(incident)), incident.organisation_name]


def incident_of(person: Person, pk: int) -> Incident:
    """404 for what concerns no municipality that the person sees, and is of another organisation."""
    return get_object_or_404(Incident.objects.visible_to(person), pk=pk)


def updates_of(incident: Incident) -> list[IncidentUpdate]:
    return list(IncidentUpdate.objects.filter(incident=incident).order_by("-pk"))


def to_the_list() -> Crumb:
    return Crumb(gettext("Storingen"), reverse("storingen"))


def conflict(request: PageRequest, incident: Incident, why: str) -> HttpResponseBase:
    return error_page(
        request,
        HTTPStatus.CONFLICT,
        shell=shell_of(request),
        happened=why,
        next_step=Item(str(incident), address_of(incident)),
    )
