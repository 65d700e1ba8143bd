"""Who calls: the key in the header ``Authorization``, and nothing else; a session is no credential here."""

from __future__ import annotations

import re
from datetime import datetime, timedelta
from typing import Any

from django.db.models import Q
from django.utils import timezone
from rest_framework.authentication import BaseAuthentication
from rest_framework.exceptions import AuthenticationFailed

from vendor_api.models import Token
from vendor_api.tokens import MARK, Holder, holder_of, token_of

FORM = re.compile(rf"{MARK}_[0-9a-f]{{12}}_[A-Za-z0-9_-]{{43}}")
NOTED_ONCE_IN = timedelta(minutes=1)
MISSING = "Stuur de sleutel mee in de header Authorization: Bearer."
UNKNOWN = "Deze sleutel is niet bekend."
WITHOUT_MAKER = (
    "Wie deze sleutel maakte heeft in uw organisatie geen rol meer, en daarmee de sleutel ook niet. Laat een"
    " collega in de leveranciersconsole een nieuwe maken."
)
OVER = "Deze sleutel is ingetrokken of verlopen. Maak een nieuwe in de leveranciersconsole."


class TokenAuthentication(BaseAuthentication):
    """The framework's hook; ``request.user`` is the Holder of the key."""

    def authenticate(self, request: Any) -> tuple[Holder, None]:
        scheme, _, text = request.META.get("HTTP_AUTHORIZATION", "").partition(" ")
        if scheme.lower() != "bearer":
            raise AuthenticationFailed(MISSING)
        if not FORM.fullmatch(text.strip()):
            raise AuthenticationFailed(UNKNOWN)
        token = token_of(text.strip())
        if token is None:
            raise AuthenticationFailed(UNKNOWN)
        now = timezone.now()
        if not token.holds(now):
            # Only whoever has the secret learns that it held once.
            raise AuthenticationFailed(OVER)
        holder = holder_of(token)
        if holder is None:
            raise AuthenticationFailed(WITHOUT_MAKER)
        note_use(token, now)
        return holder, None

    def authenticate_header(self, request: Any) -> str:
        return "Bearer"


def note_use(token: Token, now: datetime) -> None:
    """At most once a minute, whoever of many requests at once comes first."""
    before = now - NOTED_ONCE_IN
    if token.last_used_at is None or token.last_used_at < before:
        due = Q(last_used_at=None) | Q(last_used_at__lt=before)
        Token.objects.filter(due, pk=token.pk).update(last_used_at=now)
