"""Overdrachten: municipalities that come, go, or change partner."""

from __future__ import annotations

from http import HTTPStatus
from typing import Any

from django.contrib import messages
from django.db.models import QuerySet
from django.http import Http404, HttpResponseBase
from django.shortcuts import get_object_or_404
from django.urls import reverse
from django.utils import timezone
from django.utils.translation import gettext
from django.utils.translation import gettext_lazy as _

from handover.acting import act, do_task, known_of, why_no_task
from handover.forms import DoneForm
from handover.models import Handover, Role, Task
from handover.refusals import Actor, HandoverRefused, standing, why_not
from handover.showing import Addresses, act_page, badge_of, form_of, page_of, task_page, title_of
from handover.states import AREA, TRANSITIONS, Side, State
from screens.badges import badge
from screens.errors import error_page
from screens.formats import near
from screens.listing.columns import Column, Record
from screens.listing.declaration import Listing
from screens.listing.filters import Choose, Search
from screens.pages import go_to
from screens.parts import Crumb
from screens.shell import Item
from tenants.accounts.pages import PageRequest, page
from tenants.accounts.person import Person
from tenants.accounts.rights import Level
from tenants.accounts.shell import shell_of, show_page
from tenants.accounts.views.lists import file_of

PREPARING = "voorbereiden"
"""The one act that needs no signature, so it has an address of its own."""


def address_of(handover: Record) -> str:
    return reverse("overdracht", args=[handover.pk])


def _state(row: Record) -> str:
    return badge(badge_of(row, timezone.now()))


OVERDRACHTEN = Listing(
    name="overdrachten",
    caption=_("Overdrachten"),
    one=_("%(count)s overdracht"),
    many=_("%(count)s overdrachten"),
    nothing=_("Nog geen overdrachten"),
    columns=[
        Column("gemeente", _("Gemeente"), field="municipality_name", url=address_of),
        Column(
            "staat",
            _("Staat"),
            field="state",
            show=_state,
            plain=lambda row: str(standing(row, timezone.now()).label),
            narrow=False,
        ),
        Column("rol", _("Rol"), field="role", show=lambda row: str(row.get_role_display())),
        Column("van", _("Van"), field="from_name"),
        Column("naar", _("Naar"), field="to_name"),
        Column(
            "begonnen",
            _("Begonnen"),
            field="begun_at",
            show=lambda row: near(row.begun_at, timezone.now()),
            nowrap=True,
        ),
    ],
    filters=[
        Search("q", _("Gemeente of partij"), ["municipality_name", "from_name", "to_name"]),
        Choose("staat", _("Staat"), State.choices, field="state"),
        Choose("rol", _("Rol"), Role.choices, field="role"),
    ],
    order="-begonnen",
)


def visible(person: Person) -> QuerySet[Handover]:
    found: QuerySet[Handover] = Handover.objects.visible_to(person)
    return found


@page(area=AREA, level=Level.SEE)
def overdrachten(request: PageRequest) -> HttpResponseBase:
    rows = visible(request.person)
    file = file_of(OVERDRACHTEN, request, rows)
    if file is not None:
        return file
    return show_page(request, "backoffice/overdrachten.html", {"found": OVERDRACHTEN.read(request, rows)})


@page(area=AREA, level=Level.SEE)
def overdracht(request: PageRequest, pk: int) -> HttpResponseBase:
    shown, actor = _found(request, pk)
    addresses = Addresses(
        act=lambda key: (
            reverse("prepare_handover", args=[pk])
            if key == PREPARING
            else reverse("sign_handover", args=[pk, key])
        ),
        task=lambda task: reverse("task_of_handover", args=[pk, task.pk]),
    )
    context = {**page_of(known_of(shown), actor=actor, addresses=addresses), "crumbs": [_to_the_list()]}
    return show_page(request, "handover/overdracht.html", context)


@page(area=AREA, level=Level.APPROVE, fresh=True)
def sign_handover(request: PageRequest, pk: int, act: str) -> HttpResponseBase:
    transition = TRANSITIONS.get(act)
    if transition is None or act == PREPARING or transition.side not in {Side.NEW, Side.OLD}:
        raise Http404
    return _act(request, pk, act)


@page(area=AREA, level=Level.CHANGE)
def prepare_handover(request: PageRequest, pk: int) -> HttpResponseBase:
    return _act(request, pk, PREPARING)


def _act(request: PageRequest, pk: int, key: str) -> HttpResponseBase:
    shown, actor = _found(request, pk)
    now = timezone.now()
    known = known_of(shown)
    form = form_of(key, request.POST or None, standing(shown, now))
    if form.is_valid():
        given = form.cleaned_data
        try:
            act(shown, key, seen=given["seen"], person=request.person, now=now, words=given.get("words", ""))
        except HandoverRefused as refused:
            return _refused(request, str(refused), shown)
        messages.success(request, f"{TRANSITIONS[key].done}.")
        return go_to(request, address_of(shown))
    refusal = why_not(key, known, actor=actor, now=now)
    if refusal:
        return _refused(request, refusal, shown)
    context = act_page(key, known, form, back=address_of(shown), crumbs=_crumbs(shown))
    status = HTTPStatus.UNPROCESSABLE_ENTITY if form.errors else HTTPStatus.OK
    return show_page(request, "handover/handeling.html", context, status=status)


@page(area=AREA, level=Level.CHANGE)
def task_of_handover(request: PageRequest, pk: int, task: int) -> HttpResponseBase:
    shown, actor = _found(request, pk)
    found = get_object_or_404(Task.objects.filter(handover=shown), pk=task)
    form = DoneForm(request.POST or None)
    refusal = why_no_task(found, shown, actor.side)
    if not refusal and form.is_valid():
        try:
            do_task(found, evidence=form.cleaned_data["evidence"], person=request.person, now=timezone.now())
        except HandoverRefused as refused:
            return _refused(request, str(refused), shown)
        messages.success(request, gettext("De taak is gedaan."))
        return go_to(request, address_of(shown))
    if refusal:
        return _refused(request, refusal, shown)
    context = task_page(found, known_of(shown), form, back=address_of(shown), crumbs=_crumbs(shown))
    status = HTTPStatus.UNPROCESSABLE_ENTITY if form.errors else HTTPStatus.OK
    return show_page(request, "handover/handeling.html", context, status=status)


def _refused(request: PageRequest, why: str, shown: Handover) -> HttpResponseBase:
    """409: what was asked does not go with how it is now; 403 is for roles."""
    return error_page(
        request,
        HTTPStatus.CONFLICT,
        shell=shell_of(request),
        happened=why,
        next_step=Item(title_of(shown), address_of(shown)),
    )


def _found(request: PageRequest, pk: int) -> tuple[Handover, Actor]:
    shown: Any = get_object_or_404(visible(request.person), pk=pk)
    return shown, Actor(request.person, shown.side_of(request.person))


def _to_the_list() -> Crumb:
    return Crumb(gettext("Overdrachten"), reverse("overdrachten"))


def _crumbs(shown: Handover) -> list[Crumb]:
    return [_to_the_list(), Crumb(title_of(shown), address_of(shown))]
