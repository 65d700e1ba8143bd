"""What is told of a contract by mail: what became of it, that notice was given, that its hours are used up.

A mail names the contract and leads to it; what was agreed stands on the page alone.
"""

from __future__ import annotations

from collections.abc import Iterator

from django.conf import settings
from django.db.models import Q
from django.template.loader import render_to_string
from django.urls import reverse
from django.utils.translation import override

from contracts.models import ContractCover, ContractVersion
from contracts.states import AREAS, Side, State
from tenants.accounts.letters import addresses, post, who_see
from tenants.accounts.rights import Level
from tenants.accounts.side import side_of
from tenants.errands.errands import send_on
from tenants.registry.context import in_municipality, require_public
from tenants.registry.models import Municipality
from tenants.registry.origin import origin_at, origin_of

SUBJECTS = {
    "offered": "Contract {number}: aangeboden ter ondertekening",
    "announced": "Contract {number}: geïndexeerde prijzen",
    "signed": "Contract {number}: de andere partij tekende",
    "agreed": "Contract {number}: beide partijen tekenden",
    "declined": "Contract {number}: de gemeente wijst het af",
    "withdrawn": "Contract {number}: het aanbod is ingetrokken",
    "notice": "Contract {number}: opgezegd",
    "annex": "Contract {number}: een bijlage wacht op u",
    "hours-low": "Contract {number}: de uren zijn bijna op",
    "hours-out": "Contract {number}: de uren zijn op",
}
TO_BOTH = frozenset({"agreed", "hours-low", "hours-out"})


def tell_later(what: str, version: ContractVersion, *, by: Side) -> None:
    """By a job, which alone knows the people of all. ``by`` is who did it, and the other side hears of it."""
    send_on("contract", what=what, pk=version.pk, by=by.value)


def tell_of_contract(*, what: str, pk: int, by: str) -> None:
    """The errand; of some things both sides hear."""
    require_public()
    found = ContractVersion.objects.select_related("contract__organisation").filter(pk=pk).first()
    if found is None:
        return
    version: ContractVersion = found
    agreed = what == "signed" and version.state == State.GETEKEND
    told = "agreed" if agreed else what
    for side in Side:
        if told in TO_BOTH or side is not Side(by):
            for address, link in _readers(version, side):
                _tell(told, version, link, address)


def _readers(version: ContractVersion, side: Side) -> Iterator[tuple[str, str]]:
    """Who sees it and may act on it, each with where he reads it."""
    if side is Side.LEVERANCIER:
        link = _link("vendor", version, origin_at(settings.VENDOR_HOSTS[0]))
        covered = ContractCover.objects.filter(contract=version.contract_id)  # as Contract.visible_to has it
        sees = who_see(*covered.values_list("municipality__schema_name", flat=True))
        own = Q(organisation=version.contract.organisation_id)
        for address in addresses("vendor", AREAS[side], Level.CHANGE, sees, own):
            yield address, link
        return
    covers = version.covers.select_related("municipality").exclude(
        municipality__status__in=[Municipality.Status.IN_INRICHTING, Municipality.Status.BEEINDIGD]
    )
    seen: set[str] = set()
    for cover in covers:
        link = _link("municipality", version, origin_of(cover.municipality))
        with in_municipality(cover.municipality):
            whom = addresses("municipality", AREAS[side], Level.APPROVE)
        for address in whom:
            if address.casefold() not in seen:  # one human has an account on each environment
                seen.add(address.casefold())
                yield address, link


def _link(console: str, version: ContractVersion, origin: str) -> str:
    urlconf = side_of(console).urlconf
    return f"{origin}{reverse('contract', urlconf=urlconf, args=[version.contract_id])}"


def _tell(what: str, version: ContractVersion, link: str, address: str) -> None:
    given = {"what": what, "version": version, "contract": version.contract, "link": link}
    with override(settings.LANGUAGE_CODE):
        body = render_to_string("contracts/mail/contract.txt", given)
    post(SUBJECTS[what].format(number=version.contract.number), body, [address])
