"""Annexes are added by people of the vendor: to a draft, or later for the gemeente to agree to."""

from __future__ import annotations

from dataclasses import dataclass
from datetime import date, datetime

from django.db import transaction
from django.utils.translation import gettext

from contracts.annex_files import keep
from contracts.contract_mails import tell_later
from contracts.contract_notes import note_for_covered
from contracts.contract_refusals import ContractRefused
from contracts.drafting import draft_of, enter, locked_version, note_draft
from contracts.environments import reached_by
from contracts.models import Annex, ContractVersion
from contracts.states import VENDOR_AREA, Side, State
from tenants.accounts.person import Person
from tenants.accounts.rights import Level

MOST_ANNEXES = 20


@dataclass(frozen=True, slots=True)
class AnnexTerms:
    """See Annex; one of ``raw`` and ``reference`` is there."""

    kind: str
    name: str
    document_version: str
    valid_from: date
    raw: bytes = b""
    reference: str = ""


@transaction.atomic
def add_annex(version: ContractVersion, terms: AnnexTerms, *, person: Person, now: datetime) -> Annex:
    """To a concept, to be signed with it, or by itself to what was signed. Raises ContractRefused."""
    if version.state == State.CONCEPT:
        locked = draft_of(version, person)
        locked.save(update_fields=["drafters"])
    else:
        locked = _signed(version, person)
    reached = reached_by(locked, person)
    if not reached and locked.covers.exists():
        raise ContractRefused(gettext("De omgevingen van dit contract bedient u niet, of niet meer."))
    if locked.annexes.count() >= MOST_ANNEXES:
        raise ContractRefused(gettext("Ten hoogste %(most)s bijlagen.") % {"most": MOST_ANNEXES})
    annex = Annex(
        version=locked,
        kind=terms.kind,
        name=terms.name.strip(),
        document_version=terms.document_version.strip(),
        valid_from=terms.valid_from,
        reference=terms.reference.strip(),
        added_at=now,
        added_by=person.behind.email,
    )
    if terms.raw:
        if not reached:
            raise ContractRefused(gettext("Kies eerst voor welke omgevingen het contract geldt."))
        kept = keep(terms.raw, reached)
        annex.key, annex.size, annex.sha256 = kept.key, kept.size, kept.sha256
    annex.save()
    if locked.state == State.CONCEPT:
        note_draft("bijlage toegevoegd", locked, person)
    else:
        enter(locked, "bijlage", person=person, now=now, words=annex.name)
        note_for_covered("bijlage toegevoegd", locked, person)
        tell_later("annex", locked, by=Side.LEVERANCIER)
    return annex


@transaction.atomic
def remove_annex(annex: Annex, *, person: Person) -> None:
    """From a concept. Raises ContractRefused."""
    locked = draft_of(annex.version, person)
    locked.save(update_fields=["drafters"])
    locked.annexes.filter(pk=annex.pk).delete()
    note_draft("bijlage verwijderd", locked, person)


def _signed(version: ContractVersion, person: Person) -> ContractVersion:
    if not person.may(VENDOR_AREA, Level.CHANGE):
        raise ContractRefused(gettext("Uw rol wijzigt geen contracten."))
    locked = locked_version(version, person)
    if locked.state != State.GETEKEND:
        raise ContractRefused(
            gettext("Deze versie is %(state)s. Een bijlage hoort bij een concept of bij wat is getekend.")
            % {"state": str(locked.get_state_display()).lower()}
        )
    return locked
