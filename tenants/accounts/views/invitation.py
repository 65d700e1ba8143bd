"""Taking up an invitation: by a password, or at a provider."""

from __future__ import annotations

from http import HTTPStatus
from typing import cast

from allauth.account.internal.flows.login import record_authentication
from allauth.account.utils import perform_login
from allauth.socialaccount.adapter import get_adapter
from allauth.socialaccount.models import SocialApp
from allauth.socialaccount.providers.base import AuthProcess
from django.contrib.auth.views import redirect_to_login
from django.http import Http404, HttpRequest, HttpResponseBase
from django.shortcuts import redirect, resolve_url
from django.utils.translation import gettext as _
from django.views.decorators.debug import sensitive_post_parameters

from tenants.accounts.forms import NewcomerForm
from tenants.accounts.invitations import invited_user, open_invitation, take_up, take_up_as_newcomer
from tenants.accounts.memberships import MembershipRefused
from tenants.accounts.models import Invitation, User
from tenants.accounts.pages import refused
from tenants.accounts.shell import show_page
from tenants.accounts.side import current_side
from tenants.accounts.social_adapter import INVITATION
from tenants.accounts.views.provider import to_provider


@sensitive_post_parameters("password")
def take_up_invitation(request: HttpRequest) -> HttpResponseBase:
    word = request.GET.get("woord", "")
    invitation = open_invitation(word)
    if invitation is None:
        return refused(
            request,
            title=_("Deze uitnodiging geldt niet meer"),
            why=_(
                "Zij is al aangenomen, ingetrokken of ouder dan zeven dagen."
                " Vraag wie u uitnodigde om een nieuwe."
            ),
        )
    try:
        known = invited_user(invitation)
        if known is not None:
            return _as_known(request, invitation, known)
        return _as_newcomer(request, invitation, word)
    except MembershipRefused as refusal:
        return refused(request, title=_("Dit lukt niet"), why=str(refusal))


def _as_known(request: HttpRequest, invitation: Invitation, known: User) -> HttpResponseBase:
    """Whoever had an account here proves that it is his."""
    if not request.user.is_authenticated:
        return redirect_to_login(request.get_full_path(), resolve_url("account_login"))
    if request.user != known:
        return refused(
            request,
            title=_("Deze uitnodiging is voor een ander account"),
            why=_("U bent ingelogd met een ander e-mailadres. Log uit en open de uitnodiging opnieuw."),
        )
    if request.method == "POST":
        take_up(invitation, user=known)
        return redirect("home")
    return show_page(request, "accounts/invitation.html", _texts(invitation))


def _as_newcomer(request: HttpRequest, invitation: Invitation, word: str) -> HttpResponseBase:
    if request.user.is_authenticated:
        return refused(
            request,
            title=_("U bent al ingelogd"),
            why=_("Een uitnodiging maakt een nieuw account. Log uit en open de uitnodiging opnieuw."),
        )
    if request.method == "POST" and "provider" in request.POST:
        name = request.POST["provider"]
        if name not in set(SocialApp.objects.values_list("provider_id", flat=True)):
            raise Http404
        request.session[INVITATION] = word
        provider = get_adapter().get_provider(request, name)
        return to_provider(request, provider.redirect(request, AuthProcess.LOGIN))
    form = NewcomerForm(request.POST or None, invitation=invitation)
    if request.method == "POST" and form.is_valid():
        user = take_up_as_newcomer(invitation, name=form.called, password=form.cleaned_data["password"])
        # He chose it just now: before the second factor it need not be asked once more.
        record_authentication(request, user, method="password", reauthenticated=True)
        return cast("HttpResponseBase", perform_login(request, user, email_verification="none"))
    status = HTTPStatus.UNPROCESSABLE_ENTITY if form.is_bound else HTTPStatus.OK
    return show_page(request, "accounts/invitation.html", {**_texts(invitation), "form": form}, status=status)


def _texts(invitation: Invitation) -> dict[str, object]:
    side = current_side()
    return {
        "invitation": invitation,
        "role": side.table.role_name(invitation.role),
        "side": side.name(),
        "connections": SocialApp.objects.order_by("name"),
    }
