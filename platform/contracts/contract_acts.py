"""What people of the vendor do with a contract: offer it, sign it, take an offer back, and give notice.

Each is one transaction with its lines in the logs. The rows are locked: of two the second finds what the
first made of it.
"""

from __future__ import annotations

from dataclasses import dataclass, replace
from datetime import date, datetime, timedelta

from django.db import IntegrityError, transaction
from django.utils import timezone
from django.utils.translation import gettext

from contracts.annex_files import keep, spread
from contracts.content import Whole, digest_of, whole_of
from contracts.contract_mails import tell_later
from contracts.contract_notes import LOGGED, note_for_covered
from contracts.contract_refusals import (
    ContractRefused,
    Known,
    Stale,
    actor_of,
    refused_by_the_database,
    standing_for,
    why_not,
)
from contracts.drafting import enter, locked_contract, locked_version, note_draft
from contracts.environments import own_environments, reached_by
from contracts.indexing import clause_of
from contracts.models import AnnexKind, Contract, ContractVersion, How, Signature
from contracts.standing import next_notice, shown_version, signed
from contracts.states import LONGEST_OFFER_DAYS, Side, State
from tenants.accounts.person import Person
from tenants.registry.context import require_public
from tenants.registry.models import Municipality


@dataclass(frozen=True, slots=True)
class Signer:
    """As it stands under the contract."""

    name: str
    function: str


@dataclass(frozen=True, slots=True)
class Paper:
    """A PDF that somebody of this side signed, on a day."""

    side: Side
    raw: bytes
    signed_on: date


def missing(whole: Whole, *, person: Person, today: date) -> list[str]:
    """What has to be there before it can be offered, each as a sentence that says what to do."""
    version, told = whole.version, []
    if not whole.covers:
        told.append(gettext("Kies voor welke omgevingen het contract geldt."))
    own = own_environments(person)
    covered = [each.municipality_id for each in whole.covers]
    if own.filter(pk__in=covered).count() != len(covered):
        told.append(gettext("Haal de omgevingen weg die u niet bedient."))
    if not whole.parties:
        told.append(gettext("Kies wie welke lijn doet."))
    if not whole.lines:
        told.append(gettext("Voeg ten minste één prijsregel toe."))
    if not any(each.kind == AnnexKind.VERWERKERSOVEREENKOMST for each in whole.annexes):
        told.append(gettext("Voeg de verwerkersovereenkomst toe."))
    if version.end < today:
        told.append(gettext("Kies een einddatum vanaf vandaag."))
    return told


@transaction.atomic
def offer(
    version: ContractVersion, *, until: date, person: Person, now: datetime, seen: str = State.CONCEPT
) -> ContractVersion:
    """From now on the gemeente sees it, and nobody changes it. Raises ContractRefused."""
    known = _checked("aanbieden", version, person=person, now=now, seen=seen)
    locked, today = known.version, timezone.localdate(now)
    whole = whole_of(locked)
    if told := missing(whole, person=person, today=today):
        raise ContractRefused(" ".join(told))
    if not today <= until <= today + timedelta(days=LONGEST_OFFER_DAYS):
        raise ContractRefused(
            gettext("Kies een laatste dag vanaf vandaag, ten hoogste %(days)s dagen verder.")
            % {"days": LONGEST_OFFER_DAYS}
        )
    covered = [each.municipality for each in whole.covers]
    for annex in whole.annexes:
        if annex.key:
            spread(annex.key, covered)
    locked.state, locked.offered_at, locked.offered_by = State.AANGEBODEN, now, str(person.user)
    locked.offer_until, locked.digest = until, digest_of(whole)
    locked.save()
    _done("aanbieden", locked, person=person, now=now)
    what = "announced" if clause_of(locked, known.versions, whole_of) else "offered"
    tell_later(what, locked, by=Side.LEVERANCIER)
    return locked


@transaction.atomic
def discard(version: ContractVersion, *, person: Person, now: datetime) -> ContractVersion:
    """A concept comes to nothing. Raises ContractRefused."""
    locked = _checked("weggooien", version, person=person, now=now, seen=State.CONCEPT).version
    locked.state, locked.closed_at = State.INGETROKKEN, now
    locked.save(update_fields=["state", "closed_at"])
    enter(locked, "weggooien", person=person, now=now)
    note_draft(LOGGED["weggooien"], locked, person)
    return locked


@transaction.atomic
def withdraw(
    version: ContractVersion, reason: str, *, person: Person, now: datetime, seen: str = State.AANGEBODEN
) -> ContractVersion:
    """An offer that nobody can sign any more. Raises ContractRefused."""
    locked = _checked("intrekken", version, person=person, now=now, seen=seen).version
    locked.state, locked.closed_at = State.INGETROKKEN, now
    locked.save(update_fields=["state", "closed_at"])
    _done("intrekken", locked, person=person, now=now, words=reason)
    tell_later("withdrawn", locked, by=Side.LEVERANCIER)
    return locked


@transaction.atomic
def sign(
    version: ContractVersion, signer: Signer, *, digest: str, person: Person, now: datetime
) -> ContractVersion:
    """For the vendor, what has this digest; the second signature makes it agreed. Raises ContractRefused."""
    key = "tekenen-leverancier"
    known = _checked(key, version, person=person, now=now, seen=State.AANGEBODEN)
    locked = known.version
    _check_digest(locked, digest)
    _reached(locked, person)
    Signature.objects.create(
        version=locked,
        side=Side.LEVERANCIER,
        name=signer.name.strip(),
        function=signer.function.strip(),
        email=person.user.email,
        at=now,
        signed_on=timezone.localdate(now),
        how=How.OWN_HOST,
        digest=digest,
    )
    _complete(known, now)
    _done(key, locked, person=person, now=now)
    tell_later("signed", locked, by=Side.LEVERANCIER)
    return locked


@transaction.atomic
def record_paper(  # noqa: PLR0913  # each is a word of what is recorded
    version: ContractVersion, signer: Signer, paper: Paper, *, digest: str, person: Person, now: datetime
) -> ContractVersion:
    """That somebody signed on paper, of either side: the PDF is kept. Raises ContractRefused."""
    key = "getekend-pdf"
    known = _checked(key, version, person=person, now=now, seen=State.AANGEBODEN)
    locked, today = known.version, timezone.localdate(now)
    _check_digest(locked, digest)
    if any(each.side == paper.side for each in known.signatures):
        raise Stale(gettext("Deze kant tekende al."))
    offered = timezone.localdate(locked.offered_at) if locked.offered_at else today
    if not offered <= paper.signed_on <= today:
        raise ContractRefused(
            gettext("Kies de dag van ondertekening: vanaf het aanbod, en niet later dan vandaag.")
        )
    kept = keep(paper.raw, _reached(locked, person))
    Signature.objects.create(
        version=locked,
        side=paper.side,
        name=signer.name.strip(),
        function=signer.function.strip(),
        email=person.user.email,
        at=now,
        signed_on=paper.signed_on,
        how=How.PDF,
        digest=digest,
        key=kept.key,
        size=kept.size,
        sha256=kept.sha256,
    )
    _complete(known, now)
    _done(key, locked, person=person, now=now, words=f"{paper.side.label}: {signer.name.strip()}")
    tell_later("signed", locked, by=Side.LEVERANCIER)
    return locked


@transaction.atomic
def note_notice(  # noqa: PLR0913  # as record_paper
    contract: Contract, reason: str, *, by: Side, last_day: date, person: Person, now: datetime
) -> Contract:
    """That a side gave notice; it runs until the last day that the person saw. Raises ContractRefused."""
    require_public()
    key = "opzeggen-leverancier" if by is Side.LEVERANCIER else "opzegging-gemeente"
    locked = locked_contract(contract.pk, person)
    versions, today = list(locked.versions.select_for_update()), timezone.localdate(now)
    version = shown_version(locked, versions, today)
    known = Known(locked, versions, version, ())
    refusal = why_not(key, known, actor=actor_of(person, locked), today=today)
    if refusal:
        raise ContractRefused(refusal)
    notice = next_notice(signed(versions)[0], today)
    if notice is None or notice.last_day != last_day:
        raise Stale(gettext("De laatste dag is intussen een andere. Bekijk het contract en zeg dan op."))
    locked.notice_at, locked.notice_side, locked.notice_by = now, by, str(person.user)
    locked.notice_reason, locked.ends_on = reason.strip(), last_day
    locked.save(update_fields=["notice_at", "notice_side", "notice_by", "notice_reason", "ends_on"])
    _done(key, version, person=person, now=now, words=reason)
    tell_later("notice", version, by=Side.LEVERANCIER)
    return locked


def known_of(version: ContractVersion) -> Known:
    """For the vendor."""
    contract = version.contract
    versions = list(contract.versions.all())
    by_clause = clause_of(version, versions, whole_of)
    return Known(contract, versions, version, list(version.signatures.all()), by_clause)


def meanwhile(known: Known, today: date) -> str:
    """What somebody else made of it."""
    standing = standing_for("aanbieden", known, today)
    return gettext("Deze versie is intussen %(state)s. Bekijk haar opnieuw.") % {
        "state": str(standing.label).lower()
    }


def _checked(key: str, version: ContractVersion, *, person: Person, now: datetime, seen: str) -> Known:
    """The version, locked, where the person saw it in the state that it is in and may do this."""
    require_public()
    locked = locked_version(version, person)
    known, today = known_of(locked), timezone.localdate(now)
    if locked.state != seen:
        raise Stale(meanwhile(known, today))
    refusal = why_not(key, known, actor=actor_of(person, locked.contract), today=today)
    if refusal:
        raise ContractRefused(refusal)
    return known


def _check_digest(locked: ContractVersion, digest: str) -> None:
    if locked.digest != digest:
        raise Stale(gettext("U zag een andere versie dan deze. Bekijk haar opnieuw."))


def _reached(locked: ContractVersion, person: Person) -> list[Municipality]:
    """Raises ContractRefused for whose vendor hosts nothing of it, and is not about to."""
    reached = reached_by(locked, person)
    if not reached:
        raise ContractRefused(gettext("De omgevingen van dit contract bedient u niet, of niet meer."))
    return reached


def _complete(known: Known, now: datetime) -> None:
    """With all signatures it is agreed; the database puts it in force, or says what is in its way."""
    locked = known.version
    if replace(known, signatures=list(locked.signatures.all())).waits_for:
        return
    locked.state, locked.signed_at = State.GETEKEND, now
    try:
        with transaction.atomic():
            locked.save(update_fields=["state", "signed_at"])
    except IntegrityError as error:
        raise refused_by_the_database(error) from error


def _done(key: str, version: ContractVersion, *, person: Person, now: datetime, words: str = "") -> None:
    enter(version, key, person=person, now=now, words=words)
    note_for_covered(LOGGED[key], version, person, {"staat": [None, str(version.state)]})
