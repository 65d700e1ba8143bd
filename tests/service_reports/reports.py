"""Reports, and the contracts and minutes that they are made of."""

from __future__ import annotations

from collections.abc import Mapping
from datetime import UTC, date, datetime, timedelta
from decimal import Decimal
from typing import Any

from contracts.defaults import MATRIX
from contracts.models import (
    Annex,
    Calendar,
    Contract,
    ContractCover,
    ContractLine,
    ContractParty,
    ContractVersion,
    ServiceLevel,
    ServiceLevelVersion,
    Signature,
)
from contracts.running import ClockKind, Happening, Line, LineKind
from service_reports.availability import Availability, DayCount
from service_reports.figures import Breach, Credit, Figures, Kept, Promise, Step, Work
from service_reports.models import Maintenance, Minutes, ServiceReport, State
from service_reports.snapshot import to_json
from tenants.registry.models import Municipality, Organisation
from tests.people import vendor_organisation

NOW = datetime(2026, 11, 26, 9, tzinfo=UTC)
OCTOBER = date(2026, 10, 1)
DUE = datetime(2026, 10, 5, 8, tzinfo=UTC)
STEP = Step(Decimal("99.5"), Decimal(5))
DIGEST = "a" * 64

FIGURES = Figures(
    first=OCTOBER,
    last=date(2026, 10, 31),
    promise=Promise("OC-2026-0118", "Plus", 2, "Altijd", Decimal("99.5"), (STEP,), 570_000),
    availability=Availability(
        (
            DayCount(date(2026, 10, 1), up=1_380, down=60),
            DayCount(date(2026, 10, 2), up=1_400, gaps=40),
            DayCount(date(2026, 10, 3), up=1_320, maintained=120),
            DayCount(date(2026, 10, 4), gaps=30),
        )
    ),
    kept=(Kept("P2", ClockKind.RESPONSE, 3, 1), Kept("P2", ClockKind.RESOLUTION, 4, 0)),
    breaches=(
        Breach(
            ticket="2043",
            kind=ClockKind.RESPONSE,
            priority="P2",
            agreed_seconds=3_600,
            due=DUE,
            done=DUE + timedelta(minutes=5),
            lines=(Line(DUE - timedelta(hours=1), DUE, LineKind.RUNS, Happening.RECEIVED, 3_600, 3_600),),
        ),
    ),
    reported=6,
    solved=5,
    still_open=1,
    waiting=1,
    work=Work(booked=90, left=600),
    credit=Credit(28_500, STEP),
)


def make_service_report(municipality: Municipality, **given: Any) -> ServiceReport:
    """A concept of October, of the vendor; shared on 5 November where another state is asked."""
    organisation = given.pop("organisation", None) or vendor_organisation()
    state = given.get("state", State.CONCEPT)
    shared: Mapping[str, Any] = {}
    if state != State.CONCEPT:
        shared = {
            "shared_at": NOW - timedelta(days=1),
            "shared_by": "ada@leverancier.example",
            "fixes_at": NOW + timedelta(days=13),
        }
    if state == State.VASTGESTELD:
        shared = {**shared, "fixed_at": NOW}
    if state == State.BETWIST:
        shared = {**shared, "disputed_at": NOW, "disputed_by": "lia@haarlem.example", "dispute": "Klopt niet"}
    return ServiceReport.objects.create(
        **{
            "municipality": municipality,
            "organisation": organisation,
            "municipality_name": municipality.naam,
            "organisation_name": organisation.name,
            "contract_number": FIGURES.promise.contract,
            "month": OCTOBER,
            "figures": to_json(FIGURES),
            "made_at": NOW - timedelta(days=2),
            **shared,
            **given,
        }
    )


def make_maintenance(municipality: Municipality, **given: Any) -> Maintenance:
    return Maintenance.objects.create(
        **{
            "municipality": municipality,
            "starts_at": NOW + timedelta(days=30),
            "ends_at": NOW + timedelta(days=30, hours=2),
            "reason": "Nieuwe versie van PostgreSQL",
            "announced_at": NOW,
            "announced_by": "ada@leverancier.example",
            **given,
        }
    )


def measured(municipality: Municipality, start: datetime, hours: int, letters: str = "u" * 60) -> None:
    """So many hours from that one on, each with these letters."""
    Minutes.objects.bulk_create(
        Minutes(municipality=municipality, hour=start + timedelta(hours=each), states=letters)
        for each in range(hours)
    )


def level_of_service(
    *, always: bool = True, report_day: int = 3, organisation: Organisation | None = None
) -> ServiceLevelVersion:
    """99,5 per cent, day and night or in office hours; below it five per cent is given back."""
    organisation = organisation or vendor_organisation()
    published = {
        "number": 1,
        "effective_from": date(2026, 1, 1),
        "reason": "x",
        "published_at": NOW,
        "published_by": "x",
    }
    name = f"Niveau {ServiceLevel.objects.count()}"
    window = Calendar.objects.create(organisation=organisation, name=name)
    week = [[]] * 7 if always else [[[420, 1080]]] * 5 + [[], []]
    window.versions.create(week=week, always=always, **published)
    level = ServiceLevel.objects.create(organisation=organisation, name=name)
    return level.versions.create(
        availability=Decimal("99.5"),
        window=window,
        rpo_minutes=60,
        rto_minutes=60,
        matrix=MATRIX,
        credits=[[Decimal("99.5"), Decimal(5)]],
        report_day=report_day,
        **published,
    )


def signed_contract(
    *municipalities: Municipality,
    start: date,
    end: date = date(2030, 12, 31),
    level: Any = None,
    organisation: Organisation | None = None,
) -> Contract:
    """In force from its start until its end, for € 1.200 a year; the database sees to what follows."""
    organisation = organisation or vendor_organisation()
    contract = Contract.objects.create(
        organisation=organisation,
        number=f"OC-2026-{Contract.objects.count() + 1:04}",
        client_name=municipalities[0].naam,
    )
    version = ContractVersion.objects.create(
        contract=contract,
        number=1,
        service_level_version=level or level_of_service(),
        start=start,
        end=end,
        reason="x",
        drafters=["drafter@leverancier.example"],
        drafted_at=NOW,
    )
    ContractParty.objects.create(version=version, line="first", organisation=organisation, name="x")
    for each in municipalities:
        ContractCover.objects.create(
            contract=contract,
            version=version,
            municipality=each,
            municipality_name=each.naam,
            environment=each.environment,
        )
    for position, (kind, cents, per) in enumerate(
        [("hosting", 100_000, "year"), ("maintenance", 20_000, "year"), ("implementation", 999_999, "once")]
    ):
        ContractLine.objects.create(
            version=version, position=position, kind=kind, label=kind, quantity=1, unit_cents=cents, per=per
        )
    Annex.objects.create(
        version=version,
        kind="verwerkersovereenkomst",
        name="Verwerkersovereenkomst",
        document_version="1",
        valid_from=start,
        reference="dossier 12",
        added_at=NOW,
        added_by="x",
    )
    version.state, version.offered_at, version.offered_by = "aangeboden", NOW, "x"
    version.offer_until, version.digest = date(2030, 1, 1), DIGEST
    version.save()
    for side in ("gemeente", "leverancier"):
        Signature.objects.create(
            version=version,
            side=side,
            name=side,
            function="x",
            email=f"{side}@x.example",
            at=NOW,
            signed_on=NOW.date(),
            how="eigen_host",
            digest=DIGEST,
        )
    version.state, version.signed_at = "getekend", NOW
    version.save()
    return contract
