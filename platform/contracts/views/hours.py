"""Uren: the strippenkaart of one contract."""

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

from contracts.contract_showing import title_of
from contracts.forms.hours import BookForm, BuyForm, CorrectForm, to_begin_with
from contracts.hours import HoursRefused, book, buy, correct, hours_and_minutes, last_entry, reckoned_of
from contracts.hours_listing import balance_in_words, listing, supply_in_words
from contracts.models import Contract, HoursEntry
from contracts.states import VENDOR_AREA
from contracts.views.contract import contract_seen, tabs, to_the_list
from screens.pages import go_to
from screens.parts import Crumb
from tenants.accounts.pages import PageRequest, page
from tenants.accounts.rights import Level
from tenants.accounts.shell import show_page
from tenants.accounts.views.lists import file_of


@page(area=VENDOR_AREA, level=Level.SEE)
def contract_hours(request: PageRequest, pk: int) -> HttpResponseBase:
    contract = contract_seen(request, pk)
    rows = HoursEntry.objects.of_contract(contract).select_related("corrected_by")
    may_change = request.person.may(VENDOR_AREA, Level.CHANGE)
    shown = listing(may_change=may_change)
    file = file_of(shown, request, rows)
    if file is not None:
        return file
    balance = reckoned_of(contract)
    context = {
        "contract": contract,
        "title": title_of(contract),
        "facts": [contract.number, balance_in_words(balance.left)],
        "warning": supply_in_words(balance) if balance.bought else "",
        "crumbs": [to_the_list()],
        "tabs": tabs(request, contract, contract.versions.count(), "contract_hours"),
        "found": shown.read(request, rows),
        "may_change": may_change,
        "who_may": request.person.side.table.who_may(VENDOR_AREA, Level.CHANGE).lower(),
    }
    return show_page(request, "contracts/uren.html", context)


@page(area=VENDOR_AREA, level=Level.CHANGE)
def book_hours(request: PageRequest, pk: int) -> HttpResponseBase:
    contract = contract_seen(request, pk)
    initial = {**to_begin_with(str(request.person.user)), "seen": last_entry(contract)}
    form = BookForm(request.POST or None, initial=initial)

    def act() -> None:
        book(contract, form.cleaned_data.pop("minutes"), **form.cleaned_data, person=request.person)

    return _asked(request, contract, form, act, title=gettext("Boek uren"), done=gettext("Geboekt."))


@page(area=VENDOR_AREA, level=Level.CHANGE)
def buy_hours(request: PageRequest, pk: int) -> HttpResponseBase:
    contract = contract_seen(request, pk)
    form = BuyForm(request.POST or None, initial=to_begin_with(""))

    def act() -> None:
        minutes = form.cleaned_data.pop("hours") * 60
        buy(contract, minutes, **form.cleaned_data, person=request.person, now=timezone.now())

    title = gettext("Leg gekochte uren vast")
    return _asked(request, contract, form, act, title=title, done=gettext("Vastgelegd."))


@page(area=VENDOR_AREA, level=Level.CHANGE)
def correct_hours(request: PageRequest, pk: int, entry: int) -> HttpResponseBase:
    contract = contract_seen(request, pk)
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
            form.data = {**request.POST.dict(), "seen": last_entry(contract)}  # what is told now was seen
        else:
            messages.success(request, done)
            return go_to(request, back)
    context = {
        "title": title,
        "form": form,
        "back": back,
        "crumbs": [
            to_the_list(),
            Crumb(contract.client_name, reverse("contract", args=[contract.pk])),
            Crumb(gettext("Uren"), back),
        ],
    }
    status = HTTPStatus.UNPROCESSABLE_ENTITY if form.errors else HTTPStatus.OK
    return show_page(request, "contracts/uren_vastleggen.html", context, status=status)
