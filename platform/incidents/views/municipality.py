"""Storingen, of a municipality: what concerns it, and what was said of it; of whom else, nothing."""

from __future__ import annotations

from django.http import HttpResponseBase
from django.shortcuts import get_object_or_404
from django.urls import reverse
from django.utils import timezone
from django.utils.translation import gettext

from incidents.concerning import our_part, our_updates, ours
from incidents.listings import listing, tabs
from incidents.showing import badge_of, facts_of, history, period, promised
from incidents.states import AREA
from incidents.terms import known_to, table_of_terms
from screens.inline import mono
from screens.parts import Crumb
from tenants.accounts.pages import PageRequest, page
from tenants.accounts.rights import Level
from tenants.accounts.shell import show_page
from tenants.accounts.views.lists import file_of


@page(area=AREA, level=Level.SEE)
def storingen(request: PageRequest) -> HttpResponseBase:
    found, rows = listing(of_vendor=False), ours()
    file = file_of(found, request, rows)
    if file is not None:
        return file
    context = {"found": found.read(request, rows), "tabs": tabs(request, rows)}
    return show_page(request, "incidents/of_municipality.html", context)


@page(area=AREA, level=Level.SEE)
def show_incident(request: PageRequest, pk: int) -> HttpResponseBase:
    incident, now = get_object_or_404(ours(), pk=pk), timezone.now()
    part = our_part(incident)
    context = {
        "incident": incident,
        "state": badge_of(incident),
        "facts": [mono(str(incident)), incident.organisation_name],
        "crumbs": [Crumb(gettext("Storingen"), reverse("storingen"))],
        "is_overdue": incident.is_overdue(now) and part.until is None,
        "promised": promised(incident, now),
        "rows": [*facts_of(incident, now), (gettext("Raakt u sinds"), period(part, now))],
        "history": history(our_updates(incident), now),
        "terms": table_of_terms(incident, known_to(incident, part), now),
    }
    return show_page(request, "incidents/of_ours.html", context)
