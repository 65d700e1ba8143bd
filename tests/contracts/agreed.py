"""Contracts of Haarlem with its vendor, brought to any state by who may."""

from __future__ import annotations

from collections.abc import Callable
from contextlib import AbstractContextManager
from dataclasses import dataclass
from datetime import date, datetime, timedelta
from itertools import count
from typing import Any

from django.utils import timezone

from contracts.annexes import AnnexTerms, add_annex
from contracts.contract_acts import Signer, offer, sign
from contracts.contract_asking import rows, sign_inside
from contracts.defaults import MATRIX
from contracts.drafting import LineTerms, Terms, amend, begin_contract, write_lines
from contracts.models import (
    Annex,
    AnnexKind,
    Calendar,
    Contract,
    ContractCover,
    ContractLine,
    ContractParty,
    ContractVersion,
    CostKind,
    How,
    Line,
    Per,
    Priority,
    Renewal,
    ServiceLevel,
    ServiceLevelVersion,
    Signature,
)
from contracts.states import Side, State
from tenants.accounts.models import Membership
from tenants.accounts.person import Person, person_of
from tenants.registry.context import for_vendor, in_municipality
from tenants.registry.models import Municipality, Organisation
from tests.people import House, member

DIGEST = "d" * 64
PDF = b"%PDF-1.7 een ondertekend blad"
NUMBERS = count(1)
Lines = tuple[Line, ...]


@dataclass(frozen=True)
class Cast:
    """Who draws up, who signs for the vendor, and who for the gemeente."""

    municipality: Municipality
    drafter: Membership
    director: Membership
    beheerder: Membership


def cast_of(municipality: Municipality) -> Cast:
    vendor = House.of(None)
    return Cast(
        municipality,
        member(vendor, "accountbeheer", "opsteller@leverancier.example"),
        member(vendor, "eigenaar", "directeur@leverancier.example"),
        member(House.of(municipality), "beheerder", "hoofd@haarlem.example"),
    )


def person(membership: Membership) -> Person:
    found = person_of(membership.user)
    assert found is not None
    return found


def inside(cast: Cast) -> AbstractContextManager[Municipality]:
    return in_municipality(cast.municipality)


def level_of(organisation_id: int, name: str = "Plus", **first: int | None) -> ServiceLevelVersion:
    """Published, with a calendar and a target for each priority; ``first`` is what P1 has of its own."""
    published = {
        "number": 1,
        "effective_from": date(2026, 1, 1),
        "reason": "Eerste",
        "published_at": timezone.now(),
        "published_by": "x@leverancier.example",
    }
    calendar, made = Calendar.objects.get_or_create(organisation_id=organisation_id, name=f"Dagen {name}")
    if made:
        calendar.versions.create(week=[[[420, 1080]]] * 5 + [[], []], **published)
    level, made = ServiceLevel.objects.get_or_create(organisation_id=organisation_id, name=name)
    if not made:
        return level.versions.get()
    version = level.versions.create(
        availability=99, window=calendar, rpo_minutes=60, rto_minutes=60, matrix=MATRIX, **published
    )
    for priority in Priority.values:
        own = first if priority == Priority.P1 else {}
        version.targets.create(
            priority=priority, calendar=calendar, **{"response": 60, "resolution": 480, **own}
        )
    return version


def made(municipality: Municipality, *, lines: Lines = tuple(Line), **given: Any) -> ContractVersion:
    """A concept as rows, complete but for what is left out by name."""
    organisation: Organisation = given.pop("organisation", municipality.vendor)
    contract = given.pop("contract", None) or Contract.objects.create(
        organisation=organisation, number=f"OC-2020-{next(NUMBERS):04}", client_name=municipality.naam
    )
    annexes = given.pop("annexes", (AnnexKind.VERWERKERSOVEREENKOMST,))
    covers = given.pop("covers", [municipality])
    today = timezone.localdate()
    version = ContractVersion.objects.create(
        **{
            "contract": contract,
            "number": contract.versions.count() + 1,
            "service_level_version": given.get("service_level_version") or level_of(organisation.pk),
            "start": today,
            "end": today + timedelta(days=364),
            "renewal": Renewal.YEARLY,
            "reason": "Eerste contract",
            "drafters": ["opsteller@leverancier.example"],
            "drafted_at": timezone.now(),
            **given,
        }
    )
    for line in lines:
        ContractParty.objects.create(
            version=version, line=line, organisation=organisation, name=organisation.name
        )
    for covered in covers:
        ContractCover.objects.create(
            contract=contract,
            version=version,
            municipality=covered,
            municipality_name=covered.naam,
            environment=covered.environment,
        )
    ContractLine.objects.create(
        version=version, position=1, kind=CostKind.HOSTING, label="Basis", quantity=1, unit_cents=100_00
    )
    for kind in annexes:
        Annex.objects.create(
            version=version,
            kind=kind,
            name=str(kind.label),
            document_version="1.0",
            valid_from=version.start,
            reference="In het archief van de leverancier",
            added_at=timezone.now(),
            added_by="opsteller@leverancier.example",
        )
    return version


def offered(version: ContractVersion, until: date | None = None) -> ContractVersion:
    version.state, version.offered_at, version.offered_by = State.AANGEBODEN, timezone.now(), "x"
    version.offer_until = until or timezone.localdate() + timedelta(days=30)
    version.digest = DIGEST
    version.save()
    return version


def signature(version: ContractVersion, side: Side, **given: Any) -> Signature:
    return Signature.objects.create(
        **{
            "version": version,
            "side": side,
            "name": "Iemand",
            "function": "Directeur",
            "email": f"{side.value}@tekent.example",
            "at": timezone.now(),
            "signed_on": timezone.localdate(),
            "how": How.OWN_HOST,
            "digest": version.digest,
            **given,
        }
    )


def agreed(version: ContractVersion) -> ContractVersion:
    """Signed by both sides, as rows."""
    if version.state == State.CONCEPT:
        offered(version)
    for side in Side:
        signature(version, side)
    version.state, version.signed_at = State.GETEKEND, timezone.now()
    version.save()
    return version


def terms(organisation_id: int, **given: Any) -> Terms:
    today = timezone.localdate()
    return Terms(
        **{
            "service_level_version": level_of(organisation_id),
            "start": today,
            "end": today + timedelta(days=364),
            "reason": "Eerste contract",
            **given,
        }
    )


def drafted(cast: Cast, now: datetime | None = None, **given: Any) -> ContractVersion:
    """A concept that can be offered, by its drafter."""
    moment = now or timezone.now()
    with for_vendor():
        who = person(cast.drafter)
        version = begin_contract(
            cast.municipality,
            terms(cast.municipality.vendor_id, **given),
            kvk="01234567",
            person=who,
            now=moment,
        )
        one = LineTerms(CostKind.HOSTING, "Basis", 1, "jaar", 48_600_00, Per.YEAR)
        write_lines(version, [one], person=who)
        paper = AnnexTerms(
            AnnexKind.VERWERKERSOVEREENKOMST, "Verwerkersovereenkomst", "2.1", timezone.localdate(moment), PDF
        )
        add_annex(version, paper, person=who, now=moment)
        return ContractVersion.objects.select_related("contract").get(pk=version.pk)


def offer_it(cast: Cast, version: ContractVersion, now: datetime | None = None) -> ContractVersion:
    moment = now or timezone.now()
    until = timezone.localdate(moment) + timedelta(days=30)
    with for_vendor():
        offer(version, until=until, person=person(cast.drafter), now=moment)
        return ContractVersion.objects.select_related("contract").get(pk=version.pk)


def sign_for_vendor(
    cast: Cast, version: ContractVersion, *, by: Membership | None = None, now: datetime | None = None
) -> None:
    with for_vendor():
        found = ContractVersion.objects.select_related("contract").get(pk=version.pk)
        who = person(by or cast.director)
        signer = Signer("D. Irecteur", "Directeur")
        sign(found, signer, digest=found.digest, person=who, now=now or timezone.now())


def sign_for_gemeente(
    cast: Cast, version: ContractVersion, *, by: Membership | None = None, now: datetime | None = None
) -> None:
    with inside(cast):
        found = rows().of(ContractVersion).select_related("contract").get(pk=version.pk)
        who = person(by or cast.beheerder)
        signer = Signer("H. Oofd", "Afdelingshoofd I&A")
        sign_inside(found, signer, digest=found.digest, person=who, now=now or timezone.now())


def concluded(cast: Cast, **given: Any) -> ContractVersion:
    """Signed by both, through the acts of both consoles."""
    version = offer_it(cast, drafted(cast, **given))
    sign_for_vendor(cast, version)
    sign_for_gemeente(cast, version)
    return shown(version)


def addendum(cast: Cast, contract: Contract, **given: Any) -> ContractVersion:
    with for_vendor():
        changed = terms(contract.organisation_id, **{"reason": "Hoger niveau", **given})
        version = amend(contract, changed, person=person(cast.drafter), now=timezone.now())
        return ContractVersion.objects.select_related("contract").get(pk=version.pk)


def shown(version: ContractVersion) -> ContractVersion:
    with for_vendor():
        return ContractVersion.objects.select_related("contract").get(pk=version.pk)


def refused(act: Callable[[], object], error: type[Exception]) -> str:
    """What is told to whoever may not."""
    try:
        act()
    except error as told:
        return str(told)
    return ""
