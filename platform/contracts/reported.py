"""The reports for which hours are booked, of a package above: settings.CONTRACTS_REPORTS says where."""

from __future__ import annotations

from typing import Protocol, cast

from django.conf import settings
from django.utils.module_loading import import_string

from tenants.accounts.person import Person


class Reports(Protocol):
    def municipality_of(self, number: int, *, person: Person) -> int | None:
        """Of the report with this number, as far as the person sees it; None where there is none."""


def reports() -> Reports:
    return cast("Reports", import_string(settings.CONTRACTS_REPORTS))
