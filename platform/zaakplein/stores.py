"""The storages in which files of municipalities lie, as the environment names them."""

from __future__ import annotations

import re
from dataclasses import asdict, dataclass
from typing import Any
from urllib.parse import urlsplit

from zaakplein.environment import MissingSetting, listed, optional, required

DEFAULT = "default"
ALIAS = re.compile(r"[a-z][a-z0-9]{0,19}")
TAKEN = frozenset({"jobs", "mail", "staticfiles"})
"""What the deployment calls storages of its own."""


@dataclass(frozen=True, slots=True)
class OnDisk:
    """A directory of this machine, or one that is mounted here."""

    alias: str
    root: str
    """Empty for MEDIA_ROOT."""

    def as_setting(self) -> dict[str, Any]:
        return {
            "BACKEND": "tenants.registry.local_storage.LocalStorage",
            "OPTIONS": {"alias": self.alias, "root": self.root or None},
        }


@dataclass(frozen=True, slots=True)
class InBucket:
    """A bucket that is reached as S3 is."""

    alias: str
    bucket: str
    endpoint: str
    public_endpoint: str
    prefix: str
    region: str
    access_key: str
    secret_key: str

    def as_setting(self) -> dict[str, Any]:
        return {
            "BACKEND": "tenants.registry.object_storage.ObjectStorage",
            "OPTIONS": asdict(self),
        }

    def __repr__(self) -> str:
        """Without its key."""
        return f"InBucket({self.alias!r}, {self.bucket!r})"


Store = OnDisk | InBucket


def stores() -> list[Store]:
    """``default`` and those of ``ZAAKPLEIN_STORAGES``. Raises MissingSetting for one that has no place."""
    return [_store(alias) for alias in dict.fromkeys([DEFAULT, *listed("ZAAKPLEIN_STORAGES", "")])]


def _store(alias: str) -> Store:
    if ALIAS.fullmatch(alias) is None or alias in TAKEN:
        raise MissingSetting(
            f"ZAAKPLEIN_STORAGES names {alias!r}: small letters and digits, 20 at most, and none of"
            f" {', '.join(sorted(TAKEN))}."
        )
    named = f"ZAAKPLEIN_STORAGE_{alias.upper()}"
    bucket, root = optional(f"{named}_BUCKET", ""), optional(f"{named}_ROOT", "")
    if bucket and root:
        raise MissingSetting(f"{named} has both a bucket and a root: a storage is one of them.")
    if not bucket:
        if alias != DEFAULT and not root.startswith("/"):
            raise MissingSetting(f"{named} has neither a bucket nor a root, which begins with a slash.")
        return OnDisk(alias, root)
    return InBucket(
        alias=alias,
        bucket=bucket,
        endpoint=_address(f"{named}_ENDPOINT", required(f"{named}_ENDPOINT")),
        public_endpoint=_address(f"{named}_PUBLIC_ENDPOINT", optional(f"{named}_PUBLIC_ENDPOINT", "")),
        prefix=optional(f"{named}_PREFIX", "").strip("/"),
        region=optional(f"{named}_REGION", ""),
        access_key=optional(f"{named}_ACCESS_KEY", ""),
        secret_key=optional(f"{named}_SECRET_KEY", ""),
    )


def _address(key: str, given: str) -> str:
    """Scheme and host, perhaps with a port: a path would be part of what is signed."""
    address = urlsplit(given)
    if given and (address.scheme not in {"http", "https"} or not address.hostname or address.path.strip("/")):
        raise MissingSetting(f"{key} is no address such as https://objecten.example.nl")
    return given.rstrip("/")
