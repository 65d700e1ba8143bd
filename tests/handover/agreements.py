"""Contracts of Haarlem in force or prepared, by which reports are counted day and night."""

from __future__ import annotations

from datetime import timedelta
from typing import Any

from django.utils import timezone

from contracts.models import ContractVersion, Priority, ServiceLevelVersion
from tenants.registry.models import Municipality, Organisation
from tests.contracts.agreed import agreed, made
from tests.helpdesk.tickets import level

ALWAYS = tuple(Priority.values)


def promise(organisation: Organisation) -> ServiceLevelVersion:
    return level(always=ALWAYS, organisation=organisation)


def contract_with(organisation: Organisation, *covers: Municipality, **given: Any) -> ContractVersion:
    """Signed by both, and in force since yesterday: what was reported an hour ago may be of that day."""
    given.setdefault("start", timezone.localdate() - timedelta(days=1))
    version = made(
        covers[0],
        organisation=organisation,
        covers=list(covers),
        service_level_version=promise(organisation),
        **given,
    )
    return agreed(version)
