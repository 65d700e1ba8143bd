"""What both sides are to know of a contract stands in the log of the vendor and of each environment."""

from __future__ import annotations

from collections.abc import Mapping
from typing import Any

from contracts.models import ContractVersion
from contracts.states import MUNICIPALITY_AREA, VENDOR_AREA
from tenants.accounts.log import note_for_both
from tenants.accounts.person import Person
from tenants.registry.context import current_municipality

LOGGED = {
    "opstellen": "addendum opgesteld",
    "weggooien": "concept weggegooid",
    "aanbieden": "contract aangeboden",
    "intrekken": "aanbod ingetrokken",
    "tekenen-leverancier": "contract ondertekend",
    "tekenen-gemeente": "contract ondertekend",
    "getekend-pdf": "ondertekende pdf vastgelegd",
    "afwijzen": "contract afgewezen",
    "opzeggen": "contract opgezegd",
    "opzegging-gemeente": "opzegging vastgelegd",
    "opzeggen-leverancier": "contract opgezegd",
    "overgedragen": "contract geëindigd door overdracht",
}
"""What the log calls each act."""


def note_for_covered(
    action: str, version: ContractVersion, person: Person, changes: Mapping[str, Any] | None = None
) -> None:
    """From the vendor's console."""
    for cover in version.covers.select_related("municipality"):
        note_for_both(
            person=person,
            area=VENDOR_AREA,
            there=MUNICIPALITY_AREA,
            action=action,
            subject=subject_of(version),
            municipality=cover.municipality,
            changes=changes,
        )


def note_inside(
    action: str, version: ContractVersion, person: Person, changes: Mapping[str, Any] | None = None
) -> None:
    """From the console of the municipality that one is in."""
    note_for_both(
        person=person,
        area=MUNICIPALITY_AREA,
        there=VENDOR_AREA,
        action=action,
        subject=subject_of(version),
        municipality=current_municipality(),
        changes=changes,
    )


def subject_of(version: ContractVersion) -> str:
    return f"{version.contract}, versie {version.number} ({version.contract.client_name})"
