"""What packages above know of a contract: settings.CONTRACTS_BESIDE says where that is.

A contract says what is promised. Whether it was kept, and what was told of that, is found by what is above.
"""

from __future__ import annotations

from collections.abc import Mapping
from dataclasses import dataclass
from typing import Protocol, cast

from django.conf import settings
from django.utils.module_loading import import_string
from django.utils.translation import gettext as _

from contracts.models import Contract
from screens.formats import number
from tenants.accounts.person import Person


@dataclass(frozen=True, slots=True)
class KeptClocks:
    """Of a year so far: by priority how many clocks were met, of how many that were decided."""

    year: int
    counts: Mapping[str, tuple[int, int]]
    until: str
    """The last month that is counted, in words; empty where none is."""

    def of(self, priority: str) -> str:
        met, decided = self.counts.get(priority, (0, 0))
        if not decided:
            return _("geen klokken")
        return _("%(met)s van %(all)s") % {"met": number(met), "all": number(decided)}


class Beside(Protocol):
    def kept(self, contract: Contract, *, person: Person, year: int) -> KeptClocks | None:
        """None for who may not see it."""

    def reports(self, contract: Contract, *, person: Person) -> int | None:
        """How many service reports it has; None for who may not see them."""


def beside() -> Beside:
    return cast("Beside", import_string(settings.CONTRACTS_BESIDE))
