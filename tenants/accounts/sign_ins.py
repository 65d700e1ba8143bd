"""The log of who signed in: allauth tells of each outcome by a signal, and here it is noted."""

from __future__ import annotations

import time
from datetime import timedelta
from typing import Any

from allauth.account.internal.flows.login import AUTHENTICATION_METHODS_SESSION_KEY, record_authentication
from allauth.account.signals import user_logged_in
from allauth.mfa.signals import authentication_failed
from django.contrib.auth.signals import user_logged_out
from django.dispatch import receiver
from django.http import HttpRequest
from django.utils import timezone

from tenants.accounts.fresh import PROVED_AT
from tenants.accounts.mfa_adapter import owes_second_factor
from tenants.accounts.models import SignIn, User
from tenants.accounts.networks import network_of

METHOD_LENGTH = 60
JUST_NOW = timedelta(seconds=90)
"""How long ago a provider may have seen a person who was sent to it to be asked again."""


def record(request: HttpRequest, *, user: User | None, outcome: SignIn.Outcome, method: str) -> None:
    SignIn.objects.create(
        user=user,
        at=timezone.now(),
        outcome=outcome,
        method=method[:METHOD_LENGTH],
        network=network_of(request),
    )


@receiver(user_logged_in)
def note_signed_in(request: HttpRequest, user: User, **signal: Any) -> None:
    login = signal.get("sociallogin")
    record(request, user=user, outcome=SignIn.Outcome.SIGNED_IN, method=_method(request, login))
    if login is not None:
        note_provider_proof(request, login)
    elif owes_second_factor(user) and _gave_password(request):
        # A password is all that he could be asked for before he sets up his second factor, and he gave it.
        record_authentication(request, user, method="password", reauthenticated=True)


@receiver(user_logged_out)
def note_signed_out(request: HttpRequest, user: User | None, **_: Any) -> None:
    if user is not None:
        record(request, user=user, outcome=SignIn.Outcome.SIGNED_OUT, method="")


@receiver(authentication_failed)
def note_wrong_code(request: HttpRequest, user: User, **_: Any) -> None:
    record(request, user=user, outcome=SignIn.Outcome.CODE_REFUSED, method="code")


def note_provider_proof(request: HttpRequest, login: Any) -> None:  # allauth has no types
    """Remember that the provider asked the person just now; a session that it merely had does not count."""
    asked_at = (login.account.extra_data.get("id_token") or {}).get("auth_time")
    if isinstance(asked_at, int) and 0 <= time.time() - asked_at + 5 < JUST_NOW.total_seconds():
        request.session[PROVED_AT] = asked_at


def _gave_password(request: HttpRequest) -> bool:
    records = request.session.get(AUTHENTICATION_METHODS_SESSION_KEY, [])
    return any(each["method"] == "password" for each in records)


def _method(request: HttpRequest, login: Any) -> str:  # allauth has no types
    if login is not None:
        return str(login.account.provider)
    records = request.session.get(AUTHENTICATION_METHODS_SESSION_KEY, [])
    names = {"password": "wachtwoord", "mfa": "code"}
    used = ["passkey" if each.get("passwordless") else names.get(each["method"], "") for each in records]
    return " en ".join(dict.fromkeys(filter(None, used)))
