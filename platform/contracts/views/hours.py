"""Uren: the strippenkaart of one contract."""

from __future__ import annotations

from collections.abc import Callable
from http import HTTPStatus

from django import forms
from django.contrib import messages
from django.db.models import Sum
from django.http import HttpResponseBase
from django.shortcuts import get_object_or_404
from django.urls import reverse
from django.utils import timezone
from django.utils.translation import gettext

from contracts.forms.hours import BookForm, BuyForm, CorrectForm, to_begin_with
from contracts.hours import HoursRefused, balance_of, book, buy, correct, hours_and_minutes
from contracts.hours_listing import listing
from contracts.models import Contract, HoursEntry
from contracts.states import MUNICIPALITY_AREA, VENDOR_AREA
from screens.pages import go_to
from screens.parts import Crumb
from tenants.accounts.pages import PageRequest, page
from tenants.accounts.rights import Level
from tenants.accounts.shell import show_page
from tenants.accounts.views.lists import file_of
from tenants.registry.context import current_municipality
from tenants.registry.vendor_rows import vendor_rows


@page(area=VENDOR_AREA, level=Level.SEE)
def contract_hours(request: PageRequest, pk: int) -> HttpResponseBase:
    contract = _contract(request, pk)
    rows = HoursEntry.objects.of_contract(contract).select_related("corrected_by")
    may_change = request.person.may(VENDOR_AREA, Level.CHANGE)
    shown = listing(may_change=may_change)
    file = file_of(shown, request, rows)
    if file is not None:
        return file
    context = {
        "contract": contract,
        "facts": [
            contract.client_name,
            _balance(balance_of(contract)),
        ],
        "found": shown.read(request, rows),
        "may_change": may_change,
        "who_may": request.person.side.table.who_may(VENDOR_AREA, Level.CHANGE).lower(),
    }
    return show_page(request, "contracts/uren.html", context)


@page(area=MUNICIPALITY_AREA, level=Level.SEE)
def own_hours(request: PageRequest, pk: int) -> HttpResponseBase:
    """The same ledger, inside the municipality that a contract covers."""
    inside = vendor_rows(current_municipality())
    contract: Contract = get_object_or_404(inside.of(Contract), pk=pk)
    rows = inside.of(HoursEntry).filter(contract=contract).select_related("corrected_by")
    shown = listing(may_change=False)
    file = file_of(shown, request, rows)
    if file is not None:
        return file
    left = rows.aggregate(left=Sum("minutes"))["left"] or 0
    context = {"contract": contract, "facts": [_balance(left)], "found": shown.read(request, rows)}
    return show_page(request, "contracts/uren_gemeente.html", context)


@page(area=VENDOR_AREA, level=Level.CHANGE)
def book_hours(request: PageRequest, pk: int) -> HttpResponseBase:
    contract = _contract(request, pk)
    form = BookForm(request.POST or None, initial=to_begin_with(str(request.person.user)))

    def act() -> None:
        book(contract, form.cleaned_data.pop("minutes"), **form.cleaned_data, person=request.person)

    return _asked(request, contract, form, act, title=gettext("Boek uren"), done=gettext("Geboekt."))


@page(area=VENDOR_AREA, level=Level.CHANGE)
def buy_hours(request: PageRequest, pk: int) -> HttpResponseBase:
    contract = _contract(request, pk)
    form = BuyForm(request.POST or None, initial=to_begin_with(""))

    def act() -> None:
        minutes = form.cleaned_data.pop("hours") * 60
        buy(contract, minutes, **form.cleaned_data, person=request.person, now=timezone.now())

    title = gettext("Leg gekochte uren vast")
    return _asked(request, contract, form, act, title=title, done=gettext("Vastgelegd."))


@page(area=VENDOR_AREA, level=Level.CHANGE)
def correct_hours(request: PageRequest, pk: int, entry: int) -> HttpResponseBase:
    contract = _contract(request, pk)
    own = HoursEntry.objects.of_contract(contract).select_related("contract")
    wrong: HoursEntry = get_object_or_404(own, pk=entry)
    form = CorrectForm(request.POST or None)

    def act() -> None:
        correct(wrong, why=form.cleaned_data["why"], person=request.person, now=timezone.now())

    title = gettext("Corrigeer regel %(number)s: %(hours)s uur van %(who)s") % {
        "number": wrong.pk,
        "hours": hours_and_minutes(wrong.minutes),
        "who": wrong.who_name,
    }
    return _asked(request, contract, form, act, title=title, done=gettext("Gecorrigeerd."))


def _asked(  # noqa: PLR0913  # two are the words of the page
    request: PageRequest,
    contract: Contract,
    form: forms.Form,
    act: Callable[[], None],
    *,
    title: str,
    done: str,
) -> HttpResponseBase:
    """Ask, and do it; what is refused stands on the form."""
    back = reverse("contract_hours", args=[contract.pk])
    if form.is_valid():
        try:
            act()
        except HoursRefused as refused:
            form.add_error(None, str(refused))
        else:
            messages.success(request, done)
            return go_to(request, back)
    context = {
        "title": title,
        "form": form,
        "back": back,
        "crumbs": [Crumb(gettext("Uren van %(contract)s") % {"contract": contract}, back)],
    }
    status = HTTPStatus.UNPROCESSABLE_ENTITY if form.errors else HTTPStatus.OK
    return show_page(request, "contracts/uren_vastleggen.html", context, status=status)


def _balance(minutes: int) -> str:
    return gettext("Saldo %(hours)s uur") % {"hours": hours_and_minutes(minutes)}


def _contract(request: PageRequest, pk: int) -> Contract:
    """404 for what is of another organisation, or of no municipality that the person sees."""
    found: Contract = get_object_or_404(Contract.objects.visible_to(request.person), pk=pk)
    return found
