"""A municipality goes to another vendor: what was agreed with the former one ends the day before.

Where it does not go after all, what the other one offered by then comes to nothing.
"""

from __future__ import annotations

from datetime import datetime

from django.db import IntegrityError, transaction
from django.db.models import Q, QuerySet
from django.utils import timezone
from django.utils.translation import gettext

from contracts.contract_notes import LOGGED, subject_of
from contracts.contract_refusals import ContractRefused, refused_by_the_database
from contracts.models import Contract, ContractEntry, ContractVersion, InForce, VendorChange
from contracts.states import MUNICIPALITY_AREA, VENDOR_AREA, Side, State
from tenants.accounts.log import note, note_for_both
from tenants.accounts.person import Person
from tenants.registry.context import in_municipality, require_public
from tenants.registry.models import Municipality, Organisation

ENDED = "overgedragen"
"""Of an entry."""


def move_to_vendor(
    municipality: Municipality, former: int | None, *, person: Person, now: datetime
) -> VendorChange:
    """In the transaction in which ``municipality`` got its vendor; ``former`` is the organisation before.

    What of the former was offered and not signed comes to nothing. Raises ContractRefused where two contracts
    that were prepared want the same line.
    """
    require_public()
    ended = _locked(municipality, now)
    words = gettext("Overgedragen aan %(new)s.") % {"new": municipality.vendor.name}
    for offer in _offers(municipality).exclude(contract__organisation=municipality.vendor):
        _take_back(offer, now)
        _enter("intrekken", offer, municipality, words, person=person, now=now)
    try:
        with transaction.atomic():
            change: VendorChange = VendorChange.objects.create(
                municipality=municipality,
                from_organisation_id=former,
                to_organisation=municipality.vendor,
                at=now,
            )
    except IntegrityError as error:
        raise _refused(error) from error
    for version in ended:
        _enter(ENDED, version, municipality, words, person=person, now=now)
    return change


@transaction.atomic
def take_offers_back(municipality: Municipality, of: Organisation, *, now: datetime) -> int:
    """Of who was to host it, and is not any more; how many.

    In the log of the gemeente alone: who reads that of vendors serves it, and these are offers of another.
    """
    require_public()
    _lock(municipality)
    offers = _offers(municipality).filter(contract__organisation=of)
    words = gettext("De overdracht aan %(new)s is afgebroken.") % {"new": of.name}
    for offer in offers:
        _take_back(offer, now)
        _entry("intrekken", offer, municipality, words, now)
        with in_municipality(municipality):
            note(person=None, area=MUNICIPALITY_AREA, action=LOGGED["intrekken"], subject=subject_of(offer))
    return len(offers)


def _take_back(offer: ContractVersion, now: datetime) -> None:
    offer.state, offer.closed_at = State.INGETROKKEN, now
    offer.save(update_fields=["state", "closed_at"])


def _lock(municipality: Municipality) -> None:
    """All contracts that are about it, in the order of their numbers."""
    all_of_it = Contract.objects.filter(covers__municipality=municipality)
    list(Contract.objects.filter(pk__in=all_of_it.values("pk")).order_by("pk").select_for_update())


def _locked(municipality: Municipality, now: datetime) -> list[ContractVersion]:
    """What of others holds from today on, of each contract the first version; the contracts are locked.

    Also those of who comes: what is signed meanwhile is signed before this, or finds whom it serves after it.
    """
    _lock(municipality)
    today = timezone.localdate(now)
    holds = InForce.objects.filter(Q(until__isnull=True) | Q(until__gte=today), municipality=municipality)
    rows = holds.exclude(contract__organisation=municipality.vendor).select_related("version__contract")
    first: dict[int, ContractVersion] = {}
    for row in rows.order_by("since", "pk"):
        first.setdefault(row.contract_id, row.version)
    return list(first.values())


def _offers(municipality: Municipality) -> QuerySet[ContractVersion]:
    found = ContractVersion.objects.filter(state=State.AANGEBODEN, covers__municipality=municipality)
    return found.select_related("contract").order_by("pk")


def _enter(  # noqa: PLR0913  # each is a word of what happened
    act: str,
    version: ContractVersion,
    municipality: Municipality,
    words: str,
    *,
    person: Person,
    now: datetime,
) -> None:
    """With its line in both logs."""
    _entry(act, version, municipality, words, now)
    note_for_both(
        person=person,
        area=VENDOR_AREA,
        there=MUNICIPALITY_AREA,
        action=LOGGED[act],
        subject=subject_of(version),
        municipality=municipality,
    )


def _entry(act: str, version: ContractVersion, municipality: Municipality, words: str, now: datetime) -> None:
    """Of the gemeente, which decided it."""
    ContractEntry.objects.create(
        contract_id=version.contract_id,
        version=version,
        at=now,
        act=act,
        side=Side.GEMEENTE,
        person=municipality.naam,
        words=words,
    )


def _refused(error: IntegrityError) -> ContractRefused:
    refused_by_the_database(error)  # raises what nobody foresaw
    return ContractRefused(
        gettext(
            "De nieuwe leverancier heeft twee getekende contracten voor dezelfde lijn. Zeg er eerst een op."
        )
    )
