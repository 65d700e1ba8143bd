"""Two at once, each on a connection of his own: one did it, the other is told."""

from __future__ import annotations

from collections.abc import Callable, Iterator
from concurrent.futures import ThreadPoolExecutor
from pathlib import Path

import pytest
from django.db import IntegrityError, connections, transaction
from django.utils import timezone
from psycopg2 import sql
from pytest_django.fixtures import Settings

from contracts.contract_acts import withdraw
from contracts.contract_refusals import ContractRefused
from contracts.models import ContractVersion, InForce, Signature
from contracts.states import Side, State
from tenants.registry.connection import connection
from tenants.registry.context import for_vendor
from tenants.registry.models import Municipality
from tests.conftest import Connected
from tests.contracts.agreed import (
    Cast,
    cast_of,
    drafted,
    made,
    offer_it,
    offered,
    person,
    sign_for_gemeente,
    sign_for_vendor,
    signature,
)
from tests.people import House, member
from tests.tenants.accounts.test_at_once import wait_until_blocked

PATIENCE_SECONDS = 20
LEFT = (
    "contracts_contract",
    "contracts_contractcounter",
    "contracts_calendar",
    "contracts_servicelevel",
    "accounts_user",
    "backoffice_logline",
)


@pytest.fixture(autouse=True)
def forgotten() -> None:
    """What the others forget is in one transaction, and these are in several."""


@pytest.fixture
def committed(
    committing: Municipality, owner_connection: Connected, settings: Settings, tmp_path: Path
) -> Iterator[Cast]:
    """In tables that another connection sees; afterwards they are empty."""
    settings.MEDIA_ROOT = str(tmp_path)
    yield cast_of(committing)
    with owner_connection(), connection.cursor() as cursor:
        for table in LEFT:
            cursor.execute(sql.SQL("TRUNCATE public.{} CASCADE").format(sql.Identifier(table)))


def at_once(first: Callable[[], object], second: Callable[[], object]) -> str:
    """What the second is told, who waits until the first is done."""

    def other() -> str:
        try:
            second()
        except (ContractRefused, IntegrityError) as error:
            return str(error)
        finally:
            connections.close_all()
        return ""

    with ThreadPoolExecutor(max_workers=1) as elsewhere:
        with transaction.atomic():
            first()
            answer = elsewhere.submit(other)
            wait_until_blocked(answer)
        return answer.result(timeout=PATIENCE_SECONDS)


def test_of_two_who_sign_for_the_vendor_one_does(committed: Cast) -> None:
    version = offer_it(committed, drafted(committed))
    colleague = member(House.of(None), "eigenaar", "tweede@leverancier.example")

    told = at_once(
        lambda: sign_for_vendor(committed, version),
        lambda: sign_for_vendor(committed, version, by=colleague),
    )

    assert "tekende al" in told
    assert Signature.objects.filter(version=version).count() == 1


def test_of_two_who_sign_for_the_gemeente_one_does(committed: Cast) -> None:
    version = offer_it(committed, drafted(committed))
    colleague = member(House.of(committed.municipality), "beheerder", "tweede@haarlem.example")

    told = at_once(
        lambda: sign_for_gemeente(committed, version),
        lambda: sign_for_gemeente(committed, version, by=colleague),
    )

    assert told
    assert Signature.objects.filter(version=version).count() == 1


@pytest.mark.parametrize("first", ["leverancier", "gemeente"])
def test_both_sides_at_once_make_it_agreed(committed: Cast, first: str) -> None:
    """The second waits for the first, sees its signature, and so it is signed."""
    version = offer_it(committed, drafted(committed))
    acts = [lambda: sign_for_vendor(committed, version), lambda: sign_for_gemeente(committed, version)]
    if first == "gemeente":
        acts.reverse()

    assert at_once(*acts) == ""

    assert ContractVersion.objects.get(pk=version.pk).state == State.GETEKEND
    assert InForce.objects.filter(version=version).exists()


def test_what_is_taken_back_is_not_signed(committed: Cast) -> None:
    version = offer_it(committed, drafted(committed))

    def take_back() -> None:
        with for_vendor():
            withdraw(version, "Toch niet", person=person(committed.drafter), now=timezone.now())

    told = at_once(take_back, lambda: sign_for_gemeente(committed, version))

    assert "ingetrokken" in told
    assert not Signature.objects.exists()


def test_of_two_contracts_for_one_line_one_comes_in_force(committed: Cast) -> None:
    """By plain statements: the constraint holds it, whatever the code asks."""
    one, other = (offered(made(committed.municipality)) for _ in range(2))
    for version in (one, other):
        for side in Side:
            signature(version, side)

    def sign(version: ContractVersion) -> None:
        ContractVersion.objects.filter(pk=version.pk).update(state=State.GETEKEND, signed_at=timezone.now())

    told = at_once(lambda: sign(one), lambda: sign(other))

    assert "one_contract_at_a_time" in told
    assert set(InForce.objects.values_list("version", flat=True)) == {one.pk}


def test_who_writes_in_a_draft_waits_for_who_offers_it(committed: Cast) -> None:
    version = made(committed.municipality)

    told = at_once(lambda: offered(version), lambda: version.lines.filter(position=1).update(unit_cents=1))

    assert "offered does not change" in told
    assert version.lines.get().unit_cents == 100_00
