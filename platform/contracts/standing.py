"""How a contract stands on a day: reckoned from its versions and from notice. Nothing is switched on."""

from __future__ import annotations

from calendar import monthrange
from collections.abc import Iterable, Sequence
from dataclasses import dataclass
from datetime import date
from itertools import count

from contracts.models import Contract, ContractVersion, Renewal
from contracts.states import Standing, State

MONTHS = 12
WARN_MONTHS = 3
"""So long before it ends, or before the last day of notice, a contract is told of."""


@dataclass(frozen=True, slots=True)
class Notice:
    """Until which day it can be given, and which day is the last one then."""

    until: date
    last_day: date


def add_months(day: date, months: int) -> date:
    """The same day of another month, or its last one where it is shorter."""
    year, month = divmod(day.year * MONTHS + day.month - 1 + months, MONTHS)
    return date(year, month + 1, min(day.day, monthrange(year, month + 1)[1]))


def signed(versions: Iterable[ContractVersion]) -> list[ContractVersion]:
    """The newest first."""
    found = [each for each in versions if each.state == State.GETEKEND]
    return sorted(found, key=lambda each: each.number, reverse=True)


def version_on(contract: Contract, versions: Iterable[ContractVersion], day: date) -> ContractVersion | None:
    """The one that holds on a day: of those that have begun the newest, unless it is over."""
    begun = next((each for each in signed(versions) if each.start <= day), None)
    if begun is None or (contract.ends_on is not None and day > contract.ends_on):
        return None
    return begun if begun.renewal == Renewal.YEARLY or day <= begun.end else None


def shown_version(contract: Contract, versions: Sequence[ContractVersion], day: date) -> ContractVersion:
    """What a page shows of it: what holds now, else what will or did, else the newest."""
    known = signed(versions)
    held = version_on(contract, versions, day) or (known[0] if known else None)
    return held or max(versions, key=lambda each: each.number)


def standing_of_version(
    version: ContractVersion, contract: Contract, versions: Iterable[ContractVersion], day: date
) -> Standing:
    """Of one version; an offer can be signed up to and including its last day."""
    if version.state == State.AANGEBODEN and version.offer_until is not None and day > version.offer_until:
        return Standing.VERLOPEN
    if version.state != State.GETEKEND:
        return Standing(version.state)
    newer = [each for each in signed(versions) if each.number > version.number]
    if any(each.start <= max(day, version.start) for each in newer):
        return Standing.GEWIJZIGD
    return _standing_of_signed(contract, version, day)


def standing_of(contract: Contract, versions: Sequence[ContractVersion], day: date) -> Standing:
    """Of the whole: what was signed tells, else the newest version."""
    known = signed(versions)
    if not known:
        newest = max(versions, key=lambda each: each.number)
        return standing_of_version(newest, contract, versions, day)
    held = version_on(contract, versions, day)
    return _standing_of_signed(contract, held or known[0], day)


def _standing_of_signed(contract: Contract, version: ContractVersion, day: date) -> Standing:
    last = last_day(contract, version)
    if last is not None and day > last:
        return Standing.BEEINDIGD
    if contract.ends_on is not None:
        return Standing.OPGEZEGD
    return Standing.ACTIEF if version.start <= day else Standing.GETEKEND


def last_day(contract: Contract, version: ContractVersion) -> date | None:
    """None as long as it renews itself."""
    if version.renewal == Renewal.YEARLY:
        return contract.ends_on
    return version.end if contract.ends_on is None else min(version.end, contract.ends_on)


def next_notice(version: ContractVersion, day: date) -> Notice | None:
    """What can still be given on this day; None where it ends by itself."""
    if version.renewal == Renewal.NONE:
        return None
    possible = (Notice(add_months(end, -version.notice_months), end) for end in _ends(version))
    return next(each for each in possible if day <= each.until)


def _ends(version: ContractVersion) -> Iterable[date]:
    return (add_months(version.end, MONTHS * years) for years in count())
