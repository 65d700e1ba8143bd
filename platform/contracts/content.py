"""All that one version agrees, in an order of its own: what is signed is the digest of this."""

from __future__ import annotations

import json
from collections.abc import Iterable
from dataclasses import dataclass
from datetime import date
from decimal import Decimal
from hashlib import sha256
from typing import Any

from contracts.models import (
    Annex,
    Contract,
    ContractCover,
    ContractEntry,
    ContractLine,
    ContractParty,
    ContractVersion,
    Signature,
)
from tenants.registry.context import current_municipality
from tenants.registry.vendor_rows import VendorRow, vendor_rows

AGREED = (
    "number",
    "start",
    "end",
    "renewal",
    "notice_months",
    "indexation",
    "indexation_from",
    "purchase_order",
    "cost_centre",
    "callers",
    "escalation",
    "security_contact",
    "break_glass",
    "overdraft",
    "service_level_version_id",
    "reason",
)
"""Of the version itself."""
AGREED_LATER = (
    "indexation_cap",
    "indexation_by_clause",
    "index_percentage",
    "index_source",
    "index_month",
)
"""The same, but left out where nothing is said: what was offered before there were these is as it was."""


@dataclass(frozen=True, slots=True)
class Whole:
    """A version with all that it consists of."""

    contract: Contract
    version: ContractVersion
    parties: list[ContractParty]
    covers: list[ContractCover]
    lines: list[ContractLine]
    annexes: list[Annex]
    signatures: list[Signature]

    @property
    def yearly_cents(self) -> int:
        return sum(each.total_cents for each in self.lines if each.per == "year")

    @property
    def once_cents(self) -> int:
        return sum(each.total_cents for each in self.lines if each.per == "once")


def whole_of(version: ContractVersion) -> Whole:
    """For the vendor."""
    return Whole(
        contract=version.contract,
        version=version,
        parties=list(version.parties.select_related("organisation")),
        covers=list(version.covers.select_related("municipality")),
        lines=list(version.lines.all()),
        annexes=list(version.annexes.all()),
        signatures=list(version.signatures.all()),
    )


def whole_inside(version: ContractVersion) -> Whole:
    """As ``whole_of``, inside a municipality; of the covers it sees its own."""
    return Whole(
        contract=version.contract,
        version=version,
        parties=_inside(ContractParty, version),
        covers=_inside(ContractCover, version),
        lines=_inside(ContractLine, version),
        annexes=_inside(Annex, version),
        signatures=_inside(Signature, version),
    )


def entries_inside(contract: Contract) -> list[ContractEntry]:
    rows = vendor_rows(current_municipality()).of(ContractEntry)
    return list(rows.filter(contract=contract.pk).select_related("version"))


def digest_of(whole: Whole) -> str:
    """SHA-256, as 64 hexadecimal digits."""
    return sha256(json.dumps(_content(whole), sort_keys=True, default=_plain).encode()).hexdigest()


def _content(whole: Whole) -> dict[str, Any]:
    contract = whole.contract
    return {
        "contract": contract.number,
        "client": [contract.client_name, contract.client_oin, contract.client_rsin, contract.client_kvk],
        **{name: getattr(whole.version, name) for name in AGREED},
        **{name: value for name in AGREED_LATER if _is_said(value := getattr(whole.version, name))},
        "parties": sorted([each.line, each.organisation_id, each.name] for each in whole.parties),
        "covers": sorted([each.municipality_id, sorted(each.components)] for each in whole.covers),
        "lines": [
            [each.kind, each.label, each.quantity, each.unit, each.unit_cents, each.per]
            for each in sorted(whole.lines, key=lambda each: each.position)
        ],
        "annexes": [
            [each.kind, each.name, each.document_version, each.valid_from, each.sha256, each.reference]
            for each in _by_place(whole.annexes)
        ],
    }


def _is_said(value: object) -> bool:
    return value is not None and value is not False and value != ""


def _by_place(annexes: Iterable[Annex]) -> list[Annex]:
    return sorted(annexes, key=lambda each: each.pk)


def _plain(value: object) -> str:
    if isinstance(value, date):
        return value.isoformat()
    if isinstance(value, Decimal):
        return f"{value:.2f}"
    raise TypeError(f"{type(value)} is in no contract.")


def _inside(model: type[VendorRow], version: ContractVersion) -> list[Any]:
    rows: Any = vendor_rows(current_municipality()).of(model)  # of any of what a version consists of
    found = list(rows.filter(version=version.pk))
    for each in found:
        each.version = version
    return found
