"""Toegang leverancier: who of the vendor asks to look in, and what the municipality says to it."""

from __future__ import annotations

from collections.abc import Callable
from datetime import datetime
from http import HTTPStatus

from django import forms
from django.contrib import messages
from django.db.models import Q
from django.http import HttpResponseBase
from django.shortcuts import get_object_or_404
from django.urls import reverse
from django.utils import timezone
from django.utils.translation import gettext, ngettext
from django.views.decorators.http import require_POST

from access.deciding import allow, emergencies_allowed, grants, judge, refuse, set_emergencies, stop, unmask
from access.forms import DecideForm, EmergenciesForm, JudgeForm, RefuseForm, StopForm, Zaaktypen
from access.listings import address_of, listing
from access.models import Grant, Kind, State
from access.refusals import AccessRefused
from access.shown import badge_of, history, limits, period, what_is_allowed, what_is_asked, who_does_what
from access.states import ACTS, AREA, check, how_it_stands, may
from api.catalogi.models import Zaaktype
from screens.badges import badge
from screens.errors import error_page
from screens.formats import number
from screens.inline import link, mono
from screens.pages import go_to
from screens.parts import Crumb
from screens.shell import Item
from tenants.accounts.pages import PageRequest, page
from tenants.accounts.rights import Level
from tenants.accounts.shell import shell_of, show_page
from tenants.accounts.views.lists import file_of

EARLIER = 5


@page(area=AREA, level=Level.SEE)
def toegang(request: PageRequest) -> HttpResponseBase:
    now = timezone.now()
    found, rows = listing(of_vendor=False), grants().at(now)
    file = file_of(found, request, rows)
    if file is not None:
        return file
    context = {
        "found": found.read(request, rows),
        "emergencies": emergencies_allowed(),
        "may_set": request.person.may(AREA, Level.APPROVE),
        "states": who_does_what(),
    }
    return show_page(request, "access/of_vendor.html", context)


@page(area=AREA, level=Level.SEE)
def show_grant(request: PageRequest, pk: int) -> HttpResponseBase:
    grant, now = _grant(pk), timezone.now()
    acts = {
        key: may(grant, key, person=request.person, now=now)
        for key, act in ACTS.items()
        if act.is_of_municipality
    }
    context = {
        **_about(grant, now),
        "acts": acts,
        "why_not": _why_not(request, grant, now),
        "stop_form": StopForm() if acts["stop"] or acts["stop_emergency"] else None,
        "judges": acts["agree"],
        "unmasks": acts["unmask"] and grant.mask_personal_data,
        "decided": grant.valid_from is not None,
        "allowed": what_is_allowed(grant),
    }
    return show_page(request, "access/request.html", context)


@page(area=AREA, level=Level.APPROVE, fresh=True)
def decide(request: PageRequest, pk: int) -> HttpResponseBase:
    """The request as it was asked, with what the municipality makes of it."""
    grant, now = _grant(pk), timezone.now()
    try:
        check(grant, "allow", person=request.person, now=now)
    except AccessRefused as refused:
        return _conflict(request, grant, str(refused))
    form = DecideForm(request.POST or None, grant=grant, types=zaaktypen_of(grant))
    if form.is_valid():
        try:
            given = allow(grant, form.decision(), person=request.person, now=now)
        except AccessRefused as refused:
            return _conflict(request, grant, str(refused))
        words = ngettext(
            "U gaf %(count)s uur toegang.", "U gaf %(count)s uur toegang.", given.hours_allowed or 0
        )
        messages.success(request, words % {"count": number(given.hours_allowed or 0)})
        return go_to(request, address_of(grant))
    context = {**_about(grant, now), "form": form}
    status = HTTPStatus.UNPROCESSABLE_ENTITY if form.errors else HTTPStatus.OK
    return show_page(request, "access/decide.html", context, status=status)


@page(area=AREA, level=Level.APPROVE, fresh=True)
def refuse_access(request: PageRequest, pk: int) -> HttpResponseBase:
    def refused(grant: Grant, form: forms.Form) -> Grant:
        reason = form.cleaned_data["reason"]
        return refuse(grant, reason, person=request.person, now=timezone.now())

    title = gettext("Weiger de aanvraag")
    return _answer(request, pk, "refuse", RefuseForm(request.POST or None), refused, title=title)


@page(area=AREA, level=Level.CHANGE)
@require_POST
def stop_access(request: PageRequest, pk: int) -> HttpResponseBase:
    """At once, with a reason where one was given: what is wrong with it holds nothing up."""
    grant, form = _grant(pk), StopForm(request.POST)
    reason = form.cleaned_data["reason"] if form.is_valid() else ""
    try:
        stop(grant, reason, person=request.person, now=timezone.now())
    except AccessRefused as refused:
        return _conflict(request, grant, str(refused))
    messages.success(request, gettext("De toegang is gestopt."))
    if form.errors:
        messages.warning(request, gettext("Uw reden is niet bewaard: zij was te lang of niet leesbaar."))
    return go_to(request, address_of(grant))


@page(area=AREA, level=Level.CHANGE, fresh=True)
def unmask_access(request: PageRequest, pk: int) -> HttpResponseBase:
    def shown(grant: Grant, _form: forms.Form) -> Grant:
        return unmask(grant, person=request.person, now=timezone.now())

    title = gettext("Toon persoonsgegevens")
    form = forms.Form(request.POST if request.method == "POST" else None)
    return _answer(request, pk, "unmask", form, shown, title=title)


@page(area=AREA, level=Level.APPROVE, fresh=True)
def judge_emergency(request: PageRequest, pk: int) -> HttpResponseBase:
    def judged(grant: Grant, form: forms.Form) -> Grant:
        given = form.cleaned_data
        agrees = given["judgement"] == "agree"
        return judge(grant, given["words"], agrees=agrees, person=request.person, now=timezone.now())

    title = gettext("Beoordeel de verantwoording")
    return _answer(request, pk, "agree", JudgeForm(request.POST or None), judged, title=title)


@page(area=AREA, level=Level.APPROVE, fresh=True)
def emergencies(request: PageRequest) -> HttpResponseBase:
    """Whether the vendor may come in without asking, when it cannot wait."""
    now_allowed = "ja" if emergencies_allowed() else "nee"
    form = EmergenciesForm(request.POST or None, initial={"before": now_allowed, "after": now_allowed})
    if form.is_valid():
        before, after = (form.cleaned_data[name] == "ja" for name in ("before", "after"))
        try:
            set_emergencies(before=before, after=after, person=request.person)
        except AccessRefused as refused:
            return error_page(
                request,
                HTTPStatus.CONFLICT,
                shell=shell_of(request),
                happened=str(refused),
                next_step=Item(gettext("Noodtoegang"), reverse("emergencies")),
            )
        messages.success(request, gettext("Dat is bewaard."))
        return go_to(request, reverse("toegang"))
    context = {"form": form, "crumbs": [to_the_list()], "back": reverse("toegang")}
    status = HTTPStatus.UNPROCESSABLE_ENTITY if form.errors else HTTPStatus.OK
    return show_page(request, "access/emergencies.html", context, status=status)


def to_the_list() -> Crumb:
    return Crumb(gettext("Toegang leverancier"), reverse("toegang"))


def zaaktypen_of(grant: Grant) -> list[Zaaktypen]:
    """Those that may be chosen: of what was asked, with all versions of each that were asked."""
    asked = Q(pk__in=grant.zaaktypen_asked) if grant.zaaktypen_asked else Q()
    rows = Zaaktype.objects.filter(asked).order_by("omschrijving", "identificatie", "pk")
    found: dict[str, Zaaktypen] = {}
    for pk, catalogus, identificatie, omschrijving in rows.values_list(
        "pk", "catalogus_id", "identificatie", "omschrijving"
    ):
        key = f"{catalogus}/{identificatie}"
        before = found.get(key, Zaaktypen(key, f"{omschrijving} ({identificatie})", ()))
        found[key] = Zaaktypen(key, before.name, (*before.uuids, pk))
    return list(found.values())


def _answer(  # noqa: PLR0913  # each is said once
    request: PageRequest,
    pk: int,
    act: str,
    form: forms.Form,
    done: Callable[[Grant, forms.Form], Grant],
    *,
    title: str,
) -> HttpResponseBase:
    """A page with one form; whoever was second sees what the first did."""
    grant, now = _grant(pk), timezone.now()
    try:
        check(grant, act, person=request.person, now=now)
        if form.is_valid():
            done(grant, form)
            messages.success(request, gettext("Dat is bewaard."))
            return go_to(request, address_of(grant))
    except AccessRefused as refused:
        return _conflict(request, grant, str(refused))
    context = {**_about(grant, now), "form": form, "title": title, "act": act}
    status = HTTPStatus.UNPROCESSABLE_ENTITY if form.errors else HTTPStatus.OK
    return show_page(request, "access/answer.html", context, status=status)


def _about(grant: Grant, now: datetime) -> dict[str, object]:
    """What every page of one request shows."""
    words = {"who": grant.person_name, "organisation": grant.organisation_name}
    waits = grant.state_at(now) is State.AANGEVRAAGD
    return {
        "grant": grant,
        "asks": (
            gettext("%(who)s van %(organisation)s vraagt toegang")
            if waits
            else gettext("Toegang van %(who)s, %(organisation)s")
        )
        % words,
        "state": badge_of(grant, now, decides=True),
        "facts": [
            mono(str(grant)),
            gettext("Voor melding %(ticket)s") % {"ticket": grant.ticket},
            period(grant, now),
        ],
        "crumbs": [to_the_list()],
        "asked": what_is_asked(grant),
        "limits": limits(grant, _names(grant)),
        "history": history(grant, now),
        "whom": [
            (gettext("Persoon"), grant.person_name),
            (gettext("E-mailadres"), grant.person_email),
            (gettext("Organisatie"), grant.organisation_name),
            (gettext("Ingelogd met"), gettext("tweede factor")),
        ],
        "earlier": [
            (link(f"{each} {each.person_name}", address_of(each)), badge(badge_of(each, now, decides=True)))
            for each in grants().exclude(pk=grant.pk)[:EARLIER]
        ],
        "back": address_of(grant),
    }


def _names(grant: Grant) -> list[str]:
    """Of the zaaktypen that it is limited to; one that is not there is told by its key."""
    known = dict(Zaaktype.objects.filter(pk__in=grant.zaaktypen).values_list("pk", "omschrijving"))
    return list(
        dict.fromkeys(
            known.get(uuid) or gettext("onbekend: %(uuid)s") % {"uuid": uuid} for uuid in grant.zaaktypen
        )
    )


def _why_not(request: PageRequest, grant: Grant, now: datetime) -> str:
    """Why this person does not decide on what waits; empty where he does, or where nothing waits."""
    if grant.kind == Kind.NOOD or grant.state_at(now) not in ACTS["allow"].before:
        return ""
    try:
        check(grant, "allow", person=request.person, now=now)
    except AccessRefused as refused:
        return str(refused)
    return ""


def _grant(pk: int) -> Grant:
    return get_object_or_404(grants(), pk=pk)


def _conflict(request: PageRequest, grant: Grant, why: str) -> HttpResponseBase:
    return error_page(
        request,
        HTTPStatus.CONFLICT,
        shell=shell_of(request),
        happened=why or how_it_stands(grant, timezone.now()),
        next_step=Item(str(grant), address_of(grant)),
    )
