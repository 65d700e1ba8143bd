"""Somebody looks while the municipality stops him: either the stop waits for the read, or nothing is read."""

from __future__ import annotations

import threading
from collections.abc import Iterator
from concurrent.futures import Future, ThreadPoolExecutor
from typing import Any

import pytest
from django.db import connections, transaction

from access.models import Grant, State
from tenants.accounts.models import Membership
from tenants.registry.context import in_municipality
from tenants.registry.models import Municipality
from tenants.visits.models import Visit
from tenants.visits.writing import note_visit
from tests.backoffice.looking.conftest import running, text
from tests.factories.zaken import ZaakFactory
from tests.people import House, browser_of, member

PATIENCE = 20


@pytest.fixture(autouse=True)
def forgotten() -> None:
    """No test transaction here: what is written is seen by others."""


@pytest.fixture(autouse=True)
def open_for_long() -> None:
    """Nor is anything arranged for all."""


@pytest.fixture
def asker(committing: Municipality) -> Iterator[Membership]:
    """Somebody of the vendor, who is gone again afterwards with all that he asked."""
    membership = member(House.of(None), "operatie")
    try:
        yield membership
    finally:
        Grant.objects.filter(person=membership.user).delete()
        membership.user.delete()


@pytest.fixture
def elsewhere() -> Iterator[ThreadPoolExecutor]:
    with ThreadPoolExecutor(max_workers=1) as executor:
        yield executor
        executor.submit(connections.close_all).result()


def stop(grant: Grant) -> None:
    """As the function behind the button does: it locks the row, and then says so."""
    with transaction.atomic():
        Grant.objects.select_for_update().get(pk=grant.pk)
        Grant.objects.filter(pk=grant.pk).update(state=State.INGETROKKEN)


def test_a_stop_waits_for_the_read_that_came_first(
    committing: Municipality,
    asker: Membership,
    elsewhere: ThreadPoolExecutor,
    monkeypatch: pytest.MonkeyPatch,
) -> None:
    with in_municipality(committing):
        zaak = ZaakFactory.create()
    grant = running(committing, asker)
    stopped: list[Future[Any]] = []
    order: list[str] = []
    real = note_visit

    def while_reading(**given: Any) -> Any:
        stopped.append(elsewhere.submit(stop, grant))
        assert not threading.Event().wait(0.5)
        assert not stopped[0].done()
        order.append("read")
        return real(**given)

    monkeypatch.setattr("backoffice.looking.looking.note_visit", while_reading)
    answer = browser_of(House.of(None), asker).get(f"/toegang/{grant.pk}/zaken/")
    stopped[0].result(timeout=PATIENCE)
    order.append("stopped")
    after = browser_of(House.of(None), asker).get(f"/toegang/{grant.pk}/zaken/")

    assert zaak.identificatie in text(answer)
    assert (answer.status_code, after.status_code, order) == (200, 403, ["read", "stopped"])
    with in_municipality(committing):
        assert Visit.objects.count() == 1


def test_who_waited_for_a_stop_reads_nothing(
    committing: Municipality, asker: Membership, elsewhere: ThreadPoolExecutor
) -> None:
    with in_municipality(committing):
        zaak = ZaakFactory.create()
    grant = running(committing, asker)
    browser = browser_of(House.of(None), asker)

    with transaction.atomic():
        Grant.objects.select_for_update().get(pk=grant.pk)
        asked = elsewhere.submit(browser.get, f"/toegang/{grant.pk}/zaken/")
        threading.Event().wait(0.5)
        assert not asked.done()
        Grant.objects.filter(pk=grant.pk).update(state=State.INGETROKKEN)
    answer = asked.result(timeout=PATIENCE)

    assert answer.status_code == 403
    assert zaak.identificatie not in text(answer)
    with in_municipality(committing):
        assert not Visit.objects.exists()
