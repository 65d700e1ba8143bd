"""The people of the demo, as `tenants.accounts.demo` made them."""

from __future__ import annotations

from tenants.accounts.models import User
from tenants.accounts.person import Person, person_of

VENDOR = "zaakplein"


class NobodyThere(LookupError):
    """Its text is the address that nobody has."""


def somebody(role: str, place: str = VENDOR) -> Person:
    """Who has this role, on the side that one is on. Raises NobodyThere."""
    address = f"{role}@{place}.example"
    user = User.objects.filter(email=address).first()
    found = None if user is None else person_of(user)
    if found is None:
        raise NobodyThere(address)
    return found
