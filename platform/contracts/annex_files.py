"""The PDF files of a contract: the same in the storage of each environment that it covers."""

from __future__ import annotations

from collections.abc import Iterable
from dataclasses import dataclass
from hashlib import sha256
from uuid import uuid4

from django.core.files.base import ContentFile
from django.core.files.storage import default_storage
from django.utils.translation import gettext

from contracts.contract_refusals import ContractRefused
from tenants.registry.context import in_municipality
from tenants.registry.models import Municipality

MAX_BYTES = 25 * 1024 * 1024
MAGIC = b"%PDF-"
FOLDER = "contracten"


@dataclass(frozen=True, slots=True)
class Kept:
    """Where a file is, and what is in it."""

    key: str
    size: int
    sha256: str


def keep(raw: bytes, municipalities: Iterable[Municipality]) -> Kept:
    """Raises ContractRefused for what is no PDF, or too large."""
    if not raw.startswith(MAGIC):
        raise ContractRefused(gettext("Dit is geen pdf. Bewaar het document als pdf en kies dat."))
    if len(raw) > MAX_BYTES:
        raise ContractRefused(gettext("De pdf is groter dan 25 MB. Maak hem kleiner."))
    key = f"{FOLDER}/{uuid4()}.pdf"
    for municipality in municipalities:
        with in_municipality(municipality):
            default_storage.save(key, ContentFile(raw))
    return Kept(key, len(raw), sha256(raw).hexdigest())


def spread(key: str, municipalities: Iterable[Municipality]) -> None:
    """To the environments that were covered since it was kept. Raises ContractRefused where it is lost."""
    without, raw = [], None
    for municipality in municipalities:
        with in_municipality(municipality):
            if not default_storage.exists(key):
                without.append(municipality)
            elif raw is None:
                raw = _read(key)
    if raw is None:
        raise ContractRefused(gettext("De pdf van een bijlage is er niet meer. Voeg haar opnieuw toe."))
    for municipality in without:
        with in_municipality(municipality):
            default_storage.save(key, ContentFile(raw))


def read(key: str, municipalities: Iterable[Municipality]) -> bytes | None:
    """For the vendor: from the first environment that has it."""
    for municipality in municipalities:
        with in_municipality(municipality):
            if default_storage.exists(key):
                return _read(key)
    return None


def read_inside(key: str) -> bytes | None:
    """For the municipality that one is in."""
    return _read(key) if default_storage.exists(key) else None


def _read(key: str) -> bytes:
    with default_storage.open(key) as file:
        raw: bytes = file.read()
    return raw
