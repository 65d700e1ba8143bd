"""Where a municipality's contents lie and how they are handed over: each act with its line in the log."""

from __future__ import annotations

from tenants.accounts.deciding import decide
from tenants.accounts.log import SYSTEM
from tenants.registry.models import Municipality
from tenants.registry.storage import storage_aliases

SIGNED = {True: "ondertekende downloads aangezet", False: "ondertekende downloads uitgezet"}


class StorageRefused(ValueError):
    """The deployment has no such storage."""


def put_contents_in(municipality: Municipality, alias: str, *, by: str = SYSTEM) -> None:
    """New contents, from the next request on; what is there stays where it is. Raises StorageRefused."""
    if alias not in storage_aliases():
        raise StorageRefused(f"There is no storage {alias}, but: {', '.join(storage_aliases())}.")
    decide(municipality, "storage", alias, action="opslag gewijzigd", by=by, told_as="opslag")


def sign_downloads(municipality: Municipality, *, signed: bool, by: str = SYSTEM) -> None:
    """Have downloads answered with an address of the storage, or no longer."""
    decide(municipality, "signed_downloads", signed, action=SIGNED[signed], by=by)
