"""The first administrator of a gemeente is invited again, or not any more."""

from __future__ import annotations

from http import HTTPStatus
from typing import Any

from django import forms
from django.contrib import messages
from django.http import Http404, HttpResponseBase
from django.shortcuts import get_object_or_404
from django.utils.translation import gettext
from django.utils.translation import gettext_lazy as _

from backoffice.administrator import AREA, CLOSED, invite_again, withdraw_it
from backoffice.views.gemeenten import address_of, to_the_list
from screens.confirm import Question, ask
from screens.pages import go_to
from screens.parts import Crumb
from tenants.accounts.invitations import First, first_administrator
from tenants.accounts.memberships import MembershipRefused
from tenants.accounts.pages import PageRequest, page
from tenants.accounts.rights import Level
from tenants.accounts.shell import shell_of, show_page
from tenants.registry.context import in_municipality
from tenants.registry.models import Municipality


class AgainForm(forms.Form):
    """``seen`` is the invitation that the person saw: who posts twice, or second, sends no second mail."""

    email = forms.EmailField(
        label=_("E-mailadres"),
        max_length=254,
        help_text=_("Was het adres verkeerd, schrijf dan het goede op."),
        widget=forms.EmailInput({"autocomplete": "off"}),
    )
    seen = forms.IntegerField(required=False, widget=forms.HiddenInput)


class WithdrawForm(forms.Form):
    seen = forms.IntegerField(widget=forms.HiddenInput)


@page(area=AREA, level=Level.CHANGE, fresh=True)
def invite_administrator(request: PageRequest, pk: int) -> HttpResponseBase:
    shown, first = _waiting(request, pk)
    invited = first.invitation
    form = AgainForm(request.POST or None, initial=_initial(first))
    if form.is_valid():
        given: dict[str, Any] = form.cleaned_data
        try:
            sent = invite_again(shown, given["email"], seen=given["seen"], person=request.person)
        except MembershipRefused as refused:
            form.add_error(None, str(refused))
        else:
            said = gettext("De uitnodiging voor %(email)s is verstuurd. Zij geldt zeven dagen.")
            messages.success(request, said % {"email": sent.email})
            return go_to(request, address_of(shown))
    context = {
        "gemeente": shown,
        "invited": invited.email if invited else "",
        "form": form,
        "crumbs": _crumbs(shown),
        "facts": [shown.naam, str(shown.get_environment_display())],
        "back": address_of(shown),
    }
    status = HTTPStatus.UNPROCESSABLE_ENTITY if form.errors else HTTPStatus.OK
    return show_page(request, "backoffice/invite_administrator.html", context, status=status)


@page(area=AREA, level=Level.CHANGE, fresh=True)
def withdraw_administrator(request: PageRequest, pk: int) -> HttpResponseBase:
    shown, first = _waiting(request, pk)
    if first.invitation is None:
        raise Http404
    form = WithdrawForm(request.POST or None, initial=_initial(first))
    if form.is_valid():
        try:
            gone = withdraw_it(shown, seen=form.cleaned_data["seen"], person=request.person)
        except MembershipRefused as refused:
            form.add_error(None, str(refused))
        else:
            said = gettext("De uitnodiging voor %(email)s is ingetrokken.")
            messages.success(request, said % {"email": gone.email})
            return go_to(request, address_of(shown))
    question = Question(
        title=gettext("Trek de uitnodiging in"),
        consequences=[
            gettext("De link in de mail aan %(email)s werkt daarna niet meer.")
            % {"email": first.invitation.email},
            gettext("%(naam)s heeft dan nog geen beheerder. U kunt opnieuw iemand uitnodigen.")
            % {"naam": shown.naam},
        ],
        submit=gettext("Trek de uitnodiging in"),
        cancel=address_of(shown),
        crumbs=_crumbs(shown),
    )
    return ask(request, question, form, shell=shell_of(request))


def _waiting(request: PageRequest, pk: int) -> tuple[Municipality, First]:
    """404 where one does not see it, or its people do it themselves."""
    shown = get_object_or_404(Municipality.objects.visible_to(request.person), pk=pk)
    if shown.status in CLOSED:
        raise Http404
    with in_municipality(shown):
        first = first_administrator()
    if first.has_come:
        raise Http404
    return shown, first


def _initial(first: First) -> dict[str, Any]:
    invited = first.invitation
    return {"email": invited.email, "seen": invited.pk} if invited else {}


def _crumbs(shown: Municipality) -> list[Crumb]:
    return [to_the_list(), Crumb(shown.naam, address_of(shown))]
