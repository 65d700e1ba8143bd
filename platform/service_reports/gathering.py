"""What the figures of a month are made of, read where it stands: minutes, maintenance, contract, tickets."""

from __future__ import annotations

from calendar import monthrange
from collections.abc import Iterable, Iterator, Mapping, Sequence
from dataclasses import dataclass, replace
from datetime import UTC, date, datetime, time, timedelta
from itertools import groupby
from zoneinfo import ZoneInfo

from django.conf import settings
from django.db.models import Q, QuerySet
from django.utils import timezone

from contracts.models import Calendar, CalendarVersion, InForce, ServiceLevelVersion, VendorChange
from contracts.models.agreed import SUPPORT, ContractCover, ContractLine, CostKind, Per
from contracts.models.version import in_force
from contracts.working_days import end_of_term
from contracts.working_time import Slice, slices
from service_reports.availability import Availability, availability
from service_reports.calculating import Period, calculate, fee_of
from service_reports.figures import Figures, Promise, Step
from service_reports.hours import work_in
from service_reports.models import Maintenance, Minutes
from service_reports.models.maintenance import WORKING_DAYS_BEFORE
from service_reports.tickets import tickets_in
from tenants.registry.models import Municipality

FEES = (CostKind.HOSTING, CostKind.MAINTENANCE)
"""The yearly lines of which a credit gives back a part."""
A_DAY = timedelta(days=1)


@dataclass(frozen=True, slots=True)
class Agreed:
    """The days of a month on which one contract held, and what held of it last.

    ``served`` is the same as far as its vendor had the reports: on the day on which another came, until then.
    """

    period: Period
    served: Period
    held: InForce

    @property
    def level(self) -> ServiceLevelVersion:
        return self.held.version.service_level_version


def figures_of(municipality: int, agreed: Agreed) -> Figures:
    return calculate(
        agreed.served,
        availability=availability_in(municipality, agreed),
        tickets=tickets_in(municipality, agreed.served, agreed.held.contract.organisation_id),
        promise=promise_of(agreed),
        work=work_in(agreed.held.contract, agreed.period),
    )


# What was agreed --------------------------------------------------------------------------------


def month_before(day: date) -> date:
    """The first day of it."""
    return (day.replace(day=1) - A_DAY).replace(day=1)


def last_of(month: date) -> date:
    return month.replace(day=monthrange(month.year, month.month)[1])


def holding(month: date) -> QuerySet[InForce]:
    """What held support on one of its days, oldest first."""
    still = Q(until__isnull=True) | Q(until__gte=month)
    rows: QuerySet[InForce] = InForce.objects.filter(still, line=SUPPORT, since__lte=last_of(month))
    return rows.select_related("contract", "version__service_level_version__level").order_by("since", "pk")


def agreed_in(municipality: int, month: date, organisation: int | None = None) -> Agreed | None:
    """By the contract that held last in that month, of this vendor where one is named.

    None where none did, or where it counts elsewhere.
    """
    rows = holding(month).filter(municipality=municipality)
    held = list(rows if organisation is None else rows.filter(contract__organisation=organisation))
    if not held or municipality not in environments_of(held[-1].version_id):
        return None
    newest = held[-1]
    began = next(each.since for each in held if each.contract_id == newest.contract_id)
    last = last_of(month)
    period = period_of(max(month, began), min(last, newest.until or last))
    return Agreed(period, _served(municipality, newest.contract.organisation_id, period), newest)


def vendors_in(municipality: int, month: date) -> list[int]:
    """The organisations with which something was agreed in it, in their order."""
    rows = holding(month).filter(municipality=municipality)
    return list(dict.fromkeys(rows.values_list("contract__organisation", flat=True)))


def _served(municipality: int, organisation: int, period: Period) -> Period:
    """What is agreed holds by days, and ends with the day before another comes; reports go at a moment."""
    changes = VendorChange.objects.filter(municipality=municipality)
    came = changes.filter(to_organisation=organisation, at__gte=period.start, at__lt=period.end).last()
    day_after = start_of(period.last + 2 * A_DAY)
    left = changes.filter(from_organisation=organisation, at__gte=period.end, at__lt=day_after).first()
    return replace(
        period,
        start=period.start if came is None else came.at,
        end=period.end if left is None else left.at,
    )


def environments_of(version: int) -> list[int]:
    return environments_of_each([version])[version]


def environments_of_each(versions: Iterable[int]) -> Mapping[int, list[int]]:
    """Those that a contract is reported on: in production, or all that it covers where none of these is."""
    covered: dict[int, list[tuple[int, str]]] = {each: [] for each in versions}
    covers = ContractCover.objects.filter(version__in=covered)
    for version, *cover in covers.values_list("version_id", "municipality_id", "environment"):
        covered[version].append((cover[0], cover[1]))
    return {version: _reported(found) for version, found in covered.items()}


def _reported(covered: Sequence[tuple[int, str]]) -> list[int]:
    production = [pk for pk, environment in covered if environment == Municipality.Environment.PRODUCTIE]
    return production or [pk for pk, _ in covered]


def period_of(first: date, last: date) -> Period:
    return Period(first, last, start_of(first), start_of(last + A_DAY))


def start_of(day: date) -> datetime:
    return timezone.make_aware(datetime.combine(day, time.min))


def promise_of(agreed: Agreed) -> Promise:
    """The fee is shared by the environments that the contract is reported on."""
    level, version = agreed.level, agreed.held.version
    lines = ContractLine.objects.filter(version=version, per=Per.YEAR, kind__in=FEES)
    yearly = sum(each.total_cents for each in lines)
    days = last_of(agreed.period.first).day
    shared_by = len(environments_of(version.pk))
    return Promise(
        contract=agreed.held.contract.number,
        level=level.level.name,
        level_version=level.number,
        window=level.window.name,
        percent=level.availability,
        steps=tuple(Step(below, part) for below, part in level.credits),
        fee_cents=fee_of(max(0, yearly), agreed.period, days, shared_by=shared_by),
    )


# What was measured ------------------------------------------------------------------------------


def availability_in(municipality: int, agreed: Agreed) -> Availability:
    period = agreed.period
    first = period.start.astimezone(UTC).replace(minute=0)
    rows = Minutes.objects.filter(municipality=municipality, hour__gte=first, hour__lt=period.end)
    return availability(
        {hour.astimezone(UTC): states for hour, states in rows.values_list("hour", "states")},
        window_of(agreed.level.window, period),
        planned_in(municipality, period),
        ZoneInfo(settings.TIME_ZONE),
    )


def window_of(calendar: Calendar, period: Period) -> Iterator[Slice]:
    """Of each day by the version of the calendar that holds then; before the first one by that."""
    versions = list(calendar.versions.all())
    days = [period.first + A_DAY * each for each in range((period.last - period.first).days + 1)]

    def number_on(day: date) -> int:
        return _version_on(versions, day).number

    for _, group in groupby(days, key=number_on):
        same = list(group)
        hours = _version_on(versions, same[0]).hours
        yield from slices(hours, start_of(same[0]), start_of(same[-1] + A_DAY))


def planned_in(municipality: int, period: Period) -> list[Slice]:
    """Maintenance that was announced long enough before."""
    rows = Maintenance.objects.filter(municipality=municipality).touching(period.start, period.end)
    return [Slice(each.starts_at, each.ends_at) for each in rows if is_in_time(each)]


def is_in_time(maintenance: Maintenance) -> bool:
    """With so many whole working days between the announcement and the beginning."""
    return end_of_term(maintenance.announced_at, WORKING_DAYS_BEFORE) <= maintenance.starts_at


def _version_on(versions: list[CalendarVersion], day: date) -> CalendarVersion:
    return in_force(versions, day) or min(versions, key=lambda each: (each.effective_from, each.number))
