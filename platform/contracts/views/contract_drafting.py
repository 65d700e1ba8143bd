"""Drawing up a contract: what is agreed, environments and parties, and lines, each on a page of its own."""

from __future__ import annotations

from collections.abc import Sequence
from http import HTTPStatus
from typing import Any

from django import forms
from django.contrib import messages
from django.http import HttpResponseBase
from django.shortcuts import get_object_or_404
from django.urls import reverse
from django.utils import timezone
from django.utils.translation import gettext

from contracts.contract_refusals import ContractRefused, Known, actor_of, why_not
from contracts.contract_showing import title_of
from contracts.drafting import (
    amend,
    begin_contract,
    remove_line,
    write_coverage,
    write_line,
    write_terms,
)
from contracts.environments import environments_for, own_environments, possible_parties, possible_third_lines
from contracts.forms.contract import (
    CoverageForm,
    LineForm,
    NewContractForm,
    TermsForm,
    coverage_as_text,
    levels_of,
    line_as_text,
    terms_as_text,
    terms_to_begin_with,
)
from contracts.models import ContractLine, ContractVersion, Per
from contracts.standing import shown_version
from contracts.states import VENDOR_AREA, State
from contracts.views.contract import (
    address_of_version,
    contract_seen,
    crumbs_of,
    to_the_list,
    version_seen,
)
from screens.errors import error_page
from screens.pages import go_to
from screens.parts import Crumb
from screens.shell import Item
from tenants.accounts.pages import PageRequest, page
from tenants.accounts.rights import Level
from tenants.accounts.shell import shell_of, show_page
from tenants.registry.models import Municipality, Organisation


@page(area=VENDOR_AREA, level=Level.CHANGE)
def new_contract(request: PageRequest) -> HttpResponseBase:
    now, person = timezone.now(), request.person
    levels = levels_of(person)
    gemeenten = own_environments(person)
    asked = request.GET.get("gemeente", "")
    initial = {**terms_to_begin_with(timezone.localdate(now)), "gemeente": asked if asked.isdecimal() else ""}
    form = NewContractForm(request.POST or None, levels=levels, gemeenten=gemeenten, initial=initial)
    if form.is_valid():
        given = form.cleaned_data
        try:
            made = begin_contract(given["gemeente"], form.terms(), kvk=given["kvk"], person=person, now=now)
        except ContractRefused as refused:
            form.add_error(None, str(refused))
        else:
            messages.success(request, gettext("Het concept staat er. Vul nu de rest aan."))
            return go_to(request, address_of_version(made))
    context = {
        "title": gettext("Stel een contract op"),
        "form": form,
        "crumbs": [to_the_list()],
        "back": reverse("contracten"),
        "submit": gettext("Maak het concept"),
        "no_levels": not levels,
    }
    return _form_page(request, form, context)


@page(area=VENDOR_AREA, level=Level.CHANGE)
def amend_contract(request: PageRequest, pk: int) -> HttpResponseBase:
    found, now = contract_seen(request, pk), timezone.now()
    versions, today = list(found.versions.all()), timezone.localdate(now)
    former = shown_version(found, versions, today)
    refusal = why_not(
        "opstellen", Known(found, versions, former, ()), actor=actor_of(request.person, found), today=today
    )
    back = reverse("contract", args=[pk])
    if refusal:
        return refused_page(request, refusal, Item(title_of(found), back))
    levels = levels_of(request.person, former)
    initial = {**terms_as_text(former), "start": terms_to_begin_with(today)["start"], "reason": ""}
    form = TermsForm(request.POST or None, levels=levels, initial=initial)
    if form.is_valid():
        try:
            made = amend(found, form.terms(), person=request.person, now=now)
        except ContractRefused as refused:
            form.add_error(None, str(refused))
        else:
            messages.success(request, gettext("Het addendum is een concept. Bied het aan als het klopt."))
            return go_to(request, address_of_version(made))
    del form.fields["kvk"]
    context = {
        "title": gettext("Stel een addendum op"),
        "form": form,
        "crumbs": [to_the_list(), Crumb(found.client_name, back)],
        "back": back,
        "submit": gettext("Maak het concept"),
    }
    return _form_page(request, form, context)


@page(area=VENDOR_AREA, level=Level.CHANGE)
def draft_terms(request: PageRequest, pk: int, number: int) -> HttpResponseBase:
    version = version_seen(request, pk, number)
    form = TermsForm(
        request.POST or None, levels=levels_of(request.person, version), initial=terms_as_text(version)
    )
    if form.is_valid():
        try:
            write_terms(version, form.terms(), kvk=form.cleaned_data["kvk"], person=request.person)
        except ContractRefused as refused:
            form.add_error(None, str(refused))
        else:
            return _saved(request, version)
    return _draft_page(request, version, form, gettext("Wat er wordt afgesproken"))


@page(area=VENDOR_AREA, level=Level.CHANGE)
def draft_coverage(request: PageRequest, pk: int, number: int) -> HttpResponseBase:
    version = version_seen(request, pk, number)
    covered = _covered(version)
    form = CoverageForm(
        request.POST or None,
        environments=environments_for(version, request.person),
        parties=_parties(version, covered),
        third_lines=possible_third_lines(version.contract.organisation, covered),
        initial=coverage_as_text(version),
    )
    if form.is_valid():
        try:
            write_coverage(version, form.coverage(), person=request.person)
        except ContractRefused as refused:
            form.add_error(None, str(refused))
        else:
            return _saved(request, version)
    return _draft_page(request, version, form, gettext("Omgevingen en partijen"))


@page(area=VENDOR_AREA, level=Level.CHANGE)
def add_line(request: PageRequest, pk: int, number: int) -> HttpResponseBase:
    return _line_page(request, version_seen(request, pk, number), None)


@page(area=VENDOR_AREA, level=Level.CHANGE)
def change_line(request: PageRequest, pk: int, number: int, line: int) -> HttpResponseBase:
    version = version_seen(request, pk, number)
    return _line_page(request, version, get_object_or_404(version.lines.all(), pk=line))


@page(area=VENDOR_AREA, level=Level.CHANGE)
def delete_line(request: PageRequest, pk: int, number: int, line: int) -> HttpResponseBase:
    version = version_seen(request, pk, number)
    found = get_object_or_404(version.lines.all(), pk=line)
    form = forms.Form(request.POST if request.method == "POST" else None)
    if form.is_valid():
        try:
            remove_line(found, person=request.person)
        except ContractRefused as refused:
            form.add_error(None, str(refused))
        else:
            return _saved(request, version)
    title = gettext("Verwijder %(line)s") % {"line": found}
    return _draft_page(request, version, form, title, submit=gettext("Verwijder de regel"))


def _line_page(request: PageRequest, version: ContractVersion, line: ContractLine | None) -> HttpResponseBase:
    initial = line_as_text(line) if line is not None else {"quantity": 1, "per": Per.YEAR}
    form = LineForm(request.POST or None, initial=initial)
    if form.is_valid():
        try:
            write_line(version, line, form.terms(), person=request.person)
        except ContractRefused as refused:
            form.add_error(None, str(refused))
        else:
            return _saved(request, version)
    title = gettext("Voeg een prijsregel toe") if line is None else gettext("Wijzig een prijsregel")
    remove = (
        "" if line is None else reverse("delete_line", args=[version.contract_id, version.number, line.pk])
    )
    return _draft_page(request, version, form, title, remove=remove)


def _covered(version: ContractVersion) -> list[Municipality]:
    covers = version.covers.select_related("municipality__implementation_partner")
    return [each.municipality for each in covers]


def _parties(version: ContractVersion, covered: Sequence[Municipality]) -> list[Organisation]:
    """Who draws it up, the partners of what is covered, and who stands there already."""
    stands = [each.organisation for each in version.parties.select_related("organisation")]
    return list(dict.fromkeys([*possible_parties(version.contract.organisation, covered), *stands]))


def refused_page(request: PageRequest, why: str, next_step: Item) -> HttpResponseBase:
    """409: what was asked does not go with how it is now; 403 is for roles."""
    return error_page(
        request, HTTPStatus.CONFLICT, shell=shell_of(request), happened=why, next_step=next_step
    )


def not_a_concept(request: PageRequest, version: ContractVersion) -> HttpResponseBase | None:
    if version.state == State.CONCEPT:
        return None
    why = gettext("Deze versie is %(state)s en wijzigt niet meer.") % {
        "state": str(version.get_state_display()).lower()
    }
    return refused_page(request, why, Item(title_of(version.contract), address_of_version(version)))


def _saved(request: PageRequest, version: ContractVersion) -> HttpResponseBase:
    messages.success(request, gettext("Het concept is bewaard."))
    return go_to(request, address_of_version(version))


def _draft_page(  # noqa: PLR0913  # each is a word of the page
    request: PageRequest,
    version: ContractVersion,
    form: forms.Form,
    title: str,
    *,
    submit: str = "",
    remove: str = "",
) -> HttpResponseBase:
    refused = not_a_concept(request, version)
    if refused is not None:
        return refused
    context = {
        "title": title,
        "form": form,
        "crumbs": crumbs_of(version),
        "back": address_of_version(version),
        "submit": submit or gettext("Bewaar"),
        "remove": remove,
    }
    return _form_page(request, form, context)


def _form_page(request: PageRequest, form: forms.Form, context: dict[str, Any]) -> HttpResponseBase:
    status = HTTPStatus.UNPROCESSABLE_ENTITY if form.errors else HTTPStatus.OK
    return show_page(request, "contracts/opstellen.html", context, status=status)
