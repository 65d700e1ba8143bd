"""A person's own account."""

from __future__ import annotations

from typing import cast

from allauth.account.utils import get_next_redirect_url
from allauth.socialaccount.adapter import get_adapter
from allauth.socialaccount.models import SocialAccount
from allauth.socialaccount.providers.base import AuthProcess
from django.http import HttpRequest, HttpResponseBase
from django.shortcuts import render
from django.urls import reverse

from tenants.accounts.mfa_adapter import has_second_factor
from tenants.accounts.models import SignIn, User
from tenants.accounts.pages import refused
from tenants.accounts.person import person_of

SHOWN_SIGN_INS = 10
ASK_AGAIN = {"prompt": "login", "max_age": "0"}


def my_account(request: HttpRequest) -> HttpResponseBase:
    user = cast("User", request.user)
    texts = {
        "person": person_of(user),
        "has_second_factor": has_second_factor(user),
        "sign_ins": SignIn.objects.filter(user=user)[:SHOWN_SIGN_INS],
        "linked": SocialAccount.objects.filter(user=user).exists(),
    }
    return render(request, "accounts/my_account.html", texts)


def prove_at_provider(request: HttpRequest) -> HttpResponseBase:
    """Send whoever signs in at a provider back to it, to be asked again."""
    account = SocialAccount.objects.filter(user=cast("User", request.user)).first()
    if account is None:
        return refused(
            request,
            title="U kunt niet tonen wie u bent",
            why="Uw account heeft geen wachtwoord, geen tweede factor en geen aanbieder.",
            who="Vraag een nieuw wachtwoord aan op de pagina om in te loggen.",
        )
    back = get_next_redirect_url(request) or reverse("home")
    provider = get_adapter().get_provider(request, account.provider)
    if request.method == "POST":
        return cast(
            "HttpResponseBase",
            provider.redirect(request, AuthProcess.LOGIN, next_url=back, auth_params=dict(ASK_AGAIN)),
        )
    return render(request, "accounts/prove_at_provider.html", {"provider": provider, "next": back})
