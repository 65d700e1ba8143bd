"""A contract of a gemeente that both sides signed, as rows: what leads to one is tested elsewhere."""

from __future__ import annotations

from datetime import date, timedelta
from itertools import count
from typing import Any

from django.utils import timezone

from contracts.defaults import MATRIX
from contracts.models import Calendar, Contract, Priority, ServiceLevel, Target
from tenants.registry.models import Municipality

NUMBERS = count(5001)
"""Of contracts that are made here; nobody counts that far in a test."""
SIGNERS = (("leverancier", "tekent@leverancier.example"), ("gemeente", "tekent@gemeente.example"))


def day(days: int) -> date:
    """Counted from today."""
    return timezone.localdate() + timedelta(days=days)


def unsigned_contract(municipality: Municipality, **given: Any) -> Contract:
    """A concept, for a year and ten days of which ten are over."""
    now = timezone.now()
    number = f"OC-2026-{next(NUMBERS)}"
    published = {
        "number": 1,
        "effective_from": day(-10),
        "reason": "x",
        "published_at": now,
        "published_by": "x",
    }
    calendar = Calendar.objects.create(organisation=municipality.vendor, name=number)
    calendar.versions.create(week=[[[420, 1080]]] * 7, **published)
    level = ServiceLevel.objects.create(organisation=municipality.vendor, name=number)
    promised = level.versions.create(
        availability=99, window=calendar, rpo_minutes=60, rto_minutes=60, matrix=MATRIX, **published
    )
    Target.objects.bulk_create(
        Target(version=promised, priority=each, calendar=calendar, response=60, resolution=480)
        for each in Priority.values
    )
    contract = Contract.objects.create(
        organisation=municipality.vendor, number=number, client_name=municipality.naam
    )
    version = contract.versions.create(
        **{
            "number": 1,
            "service_level_version": promised,
            "start": day(-10),
            "end": day(355),
            "reason": "x",
            "drafters": ["stelt.op@leverancier.example"],
            "drafted_at": now,
            **given,
        }
    )
    version.parties.create(line="first", organisation=municipality.vendor, name=municipality.vendor.name)
    version.covers.create(
        contract=contract,
        municipality=municipality,
        municipality_name=municipality.naam,
        environment=municipality.environment,
    )
    version.annexes.create(
        kind="verwerkersovereenkomst",
        name="Verwerkersovereenkomst",
        document_version="2.1",
        valid_from=day(-10),
        reference="Archief",
        added_at=now,
        added_by="x",
    )
    return contract


def signed_contract(municipality: Municipality, **given: Any) -> Contract:
    """As ``unsigned_contract``, offered and signed by both."""
    contract, now = unsigned_contract(municipality, **given), timezone.now()
    version = contract.versions.get()
    digest = "0" * 64
    contract.versions.filter(pk=version.pk).update(
        state="aangeboden", offered_at=now, offered_by="x", offer_until=day(30), digest=digest
    )
    for side, email in SIGNERS:
        version.signatures.create(
            side=side,
            name="x",
            function="x",
            email=email,
            at=now,
            signed_on=day(0),
            how="eigen_host",
            digest=digest,
        )
    contract.versions.filter(pk=version.pk).update(state="getekend", signed_at=now)
    return contract
