"""An implementation partner is added, and its first owner invited until somebody comes."""

from __future__ import annotations

from http import HTTPStatus
from typing import Any

from django import forms
from django.contrib import messages
from django.core.validators import RegexValidator
from django.http import Http404, HttpResponseBase
from django.shortcuts import get_object_or_404
from django.urls import reverse
from django.utils.translation import gettext
from django.utils.translation import gettext_lazy as _

from backoffice.views.partners import visible
from screens.pages import go_to
from screens.parts import Crumb
from tenants.accounts.memberships import MembershipRefused
from tenants.accounts.organisations import (
    AREA,
    Newcomer,
    add_organisation,
    has_come,
    invite_owner,
    invited_owner,
    may_add_partner,
    may_invite_owner,
)
from tenants.accounts.pages import PageRequest, page, refused
from tenants.accounts.rights import Level
from tenants.accounts.shell import show_page
from tenants.accounts.sign_in_forms import site_of
from tenants.registry.models import Organisation

EMAIL_WIDGET = forms.EmailInput({"autocomplete": "off"})


class PartnerForm(forms.Form):
    name = forms.CharField(label=_("Naam"), max_length=200)
    kvk = forms.CharField(
        label=_("KvK-nummer"),
        required=False,
        help_text=_("Acht cijfers."),
        validators=[RegexValidator(r"^[0-9]{8}$", _("Een KvK-nummer heeft acht cijfers."))],
        widget=forms.TextInput({"inputmode": "numeric", "size": 10}),
    )
    owner = forms.EmailField(
        label=_("E-mailadres van de eerste eigenaar"),
        max_length=254,
        help_text=_("Krijgt een mail met een link, en nodigt daarna zelf collega's uit."),
        widget=EMAIL_WIDGET,
    )


class OwnerForm(forms.Form):
    """``seen`` is the invitation that the person saw: who posts second sends no second mail."""

    owner = forms.EmailField(label=_("E-mailadres"), max_length=254, widget=EMAIL_WIDGET)
    seen = forms.IntegerField(required=False, widget=forms.HiddenInput)


@page(area=AREA, level=Level.CHANGE, fresh=True)
def new_partner(request: PageRequest) -> HttpResponseBase:
    if not may_add_partner(request.person):
        return refused(
            request,
            title=gettext("U voegt hier geen partij toe"),
            why=gettext("Alleen de leverancier zelf voegt een partij toe."),
        )
    form = PartnerForm(request.POST or None)
    if form.is_valid():
        given = form.cleaned_data
        newcomer = Newcomer(given["name"], Organisation.Kind.IMPLEMENTATION_PARTNER, kvk=given["kvk"] or None)
        try:
            made = add_organisation(newcomer, given["owner"], person=request.person, site=site_of(request))
        except MembershipRefused as refusal:
            form.add_error(None, str(refusal))
        else:
            return _sent(request, made, given["owner"])
    words = gettext("De partij bedient pas een gemeente als die haar kiest en zij dat aanvaardt.")
    return _form_page(request, form, gettext("Voeg een implementatiepartner toe"), words, reverse("partners"))


@page(area=AREA, level=Level.CHANGE, fresh=True)
def invite_partner_owner(request: PageRequest, pk: int) -> HttpResponseBase:
    """404 for who did not bring it, and once somebody has come."""
    shown = get_object_or_404(visible(request.person), pk=pk)
    if not may_invite_owner(shown, request.person) or has_come(shown):
        raise Http404
    waiting = invited_owner(shown)
    initial: dict[str, Any] = {"owner": waiting.email, "seen": waiting.pk} if waiting else {}
    form = OwnerForm(request.POST or None, initial=initial)
    if form.is_valid():
        given = form.cleaned_data
        try:
            invite_owner(
                shown, given["owner"], seen=given["seen"], person=request.person, site=site_of(request)
            )
        except MembershipRefused as refusal:
            form.add_error(None, str(refusal))
        else:
            return _sent(request, shown, given["owner"])
    words = gettext("Het adres krijgt een mail met een link, die zeven dagen geldt.")
    if waiting is not None:
        words = gettext("De link in de mail aan %(email)s werkt daarna niet meer.") % {"email": waiting.email}
    title = gettext("Nodig de eerste eigenaar uit")
    return _form_page(request, form, title, words, address_of(shown), Crumb(shown.name, address_of(shown)))


def address_of(organisation: Organisation) -> str:
    return reverse("partner", args=[organisation.pk])


def _sent(request: PageRequest, organisation: Organisation, email: str) -> HttpResponseBase:
    said = gettext("De uitnodiging voor %(email)s is verstuurd. Zij geldt zeven dagen.")
    messages.success(request, said % {"email": email})
    return go_to(request, address_of(organisation))


def _form_page(  # each is on the page
    request: PageRequest, form: forms.Form, title: str, words: str, back: str, *crumbs: Crumb
) -> HttpResponseBase:
    context = {
        "title": title,
        "words": words,
        "form": form,
        "back": back,
        "crumbs": [Crumb(gettext("Partners"), reverse("partners")), *crumbs],
    }
    status = HTTPStatus.UNPROCESSABLE_ENTITY if form.errors else HTTPStatus.OK
    return show_page(request, "backoffice/partner_aboard.html", context, status=status)
