"""Hours that were booked on a contract in a period, as its ledger has them."""

from __future__ import annotations

from django.db.models import Sum

from contracts.models import Contract, HoursEntry, HoursKind
from service_reports.calculating import Period
from service_reports.figures import Work


def work_in(contract: Contract, period: Period) -> Work:
    """What was booked by mistake and corrected since then does not count."""
    counted = HoursEntry.objects.of_contract(contract).filter(corrected_by=None)
    until = counted.filter(on__lte=period.last).exclude(kind=HoursKind.CORRECTED)
    in_it = until.filter(kind=HoursKind.BOOKED, on__gte=period.first)
    booked = in_it.aggregate(total=Sum("minutes"))["total"]
    is_prepaid = until.filter(kind=HoursKind.BOUGHT).exists()
    return Work(booked=-(booked or 0), left=until.balance() if is_prepaid else None)
