"""A municipality comes aboard: four questions, a look at all of it, and the job that does it."""

from __future__ import annotations

from collections.abc import Sequence
from http import HTTPStatus
from typing import Any
from uuid import UUID

from django import forms
from django.http import Http404, HttpResponseBase
from django.shortcuts import get_object_or_404
from django.urls import reverse
from django.utils.html import format_html
from django.utils.translation import gettext
from django.utils.translation import gettext_lazy as _

from backoffice.bringing import (
    ADMINISTRATOR,
    AREA,
    CATALOGUES,
    CHECK,
    STEPS,
    address_of_draft,
    answer,
    begin,
    carry_out,
    drop_archive,
    keep_archive,
    missing_step,
    sentences_of,
)
from backoffice.forms.wizard import AdministratorForm, CatalogueForm, GemeenteForm, HostsForm
from backoffice.models import Draft
from backoffice.work import address_of as address_of_job
from screens.errors import error_page
from screens.inline import link, mono
from screens.pages import go_to
from screens.parts import Crumb, Step, StepState
from tenants.accounts.pages import PageRequest, page
from tenants.accounts.rights import Level
from tenants.accounts.shell import shell_of, show_page
from tenants.onboarding.asking import Catalogue, RequestRefused
from tenants.registry.models import Municipality

ZIP = "catalogus.zip"
"""What a zip is called whose name nobody kept."""
WORDS = {
    "gemeente": _("1. Gemeente"),
    "hosts": _("2. Adressen"),
    "catalogus": _("3. Catalogus"),
    "beheerder": _("4. Eerste beheerder"),
    CHECK: _("5. Controle"),
}
Form = GemeenteForm | HostsForm | CatalogueForm | AdministratorForm


@page(area=AREA, level=Level.CHANGE)
def new_gemeente(request: PageRequest) -> HttpResponseBase:
    """The first question; its answer begins a draft, so that looking at the page leaves nothing behind."""
    # who sees a part of the municipalities would not see the one that he makes
    if not request.person.sees_the_fleet:
        return _not_of_the_vendor(request)
    form = GemeenteForm(request.POST or None, initial={"cbs_code": request.GET.get("gemeente", "")})
    if form.is_valid():
        answers = form.answers()
        draft = answer(begin(request.person, answers["schema"]), STEPS[0], answers)
        return go_to(request, address_of_draft(draft, STEPS[1]))
    return _asked(request, None, STEPS[0], form)


@page(area=AREA, level=Level.CHANGE)
def step_of_gemeente(request: PageRequest, draft: UUID, step: str) -> HttpResponseBase:
    """One of the questions; none can be skipped, each can be answered again."""
    if step not in STEPS or step == ADMINISTRATOR:
        raise Http404
    return _step(request, draft, step)


@page(area=AREA, level=Level.CHANGE, fresh=True)
def administrator_of_gemeente(request: PageRequest, draft: UUID) -> HttpResponseBase:
    """The question whose answer lets somebody in: the one for which one shows once more who one is."""
    return _step(request, draft, ADMINISTRATOR)


def _step(request: PageRequest, draft: UUID, step: str) -> HttpResponseBase:
    found = _draft(request, draft)
    if found.job is not None:
        return go_to(request, address_of_job(found.job))
    ahead = missing_step(found)
    if ahead is not None and STEPS.index(step) > STEPS.index(ahead):
        return go_to(request, address_of_draft(found, ahead))
    form = _form(request, found, step)
    if form.is_valid():
        if isinstance(form, CatalogueForm):
            _keep(found, form)
        answered = answer(found, step, form.answers())
        return go_to(request, address_of_draft(answered, missing_step(answered) or CHECK))
    return _asked(request, found, step, form)


@page(area=AREA, level=Level.CHANGE)
def check_gemeente(request: PageRequest, draft: UUID) -> HttpResponseBase:
    """All of it once more; *Richt in* asks for the job, and a second click finds the same one."""
    found = _draft(request, draft)
    if found.job is not None:
        return go_to(request, address_of_job(found.job))
    ahead = missing_step(found)
    if ahead is not None:
        return go_to(request, address_of_draft(found, ahead))
    form = forms.Form(request.POST if request.method == "POST" else None)
    if form.is_valid():
        try:
            return go_to(request, address_of_job(carry_out(found, person=request.person)))
        except RequestRefused as refused:
            for sentence in sentences_of(refused):
                form.add_error(None, sentence)
    context = {
        **_around(found, CHECK),
        "unknown": found.answers["hosts"]["unknown"],
        "rows": _rows(found, changeable=True),
        "form": form,
        "cancel": reverse("gemeenten"),
    }
    status = HTTPStatus.UNPROCESSABLE_ENTITY if form.errors else HTTPStatus.OK
    return show_page(request, "backoffice/check_gemeente.html", context, status=status)


def _form(request: PageRequest, draft: Draft, step: str) -> Form:
    data = request.POST or None
    known: dict[str, Any] = draft.answers.get(step, {})
    if step == "gemeente":
        return GemeenteForm(data, initial=GemeenteForm.initial_of(known) if known else {})
    if step == "hosts":
        initial = HostsForm.initial_of(known) if known else {}
        return HostsForm(data, initial=initial, schema=draft.answers["gemeente"]["schema"])
    if step == "catalogus":
        kept = (known.get("file") or ZIP) if draft.archive else ""
        return CatalogueForm(data, request.FILES or None, initial=known, kept=kept)
    return AdministratorForm(data, initial=known)


def _keep(draft: Draft, form: CatalogueForm) -> None:
    if form.cleaned_data["catalogue"] != Catalogue.ZIP:
        drop_archive(draft)
    elif form.cleaned_data["archive"]:
        keep_archive(draft, form.cleaned_data["archive"])


def _draft(request: PageRequest, pk: UUID) -> Draft:
    """One's own alone."""
    if not request.person.sees_the_fleet:
        raise Http404
    return get_object_or_404(Draft.objects.of(request.person.user).select_related("job"), pk=pk)


def _asked(request: PageRequest, draft: Draft | None, step: str, form: Form) -> HttpResponseBase:
    before = STEPS[STEPS.index(step) - 1] if step != STEPS[0] else ""
    context = {
        **_around(draft, step),
        "form": form,
        "submit": gettext("Volgende"),
        "cancel": reverse("gemeenten"),
        "back": address_of_draft(draft, before) if draft and before else "",
        "rows": _rows(draft, changeable=False) if draft else [],
        "running": address_of_job(form.running) if isinstance(form, GemeenteForm) and form.running else "",
    }
    status = HTTPStatus.UNPROCESSABLE_ENTITY if form.errors else HTTPStatus.OK
    return show_page(request, "backoffice/new_gemeente.html", context, status=status)


def _around(draft: Draft | None, step: str) -> dict[str, Any]:
    known = draft.answers.get("gemeente", {}).get("naam", "") if draft else ""
    return {
        "title": known or gettext("Gemeente toevoegen"),
        "crumbs": [Crumb(gettext("Gemeenten"), reverse("gemeenten"))],
        "steps": _steps(draft, step),
    }


def _steps(draft: Draft | None, current: str) -> Sequence[Step]:
    answered = draft.answers if draft else {}
    return [
        Step(
            str(words),
            note=gettext("klaar") if step in answered else "",
            state=StepState.DONE if step in answered else StepState.AHEAD,
            current=step == current,
        )
        for step, words in WORDS.items()
    ]


def _rows(draft: Draft, *, changeable: bool) -> list[tuple[str, str]]:
    """What was answered so far, with a way back to each answer where asked."""
    answers = draft.answers
    rows: list[tuple[str, str, str]] = []
    if chosen := answers.get("gemeente"):
        environment = Municipality.Environment(chosen["environment"]).label
        rows += [
            (gettext("Gemeente"), chosen["naam"], "gemeente"),
            (gettext("Omgeving"), str(environment), "gemeente"),
            (gettext("Schema"), mono(chosen["schema"], breaks=True), ""),
        ]
    if hosts := answers.get("hosts"):
        rows.append((gettext("Adressen"), ", ".join(hosts["hosts"]), "hosts"))
    if catalogue := answers.get("catalogus"):
        said = str(CATALOGUES[catalogue["catalogue"]])
        if file := catalogue.get("file"):
            said = f"{said}: {file}"
        rows.append((gettext("Catalogus"), said, "catalogus"))
    if administrator := answers.get("beheerder"):
        said = f"{administrator['name']}, {administrator['email']}"
        rows.append((gettext("Eerste beheerder"), said, "beheerder"))
    return [
        (word, _with_way_back(value, word, address_of_draft(draft, step)) if changeable and step else value)
        for word, value, step in rows
    ]


def _with_way_back(value: str, word: str, url: str) -> str:
    return format_html("{} {}", value, link(gettext("Wijzig"), url, hidden=word.lower()))


def _not_of_the_vendor(request: PageRequest) -> HttpResponseBase:
    person = request.person
    names = person.side.table.who_may(AREA, Level.CHANGE).lower()
    return error_page(
        request,
        HTTPStatus.FORBIDDEN,
        shell=shell_of(request),
        happened=gettext("Een gemeente wordt toegevoegd door de leverancier, door wie alle gemeenten ziet."),
        who=names,
    )
