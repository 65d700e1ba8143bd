"""Whether the person showed only just now who he is.

Whoever has a password or a second factor is asked for it by allauth. Whoever has neither signs in at an
identity provider, and allauth asks such a person nothing; we send him back to his provider.
"""

from __future__ import annotations

import time

from allauth.account import app_settings
from allauth.account.internal.flows.reauthentication import (
    did_recently_reauthenticate,
    get_reauthentication_flows,
)
from allauth.core.exceptions import ReauthenticationRequired
from django.contrib.auth import REDIRECT_FIELD_NAME
from django.http import HttpRequest, HttpResponseBase
from django.shortcuts import redirect
from django.utils.http import urlencode

PROVED_AT = "proved_at_provider"
"""When the provider of the session saw the person last, in seconds since 1970."""


def is_fresh(request: HttpRequest) -> bool:
    if get_reauthentication_flows(request.user):
        return did_recently_reauthenticate(request)
    age = time.time() - request.session.get(PROVED_AT, 0)
    return bool(age < app_settings.REAUTHENTICATION_TIMEOUT)


def prove_again(request: HttpRequest) -> HttpResponseBase:
    """To where the person shows who he is, and back."""
    if get_reauthentication_flows(request.user):
        raise ReauthenticationRequired
    back = request.get_full_path() if request.method == "GET" else request.META.get("HTTP_REFERER", "")
    query = urlencode({REDIRECT_FIELD_NAME: back})
    response = redirect("prove_at_provider")
    response["Location"] += f"?{query}"
    return response
