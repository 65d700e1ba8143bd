"""Which municipalities an incident concerns: adding some, and taking off whom it concerns no more."""

from __future__ import annotations

from http import HTTPStatus

from django.contrib import messages
from django.http import HttpResponseBase
from django.urls import reverse
from django.utils import timezone
from django.utils.translation import ngettext
from django.views.decorators.http import require_POST

from incidents.acting import concern, release
from incidents.forms import WhomForm
from incidents.listings import address_of, listing_of_concerned
from incidents.models import Concerned, Incident
from incidents.refusals import IncidentRefused
from incidents.showing import badge_of
from incidents.states import AREA, CONCERNS, check_person, check_state
from incidents.views.vendor import conflict, facts_above, incident_of, to_the_list
from screens.formats import number
from screens.pages import go_to
from screens.parts import Crumb
from tenants.accounts.pages import PageRequest, page
from tenants.accounts.person import Person
from tenants.accounts.rights import Level
from tenants.accounts.shell import show_page
from tenants.accounts.views.lists import file_of

MOST_CHOSEN = 500
"""Of one page at most fifty can be chosen; more was not sent by a page."""
LONGEST_KEY = 18


@page(area=AREA, level=Level.SEE)
def concerned(request: PageRequest, pk: int) -> HttpResponseBase:
    incident = incident_of(request.person, pk)
    found = listing_of_concerned(may_change=_why_not(incident, request.person) == "")
    rows = Concerned.objects.visible_to(request.person).filter(incident=incident)
    rows = rows.select_related("municipality")
    file = file_of(found, request, rows)
    if file is not None:
        return file
    context = {
        **_about(incident),
        "found": found.read(request, rows),
        "why_not": _why_not(incident, request.person),
        "add": reverse("add_concerned", args=[pk]),
    }
    return show_page(request, "incidents/concerned.html", context)


@page(area=AREA, level=Level.CHANGE)
def add_concerned(request: PageRequest, pk: int) -> HttpResponseBase:
    incident = incident_of(request.person, pk)
    if why := _why_not(incident, request.person):
        return conflict(request, incident, why)
    form = WhomForm(request.POST or None, person=request.person)
    if form.is_valid():
        try:
            added = concern(incident, form.chosen(), person=request.person, now=timezone.now())
        except IncidentRefused as refused:
            return conflict(request, incident, str(refused))
        words = ngettext("%(count)s gemeente toegevoegd.", "%(count)s gemeenten toegevoegd.", added)
        messages.success(request, words % {"count": number(added)})
        return go_to(request, reverse("concerned", args=[pk]))
    context = {**_about(incident), "form": form, "back": reverse("concerned", args=[pk])}
    status = HTTPStatus.UNPROCESSABLE_ENTITY if form.errors else HTTPStatus.OK
    return show_page(request, "incidents/add_concerned.html", context, status=status)


@page(area=AREA, level=Level.CHANGE)
@require_POST
def release_concerned(request: PageRequest, pk: int) -> HttpResponseBase:
    """The chosen rows of the list; what is none of its keys chooses nothing."""
    incident = incident_of(request.person, pk)
    keys = request.POST.getlist("keuze")[:MOST_CHOSEN]
    chosen = [int(key) for key in keys if key.isdecimal() and len(key) <= LONGEST_KEY]
    try:
        count = release(incident, chosen, person=request.person, now=timezone.now())
    except IncidentRefused as refused:
        return conflict(request, incident, str(refused))
    words = ngettext("%(count)s gemeente afgehaald.", "%(count)s gemeenten afgehaald.", count)
    messages.success(request, words % {"count": number(count)})
    return go_to(request, reverse("concerned", args=[pk]))


def _about(incident: Incident) -> dict[str, object]:
    return {
        "incident": incident,
        "state": badge_of(incident),
        "facts": facts_above(incident),
        "crumbs": [to_the_list(), Crumb(str(incident), address_of(incident))],
    }


def _why_not(incident: Incident, person: Person) -> str:
    """Why this person adds and takes off nobody; empty where he may."""
    try:
        check_person(incident, person)
        check_state(incident, CONCERNS)
    except IncidentRefused as refused:
        return str(refused)
    return ""
