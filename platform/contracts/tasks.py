"""What the other side is told of a contract by mail; by a job, which alone knows the people of all."""

from __future__ import annotations

from celery import shared_task
from django.db import transaction

from contracts.contract_mails import tell_of_contract
from contracts.models import ContractVersion
from contracts.states import Side

EXPIRES_SECONDS = 3600


def tell_later(what: str, version: ContractVersion, *, by: Side) -> None:
    """Once it stands; ``by`` is who did it, and the other side hears of it."""
    given = {"what": what, "pk": version.pk, "by": by.value}
    transaction.on_commit(
        lambda: tell_other_side.apply_async(kwargs=given, expires=EXPIRES_SECONDS), robust=True
    )


@shared_task(for_vendor=True)
def tell_other_side(*, what: str, pk: int, by: str) -> None:
    tell_of_contract(what, pk, Side(by))
