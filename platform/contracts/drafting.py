"""A contract is drawn up by people of the vendor: a concept that the gemeente does not see yet."""

from __future__ import annotations

from collections.abc import Mapping, Sequence
from dataclasses import asdict, dataclass, field
from datetime import date, datetime, timedelta
from decimal import Decimal
from typing import Any

from django.db import transaction
from django.utils import timezone
from django.utils.translation import gettext

from contracts.contract_refusals import ContractRefused, Known, Stale, actor_of, why_not
from contracts.environments import (
    environments_for,
    own_environments,
    possible_parties,
    possible_third_lines,
)
from contracts.models import (
    Annex,
    BreakGlass,
    Contract,
    ContractCounter,
    ContractCover,
    ContractEntry,
    ContractLine,
    ContractParty,
    ContractVersion,
    Line,
    PriceListVersion,
    Renewal,
    ServiceLevelVersion,
)
from contracts.models.agreed import MOST_OF_ONE
from contracts.standing import shown_version, signed
from contracts.states import OPEN, VENDOR_AREA, Side, State
from screens.formats import number
from tenants.accounts.log import note
from tenants.accounts.person import Person
from tenants.accounts.rights import Level
from tenants.registry.context import require_public
from tenants.registry.models import Municipality, Organisation

MOST_LINES = 40
MOST_COVERS = 20
FARTHEST = timedelta(days=20 * 366)
"""From today a contract begins, and from there it ends."""


@dataclass(frozen=True, slots=True)
class Terms:
    """What a version says of itself; see ContractVersion."""

    service_level_version: ServiceLevelVersion
    start: date
    end: date
    reason: str
    renewal: str = Renewal.YEARLY
    notice_months: int = 3
    indexation: str = ""
    indexation_from: date | None = None
    purchase_order: str = ""
    cost_centre: str = ""
    callers: str = ""
    escalation: str = ""
    security_contact: str = ""
    break_glass: str = BreakGlass.NONE
    overdraft: bool = False
    indexation_cap: Decimal | None = None
    indexation_by_clause: bool = False


@dataclass(frozen=True, slots=True)
class LineTerms:
    """See ContractLine."""

    kind: str
    label: str
    quantity: int
    unit: str
    unit_cents: int
    per: str


@dataclass(frozen=True, slots=True)
class Coverage:
    """Which environments, which components of them (none is all), and who does which line."""

    municipalities: Sequence[Municipality]
    parties: Mapping[Line, Organisation]
    components: Sequence[str] = field(default=())


@transaction.atomic
def begin_contract(
    municipality: Municipality, terms: Terms, *, kvk: str, person: Person, now: datetime
) -> ContractVersion:
    """The first version, for each environment of the gemeente. Raises ContractRefused."""
    require_public()
    organisation = person.membership.organisation
    if organisation is None or not own_environments(person).filter(pk=municipality.pk).exists():
        raise ContractRefused(gettext("Een contract stelt de leverancier van de gemeente op."))
    contract = Contract.objects.create(
        organisation=organisation,
        client=municipality,
        number=_next_number(organisation, timezone.localdate(now).year),
        client_name=municipality.naam,
        client_oin=municipality.oin,
        client_rsin=municipality.rsin,
        client_kvk=kvk,
    )
    version = _new_version(contract, 1, terms, person=person, now=now)
    environments = own_environments(person).same_gemeente(municipality)
    everything = Coverage(
        municipalities=list(environments[:MOST_COVERS]),
        parties=dict.fromkeys((Line.HOSTING, Line.FIRST, Line.SECOND), organisation),
    )
    _write_coverage(version, everything)
    enter(version, "opstellen", person=person, now=now, words=terms.reason)
    note_draft("contract opgesteld", version, person)
    return version


@transaction.atomic
def amend(
    contract: Contract, terms: Terms, *, person: Person, now: datetime, on: date | None = None
) -> ContractVersion:
    """The next version, that begins as what holds on that day, or now. Raises ContractRefused."""
    locked = locked_contract(contract.pk, person)
    versions = list(locked.versions.all())
    today = timezone.localdate(now)
    former = shown_version(locked, versions, on or today)
    known = Known(locked, versions, former, ())
    refusal = why_not("opstellen", known, actor=actor_of(person, locked), today=today)
    if refusal:
        raise ContractRefused(refusal)
    check_start(terms, versions)
    number = max(each.number for each in versions) + 1
    version = _new_version(locked, number, terms, person=person, now=now)
    version.price_list_version = former.price_list_version
    version.save(update_fields=["price_list_version"])
    _copy(former, version)
    enter(version, "opstellen", person=person, now=now, words=terms.reason)
    note_draft("addendum opgesteld", version, person)
    return version


@transaction.atomic
def write_terms(version: ContractVersion, terms: Terms, *, kvk: str, person: Person) -> ContractVersion:
    """Raises ContractRefused."""
    locked = draft_of(version, person)
    check_start(terms, [each for each in locked.contract.versions.all() if each.pk != locked.pk])
    for name, value in _values(terms).items():
        setattr(locked, name, value)
    locked.save()
    contract = locked.contract
    if kvk != contract.client_kvk and locked.number == 1:
        contract.client_kvk = kvk
        contract.save(update_fields=["client_kvk"])
    note_draft("concept gewijzigd", locked, person)
    return locked


@transaction.atomic
def write_coverage(version: ContractVersion, coverage: Coverage, *, person: Person) -> None:
    """Raises ContractRefused."""
    locked = draft_of(version, person)
    chosen = {each.pk for each in coverage.municipalities}
    if len(chosen) > MOST_COVERS:
        raise ContractRefused(gettext("Ten hoogste %(most)s omgevingen.") % {"most": MOST_COVERS})
    if own_environments(person).filter(pk__in=chosen).count() != len(chosen):
        raise ContractRefused(gettext("Een contract geldt alleen voor omgevingen die u bedient."))
    if environments_for(locked, person).filter(pk__in=chosen).count() != len(chosen):
        raise ContractRefused(
            gettext("Een contract geldt voor één gemeente. Stel voor een andere een eigen contract op.")
        )
    _check_parties(locked, coverage)
    locked.save(update_fields=["drafters"])
    _write_coverage(locked, coverage)
    note_draft("concept gewijzigd", locked, person)


@transaction.atomic
def write_lines(
    version: ContractVersion,
    lines: Sequence[LineTerms],
    *,
    price_list_version: PriceListVersion | None = None,
    person: Person,
) -> None:
    """All of them, in this order. Raises ContractRefused."""
    if len(lines) > MOST_LINES:
        raise ContractRefused(gettext("Ten hoogste %(most)s regels.") % {"most": MOST_LINES})
    if any(each.quantity > MOST_OF_ONE for each in lines):
        raise ContractRefused(
            gettext("Van een prijs komen er ten hoogste %(most)s in een contract. Vul minder in.")
            % {"most": number(MOST_OF_ONE)}
        )
    locked = draft_of(version, person)
    if price_list_version is not None:
        locked.price_list_version = price_list_version
    locked.save(update_fields=["drafters", "price_list_version"])
    locked.lines.all().delete()
    ContractLine.objects.bulk_create(
        ContractLine(version=locked, position=place, **asdict(each)) for place, each in enumerate(lines, 1)
    )
    note_draft("concept gewijzigd", locked, person)


@transaction.atomic
def write_line(
    version: ContractVersion, line: ContractLine | None, terms: LineTerms, *, person: Person
) -> None:
    """Another one at the end, or this one anew. Raises ContractRefused."""
    locked = draft_of(version, person)
    locked.save(update_fields=["drafters"])
    if line is not None:
        locked.lines.filter(pk=line.pk).update(**asdict(terms))
    else:
        last = locked.lines.order_by("-position").first()
        if locked.lines.count() >= MOST_LINES:
            raise ContractRefused(gettext("Ten hoogste %(most)s regels.") % {"most": MOST_LINES})
        place = last.position + 1 if last else 1
        ContractLine.objects.create(version=locked, position=place, **asdict(terms))
    note_draft("concept gewijzigd", locked, person)


@transaction.atomic
def remove_line(line: ContractLine, *, person: Person) -> None:
    """Raises ContractRefused."""
    locked = draft_of(line.version, person)
    locked.save(update_fields=["drafters"])
    locked.lines.filter(pk=line.pk).delete()
    note_draft("concept gewijzigd", locked, person)


def draft_of(version: ContractVersion, person: Person) -> ContractVersion:
    """The concept, locked, with the person among its drafters; still to be saved. Raises ContractRefused."""
    require_public()
    if not person.may(VENDOR_AREA, Level.CHANGE):
        raise ContractRefused(gettext("Uw rol wijzigt geen contracten."))
    locked = locked_version(version, person)
    if locked.state != State.CONCEPT:
        raise ContractRefused(
            gettext("Deze versie is %(state)s en wijzigt niet meer.")
            % {"state": str(locked.get_state_display()).lower()}
        )
    address = person.behind.email.lower()
    if address not in locked.drafters:
        locked.drafters = [*locked.drafters, address]
    return locked


def locked_contract(pk: int, person: Person) -> Contract:
    """Raises Stale for what is not seen, or not any more."""
    locked: Contract | None = Contract.objects.visible_to(person).select_for_update().filter(pk=pk).first()
    if locked is None:
        raise Stale(gettext("Dit contract ziet u niet, of niet meer."))
    return locked


def locked_version(version: ContractVersion, person: Person) -> ContractVersion:
    """After its contract: everybody locks them in this order. Raises Stale, as ``locked_contract``."""
    contract = locked_contract(version.contract_id, person)
    locked: ContractVersion = contract.versions.select_for_update().get(pk=version.pk)
    locked.contract = contract
    return locked


def complaints_of_days(start: date, end: date, today: date) -> dict[str, str]:
    """Why a contract does not hold from one to the other, by field; nothing where it may."""
    if not today - FARTHEST <= start <= today + FARTHEST:
        return {"start": gettext("Kies een begindatum binnen twintig jaar van vandaag.")}
    if end < start:
        return {"end": gettext("Kies een einddatum na de begindatum.")}
    if end > start + FARTHEST:
        return {"end": gettext("Kies een einddatum binnen twintig jaar.")}
    return {}


def terms_of(version: ContractVersion) -> Terms:
    return Terms(**{name: getattr(version, name) for name in Terms.__dataclass_fields__})


def check_start(terms: Terms, others: Sequence[ContractVersion]) -> None:
    """An amendment holds from a day within the contract that it amends. Raises ContractRefused."""
    if terms.end < terms.start:
        raise ContractRefused(gettext("De einddatum ligt voor de begindatum."))
    known = signed(others)
    if known and terms.start < known[0].start:
        raise ContractRefused(gettext("Een addendum begint niet eerder dan de versie die het wijzigt."))


def enter(version: ContractVersion, act: str, *, person: Person, now: datetime, words: str = "") -> None:
    """What happened, as the page and the proof show it."""
    ContractEntry.objects.create(
        contract_id=version.contract_id,
        version=version,
        at=now,
        act=act,
        side=Side.LEVERANCIER,
        person=str(person.user),
        words=words.strip(),
    )


def note_draft(action: str, version: ContractVersion, person: Person) -> None:
    """In the vendor's log alone: of a concept the gemeente knows nothing."""
    note(
        person=person,
        area=VENDOR_AREA,
        action=action,
        subject=f"{version.contract} ({version.contract.client_name})",
        changes={"versie": [None, version.number]},
    )


def _next_number(organisation: Organisation, year: int) -> str:
    ContractCounter.objects.get_or_create(organisation=organisation, year=year, defaults={"last": 0})
    counter = ContractCounter.objects.select_for_update().get(organisation=organisation, year=year)
    counter.last += 1
    counter.save(update_fields=["last"])
    return f"OC-{year}-{counter.last:04}"


def _new_version(
    contract: Contract, number: int, terms: Terms, *, person: Person, now: datetime
) -> ContractVersion:
    if contract.versions.filter(state__in=OPEN).exists():
        raise ContractRefused(gettext("Er is al een versie die nog niet is getekend. Rond die eerst af."))
    return ContractVersion.objects.create(
        contract=contract,
        number=number,
        drafters=[person.behind.email.lower()],
        drafted_at=now,
        **_values(terms),
    )


def _values(terms: Terms) -> dict[str, object]:
    return {name: getattr(terms, name) for name in Terms.__dataclass_fields__}


def _check_parties(locked: ContractVersion, coverage: Coverage) -> None:
    """Who stands there already may stay. Raises ContractRefused."""
    organisation = locked.contract.organisation
    stands = {(each.line, each.organisation_id) for each in locked.parties.all()}
    ordinary = possible_parties(organisation, coverage.municipalities)
    third = possible_third_lines(organisation, coverage.municipalities)
    for line, party in coverage.parties.items():
        if (line, party.pk) not in stands and party not in (third if line == Line.THIRD else ordinary):
            raise ContractRefused(
                gettext("%(party)s kan geen %(line)s doen. Kies uzelf of een partner van de gemeente.")
                % {"party": party.name, "line": str(Line(line).label).lower()}
            )


def _write_coverage(version: ContractVersion, coverage: Coverage) -> None:
    version.covers.all().delete()
    version.parties.all().delete()
    ContractCover.objects.bulk_create(
        ContractCover(
            contract_id=version.contract_id,
            version=version,
            municipality=each,
            municipality_name=each.naam,
            environment=each.environment,
            components=list(coverage.components),
        )
        for each in coverage.municipalities[:MOST_COVERS]
    )
    ContractParty.objects.bulk_create(
        ContractParty(version=version, line=line, organisation=party, name=party.name)
        for line, party in coverage.parties.items()
    )


def _copy(former: ContractVersion, version: ContractVersion) -> None:
    """What was signed of the annexes stays signed; the rest is signed with the new version."""
    models: tuple[Any, ...] = (ContractCover, ContractParty, ContractLine, Annex)
    for model in models:
        rows = list(model.objects.filter(version=former).order_by("pk"))
        for row in rows:
            row.pk, row.version = None, version
            if isinstance(row, ContractCover):
                row.is_offered = False
        model.objects.bulk_create(rows)
