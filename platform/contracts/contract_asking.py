"""What people of a gemeente do with a contract, inside its own schema: sign, decline, give notice, agree."""

from __future__ import annotations

from datetime import date, datetime

from django.db import IntegrityError, transaction
from django.utils import timezone
from django.utils.translation import gettext

from contracts.content import whole_inside
from contracts.contract_acts import Signer, meanwhile
from contracts.contract_mails import tell_later
from contracts.contract_notes import LOGGED, note_inside
from contracts.contract_refusals import (
    Actor,
    ContractRefused,
    Known,
    Stale,
    refused_by_the_database,
    why_not,
)
from contracts.indexing import clause_of
from contracts.models import Annex, Contract, ContractVersion, Signature
from contracts.standing import next_notice, shown_version, signed
from contracts.states import MUNICIPALITY_AREA, TRANSITIONS, Side, State
from tenants.accounts.person import Person
from tenants.registry.context import current_municipality
from tenants.registry.vendor_rows import VendorRows, vendor_rows


def rows() -> VendorRows:
    return vendor_rows(current_municipality())


def known_inside(version: ContractVersion) -> Known:
    """As ``contract_acts.known_of``, for the gemeente."""
    versions = list(rows().of(ContractVersion).filter(contract=version.contract_id))
    for each in versions:
        each.contract = version.contract
    signatures = list(rows().of(Signature).filter(version=version.pk))
    by_clause = clause_of(version, versions, whole_inside)
    return Known(version.contract, versions, version, signatures, by_clause)


@transaction.atomic
def sign_inside(
    version: ContractVersion, signer: Signer, *, digest: str, person: Person, now: datetime
) -> None:
    """For the gemeente, what has this digest. Raises ContractRefused, Stale where somebody was first."""
    key = "tekenen-gemeente"
    _check(key, version, person, now)
    who = (signer.name.strip(), signer.function.strip(), person.user.email)
    _call("contracts_sign", version, version.pk, digest, *who, now)
    _done(key, version, person)
    tell_later("signed", version, by=Side.GEMEENTE)


@transaction.atomic
def decline(version: ContractVersion, reason: str, *, person: Person, now: datetime) -> None:
    """An offer that the gemeente does not want. Raises ContractRefused."""
    key = "afwijzen"
    _check(key, version, person, now)
    _call("contracts_decline", version, version.pk, reason.strip(), person.user.email, now)
    _done(key, version, person)
    tell_later("declined", version, by=Side.GEMEENTE)


@transaction.atomic
def give_notice(contract: Contract, reason: str, *, last_day: date, person: Person, now: datetime) -> None:
    """It runs until the last day, which the person saw. Raises ContractRefused."""
    key, today = "opzeggen", timezone.localdate(now)
    versions = list(rows().of(ContractVersion).filter(contract=contract.pk).select_related("contract"))
    version = shown_version(contract, versions, today)
    _check(key, version, person, now)
    notice = next_notice(signed(versions)[0], today)
    if notice is None or notice.last_day != last_day:
        raise Stale(gettext("De laatste dag is intussen een andere. Bekijk het contract en zeg dan op."))
    given = (contract.pk, last_day, reason.strip(), person.user.email, now)
    _call("contracts_give_notice", version, *given)
    _done(key, version, person)
    tell_later("notice", version, by=Side.GEMEENTE)


@transaction.atomic
def agree_to_annex(annex: Annex, *, person: Person, now: datetime) -> None:
    """To one that was added to what was signed already. Raises ContractRefused."""
    version = rows().of(ContractVersion).select_related("contract").get(pk=annex.version_id)
    refusal = why_no_agreement(annex, version, person)
    if refusal:
        raise ContractRefused(refusal)
    _call("contracts_agree_annex", version, annex.pk, person.user.email, now)
    note_inside("bijlage ondertekend", version, person)


def why_no_agreement(annex: Annex, version: ContractVersion, person: Person) -> str:
    """Empty for whoever may agree to it now."""
    transition = TRANSITIONS["tekenen-gemeente"]
    if not person.may(MUNICIPALITY_AREA, transition.level):
        return gettext("Uw rol tekent geen bijlagen.")
    if annex.signed_at is not None:
        return gettext("Deze bijlage is al getekend.")
    if version.state != State.GETEKEND:
        return gettext("Deze bijlage tekent u samen met het contract.")
    if annex.added_by.casefold() == person.user.email.casefold():
        return gettext("U voegde deze bijlage zelf toe. Laat een collega haar tekenen.")
    return ""


def actor_inside(person: Person) -> Actor:
    """What one sees inside a municipality is its own."""
    return Actor(person, Side.GEMEENTE)


def _check(key: str, version: ContractVersion, person: Person, now: datetime) -> None:
    known, today = known_inside(version), timezone.localdate(now)
    refusal = why_not(key, known, actor=actor_inside(person), today=today)
    if refusal:
        raise ContractRefused(refusal)


def _call(function: str, version: ContractVersion, *given: object) -> None:
    """Raises Stale where somebody was first."""
    try:
        with transaction.atomic():
            done = rows().call(function, *given)
    except IntegrityError as error:
        raise refused_by_the_database(error) from error
    if not done:
        current = rows().of(ContractVersion).select_related("contract").get(pk=version.pk)
        raise Stale(meanwhile(known_inside(current), timezone.localdate()))


def _done(key: str, version: ContractVersion, person: Person) -> None:
    note_inside(LOGGED[key], version, person)
