"""Two workers at once, each on a connection of its own: one sends to a webhook, one spreads."""

from __future__ import annotations

from collections.abc import Iterator
from concurrent.futures import ThreadPoolExecutor

import pytest
from django.db import connections, transaction
from django.utils import timezone

from tenants.registry.happenings import NotInTransaction
from tenants.registry.models import Municipality
from tests.conftest import Connected
from tests.vendor_api.conftest import empty_what_programs_left
from tests.vendor_api.webhooks import happens, webhook_at
from vendor_api.models import Delivery, Webhook, WebhookEvent
from vendor_api.webhooks.outbox import spread
from vendor_api.webhooks.sending import LEASE, take

PATIENCE_SECONDS = 20


@pytest.fixture(autouse=True)
def forgotten() -> None:
    """No test transaction here: what is written is seen by others."""


@pytest.fixture
def webhook(app_connection: Connected, owner_connection: Connected) -> Iterator[Webhook]:
    with app_connection():
        yield webhook_at("https://voorbeeld.nl/")
    with owner_connection():
        empty_what_programs_left()


@pytest.fixture
def elsewhere() -> Iterator[ThreadPoolExecutor]:
    with ThreadPoolExecutor(max_workers=1) as executor:
        yield executor
        executor.submit(connections.close_all).result()


def something_happens() -> None:
    with transaction.atomic():
        happens(Municipality.objects.get(schema_name="haarlem"))


def test_nothing_is_told_outside_a_transaction(webhook: Webhook) -> None:
    with pytest.raises(NotInTransaction):
        happens(subject=1)


def test_one_webhook_is_taken_by_one(webhook: Webhook, elsewhere: ThreadPoolExecutor) -> None:
    something_happens()
    now = timezone.now()
    spread(now)

    with transaction.atomic():
        first = take(now)
        during = elsewhere.submit(take, now).result(PATIENCE_SECONDS)
    after = elsewhere.submit(take, now).result(PATIENCE_SECONDS)
    once_over = elsewhere.submit(take, now + LEASE).result(PATIENCE_SECONDS)

    assert first is not None
    assert (during, after) == (None, None)
    assert once_over is not None
    assert once_over.delivery == first.delivery


def test_one_spreads_at_a_time(webhook: Webhook, elsewhere: ThreadPoolExecutor) -> None:
    something_happens()
    now = timezone.now()

    with transaction.atomic():
        assert spread(now) == 1
        assert elsewhere.submit(spread, now).result(PATIENCE_SECONDS) == 0

    assert Delivery.objects.filter(webhook=webhook).count() == 1
    assert not WebhookEvent.objects.exists()


def test_what_happens_while_one_spreads_is_not_lost(webhook: Webhook, elsewhere: ThreadPoolExecutor) -> None:
    something_happens()
    now = timezone.now()

    with transaction.atomic():
        assert spread(now) == 1
        elsewhere.submit(something_happens).result(PATIENCE_SECONDS)
    assert spread(now) == 1

    assert Delivery.objects.filter(webhook=webhook).count() == 2
