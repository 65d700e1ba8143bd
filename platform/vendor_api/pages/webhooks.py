"""Webhooks: which there are, what each was sent, making one and its secret, which is shown once."""

from __future__ import annotations

from datetime import datetime
from http import HTTPStatus
from typing import Any

from django import forms
from django.contrib import messages
from django.http import Http404, HttpResponseBase
from django.shortcuts import get_object_or_404
from django.urls import reverse
from django.utils import timezone
from django.utils.translation import gettext
from django.utils.translation import gettext_lazy as _
from django.views.decorators.http import require_POST

from screens.confirm import Question, TypeTheName, ask
from screens.errors import error_page
from screens.formats import near, number
from screens.forms.controls import Option
from screens.inline import mono
from screens.pages import go_to
from screens.parts import Crumb
from screens.shell import Item
from tenants.accounts.choosing import MunicipalitiesForm
from tenants.accounts.pages import PageRequest, page
from tenants.accounts.person import Person, organisations_of
from tenants.accounts.rights import Level
from tenants.accounts.shell import shell_of, show_page
from tenants.accounts.views.lists import file_of
from vendor_api.models import Delivery, DeliveryState, Webhook
from vendor_api.models.webhook import LONGEST_URL
from vendor_api.pages.webhook_lists import (
    DELIVERIES,
    OF_DELIVERIES,
    WEBHOOKS,
    address_of,
    answered,
    delivery_address,
    hears,
    host_of,
    state_of,
    where,
    word_of,
)
from vendor_api.webhooks.acting import (
    AREA,
    OVERLAP,
    Wanted,
    WebhookRefused,
    check_url,
    end_webhook,
    make_webhook,
    reaches,
    renew_secret,
    switch_on,
    try_again,
    try_out,
)
from vendor_api.webhooks.kinds import KINDS
from vendor_api.webhooks.signing import body_of

HOUR = 3600


class WebhookForm(MunicipalitiesForm):
    """Only what this person sees himself."""

    name = forms.CharField(
        label=_("Naam"),
        max_length=100,
        help_text=_("Zo staat de webhook in het logboek."),
        widget=forms.TextInput({"autocomplete": "off"}),
    )
    url = forms.CharField(
        label=_("Adres"),
        max_length=LONGEST_URL,
        help_text=_("Waar uw programma luistert, zoals https://voorbeeld.nl/webhook."),
        widget=forms.TextInput({"autocomplete": "off", "inputmode": "url"}),
    )
    events = forms.MultipleChoiceField(label=_("Wat hoort het?"), widget=forms.CheckboxSelectMultiple)

    field_order = ("name", "url", "events", "is_limited", "find", "municipalities")

    def __init__(self, *args: Any, person: Person, **kwargs: Any) -> None:  # a form's own
        super().__init__(*args, **kwargs)
        known = [(name, kind) for name, kind in KINDS.items() if person.may(kind.area, Level.SEE)]
        self.choose("events", [(name, Option(str(kind.word), str(kind.help))) for name, kind in known])
        self.offer(person)

    def clean_url(self) -> str:
        try:
            return check_url(self.cleaned_data["url"])
        except WebhookRefused as refused:
            raise forms.ValidationError(str(refused)) from refused

    def wanted(self) -> Wanted:
        given = self.cleaned_data
        return Wanted(
            name=given["name"],
            url=given["url"],
            events=tuple(given["events"]),
            municipalities=tuple(given["municipalities"]) if given["is_limited"] else None,
        )


@page(area=AREA, level=Level.SEE)
def webhooks(request: PageRequest) -> HttpResponseBase:
    person, rows = request.person, webhooks_of(request.person)
    file = file_of(WEBHOOKS, request, rows)
    if file is not None:
        return file
    context = {"found": WEBHOOKS.read(request, rows), **_who_changes(person)}
    return show_page(request, "vendor_api/webhooks.html", context)


@page(area=AREA, level=Level.SEE)
def show_webhook(request: PageRequest, pk: int) -> HttpResponseBase:
    webhook = _webhook(request, pk)
    sees = reaches(request.person, webhook)
    rows = Delivery.objects.filter(webhook=webhook) if sees else Delivery.objects.none()
    file = file_of(DELIVERIES, request, rows)
    if file is not None:
        return file
    context = {
        "webhook": webhook,
        "state": state_of(webhook),
        "facts": [host_of(webhook), webhook.organisation.name],
        "crumbs": [_to_the_list()],
        "known": _known(webhook, timezone.now()),
        "found": DELIVERIES.read(request, rows),
        "is_off": webhook.switched_off_at is not None and webhook.ended_at is None,
        "stands": webhook.ended_at is None,
        "sees": sees,
        **_who_changes(request.person),
    }
    return show_page(request, "vendor_api/webhook.html", context)


@page(area=AREA, level=Level.SEE)
def show_delivery(request: PageRequest, pk: int, delivery: int) -> HttpResponseBase:
    webhook = _webhook(request, pk)
    found = _delivery(request, webhook, delivery)
    context = {
        "webhook": webhook,
        "delivery": found,
        "state": OF_DELIVERIES[DeliveryState(found.state)],
        "title": str(word_of(found.kind)),
        "crumbs": [_to_the_list(), Crumb(str(webhook), address_of(webhook))],
        "known": _known_of(found, timezone.now()),
        "body": body_of(found).decode(),
        "stands": webhook.ended_at is None and webhook.switched_off_at is None,
        **_who_changes(request.person),
    }
    return show_page(request, "vendor_api/delivery.html", context)


@page(area=AREA, level=Level.CHANGE, fresh=True)
def new_webhook(request: PageRequest) -> HttpResponseBase:
    """The answer to the form is the only one that shows the secret."""
    form = WebhookForm(request.POST or None, person=request.person)
    if form.is_valid():
        try:
            webhook, secret = make_webhook(form.wanted(), person=request.person, now=timezone.now())
        except WebhookRefused as refused:
            form.add_error(None, str(refused))
        else:
            return _show_secret(request, webhook, secret)
    context = {"form": form, "crumbs": [_to_the_list()], "back": reverse("webhooks")}
    status = HTTPStatus.UNPROCESSABLE_ENTITY if form.errors else HTTPStatus.OK
    return show_page(request, "vendor_api/new_webhook.html", context, status=status)


@page(area=AREA, level=Level.CHANGE, fresh=True)
def renew_webhook(request: PageRequest, pk: int) -> HttpResponseBase:
    webhook = _webhook(request, pk)
    if request.method == "POST":
        try:
            secret = renew_secret(webhook, person=request.person, now=timezone.now())
        except WebhookRefused as refused:
            return _conflict(request, webhook, str(refused))
        return _show_secret(request, webhook, secret)
    context = {
        "webhook": webhook,
        "hours": number(OVERLAP.total_seconds() / HOUR),
        "crumbs": [_to_the_list(), Crumb(str(webhook), address_of(webhook))],
        "back": address_of(webhook),
    }
    return show_page(request, "vendor_api/renew_webhook.html", context)


@page(area=AREA, level=Level.CHANGE, fresh=True)
def end_this_webhook(request: PageRequest, pk: int) -> HttpResponseBase:
    """It cannot be undone, so its name has to be typed."""
    webhook = _webhook(request, pk)
    form = TypeTheName(request.POST or None, name=webhook.name)
    if form.is_valid():
        try:
            end_webhook(webhook, person=request.person, now=timezone.now())
        except WebhookRefused as refused:
            return _conflict(request, webhook, str(refused))
        messages.success(request, gettext("De webhook %(name)s is beëindigd.") % {"name": webhook})
        return go_to(request, reverse("webhooks"))
    question = Question(
        title=gettext("Beëindig de webhook %(name)s") % {"name": webhook},
        consequences=[
            gettext("Er gaat niets meer naar %(host)s, ook niet wat nog wacht.") % {"host": host_of(webhook)},
            gettext("Terug kan niet. U kunt een nieuwe webhook maken."),
        ],
        submit=gettext("Beëindig de webhook"),
        cancel=address_of(webhook),
        crumbs=[_to_the_list(), Crumb(str(webhook), address_of(webhook))],
    )
    return ask(request, question, form, shell=shell_of(request))


@page(area=AREA, level=Level.CHANGE)
@require_POST
def test_webhook(request: PageRequest, pk: int) -> HttpResponseBase:
    webhook = _webhook(request, pk)
    try:
        sent = try_out(webhook, person=request.person, now=timezone.now())
    except WebhookRefused as refused:
        return _conflict(request, webhook, str(refused))
    messages.success(request, gettext("Het testbericht gaat zo weg. Hier ziet u het antwoord."))
    return go_to(request, delivery_address(sent))


@page(area=AREA, level=Level.CHANGE)
@require_POST
def switch_webhook_on(request: PageRequest, pk: int) -> HttpResponseBase:
    webhook = _webhook(request, pk)
    try:
        switch_on(webhook, person=request.person)
    except WebhookRefused as refused:
        return _conflict(request, webhook, str(refused))
    messages.success(request, gettext("De webhook staat weer aan, voor wat vanaf nu gebeurt."))
    return go_to(request, address_of(webhook))


@page(area=AREA, level=Level.CHANGE)
@require_POST
def send_again(request: PageRequest, pk: int, delivery: int) -> HttpResponseBase:
    webhook = _webhook(request, pk)
    found = _delivery(request, webhook, delivery)
    try:
        try_again(webhook, found, person=request.person, now=timezone.now())
    except WebhookRefused as refused:
        return _conflict(request, webhook, str(refused))
    messages.success(request, gettext("Het bericht gaat binnen een minuut opnieuw op weg."))
    return go_to(request, delivery_address(found))


def webhooks_of(person: Person) -> Any:
    found = Webhook.objects.of_organisations(organisations_of(person))
    return found.select_related("organisation", "made_by")


def _webhook(request: PageRequest, pk: int) -> Webhook:
    """404 for one of another organisation."""
    found: Webhook = get_object_or_404(webhooks_of(request.person), pk=pk)
    return found


def _delivery(request: PageRequest, webhook: Webhook, pk: int) -> Delivery:
    """404 too for whoever does not see all that it hears of."""
    if not reaches(request.person, webhook):
        raise Http404
    found: Delivery = get_object_or_404(Delivery, webhook=webhook, pk=pk)
    return found


def _show_secret(request: PageRequest, webhook: Webhook, secret: str) -> HttpResponseBase:
    context = {
        "webhook": webhook,
        "secret": secret,
        "crumbs": [_to_the_list(), Crumb(str(webhook), address_of(webhook))],
        "back": address_of(webhook),
    }
    return show_page(request, "vendor_api/webhook_secret.html", context)


def _conflict(request: PageRequest, webhook: Webhook, why: str) -> HttpResponseBase:
    return error_page(
        request,
        HTTPStatus.CONFLICT,
        shell=shell_of(request),
        happened=why,
        next_step=Item(str(webhook), address_of(webhook)),
    )


def _who_changes(person: Person) -> dict[str, object]:
    return {
        "may_change": person.may(AREA, Level.CHANGE),
        "who_may": person.side.table.who_may(AREA, Level.CHANGE),
    }


def _known(webhook: Webhook, now: datetime) -> list[tuple[str, str]]:
    maker = webhook.made_by.email if webhook.made_by else ""
    known = [
        (gettext("Hoort"), hears(webhook)),
        (gettext("Van"), where(webhook)),
        (gettext("Adres"), mono(webhook.url, breaks=True)),
        (gettext("Gemaakt"), near(webhook.made_at, now)),
        (gettext("Gemaakt door"), maker),
    ]
    if webhook.failing_since is not None:
        known.append((gettext("Komt niet aan sinds"), near(webhook.failing_since, now)))
    if webhook.former_until is not None and now < webhook.former_until:
        known.append((gettext("Vorig geheim geldt tot"), near(webhook.former_until, now)))
    return [(word, value) for word, value in known if value]


def _known_of(delivery: Delivery, now: datetime) -> list[tuple[str, str]]:
    known = [
        (gettext("Bericht"), mono(str(delivery.event), breaks=True)),
        (gettext("Gebeurd"), near(delivery.at, now)),
        (gettext("Pogingen"), number(delivery.attempts)),
        (gettext("Antwoord"), answered(delivery)),
    ]
    if delivery.last_at is not None:
        known.append((gettext("Laatste poging"), near(delivery.last_at, now)))
        known.append((gettext("Duurde"), gettext("%(ms)s ms") % {"ms": number(delivery.last_ms or 0)}))
    if delivery.state == DeliveryState.WACHT:
        known.append((gettext("Volgende poging"), near(delivery.next_at, now)))
    return known


def _to_the_list() -> Crumb:
    return Crumb(gettext("Webhooks"), reverse("webhooks"))
