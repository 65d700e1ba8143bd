"""Sending what waits: to each webhook one at a time and in order, to several at once.

Whoever sends has taken the webhook for a while. Killed in between, another begins where it was, so that a
message may come twice, with the same name. Who answers slowly keeps nobody waiting but himself.
"""

from __future__ import annotations

import time
from collections.abc import Mapping
from concurrent.futures import FIRST_COMPLETED, Future, ThreadPoolExecutor, wait
from dataclasses import dataclass, field
from datetime import datetime, timedelta
from http import HTTPStatus

from django.conf import settings
from django.db import transaction
from django.db.models import F
from django.utils import timezone

from tenants.registry.context import require_public
from tenants.registry.exchange import Asked, NoAnswer, NotAskable, ask, parsed
from tenants.registry.sealing import Unreadable
from vendor_api.models import Delivery, Webhook
from vendor_api.webhooks.failing import note_arrival, note_failure
from vendor_api.webhooks.signing import body_of, headers_of, secrets_of

LANES = 8
"""Webhooks that are sent to at once."""
MOST_OF_ONE = 50
"""Messages to one webhook before it is another's turn."""
TOTAL_SECONDS = 8.0
"""For one message, from the look-up of the host on."""
LEASE = timedelta(minutes=3)
REST = timedelta(minutes=1)
"""How long one that gave no answer is left alone."""


@dataclass(frozen=True, slots=True)
class Message:
    """All that sending needs, so that it asks nothing of the database."""

    url: str
    headers: Mapping[str, str]
    body: bytes


@dataclass(frozen=True, slots=True)
class Outcome:
    """``status`` is None where there was no answer."""

    status: int | None
    milliseconds: int

    @property
    def arrived(self) -> bool:
        return self.status is not None and HTTPStatus.OK <= self.status < HTTPStatus.MULTIPLE_CHOICES


@dataclass(slots=True)
class Lane:
    """A webhook that is being sent to."""

    webhook: Webhook
    delivery: Delivery
    sent: int = 0


@dataclass(slots=True)
class Sender:
    """Begins nothing after ``until``, of the monotonic clock."""

    pool: ThreadPoolExecutor
    until: float
    running: dict[Future[Outcome], Lane] = field(default_factory=dict)
    sent: int = 0

    def run(self) -> int:
        """How many messages were sent, whether they arrived or not."""
        while True:
            while len(self.running) < LANES and (lane := self._taken()) is not None:
                self._begin(lane)
            if not self.running:
                return self.sent
            done, _ = wait(self.running, return_when=FIRST_COMPLETED)
            for future in done:
                self._go_on(self.running.pop(future), future.result())

    def _taken(self) -> Lane | None:
        return take(timezone.now()) if time.monotonic() < self.until else None

    def _begin(self, lane: Lane) -> None:
        try:
            message = message_of(lane.webhook, lane.delivery, timezone.now())
        except Unreadable:  # its secret was sealed by another deployment
            self._go_on(lane, Outcome(None, 0))
        else:
            self.running[self.pool.submit(send, message)] = lane

    def _go_on(self, lane: Lane, outcome: Outcome) -> None:
        now = timezone.now()
        record(lane.delivery, outcome, now)
        lane.sent += 1
        self.sent += 1
        if outcome.status is None:
            release(lane.webhook, now + REST)
            return
        goes_on = lane.sent < MOST_OF_ONE and time.monotonic() < self.until
        following = next_of(lane.webhook, now) if goes_on else None
        if following is None:
            release(lane.webhook, None)
            return
        lane.delivery = following
        self._begin(lane)


def deliver(*, until: float) -> int:
    """Outside a transaction: what was sent is written down at once."""
    require_public()
    with ThreadPoolExecutor(max_workers=LANES) as pool:
        return Sender(pool, until).run()


@transaction.atomic
def take(now: datetime) -> Lane | None:
    """The webhook that was served longest ago, with what is to be sent to it first."""
    found = Webhook.objects.with_work(now).select_for_update(skip_locked=True)
    webhook = found.order_by(F("served_at").asc(nulls_first=True), "pk").first()
    delivery = None if webhook is None else next_of(webhook, now)
    if webhook is None or delivery is None:
        return None
    webhook.busy_until, webhook.served_at = now + LEASE, now
    webhook.save(update_fields=["busy_until", "served_at"])
    return Lane(webhook, delivery)


def release(webhook: Webhook, until: datetime | None) -> None:
    """Nothing where it took so long that another has it now."""
    Webhook.objects.filter(pk=webhook.pk, busy_until=webhook.busy_until).update(busy_until=until)


def next_of(webhook: Webhook, now: datetime) -> Delivery | None:
    """None too where it was switched off or ended meanwhile."""
    served = Webhook.objects.served()
    return Delivery.objects.sendable(now).filter(webhook__in=served, webhook=webhook).order_by("pk").first()


def message_of(webhook: Webhook, delivery: Delivery, now: datetime) -> Message:
    body = body_of(delivery)
    return Message(webhook.url, headers_of(delivery, body, secrets_of(webhook, now), now), body)


def send(message: Message) -> Outcome:
    """By the guarded exchange: no private address, no redirect, and an end to its time."""
    begun = time.monotonic()
    try:
        asked = Asked(
            parsed(message.url),
            frozenset(settings.WEBHOOK_PRIVATE_HOSTS),
            method="POST",
            headers=message.headers,
            body=message.body,
        )
        status: int | None = ask(asked, deadline=begun + TOTAL_SECONDS).status
    except (NoAnswer, NotAskable):
        status = None
    return Outcome(status, round((time.monotonic() - begun) * 1000))


@transaction.atomic
def record(delivery: Delivery, outcome: Outcome, now: datetime) -> None:
    """Nothing where it was tried again or given up meanwhile."""
    # before its deliveries, as whoever ends it does
    webhook = Webhook.objects.select_for_update().get(pk=delivery.webhook_id)
    found = Delivery.objects.select_for_update().waiting().filter(pk=delivery.pk).first()
    if found is None:
        return
    found.attempts += 1
    found.last_at, found.last_status, found.last_ms = now, outcome.status, outcome.milliseconds
    if outcome.arrived:
        note_arrival(webhook, found)
    else:
        note_failure(webhook, found, now)
