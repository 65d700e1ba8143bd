"""Toegang, of the vendor: asking a municipality for access, and what became of it."""

from __future__ import annotations

from collections.abc import Callable
from datetime import datetime
from http import HTTPStatus

from django.contrib import messages
from django.db.models import QuerySet
from django.http import HttpResponseBase
from django.shortcuts import get_object_or_404
from django.urls import reverse
from django.utils import timezone
from django.utils.translation import gettext
from django.views.decorators.http import require_POST

from access.asking import account, ask, confirm, give_back, retract
from access.forms import AccountForm, AskForm, EmergencyForm
from access.listings import address_of, listing
from access.models import Emergencies, Grant, Kind
from access.models.grant import RUNNING
from access.refusals import AccessRefused
from access.shown import badge_of, history, limits, period, what_is_allowed, who_does_what
from access.states import ACTS, AREA, how_it_stands, may, who_may
from screens.badges import badge
from screens.errors import error_page
from screens.inline import link, mono
from screens.pages import go_to
from screens.parts import Crumb
from screens.shell import Item
from tenants.accounts.pages import PageRequest, page
from tenants.accounts.person import Person
from tenants.accounts.rights import Level
from tenants.accounts.shell import shell_of, show_page
from tenants.accounts.views.lists import file_of
from tenants.registry.models import Municipality

OTHERS = 5


@page(area=AREA, level=Level.SEE)
def toegang(request: PageRequest) -> HttpResponseBase:
    found = listing(of_vendor=True)
    rows = Grant.objects.visible_to(request.person).at(timezone.now()).select_related("municipality")
    file = file_of(found, request, rows)
    if file is not None:
        return file
    context = {
        "found": found.read(request, rows),
        "may_ask": request.person.may(AREA, Level.CHANGE),
        "in_emergencies": _gemeenten(request.person, emergency=True).exists(),
        "who_may": ", ".join(request.person.side.table.who_may(AREA, Level.CHANGE)),
        "states": who_does_what(),
    }
    return show_page(request, "access/toegang.html", context)


@page(area=AREA, level=Level.CHANGE)
def ask_access(request: PageRequest) -> HttpResponseBase:
    return _ask(request, AskForm)


@page(area=AREA, level=Level.CHANGE, fresh=True)
def ask_emergency(request: PageRequest) -> HttpResponseBase:
    return _ask(request, EmergencyForm)


def _ask(request: PageRequest, form_class: type[AskForm]) -> HttpResponseBase:
    person, emergency = request.person, form_class.emergency
    gemeenten = _gemeenten(person, emergency=emergency)
    form = form_class(
        request.POST or None,
        gemeenten=[
            (str(each.pk), f"{each.naam}, {str(each.get_environment_display()).lower()}")
            for each in gemeenten
        ],
        initial={"gemeente": request.GET.get("gemeente", ""), "scopes": ["techniek", "instellingen"]},
    )
    if form.is_valid():
        municipality = get_object_or_404(gemeenten, pk=form.cleaned_data["gemeente"])
        try:
            grant = ask(municipality, form.wish(), person=person, now=timezone.now())
        except AccessRefused as refused:
            form.add_error(None, str(refused))
        else:
            messages.success(request, gettext("%(number)s is gevraagd.") % {"number": grant})
            return go_to(request, address_of(grant))
    context = {
        "form": form,
        "emergency": emergency,
        "crumbs": [to_the_list()],
        "back": reverse("toegang"),
        "none": not form.fields["gemeente"].choices,  # type: ignore[attr-defined]  # a choice has them
    }
    status = HTTPStatus.UNPROCESSABLE_ENTITY if form.errors else HTTPStatus.OK
    return show_page(request, "access/ask.html", context, status=status)


@page(area=AREA, level=Level.SEE)
def show_grant(request: PageRequest, pk: int) -> HttpResponseBase:
    person, now = request.person, timezone.now()
    grant = _grant(person, pk)
    is_own = grant.person_id == person.user.pk
    acts = {
        key: may(grant, key, person=person, now=now)
        for key, act in ACTS.items()
        if not act.is_of_municipality
    }
    context = {
        "grant": grant,
        "is_own": is_own,
        "state": badge_of(grant, now),
        "facts": [
            mono(str(grant)),
            grant.municipality.get_environment_display(),
            _for(grant),
            period(grant, now),
        ],
        "crumbs": [to_the_list()],
        "acts": acts,
        "allowed": what_is_allowed(grant),
        "limits": limits(grant, [str(uuid) for uuid in grant.zaaktypen]),
        "history": history(grant, now),
        "others": _others(person, grant, now),
        "runs": grant.is_running(now),
        "waits_for": _waits_for(grant, now),
        "may_ask": person.may(AREA, Level.CHANGE),
        "more": f"{reverse('ask_access')}?gemeente={grant.municipality_id}",
    }
    return show_page(request, "access/grant.html", context)


@page(area=AREA, level=Level.CHANGE)
@require_POST
def retract_request(request: PageRequest, pk: int) -> HttpResponseBase:
    return _done(request, pk, retract, gettext("De aanvraag is ingetrokken."))


@page(area=AREA, level=Level.CHANGE)
@require_POST
def give_back_access(request: PageRequest, pk: int) -> HttpResponseBase:
    return _done(request, pk, give_back, gettext("De toegang is gestopt."))


@page(area=AREA, level=Level.CHANGE, fresh=True)
def confirm_emergency(request: PageRequest, pk: int) -> HttpResponseBase:
    grant = _grant(request.person, pk)
    if request.method == "POST":
        return _done(request, pk, confirm, gettext("De noodtoegang is begonnen. De gemeente kreeg bericht."))
    if not may(grant, "confirm", person=request.person, now=timezone.now()):
        return _stands(request, grant)
    context = {
        "grant": grant,
        "crumbs": [to_the_list(), Crumb(str(grant), address_of(grant))],
        "facts": [mono(str(grant)), _for(grant)],
        "allowed": what_is_allowed(grant),
        "limits": limits(grant, [str(uuid) for uuid in grant.zaaktypen]),
        "back": address_of(grant),
    }
    return show_page(request, "access/confirm.html", context)


@page(area=AREA, level=Level.CHANGE)
def account_for(request: PageRequest, pk: int) -> HttpResponseBase:
    grant = _grant(request.person, pk)
    if not may(grant, "account", person=request.person, now=timezone.now()):
        return _stands(request, grant)
    form = AccountForm(request.POST or None)
    if form.is_valid():
        words = form.cleaned_data["words"]
        return _done(
            request,
            pk,
            lambda grant, person, now: account(grant, words, person=person, now=now),
            gettext("De verantwoording is verstuurd."),
        )
    context = {
        "grant": grant,
        "form": form,
        "crumbs": [to_the_list(), Crumb(str(grant), address_of(grant))],
        "facts": [mono(str(grant)), _for(grant), period(grant, timezone.now())],
        "back": address_of(grant),
    }
    status = HTTPStatus.UNPROCESSABLE_ENTITY if form.errors else HTTPStatus.OK
    return show_page(request, "access/account.html", context, status=status)


def to_the_list() -> Crumb:
    return Crumb(gettext("Toegang"), reverse("toegang"))


def _done(request: PageRequest, pk: int, act: Callable[..., Grant], words: str) -> HttpResponseBase:
    """Do it, or say what stands in the way; whoever was second sees what the first did."""
    grant = _grant(request.person, pk)
    try:
        act(grant, person=request.person, now=timezone.now())
    except AccessRefused as refused:
        return _conflict(request, grant, str(refused))
    messages.success(request, words)
    return go_to(request, address_of(grant))


def _stands(request: PageRequest, grant: Grant) -> HttpResponseBase:
    return _conflict(request, grant, how_it_stands(grant, timezone.now()))


def _conflict(request: PageRequest, grant: Grant, why: str) -> HttpResponseBase:
    return error_page(
        request,
        HTTPStatus.CONFLICT,
        shell=shell_of(request),
        happened=why,
        next_step=Item(str(grant), address_of(grant)),
    )


def _grant(person: Person, pk: int) -> Grant:
    """404 for what is of another organisation or of a municipality that the person does not see."""
    return get_object_or_404(Grant.objects.visible_to(person).select_related("municipality"), pk=pk)


def _gemeenten(person: Person, *, emergency: bool) -> QuerySet[Municipality]:
    seen = Municipality.objects.visible_to(person).serving().order_by("naam", "environment")
    if not emergency:
        return seen
    return seen.filter(pk__in=Emergencies.objects.filter(allowed=True).values("municipality"))


def _for(grant: Grant) -> str:
    return gettext("Voor melding %(ticket)s") % {"ticket": grant.ticket}


def _waits_for(grant: Grant, now: datetime) -> str:
    """Who is to do something, where it is somebody else."""
    keys = ("confirm", "account", "agree") if grant.kind == Kind.NOOD else ("allow",)
    waiting = [ACTS[key] for key in keys if grant.state_at(now) in ACTS[key].before]
    return who_may(waiting[0]) if waiting else ""


def _others(person: Person, grant: Grant, now: datetime) -> list[tuple[str, str]]:
    """What else there is, what runs first."""
    seen = Grant.objects.visible_to(person).exclude(pk=grant.pk).select_related("municipality")
    found = sorted(seen[:OTHERS], key=lambda each: each.state_at(now) not in RUNNING)
    return [
        (link(f"{each} {each.municipality.naam}", address_of(each)), badge(badge_of(each, now)))
        for each in found
    ]
