"""Two people who publish at once, each on a connection of his own: one did it, the other is told."""

from __future__ import annotations

from collections.abc import Iterator
from concurrent.futures import ThreadPoolExecutor
from datetime import timedelta

import pytest
from django.db import connections, transaction
from django.utils import timezone
from psycopg2 import sql

from contracts.defaults import begin
from contracts.hours import HoursRefused, balance_of, book, buy
from contracts.models import Calendar, Contract
from contracts.publishing import AgreementRefused, CalendarTerms, Publishing, publish_calendar
from tenants.accounts.person import Person, person_of
from tenants.registry.connection import connection
from tenants.registry.context import for_vendor
from tenants.registry.models import Municipality
from tests.conftest import Connected
from tests.contracts.signed import day, signed_contract
from tests.people import House, member
from tests.tenants.accounts.test_at_once import wait_until_blocked

PATIENCE_SECONDS = 20
LEFT = (
    "contracts_contract",
    "contracts_calendar",
    "contracts_servicelevel",
    "contracts_pricelist",
    "accounts_user",
    "backoffice_logline",
)


@pytest.fixture(autouse=True)
def forgotten() -> None:
    """What the others forget is in one transaction, and these are in several."""


@pytest.fixture
def boss(committing: Municipality, owner_connection: Connected) -> Iterator[Person]:
    """In tables that another connection sees; afterwards they are empty."""
    membership = member(House.of(None), "eigenaar", "tegelijk@x.example")
    with for_vendor():
        person = person_of(membership.user)
        assert person is not None
        begin(person=person, now=timezone.now())
    yield person
    with owner_connection(), connection.cursor() as cursor:
        for table in LEFT:
            cursor.execute(sql.SQL("TRUNCATE public.{} CASCADE").format(sql.Identifier(table)))


def publish(person: Person) -> None:
    now = timezone.now()
    with for_vendor():
        publish_calendar(
            Calendar.objects.get(name="Kantoortijden"),
            CalendarTerms([[(540, 1020)]] * 7),
            Publishing(timezone.localdate(now) + timedelta(days=1), "Ruimer"),
            seen=1,
            person=person,
            now=now,
        )


def test_of_two_who_publish_at_once_the_second_sees_what_the_first_did(boss: Person) -> None:
    def second() -> str:
        try:
            publish(boss)
        except AgreementRefused as refused:
            return str(refused)
        finally:
            connections.close_all()
        return ""

    with ThreadPoolExecutor(max_workers=1) as elsewhere:
        with for_vendor(), transaction.atomic():
            publish(boss)
            answer = elsewhere.submit(second)
            wait_until_blocked(answer)
        told = answer.result(timeout=PATIENCE_SECONDS)

    assert "publiceerde intussen versie 2" in told
    with for_vendor():
        assert Calendar.objects.get(name="Kantoortijden").versions.count() == 2


def test_of_two_who_book_the_last_hour_at_once_one_does(boss: Person, committing: Municipality) -> None:
    with for_vendor():
        contract = signed_contract(committing)
        buy(contract, 60, who="x", why="x", on=day(0), person=boss, now=timezone.now())

    def second() -> str:
        try:
            book_an_hour(contract, boss)
        except HoursRefused as refused:
            return str(refused)
        finally:
            connections.close_all()
        return ""

    with ThreadPoolExecutor(max_workers=1) as elsewhere:
        with for_vendor(), transaction.atomic():
            book_an_hour(contract, boss)
            answer = elsewhere.submit(second)
            wait_until_blocked(answer)
        told = answer.result(timeout=PATIENCE_SECONDS)

    assert "nog 0:00 over" in told
    with for_vendor():
        assert balance_of(contract) == 0


def book_an_hour(contract: Contract, person: Person) -> None:
    with for_vendor():
        book(contract, 60, who="x", why="x", on=day(0), person=person)
