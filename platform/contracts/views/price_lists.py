"""Prijslijsten: what is asked for what is done, and what that comes to for somebody."""

from __future__ import annotations

from http import HTTPStatus
from typing import Any
from urllib.parse import urlencode

from django import forms
from django.contrib import messages
from django.http import Http404, HttpResponseBase
from django.shortcuts import get_object_or_404
from django.urls import reverse
from django.utils import timezone
from django.utils.translation import gettext
from django.utils.translation import gettext_lazy as _
from django.views.decorators.http import require_POST

from contracts.defaults import begin_prices
from contracts.forms.price_list import NewPriceListForm, PriceListForm, price_list_as_text
from contracts.forms.publishing import to_begin_with
from contracts.forms.wishes import WishesForm
from contracts.models import PriceList, PriceListVersion
from contracts.price_publishing import add_price_list, publish_price_list
from contracts.price_tables import lines_of, prices_of, sums_of
from contracts.publishing import AREA, AgreementRefused
from contracts.showing import chosen, versions_of
from contracts.views.versioned import NUMBER, SINCE, current_of, form_page, list_page
from screens.errors import error_page
from screens.formats import day, percent
from screens.listing.columns import Column, Record
from screens.listing.declaration import Listing
from screens.listing.filters import Search
from screens.pages import go_to
from screens.parts import Crumb
from screens.shell import Item
from tenants.accounts.pages import PageRequest, page
from tenants.accounts.rights import Level
from tenants.accounts.shell import shell_of, show_page


def address_of(price_list: Record) -> str:
    return reverse("prijslijst", args=[price_list.pk])


PRIJSLIJSTEN = Listing(
    name="prijslijsten",
    caption=_("Prijslijsten"),
    one=_("%(count)s prijslijst"),
    many=_("%(count)s prijslijsten"),
    nothing=_("Nog geen prijslijsten"),
    columns=[
        Column("naam", _("Prijslijst"), field="name", url=address_of),
        Column(
            "btw",
            _("Btw"),
            show=lambda row: percent(current_of(row).btw_percentage),
            plain=lambda row: current_of(row).btw_percentage,
            order=(),
            numeric=True,
        ),
        NUMBER,
        SINCE,
    ],
    filters=[Search("q", _("Naam"), ["name"])],
    order="naam",
)


@page(area=AREA, level=Level.SEE)
def prijslijsten(request: PageRequest) -> HttpResponseBase:
    return list_page(request, PRIJSLIJSTEN, PriceList, "contracts/prijslijsten.html")


@page(area=AREA, level=Level.CHANGE)
@require_POST
def begin_price_lists(request: PageRequest) -> HttpResponseBase:
    try:
        made = begin_prices(person=request.person, now=timezone.now())
    except AgreementRefused as refused:
        return error_page(
            request,
            HTTPStatus.CONFLICT,
            shell=shell_of(request),
            happened=str(refused),
            next_step=Item(gettext("Prijslijsten"), reverse("prijslijsten")),
        )
    messages.success(request, gettext("Er staat nu een prijslijst. Pas de bedragen aan."))
    return go_to(request, address_of(made))


@page(area=AREA, level=Level.SEE)
def prijslijst(request: PageRequest, pk: int) -> HttpResponseBase:
    price_list = _price_list(request, pk)
    version = _chosen(price_list, request)
    asked = f"?versie={version.number}"
    context = {
        "price_list": price_list,
        "facts": _facts(version),
        "crumbs": [_to_the_list()],
        "prices": prices_of(version),
        "versions": versions_of(
            list(price_list.versions.all()), address_of(price_list), timezone.localdate()
        ),
        "costs": reverse("what_it_costs", args=[price_list.pk]) + asked,
        "letter": reverse("price_list_letter", args=[price_list.pk]) + asked,
        "may_change": request.person.may(AREA, Level.CHANGE),
        "who_may": request.person.side.table.who_may(AREA, Level.CHANGE).lower(),
    }
    return show_page(request, "contracts/prijslijst.html", context)


@page(area=AREA, level=Level.SEE)
def price_list_letter(request: PageRequest, pk: int) -> HttpResponseBase:
    """As it goes to somebody, on paper."""
    price_list = _price_list(request, pk)
    version = _chosen(price_list, request)
    context = {
        "price_list": price_list,
        "facts": _facts(version),
        "crumbs": [_to_the_list(), Crumb(str(price_list), address_of(price_list))],
        "prices": prices_of(version),
    }
    return show_page(request, "contracts/prijslijst_brief.html", context)


@page(area=AREA, level=Level.CHANGE)
def new_price_list(request: PageRequest) -> HttpResponseBase:
    now = timezone.now()
    form = NewPriceListForm(request.POST or None, initial={**to_begin_with(0, now), "btw": 21})
    if form.is_valid():
        try:
            made = add_price_list(
                form.cleaned_data["name"], form.terms(), form.how(), person=request.person, now=now
            )
        except AgreementRefused as refused:
            form.add_error(None, str(refused))
        else:
            messages.success(request, gettext("%(name)s is gepubliceerd.") % {"name": made})
            return go_to(request, address_of(made))
    return _form_page(request, form, gettext("Voeg een prijslijst toe"), reverse("prijslijsten"))


@page(area=AREA, level=Level.CHANGE)
def publish_price_list_version(request: PageRequest, pk: int) -> HttpResponseBase:
    price_list, now = _price_list(request, pk), timezone.now()
    last = price_list.versions.order_by("-number")[0]
    initial = {**price_list_as_text(last), **to_begin_with(last.number, now)}
    form = PriceListForm(request.POST or None, initial=initial)
    if form.is_valid():
        try:
            publish_price_list(
                price_list,
                form.terms(),
                form.how(),
                seen=form.cleaned_data["seen"],
                person=request.person,
                now=now,
            )
        except AgreementRefused as refused:
            form.add_error(None, str(refused))
        else:
            done = gettext("De nieuwe versie van %(name)s is gepubliceerd.")
            messages.success(request, done % {"name": price_list})
            return go_to(request, address_of(price_list))
    title = gettext("Nieuwe versie van %(name)s") % {"name": price_list}
    back = address_of(price_list)
    return _form_page(request, form, title, back, Crumb(str(price_list), back))


@page(area=AREA, level=Level.SEE)
def what_it_costs(request: PageRequest, pk: int) -> HttpResponseBase:
    """What this version asks of somebody; nothing is written, and the answer has an address."""
    price_list = _price_list(request, pk)
    version = _chosen(price_list, request)
    form = _wishes(request, version)
    if request.method == "POST" and form.is_valid():
        return go_to(request, f"{reverse('what_it_costs', args=[pk])}?{_asked(version, form)}")
    context = {**_costs(price_list, version, form), "form": form}
    status = HTTPStatus.UNPROCESSABLE_ENTITY if form.errors else HTTPStatus.OK
    return show_page(request, "contracts/kosten.html", context, status=status)


@page(area=AREA, level=Level.SEE)
def offer_letter(request: PageRequest, pk: int) -> HttpResponseBase:
    """The same on paper; who asks it without saying for whom is asked that first."""
    price_list = _price_list(request, pk)
    version = _chosen(price_list, request)
    form = _wishes(request, version)
    address = reverse("what_it_costs", args=[pk])
    if not form.is_valid():
        return go_to(request, f"{address}?versie={version.number}")
    context = _costs(price_list, version, form)
    crumb = Crumb(gettext("Wat kost het?"), f"{address}?{_asked(version, form)}")
    context["crumbs"].append(crumb)
    return show_page(request, "contracts/kosten_brief.html", context)


def _wishes(request: PageRequest, version: PriceListVersion) -> WishesForm:
    """As they were sent, or as they stand in the address."""
    asked = request.GET if {"gemeente", "inhabitants"} & set(request.GET) else None
    return WishesForm(request.POST or asked, version=version)


def _asked(version: PriceListVersion, form: WishesForm) -> str:
    return urlencode({"versie": str(version.number), **form.given()})


def _costs(price_list: PriceList, version: PriceListVersion, form: WishesForm) -> dict[str, Any]:
    """What an offer shows, as far as there is one."""
    context: dict[str, Any] = {
        "price_list": price_list,
        "facts": [str(price_list), *_facts(version)],
        "crumbs": [_to_the_list(), Crumb(str(price_list), address_of(price_list))],
    }
    if form.is_bound and form.is_valid() and form.offered is not None:
        letter = reverse("offer_letter", args=[price_list.pk])
        context |= {
            "offered": form.offered,
            "whom": form.for_whom(),
            "inhabitants": form.wishes().inhabitants,
            "lines": lines_of(form.offered),
            "sums": sums_of(form.offered, form.cleaned_data["start"]),
            "letter": f"{letter}?{_asked(version, form)}",
        }
    return context


def _facts(version: PriceListVersion) -> list[str]:
    return [
        gettext("Versie %(number)s") % {"number": version.number},
        gettext("geldt vanaf %(day)s") % {"day": day(version.effective_from)},
        gettext("btw %(percentage)s") % {"percentage": percent(version.btw_percentage)},
    ]


def _price_list(request: PageRequest, pk: int) -> PriceList:
    """404 for what is of another organisation."""
    own = PriceList.objects.visible_to(request.person).select_related("organisation")
    found: PriceList = get_object_or_404(own, pk=pk)
    return found


def _chosen(price_list: PriceList, request: PageRequest) -> PriceListVersion:
    versions = price_list.versions.all()
    shown = chosen(versions, request.GET.get("versie", ""), timezone.localdate())
    if not isinstance(shown, PriceListVersion):
        raise Http404
    return shown


def _to_the_list() -> Crumb:
    return Crumb(gettext("Prijslijsten"), reverse("prijslijsten"))


def _form_page(
    request: PageRequest, form: forms.Form, title: str, back: str, *crumbs: Crumb
) -> HttpResponseBase:
    return form_page(request, form, title, back, [_to_the_list(), *crumbs])
