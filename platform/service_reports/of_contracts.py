"""The service reports of a contract: how many there are, and whether its clocks were kept."""

from __future__ import annotations

from collections import Counter
from datetime import date

from django.utils.dateformat import format as date_format

from contracts.beside import KeptClocks
from contracts.models import Contract
from service_reports.models import ServiceReport, ServiceReportQuerySet, State
from service_reports.states import AREA
from tenants.accounts.person import Person
from tenants.accounts.rights import Level

SHARED = (State.GEDEELD, State.VASTGESTELD, State.BETWIST)
"""What the gemeente knows too, and what no later version took the place of."""
MOST = 240
"""Months of environments: as many as one contract has in a year are counted."""


class Reports:
    """As ``contracts.beside`` asks for them."""

    def kept(self, contract: Contract, *, person: Person, year: int) -> KeptClocks | None:
        if not person.may(AREA, Level.SEE):
            return None
        shared = reports_of(contract, person).filter(state__in=SHARED, month__year=year)
        found = list(shared.order_by("-month").values_list("month", "figures__kept")[:MOST])
        met: Counter[str] = Counter()
        decided: Counter[str] = Counter()
        for _month, kept in found:
            for priority, _kind, kept_in_time, late in kept:
                met[priority] += kept_in_time
                decided[priority] += kept_in_time + late
        counts = {priority: (met[priority], decided[priority]) for priority in decided}
        return KeptClocks(year, counts, _in_words(found[0][0]) if found else "")

    def reports(self, contract: Contract, *, person: Person) -> int | None:
        if not person.may(AREA, Level.SEE):
            return None
        return int(reports_of(contract, person).count())


def reports_of(contract: Contract, person: Person) -> ServiceReportQuerySet:
    """Of each month the last version, as far as this person sees it."""
    seen = ServiceReport.objects.visible_to(person).last_versions()
    found: ServiceReportQuerySet = seen.filter(
        organisation=contract.organisation_id, contract_number=contract.number
    )
    return found


def _in_words(month: date) -> str:
    return date_format(month, "F Y")


REPORTS = Reports()
