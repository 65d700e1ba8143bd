"""Overdracht: who serves this municipality, and giving that to another."""

from __future__ import annotations

from http import HTTPStatus

from django.contrib import messages
from django.http import Http404, HttpResponseBase
from django.shortcuts import get_object_or_404
from django.urls import reverse
from django.utils import timezone
from django.utils.translation import gettext

from handover.acting import why_no_task
from handover.asking import (
    Plan,
    actor_inside,
    begin,
    decide,
    held_by,
    known_inside,
    parties,
    rows,
    tell_done,
)
from handover.forms import BeginForm, DoneForm
from handover.models import Handover, Party, Role, Task
from handover.refusals import HandoverRefused, standing, why_not
from handover.showing import (
    Addresses,
    act_page,
    badge_of,
    form_of,
    page_of,
    states_table,
    task_page,
    title_of,
)
from handover.states import AREA, OVER, TRANSITIONS, Side
from screens.badges import badge
from screens.errors import error_page
from screens.formats import near
from screens.inline import link, muted
from screens.pages import go_to
from screens.parts import Crumb
from screens.shell import Item
from screens.tables import Cell, Heading, Row, Table
from tenants.accounts.pages import PageRequest, page
from tenants.accounts.rights import Level
from tenants.accounts.shell import shell_of, show_page

SHOWN = 50
"""Of the hand-overs that there were."""


def address_of(handover: Handover) -> str:
    return reverse("overdracht", args=[handover.pk])


@page(area=AREA, level=Level.SEE)
def overdracht_home(request: PageRequest) -> HttpResponseBase:
    found = list(rows().of(Handover)[:SHOWN])
    may = request.person.may(AREA, Level.APPROVE)
    context = {
        "holders": _holders(),
        "handovers": _table(found),
        "states": states_table(None, timezone.now()),
        "may_begin": may,
        "all_busy": {each.role for each in found if each.state not in OVER} >= set(Role),
        "who_may": request.person.side.table.who_may(AREA, Level.APPROVE).lower(),
    }
    return show_page(request, "console/overdrachten.html", context)


@page(area=AREA, level=Level.APPROVE, fresh=True)
def begin_handover(request: PageRequest) -> HttpResponseBase:
    choices = [
        (str(role.label), [(f"{role.value}:{party.pk}", party.name) for party in parties(role)])
        for role in Role
    ]
    form = BeginForm(request.POST or None, parties=[(word, known) for word, known in choices if known])
    if form.is_valid():
        given = form.cleaned_data
        role, _separator, to = given["party"].partition(":")
        try:
            made = begin(
                role,
                int(to),
                decision=given["decision"],
                decided_on=given["decided_on"],
                person=request.person,
            )
        except HandoverRefused as refused:
            form.add_error(None, str(refused))
        else:
            messages.success(
                request, gettext("De overdracht is een concept. Onderteken haar om haar aan te vragen.")
            )
            return go_to(request, reverse("overdracht", args=[made]))
    context = {
        "form": form,
        "crumbs": [_to_the_list()],
        "back": reverse("overdracht_home"),
        "nobody": not any(known for _word, known in choices),
    }
    status = HTTPStatus.UNPROCESSABLE_ENTITY if form.errors else HTTPStatus.OK
    return show_page(request, "console/begin_overdracht.html", context, status=status)


@page(area=AREA, level=Level.SEE)
def overdracht(request: PageRequest, pk: int) -> HttpResponseBase:
    shown = _found(pk)
    addresses = Addresses(
        act=lambda key: reverse("decide_handover", args=[pk, key]),
        task=lambda task: reverse("task_of_handover", args=[pk, task.pk]),
    )
    actor = actor_inside(request.person, shown)
    context = {**page_of(known_inside(shown), actor=actor, addresses=addresses), "crumbs": [_to_the_list()]}
    return show_page(request, "handover/overdracht.html", context)


@page(area=AREA, level=Level.APPROVE, fresh=True)
def decide_handover(request: PageRequest, pk: int, act: str) -> HttpResponseBase:
    transition = TRANSITIONS.get(act)
    if transition is None or transition.side is not Side.GEMEENTE:
        raise Http404
    shown, now = _found(pk), timezone.now()
    known = known_inside(shown)
    form = form_of(act, request.POST or None, standing(shown, now))
    if form.is_valid():
        given = form.cleaned_data
        plan = Plan(given["planned_at"], given["overlap_until"]) if "planned_at" in given else None
        try:
            decide(
                shown,
                act,
                seen=given["seen"],
                person=request.person,
                now=now,
                words=given.get("words", ""),
                plan=plan,
            )
        except HandoverRefused as refused:
            return _refused(request, str(refused), shown)
        messages.success(request, f"{transition.done}.")
        return go_to(request, address_of(shown))
    refusal = why_not(act, known, actor=actor_inside(request.person, shown), now=now)
    if refusal:
        return _refused(request, refusal, shown)
    context = act_page(act, known, form, back=address_of(shown), crumbs=_crumbs(shown))
    status = HTTPStatus.UNPROCESSABLE_ENTITY if form.errors else HTTPStatus.OK
    return show_page(request, "handover/handeling.html", context, status=status)


@page(area=AREA, level=Level.CHANGE)
def task_of_handover(request: PageRequest, pk: int, task: int) -> HttpResponseBase:
    shown = _found(pk)
    found = get_object_or_404(rows().of(Task).filter(handover=pk), pk=task)
    form = DoneForm(request.POST or None)
    refusal = why_no_task(found, shown, actor_inside(request.person, shown).side)
    if not refusal and form.is_valid():
        try:
            tell_done(found, shown, evidence=form.cleaned_data["evidence"], person=request.person)
        except HandoverRefused as refused:
            return _refused(request, str(refused), shown)
        messages.success(request, gettext("De taak is gedaan."))
        return go_to(request, address_of(shown))
    if refusal:
        return _refused(request, refusal, shown)
    context = task_page(found, known_inside(shown), form, back=address_of(shown), crumbs=_crumbs(shown))
    status = HTTPStatus.UNPROCESSABLE_ENTITY if form.errors else HTTPStatus.OK
    return show_page(request, "handover/handeling.html", context, status=status)


def _found(pk: int) -> Handover:
    """One of this municipality; 404 for every other."""
    found: Handover = get_object_or_404(rows().of(Handover), pk=pk)
    return found


def _refused(request: PageRequest, why: str, shown: Handover) -> HttpResponseBase:
    return error_page(
        request,
        HTTPStatus.CONFLICT,
        shell=shell_of(request),
        happened=why,
        next_step=Item(title_of(shown), address_of(shown)),
    )


def _holders() -> list[tuple[str, str]]:
    names = dict(Party.objects.filter(pk__in=[held_by(role) or 0 for role in Role]).values_list("pk", "name"))
    return [(str(role.label), names.get(held_by(role) or 0, muted(gettext("niemand")))) for role in Role]


def _table(found: list[Handover]) -> Table | None:
    now = timezone.now()
    words = (gettext("Overdracht"), gettext("Staat"), gettext("Rol"), gettext("Begonnen"))
    if not found:
        return None
    return Table(
        caption=gettext("Overdrachten"),
        headings=[Heading(word) for word in words],
        rows=[
            Row(
                [
                    Cell(link(f"{each.from_name} → {each.to_name}", address_of(each))),
                    Cell(badge(badge_of(each, now))),
                    Cell(str(each.get_role_display()), label=words[2]),
                    Cell(near(each.begun_at, now), nowrap=True),
                ]
            )
            for each in found
        ],
    )


def _to_the_list() -> Crumb:
    return Crumb(gettext("Overdracht"), reverse("overdracht_home"))


def _crumbs(shown: Handover) -> list[Crumb]:
    return [_to_the_list(), Crumb(title_of(shown), address_of(shown))]
