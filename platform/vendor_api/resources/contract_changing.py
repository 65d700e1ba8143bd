"""What the acts on a contract have alike: how it is read, how it is shown, and by what an act is refused."""

from __future__ import annotations

from collections.abc import Callable
from typing import Any

from django.http import HttpResponse
from django.utils import timezone
from drf_spectacular.utils import extend_schema

from api.pipeline.words.refusals import NotFound
from contracts.contract_refusals import ContractRefused
from contracts.hours import HoursRefused, balance_of
from contracts.models import Contract, ContractVersion
from contracts.states import OPEN, VENDOR_AREA, State
from vendor_api.http.camel import Camel, read_body
from vendor_api.http.changing import Changeable
from vendor_api.http.refusals import NotPossible
from vendor_api.resources.contract_members import PARTS, ContractMembers, whole_contract

AREA = VENDOR_AREA


class OfContract(Changeable):
    model, refused, page_of_one = Contract, (ContractRefused, HoursRefused), "api_contract"
    queryset = Contract._base_manager.none()  # as of access grants
    serializer_class = ContractMembers

    def one(self, pk: int) -> Any:
        rows = Contract.objects.visible_to(self.holder)
        found = rows.prefetch_related("versions__service_level_version", *PARTS).filter(pk=pk).first()
        if found is None:
            raise NotFound
        return found

    def members(self, found: Any) -> dict[str, Any]:
        return whole_contract(found, timezone.localdate(), balance_of(found))

    def acted(
        self, pk: int, body: type[Camel], act: Callable[[Any, dict[str, Any]], object], status: int = 200
    ) -> HttpResponse:
        """``act`` is given the contract and what the body says."""
        return self.changed(
            pk, lambda found, sent: act(found, read_body(body, sent)), takes_body=True, status=status
        )

    def draft_of(self, contract: Contract) -> ContractVersion:
        """What was drawn up and not signed; a concept or an offer, which the act asks of it."""
        found = contract.versions.filter(state__in=OPEN).select_related("contract").first()
        if found is None:
            raise NotPossible(f"Er is geen {State.CONCEPT.label.lower()} of aanbod.")
        return found


def act(operation: str, summary: str, body: type[Camel] | None, status: int = 200) -> Callable[[Any], Any]:
    """Each is described alike: what is sent differs, what is answered is the contract as it stands."""
    decorate: Callable[[Any], Any] = extend_schema(
        operation_id=operation, summary=summary, request=body, responses={status: ContractMembers}
    )
    return decorate
