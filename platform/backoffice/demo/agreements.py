"""Service levels, a price list, and a contract that both sides signed before the year began."""

from __future__ import annotations

from contextlib import suppress
from datetime import date, datetime, time, timedelta

from django.utils import timezone

from backoffice.demo.people import somebody
from contracts.annexes import AnnexTerms, add_annex
from contracts.contract_acts import Signer, offer, sign
from contracts.contract_asking import rows, sign_inside
from contracts.defaults import begin
from contracts.drafting import Terms, begin_contract, write_lines
from contracts.hours import book, buy
from contracts.models import (
    AnnexKind,
    BreakGlass,
    Contract,
    ContractVersion,
    PriceListVersion,
    ServiceLevelVersion,
)
from contracts.offered_lines import lines_of_offer
from contracts.pricing import Wishes
from contracts.pricing import offer as priced
from contracts.publishing import AgreementRefused
from tenants.accounts.person import Person
from tenants.registry.context import in_municipality
from tenants.registry.models import Municipality

ANNEXES = (
    (AnnexKind.GIBIT, "Algemene voorwaarden GIBIT", "2023"),
    (AnnexKind.VERWERKERSOVEREENKOMST, "Verwerkersovereenkomst, model VNG", "2.1"),
    (AnnexKind.EXITPLAN, "Exitplan", "1.0"),
)
KVK = {"haarlem": "01234567", "utrecht": "01234575"}
"""Invented."""
YEARS = 2
HOURS = 40
MINUTES_OF_AN_HOUR = 60


def first_day(today: date) -> date:
    """Of this year; in January of the one before, so that last month was promised something too."""
    return date(today.year - (today.month == 1), 1, 1)


def agree(municipality: Municipality, level: str, now: datetime) -> bool:
    """Whether a contract was made: where there is one, nothing is."""
    if Contract.objects.filter(versions__covers__municipality=municipality).exists():
        return False
    start = first_day(timezone.localdate(now))
    drawn_up = _at(start, days=-14)
    with suppress(AgreementRefused):  # it has levels already
        begin(person=somebody("eigenaar"), now=drawn_up)
    version = _draft(municipality, level, start, drawn_up)
    _sign(municipality, version, start)
    _use_hours(version.contract, start)
    return True


def _use_hours(contract: Contract, start: date) -> None:
    """What was paid for beforehand, and the first work of it."""
    person, day = somebody("eigenaar"), _at(start, days=0)
    sold, worked = HOURS * MINUTES_OF_AN_HOUR, 5 * MINUTES_OF_AN_HOUR
    buy(contract, sold, who="Accountbeheer", why="Strippenkaart", on=start, person=person, now=day)
    book(contract, worked, who="Helpdesk", why="Uitleg zaaktypen", on=start, person=person, now=day)


def _draft(municipality: Municipality, level: str, start: date, now: datetime) -> ContractVersion:
    drafter = somebody("accountbeheer")
    promised = ServiceLevelVersion.objects.filter(
        level__organisation=municipality.vendor_id, level__name=level
    ).first()
    prices = PriceListVersion.objects.filter(price_list__organisation=municipality.vendor_id).first()
    if promised is None or prices is None:
        raise LookupError(f"{municipality.vendor} has no service level {level}, or no price list.")
    version = begin_contract(
        municipality,
        Terms(
            service_level_version=promised,
            start=start,
            end=start.replace(year=start.year + YEARS) - timedelta(days=1),
            reason="Eerste contract",
            purchase_order=f"{municipality.schema_name[:3].upper()}-{start:%y}-004417",
            cost_centre="6110",
            indexation="Dienstenprijsindex van het CBS",
            indexation_from=start.replace(year=start.year + 1),
            break_glass=BreakGlass.TECHNIEK,
        ),
        kvk=KVK.get(municipality.schema_name, ""),
        person=drafter,
        now=now,
    )
    wishes = Wishes(municipality.inwoners or 0, level=level, storage_gb=2_000, environments=2, hours=HOURS)
    write_lines(version, lines_of_offer(priced(prices, wishes)), price_list_version=prices, person=drafter)
    for kind, name, document_version in ANNEXES:
        terms = AnnexTerms(kind, name, document_version, start, reference="Archief van de leverancier")
        add_annex(version, terms, person=drafter, now=now)
    return version


def _sign(municipality: Municipality, version: ContractVersion, start: date) -> None:
    director: Person = somebody("eigenaar")
    offered = offer(version, until=start, person=director, now=_at(start, days=-12))
    signer = Signer("Eigenaar Voorbeeld", "Directeur")
    sign(offered, signer, digest=offered.digest, person=director, now=_at(start, days=-11))
    with in_municipality(municipality):
        seen = rows().of(ContractVersion).select_related("contract").get(pk=offered.pk)
        sign_inside(
            seen,
            Signer("Beheerder Voorbeeld", "Afdelingshoofd informatievoorziening"),
            digest=seen.digest,
            person=somebody("beheerder", municipality.schema_name),
            now=_at(start, days=-8),
        )


def _at(start: date, *, days: int) -> datetime:
    """In the morning, so many days from then."""
    morning = datetime.combine(start + timedelta(days=days), time(10, 30))
    return timezone.make_aware(morning)
