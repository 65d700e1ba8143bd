"""Where the link of a letter about a forgotten password leads."""

from __future__ import annotations

import re

from allauth.account.views import INTERNAL_RESET_SESSION_KEY
from django.http import HttpRequest, HttpResponseBase
from django.shortcuts import redirect

IN_THE_SESSION = "set-password"
"""What allauth has in its path once the key is in the session."""


def password_reset_letter(request: HttpRequest) -> HttpResponseBase:
    """Take the key out of the address, so that no page after it tells it to another."""
    who = request.GET.get("wie", "")
    if not re.fullmatch(r"[0-9A-Za-z]{1,20}", who):
        return redirect("account_reset_password")
    request.session[INTERNAL_RESET_SESSION_KEY] = request.GET.get("sleutel", "")
    return redirect("account_reset_password_from_key", uidb36=who, key=IN_THE_SESSION)
