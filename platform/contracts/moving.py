"""A municipality goes to another vendor: what was agreed with the former one ends the day before."""

from __future__ import annotations

from datetime import datetime

from django.db import IntegrityError, transaction
from django.db.models import Q
from django.utils import timezone
from django.utils.translation import gettext

from contracts.contract_notes import LOGGED, subject_of
from contracts.contract_refusals import ContractRefused, refused_by_the_database
from contracts.models import Contract, ContractEntry, ContractVersion, InForce, VendorChange
from contracts.states import MUNICIPALITY_AREA, VENDOR_AREA, Side, State
from tenants.accounts.log import note_for_both
from tenants.accounts.person import Person
from tenants.registry.context import require_public
from tenants.registry.models import Municipality

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
    for offer in _offers(municipality):
        offer.state, offer.closed_at = State.INGETROKKEN, now
        offer.save(update_fields=["state", "closed_at"])
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


def _locked(municipality: Municipality, now: datetime) -> list[ContractVersion]:
    """What of others holds from today on, of each contract the first version; the contracts are locked.

    Also those of who comes: what is signed meanwhile is signed before this, or finds whom it serves after it.
    """
    all_of_it = Contract.objects.filter(covers__municipality=municipality)
    list(Contract.objects.filter(pk__in=all_of_it.values("pk")).order_by("pk").select_for_update())
    today = timezone.localdate(now)
    holds = InForce.objects.filter(Q(until__isnull=True) | Q(until__gte=today), municipality=municipality)
    rows = holds.exclude(contract__organisation=municipality.vendor).select_related("version__contract")
    first: dict[int, ContractVersion] = {}
    for row in rows.order_by("since", "pk"):
        first.setdefault(row.contract_id, row.version)
    return list(first.values())


def _offers(municipality: Municipality) -> list[ContractVersion]:
    found = ContractVersion.objects.filter(state=State.AANGEBODEN, covers__municipality=municipality)
    others = found.exclude(contract__organisation=municipality.vendor).select_related("contract")
    return list(others.order_by("pk"))


def _enter(  # noqa: PLR0913  # each is a word of what happened
    act: str,
    version: ContractVersion,
    municipality: Municipality,
    words: str,
    *,
    person: Person,
    now: datetime,
) -> None:
    """For the gemeente, which decided it, and in the logs."""
    ContractEntry.objects.create(
        contract_id=version.contract_id,
        version=version,
        at=now,
        act=act,
        side=Side.GEMEENTE,
        person=municipality.naam,
        words=words,
    )
    note_for_both(
        person=person,
        area=VENDOR_AREA,
        there=MUNICIPALITY_AREA,
        action=LOGGED[act],
        subject=subject_of(version),
        municipality=municipality,
    )


def _refused(error: IntegrityError) -> ContractRefused:
    refused_by_the_database(error)  # raises what nobody foresaw
    return ContractRefused(
        gettext(
            "De nieuwe leverancier heeft twee getekende contracten voor dezelfde lijn. Zeg er eerst een op."
        )
    )
