"""What somebody of the vendor does with a contract: offer, withdraw, sign, record a PDF, note notice."""

from __future__ import annotations

from collections.abc import Callable
from http import HTTPStatus
from typing import Any

from django import forms
from django.contrib import messages
from django.http import HttpResponseBase
from django.urls import reverse
from django.utils import timezone
from django.utils.translation import gettext

from contracts.annexes import add_annex as add_to
from contracts.annexes import remove_annex as remove_from
from contracts.content import whole_of
from contracts.contract_acts import (
    discard,
    known_of,
    missing,
    note_notice,
    offer,
    record_paper,
    sign,
    withdraw,
)
from contracts.contract_refusals import ContractRefused, Known, actor_of, why_not
from contracts.contract_showing import parties_of, title_of
from contracts.forms.contract import AnnexForm
from contracts.forms.contract_acts import (
    NoticeForm,
    OfferForm,
    PaperForm,
    ReasonForm,
    SeenForm,
    SignForm,
    offer_to_begin_with,
)
from contracts.models import Annex, ContractVersion
from contracts.standing import next_notice, shown_version, signed
from contracts.states import OPEN, TRANSITIONS, VENDOR_AREA, Side, State
from contracts.views.contract import (
    address_of_version,
    contract_seen,
    crumbs_of,
    difference_of,
    version_seen,
)
from contracts.views.contract_drafting import refused_page
from screens.formats import long_day
from screens.pages import go_to
from screens.shell import Item
from tenants.accounts.pages import PageRequest, page
from tenants.accounts.rights import Level
from tenants.accounts.shell import show_page

Act = Callable[[], object]


@page(area=VENDOR_AREA, level=Level.CHANGE)
def offer_contract(request: PageRequest, pk: int, number: int) -> HttpResponseBase:
    version, now = version_seen(request, pk, number), timezone.now()
    form = OfferForm(
        request.POST or None, initial=offer_to_begin_with(State.CONCEPT, timezone.localdate(now))
    )
    told = missing(whole_of(version), person=request.person, today=timezone.localdate(now))
    if told and version.state == State.CONCEPT:
        return refused_page(request, " ".join(told), _to(version))

    def act() -> object:
        given = form.cleaned_data
        return offer(version, until=given["until"], person=request.person, now=now, seen=given["seen"])

    return _act(request, version, "aanbieden", form, act)


@page(area=VENDOR_AREA, level=Level.CHANGE)
def discard_contract(request: PageRequest, pk: int, number: int) -> HttpResponseBase:
    version = version_seen(request, pk, number)
    form = SeenForm(request.POST or None, initial={"seen": version.state})
    return _act(
        request,
        version,
        "weggooien",
        form,
        lambda: discard(version, person=request.person, now=timezone.now()),
        danger=True,
    )


@page(area=VENDOR_AREA, level=Level.CHANGE)
def withdraw_contract(request: PageRequest, pk: int, number: int) -> HttpResponseBase:
    version = version_seen(request, pk, number)
    form = ReasonForm(request.POST or None, initial={"seen": version.state})

    def act() -> object:
        given = form.cleaned_data
        return withdraw(
            version, given["words"], person=request.person, now=timezone.now(), seen=given["seen"]
        )

    return _act(request, version, "intrekken", form, act, danger=True)


@page(area=VENDOR_AREA, level=Level.APPROVE, fresh=True)
def sign_contract(request: PageRequest, pk: int, number: int) -> HttpResponseBase:
    version = version_seen(request, pk, number)
    initial = {"seen": version.state, "digest": version.digest, "name": request.person.user.name}
    form = SignForm(request.POST or None, initial=initial)

    def act() -> object:
        digest = form.cleaned_data["digest"]
        return sign(version, form.signer(), digest=digest, person=request.person, now=timezone.now())

    return _act(request, version, "tekenen-leverancier", form, act)


@page(area=VENDOR_AREA, level=Level.APPROVE, fresh=True)
def record_signed_pdf(request: PageRequest, pk: int, number: int) -> HttpResponseBase:
    version = version_seen(request, pk, number)
    initial = {"seen": version.state, "digest": version.digest, "side": Side.GEMEENTE}
    form = PaperForm(request.POST or None, request.FILES or None, initial=initial)

    def act() -> object:
        digest, now = form.cleaned_data["digest"], timezone.now()
        return record_paper(
            version, form.signer(), form.paper(), digest=digest, person=request.person, now=now
        )

    return _act(request, version, "getekend-pdf", form, act)


@page(area=VENDOR_AREA, level=Level.CHANGE)
def note_notice_of_gemeente(request: PageRequest, pk: int) -> HttpResponseBase:
    return _notice(request, pk, "opzegging-gemeente", Side.GEMEENTE)


@page(area=VENDOR_AREA, level=Level.APPROVE, fresh=True)
def give_notice(request: PageRequest, pk: int) -> HttpResponseBase:
    return _notice(request, pk, "opzeggen-leverancier", Side.LEVERANCIER)


@page(area=VENDOR_AREA, level=Level.CHANGE)
def add_annex(request: PageRequest, pk: int, number: int) -> HttpResponseBase:
    version = version_seen(request, pk, number)
    if version.state not in {State.CONCEPT, State.GETEKEND}:
        return refused_page(request, gettext("Aan wat is aangeboden verandert niets."), _to(version))
    form = AnnexForm(request.POST or None, request.FILES or None)
    if form.is_valid():
        try:
            add_to(version, form.terms(), person=request.person, now=timezone.now())
        except ContractRefused as refused:
            form.add_error(None, str(refused))
        else:
            messages.success(request, gettext("De bijlage is toegevoegd."))
            return go_to(request, address_of_version(version))
    later = gettext("De gemeente ziet deze bijlage meteen, en gaat er apart mee akkoord.")
    context = {
        "title": gettext("Voeg een bijlage toe"),
        "form": form,
        "crumbs": crumbs_of(version),
        "back": address_of_version(version),
        "submit": gettext("Voeg toe"),
        "told": "" if version.state in OPEN else later,
    }
    status = HTTPStatus.UNPROCESSABLE_ENTITY if form.errors else HTTPStatus.OK
    return show_page(request, "contracts/opstellen.html", context, status=status)


@page(area=VENDOR_AREA, level=Level.CHANGE)
def remove_annex(request: PageRequest, pk: int, annex: int) -> HttpResponseBase:
    contract = contract_seen(request, pk)
    found = Annex.objects.filter(version__contract=contract, pk=annex).select_related("version").first()
    if found is None or found.version.state != State.CONCEPT:
        why = gettext("Alleen een bijlage van een concept kan weg.")
        return refused_page(request, why, Item(title_of(contract), reverse("contract", args=[pk])))
    version = found.version
    version.contract = contract
    form = forms.Form(request.POST if request.method == "POST" else None)
    if form.is_valid():
        try:
            remove_from(found, person=request.person)
        except ContractRefused as refused:
            form.add_error(None, str(refused))
        else:
            messages.success(request, gettext("De bijlage is verwijderd."))
            return go_to(request, address_of_version(version))
    context = {
        "title": gettext("Verwijder %(name)s") % {"name": found.name},
        "form": form,
        "crumbs": crumbs_of(version),
        "back": address_of_version(version),
        "submit": gettext("Verwijder de bijlage"),
    }
    return show_page(request, "contracts/opstellen.html", context)


def _notice(request: PageRequest, pk: int, key: str, by: Side) -> HttpResponseBase:
    contract, now = contract_seen(request, pk), timezone.now()
    versions, today = list(contract.versions.all()), timezone.localdate(now)
    version = shown_version(contract, versions, today)
    version.contract = contract
    known = signed(versions)
    notice = next_notice(known[0], today) if known else None
    last_day = notice.last_day if notice else today
    form = NoticeForm(request.POST or None, initial={"seen": version.state, "last_day": last_day.isoformat()})

    def act() -> object:
        given = form.cleaned_data
        return note_notice(
            contract, given["words"], by=by, last_day=given["last_day"], person=request.person, now=now
        )

    ends = gettext("De laatste dag wordt %(day)s.") % {"day": long_day(last_day)}
    return _act(request, version, key, form, act, told=ends, danger=True)


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
    transition, known = TRANSITIONS[key], known_of(version)
    refusal = _why_not(request, key, known)
    if not refusal and form.is_valid():
        try:
            act()
        except ContractRefused as refused:
            return refused_page(request, str(refused), _to(version))
        messages.success(request, f"{transition.done}.")
        return go_to(request, _after(version, key))
    if refusal:
        return refused_page(request, refusal, _to(version))
    context: dict[str, Any] = act_context(key, version, form, danger=danger)
    whole = whole_of(version)
    context |= {
        "crumbs": crumbs_of(version),
        "back": address_of_version(version),
        "told": told,
        "changes": difference_of(whole, known.versions) if transition.is_signing else None,
        "data": parties_of(whole),
        "letter": reverse("contract_letter", args=[version.contract_id, version.number]),
    }
    status = HTTPStatus.UNPROCESSABLE_ENTITY if form.errors else HTTPStatus.OK
    return show_page(request, "contracts/handeling.html", context, status=status)


def act_context(key: str, version: ContractVersion, form: forms.Form, *, danger: bool) -> dict[str, Any]:
    """What the page of an act shows on both consoles."""
    transition = TRANSITIONS[key]
    return {
        "words": str(transition.words),
        "means": str(transition.means),
        "facts": [version.contract.number, gettext("Versie %(number)s") % {"number": version.number}],
        "form": form,
        "kind": "danger" if danger else "primary",
        "is_signing": transition.is_signing,
        "digest": version.digest,
        "reason": version.reason if transition.is_signing else "",
    }


def _why_not(request: PageRequest, key: str, known: Known) -> str:
    actor = actor_of(request.person, known.contract)
    return why_not(key, known, actor=actor, today=timezone.localdate())


def _to(version: ContractVersion) -> Item:
    return Item(title_of(version.contract), address_of_version(version))


def _after(version: ContractVersion, key: str) -> str:
    if TRANSITIONS[key].is_of_contract:
        return reverse("contract", args=[version.contract_id])
    return address_of_version(version)
