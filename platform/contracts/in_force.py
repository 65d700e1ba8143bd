"""Which contract, and which service level, an environment has: on the vendor's side and inside it alike."""

from __future__ import annotations

from collections.abc import Iterable
from datetime import date, datetime

from django.db import models
from django.db.models import Q
from django.utils import timezone

from contracts.models import SUPPORT, Contract, ContractVersion, InForce


def version_of(municipality_id: int, on: date, line: str = SUPPORT) -> ContractVersion | None:
    """What was agreed for this day, with its contract and service level; None where nothing was."""
    found = _holding([municipality_id], on, line).first()
    return None if found is None else _version(found)


def contract_of(municipality_id: int, on: date) -> Contract | None:
    """The contract that holds support of this environment on a day."""
    version = version_of(municipality_id, on)
    return None if version is None else version.contract


def version_at(municipality_id: int, moment: datetime) -> ContractVersion | None:
    """What was agreed for support at a moment, with what that promises: it is of the day in Amsterdam."""
    return version_of(municipality_id, timezone.localdate(moment))


def versions_of(municipality_ids: Iterable[int], on: date, line: str = SUPPORT) -> dict[int, ContractVersion]:
    """As ``version_of``, of many environments by one statement; those without a contract are not in it."""
    return {each.municipality_id: _version(each) for each in _holding(municipality_ids, on, line)}


def waits_for_a_move(contract: Contract) -> bool:
    """Of one that was signed: whether its vendor has yet to come, so that nothing of it is in force."""
    return not InForce.objects.behind_the_door().filter(contract=contract).exists()


def _holding(municipality_ids: Iterable[int], on: date, line: str) -> models.QuerySet[InForce]:
    """Behind the door the policy of each table shows a municipality its own, and the vendor all."""
    holds = Q(until__isnull=True) | Q(until__gte=on)
    rows = InForce.objects.behind_the_door().filter(holds, line=line, since__lte=on)
    found: models.QuerySet[InForce] = rows.filter(municipality__in=list(municipality_ids)).select_related(
        "contract", "version__contract", "version__service_level_version__level"
    )
    return found


def _version(held: InForce) -> ContractVersion:
    version: ContractVersion = held.version
    return version
