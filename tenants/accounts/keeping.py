"""Where a municipality's contents lie and how they are handed over: each act with its line in the log."""

from __future__ import annotations

from django.db import transaction

from tenants.accounts.log import SYSTEM, note
from tenants.accounts.reach import AREA
from tenants.registry.context import require_public
from tenants.registry.models import Municipality
from tenants.registry.storage import storage_aliases

SIGNED = {True: "ondertekende downloads aangezet", False: "ondertekende downloads uitgezet"}


class StorageRefused(ValueError):
    """The deployment has no such storage."""


@transaction.atomic
def put_contents_in(municipality: Municipality, alias: str, *, by: str = SYSTEM) -> None:
    """New contents, from the next request on; what is there stays where it is. Raises StorageRefused."""
    require_public()
    if alias not in storage_aliases():
        raise StorageRefused(f"There is no storage {alias}, but: {', '.join(storage_aliases())}.")
    standing = Municipality.objects.select_for_update().get(pk=municipality.pk)
    before = standing.storage
    if before == alias:
        return
    standing.storage = alias
    standing.save(update_fields=["storage"])
    note(
        person=None,
        by=by,
        area=AREA,
        action="opslag gewijzigd",
        subject=f"{standing.naam} ({standing.environment})",
        municipality=standing,
        changes={"opslag": [before, alias]},
    )


@transaction.atomic
def sign_downloads(municipality: Municipality, *, signed: bool, by: str = SYSTEM) -> None:
    """Have downloads answered with an address of the storage, or no longer."""
    require_public()
    standing = Municipality.objects.select_for_update().get(pk=municipality.pk)
    if standing.signed_downloads == signed:
        return
    standing.signed_downloads = signed
    standing.save(update_fields=["signed_downloads"])
    note(
        person=None,
        by=by,
        area=AREA,
        action=SIGNED[signed],
        subject=f"{standing.naam} ({standing.environment})",
        municipality=standing,
    )
