"""People to look around as: one for each role of a console."""

from __future__ import annotations

import hmac
from base64 import b32encode
from dataclasses import asdict, dataclass
from typing import Any

from allauth.mfa.totp.internal.auth import TOTP
from django.conf import settings
from django.db import transaction

from tenants.accounts.invitations import make_user
from tenants.accounts.memberships import Grant, give_membership
from tenants.accounts.models import User
from tenants.accounts.side import current_side

WORDS = 4
LENGTH_OF_A_WORD = 5


@dataclass(frozen=True, slots=True)
class Login:
    """What a person of the demo signs in with."""

    role: str
    username: str
    password: str
    totp_secret: str


def seed_people(place: str, *, organisation_id: int | None = None) -> list[dict[str, Any]]:
    """Make who is missing on the current side; the highest role comes first.

    Passwords and secrets follow from the secret of the deployment, so that they are known again without
    being kept anywhere.
    """
    logins = [_login(place, role.key) for role in current_side().table.roles]
    known = set(User.objects.values_list("email", flat=True))
    for login in logins:
        if login.username not in known:
            _make(login, organisation_id)
    return [asdict(login) for login in logins]


@transaction.atomic
def _make(login: Login, organisation_id: int | None) -> None:
    name = current_side().table.role_name(login.role)
    user = make_user(login.username, login.password, name=f"{name} Voorbeeld")
    give_membership(user, Grant(login.role, organisation_id), person=None)
    TOTP.activate(user, login.totp_secret)


def _login(place: str, role: str) -> Login:
    username = f"{role}@{place}.example"
    word = _derived("password", username).lower()
    words = [word[at : at + LENGTH_OF_A_WORD] for at in range(0, WORDS * LENGTH_OF_A_WORD, LENGTH_OF_A_WORD)]
    return Login(role, username, "-".join(words), _derived("totp", username))


def _derived(purpose: str, username: str) -> str:
    """Twenty bytes in base32, different for each purpose and person."""
    text = f"demo {purpose} {username}".encode()
    return b32encode(hmac.digest(settings.SECRET_KEY.encode(), text, "sha1")).decode()
