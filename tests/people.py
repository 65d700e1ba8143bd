"""People of the vendor and of municipalities, and browsers in which they are signed in."""

from __future__ import annotations

import time
from collections.abc import Iterator
from contextlib import contextmanager
from dataclasses import dataclass, field
from functools import cache
from typing import Any

from allauth.mfa.totp.internal.auth import TOTP, format_hotp_value, hotp_value
from django.conf import settings
from django.contrib.auth.hashers import make_password
from django.core.cache import cache as redis
from django.test import Client
from django.utils.module_loading import import_string

from tenants.accounts.invitations import make_user
from tenants.accounts.memberships import Grant, give_membership
from tenants.accounts.models import Membership, User
from tenants.registry.context import for_vendor, in_municipality
from tenants.registry.models import Municipality, Organisation

PASSWORD = "vier losse woorden hier"
SECRET = "JBSWY3DPEHPK3PXPJBSWY3DPEHPK3PXP"
BACKEND = "allauth.account.auth_backends.AuthenticationBackend"
VENDOR_HOST = "localhost"


@dataclass(frozen=True)
class House:
    """The vendor, or one municipality."""

    host: str
    municipality: Municipality | None = None

    @classmethod
    def of(cls, municipality: Municipality | None) -> House:
        if municipality is None:
            return cls(VENDOR_HOST)
        return cls(f"{municipality.schema_name}.localhost", municipality)

    @property
    def prefix(self) -> str:
        return "/beheer" if self.municipality else ""

    @contextmanager
    def entered(self) -> Iterator[None]:
        if self.municipality is None:
            with for_vendor():
                yield
        else:
            with in_municipality(self.municipality):
                yield


@dataclass
class Browser:
    house: House
    client: Client = field(default_factory=Client)

    def get(self, path: str, **query: Any) -> Any:
        return self.client.get(self.house.prefix + path, query, headers={"host": self.house.host})

    def post(self, path: str, data: dict[str, Any] | None = None) -> Any:
        return self.client.post(self.house.prefix + path, data or {}, headers={"host": self.house.host})

    def sign_in(self, user: User) -> Browser:
        """Without the forms, as they leave it."""
        with self.house.entered():
            self.client.force_login(user, backend=BACKEND)
        return self

    def show_who_you_are(self, user: User) -> Browser:
        """As after being asked again."""
        with self.house.entered():
            session = self.client.session
            session["account_authentication_methods"] = [
                {"method": "password", "at": time.time(), "reauthenticated": True}
            ]
            session["account_authentication_methods_user"] = str(user.pk)
            session.save()
        return self


def vendor_organisation() -> Organisation:
    found = Organisation.objects.filter(kind=Organisation.Kind.VENDOR).order_by("pk").first()
    assert found is not None
    return found


def partner_organisation() -> Organisation:
    return Organisation.objects.get_or_create(name="Partner", kind=Organisation.Kind.IMPLEMENTATION_PARTNER)[
        0
    ]


def member(
    house: House,
    role: str,
    email: str | None = None,
    *,
    organisation: Organisation | None = None,
    municipalities: tuple[str, ...] | None = None,
    password: str | None = PASSWORD,
    second_factor: bool = True,
) -> Membership:
    """Somebody with this role, a password and a second factor."""
    with house.entered():
        user = make_user(email or f"{role}@{house.host}.example", None, name=role.capitalize())
        if password is not None:
            user.password = kept_of(password, settings.PASSWORD_HASHERS[0])
            user.save(update_fields=["password"])
        if second_factor:
            TOTP.activate(user, SECRET)
        organisation_id = None
        if house.municipality is None:
            organisation_id = (organisation or vendor_organisation()).pk
        return give_membership(user, Grant(role, organisation_id, municipalities), person=None)


@cache
def kept_of(password: str, hasher: str) -> str:
    """What is kept of it; made once, for it is made to take long."""
    return make_password(password, hasher=import_string(hasher)())


def browser_of(house: House, membership: Membership) -> Browser:
    """Signed in, and asked only just now who he is."""
    return Browser(house).sign_in(membership.user).show_who_you_are(membership.user)


def code(at: float | None = None) -> str:
    """What the app shows."""
    moment = time.time() if at is None else at
    return str(format_hotp_value(hotp_value(SECRET, int(moment // 30))))


def forget() -> None:
    """Sessions, limits and used codes of everybody."""
    with for_vendor():
        redis.clear()
    for municipality in Municipality.objects.prefetch_related("domains", "allowed_hosts"):
        with in_municipality(municipality):
            redis.clear()
