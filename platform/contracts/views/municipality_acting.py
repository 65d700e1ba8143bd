"""What a municipality does with a contract on its own host: sign, decline, agree to an annex, give notice."""

from __future__ import annotations

from collections.abc import Callable
from http import HTTPStatus

from django import forms
from django.contrib import messages
from django.http import HttpResponseBase
from django.shortcuts import get_object_or_404
from django.urls import reverse
from django.utils import timezone
from django.utils.translation import gettext

from contracts.content import whole_inside
from contracts.contract_asking import (
    actor_inside,
    agree_to_annex,
    decline,
    give_notice,
    known_inside,
    rows,
    sign_inside,
    why_no_agreement,
)
from contracts.contract_refusals import ContractRefused, why_not
from contracts.contract_showing import parties_of, title_of
from contracts.forms.contract_acts import NoticeForm, ReasonForm, SignForm
from contracts.models import Annex, ContractVersion
from contracts.standing import next_notice, shown_version, signed
from contracts.states import MUNICIPALITY_AREA, TRANSITIONS
from contracts.views.contract_acting import act_context
from contracts.views.contract_drafting import refused_page
from contracts.views.municipality import contract_inside, difference_inside, to_home, version_inside
from screens.formats import long_day
from screens.pages import go_to
from screens.parts import Crumb
from screens.shell import Item
from tenants.accounts.pages import PageRequest, page
from tenants.accounts.rights import Level
from tenants.accounts.shell import show_page

Act = Callable[[], object]


@page(area=MUNICIPALITY_AREA, level=Level.APPROVE, fresh=True)
def sign_contract_inside(request: PageRequest, pk: int, number: int) -> HttpResponseBase:
    version = version_inside(pk, number)
    initial = {"seen": version.state, "digest": version.digest, "name": request.person.user.name}
    form = SignForm(request.POST or None, initial=initial)

    def act() -> object:
        digest, now = form.cleaned_data["digest"], timezone.now()
        return sign_inside(version, form.signer(), digest=digest, person=request.person, now=now)

    return _act(request, version, "tekenen-gemeente", form, act)


@page(area=MUNICIPALITY_AREA, level=Level.APPROVE, fresh=True)
def decline_contract(request: PageRequest, pk: int, number: int) -> HttpResponseBase:
    version = version_inside(pk, number)
    form = ReasonForm(request.POST or None, initial={"seen": version.state})

    def act() -> object:
        return decline(version, form.cleaned_data["words"], person=request.person, now=timezone.now())

    return _act(request, version, "afwijzen", form, act, danger=True)


@page(area=MUNICIPALITY_AREA, level=Level.APPROVE, fresh=True)
def give_notice_inside(request: PageRequest, pk: int) -> HttpResponseBase:
    contract, now = contract_inside(pk), timezone.now()
    versions, today = list(rows().of(ContractVersion).filter(contract=pk)), timezone.localdate(now)
    version = shown_version(contract, versions, today)
    version.contract = contract
    known = signed(versions)
    notice = next_notice(known[0], today) if known else None
    last_day = notice.last_day if notice else today
    form = NoticeForm(request.POST or None, initial={"seen": version.state, "last_day": last_day.isoformat()})

    def act() -> object:
        given = form.cleaned_data
        return give_notice(
            contract, given["words"], last_day=given["last_day"], person=request.person, now=now
        )

    ends = gettext("De laatste dag wordt %(day)s.") % {"day": long_day(last_day)}
    return _act(request, version, "opzeggen", form, act, told=ends, danger=True)


@page(area=MUNICIPALITY_AREA, level=Level.APPROVE, fresh=True)
def agree_annex(request: PageRequest, pk: int, annex: int) -> HttpResponseBase:
    contract = contract_inside(pk)
    found: Annex = get_object_or_404(rows().of(Annex).filter(version__contract=pk), pk=annex)
    version = rows().of(ContractVersion).get(pk=found.version_id)
    version.contract = contract
    refusal = why_no_agreement(found, version, request.person)
    if refusal:
        return refused_page(request, refusal, _to(version))
    form = forms.Form(request.POST if request.method == "POST" else None)
    if form.is_valid():
        try:
            agree_to_annex(found, person=request.person, now=timezone.now())
        except ContractRefused as refused:
            return refused_page(request, str(refused), _to(version))
        messages.success(request, gettext("De bijlage is getekend."))
        return go_to(request, reverse("contract", args=[pk]))
    context = {
        "title": gettext("Ga akkoord met %(name)s") % {"name": found.name},
        "told": gettext("U tekent deze bijlage voor de gemeente. Dat staat in beide logboeken."),
        "form": form,
        "crumbs": [to_home(), Crumb(contract.number, reverse("contract", args=[pk]))],
        "back": reverse("contract", args=[pk]),
        "submit": gettext("Teken de bijlage"),
    }
    return show_page(request, "contracts/opstellen.html", context)


def _act(  # noqa: PLR0913  # each is a word of the page
    request: PageRequest,
    version: ContractVersion,
    key: str,
    form: forms.Form,
    act: Act,
    *,
    told: str = "",
    danger: bool = False,
) -> HttpResponseBase:
    transition, known = TRANSITIONS[key], known_inside(version)
    refusal = why_not(key, known, actor=actor_inside(request.person), today=timezone.localdate())
    if not refusal and form.is_valid():
        try:
            act()
        except ContractRefused as refused:
            return refused_page(request, str(refused), _to(version))
        messages.success(request, f"{transition.done}.")
        return go_to(request, reverse("contract", args=[version.contract_id]))
    if refusal:
        return refused_page(request, refusal, _to(version))
    whole = whole_inside(version)
    address = reverse("contract_version", args=[version.contract_id, version.number])
    context = act_context(key, version, form, danger=danger)
    context |= {
        "crumbs": [to_home(), Crumb(version.contract.number, address)],
        "back": address,
        "told": told,
        "changes": difference_inside(whole, list(known.versions)) if transition.is_signing else None,
        "data": parties_of(whole),
        "letter": reverse("contract_letter", args=[version.contract_id, version.number]),
    }
    status = HTTPStatus.UNPROCESSABLE_ENTITY if form.errors else HTTPStatus.OK
    return show_page(request, "contracts/handeling.html", context, status=status)


def _to(version: ContractVersion) -> Item:
    return Item(title_of(version.contract), reverse("contract", args=[version.contract_id]))
