"""What waits is sent to a real server: signed, in order, again where it failed, and with numbers alone."""

from __future__ import annotations

import threading
from collections.abc import Callable, Iterator
from contextlib import AbstractContextManager, ExitStack
from datetime import datetime, timedelta
from typing import Any

import pytest
from django.core import mail
from django.utils import timezone
from pytest_django import Settings

from backoffice.models import LogLine
from tenants.accounts.person import person_of
from tenants.registry.context import for_vendor
from tenants.registry.models import Municipality
from tests.people import House, member, partner_organisation
from tests.vendor_api.receiver import PATIENCE_SECONDS, Receiver, is_signed, listening
from tests.vendor_api.webhooks import happens, webhook_at
from vendor_api.models import Delivery, DeliveryState, Webhook
from vendor_api.tasks import deliver_webhooks
from vendor_api.webhooks import sending
from vendor_api.webhooks.acting import OVERLAP, try_out
from vendor_api.webhooks.failing import LATER, PATIENCE
from vendor_api.webhooks.outbox import spread
from vendor_api.webhooks.sending import LEASE, MOST_OF_ONE, REST
from vendor_api.webhooks.signing import new_secret, sealed

Later = Callable[[timedelta], datetime]
Committing = Callable[..., AbstractContextManager[list[Any]]]


@pytest.fixture
def receivers(settings: Settings) -> Iterator[Callable[..., Receiver]]:
    """Each is allowed, though it is on this machine."""
    with ExitStack() as stack:

        def made(**how: Any) -> Receiver:
            receiver = stack.enter_context(listening(Receiver(**how)))
            settings.WEBHOOK_PRIVATE_HOSTS = {*settings.WEBHOOK_PRIVATE_HOSTS, ("127.0.0.1", receiver.port)}
            return receiver

        yield made


@pytest.fixture
def receiver(receivers: Callable[..., Receiver]) -> Receiver:
    return receivers()


@pytest.fixture
def later(monkeypatch: pytest.MonkeyPatch) -> Later:
    """Lets the time go on by so much."""
    clock = {"now": timezone.now()}
    monkeypatch.setattr(timezone, "now", lambda: clock["now"])

    def pass_by(time: timedelta) -> datetime:
        clock["now"] += time
        return clock["now"]

    return pass_by


def states(webhook: Webhook) -> list[str]:
    return list(webhook.deliveries.order_by("pk").values_list("state", flat=True))


# What is sent ------------------------------------------------------------------------------------


def test_a_message_is_signed_and_holds_numbers_alone(haarlem: Municipality, receiver: Receiver) -> None:
    secret = new_secret()
    webhook = webhook_at(receiver.url, secret=secret, name="Balie <b>")
    happens(haarlem, subject=2043)

    deliver_webhooks()

    (message,), (headers,) = receiver.messages, receiver.headers
    delivery = webhook.deliveries.get()
    assert message == {
        "type": "ticket.changed",
        "timestamp": message["timestamp"],
        "data": {"id": 2043, "municipalities": [haarlem.pk]},
    }
    assert datetime.fromisoformat(message["timestamp"]).tzinfo is not None
    assert is_signed(receiver, 0, secret)
    assert not is_signed(receiver, 0, new_secret())
    assert headers["webhook-id"] == str(delivery.event)
    assert abs(int(headers["webhook-timestamp"]) - timezone.now().timestamp()) < 60
    assert headers["content-type"] == "application/json"
    assert (delivery.state, delivery.attempts, delivery.last_status) == (DeliveryState.BEZORGD, 1, 200)


def test_for_a_day_the_former_secret_is_good_too(
    haarlem: Municipality, receiver: Receiver, later: Later
) -> None:
    old, new, now = new_secret(), new_secret(), later(timedelta())
    webhook_at(receiver.url, secret=new, former_secret=sealed(old), former_until=now + OVERLAP)
    for passed in (timedelta(), OVERLAP - timedelta(seconds=1), timedelta(seconds=1)):
        later(passed)
        happens(haarlem)
        deliver_webhooks()

    assert [is_signed(receiver, place, new) for place in range(3)] == [True, True, True]
    assert [is_signed(receiver, place, old) for place in range(3)] == [True, True, False]


@pytest.mark.parametrize("status", [200, 202, 204, 299])
def test_every_yes_is_a_yes(haarlem: Municipality, receiver: Receiver, status: int) -> None:
    receiver.status = status
    webhook = webhook_at(receiver.url)
    happens(haarlem)

    deliver_webhooks()

    assert states(webhook) == ["bezorgd"]


def test_a_test_goes_ahead_of_nothing_and_is_tried_once(haarlem: Municipality, receiver: Receiver) -> None:
    """That it fails is no failure of what happens, and what happens is told all the same."""
    receiver.status = 500
    webhook = webhook_at(receiver.url)
    with for_vendor():
        person = person_of(member(House.of(None), "eigenaar").user)
    assert person is not None
    try_out(webhook, person=person, now=timezone.now())
    deliver_webhooks()

    webhook.refresh_from_db()
    assert states(webhook) == ["mislukt"]
    assert webhook.failing_since is None
    receiver.status = 204
    happens(haarlem)
    deliver_webhooks()
    assert sorted(states(webhook)) == ["bezorgd", "mislukt"]


# What fails --------------------------------------------------------------------------------------


@pytest.mark.parametrize("status", [302, 400, 404, 410, 500, 599])
def test_what_failed_is_sent_again_ever_later_and_then_given_up(
    haarlem: Municipality, receiver: Receiver, later: Later, status: int
) -> None:
    receiver.status = status
    webhook = webhook_at(receiver.url)
    happens(haarlem)
    deliver_webhooks()
    for wait in LATER:
        later(wait - timedelta(seconds=1))
        before = len(receiver.ids)
        deliver_webhooks()
        assert len(receiver.ids) == before
        later(timedelta(seconds=1))
        deliver_webhooks()

    assert len(receiver.ids) == len(LATER) + 1
    assert len(set(receiver.ids)) == 1
    assert len(set(receiver.bodies)) == 1
    delivery = webhook.deliveries.get()
    assert (delivery.state, delivery.last_status) == (DeliveryState.MISLUKT, status)


def test_the_times_between_run_from_a_minute_to_a_day() -> None:
    assert (LATER[0], LATER[-1]) == (timedelta(minutes=1), timedelta(hours=24))
    assert list(LATER) == sorted(LATER)


def test_killed_in_between_it_is_sent_again_with_the_same_name(
    haarlem: Municipality, receiver: Receiver, later: Later, monkeypatch: pytest.MonkeyPatch
) -> None:
    def killed(*_: Any) -> None:
        raise SystemExit

    webhook = webhook_at(receiver.url)
    happens(haarlem)
    with monkeypatch.context() as patched:
        patched.setattr(sending, "record", killed)
        with pytest.raises(SystemExit):
            deliver_webhooks()
    deliver_webhooks()
    assert len(receiver.ids) == 1  # whoever was sending may be at it still

    later(LEASE)
    deliver_webhooks()

    assert len(receiver.ids) == 2
    assert len(set(receiver.ids)) == 1
    assert states(webhook) == ["bezorgd"]


def test_of_one_report_what_happened_later_is_told_later(
    haarlem: Municipality, receiver: Receiver, later: Later
) -> None:
    receiver.status = lambda message: 500 if message["data"]["id"] == 1 else 200
    webhook_at(receiver.url)
    for subject in (1, 1, 2):
        happens(haarlem, subject=subject)

    deliver_webhooks()
    assert [each["data"]["id"] for each in receiver.messages] == [1, 2]

    receiver.status = 200
    later(LATER[0])
    deliver_webhooks()

    first, _other, again, second = receiver.ids
    assert first == again != second
    assert [each["data"]["id"] for each in receiver.messages] == [1, 2, 1, 1]


def test_a_report_and_an_incident_of_the_same_number_do_not_wait_for_each_other(
    haarlem: Municipality, receiver: Receiver
) -> None:
    receiver.status = lambda message: 500 if message["type"].startswith("ticket") else 200
    webhook_at(receiver.url)
    happens(haarlem, subject=1)
    happens(haarlem, subject=1, topic="incident")

    deliver_webhooks()

    assert [each["type"] for each in receiver.messages] == ["ticket.changed", "incident.changed"]


def test_a_slow_receiver_holds_up_no_other(haarlem: Municipality, receivers: Callable[..., Receiver]) -> None:
    """The slow one answers in time only if the other has all of its messages meanwhile."""
    all_there = threading.Event()
    slow = receivers(before=lambda: all_there.wait(PATIENCE_SECONDS))
    fast = receivers()
    fast.before = lambda: all_there.set() if len(fast.ids) == 5 else None
    first, second = webhook_at(slow.url), webhook_at(fast.url)
    for subject in range(5):
        happens(haarlem, subject=subject)

    deliver_webhooks()

    assert all_there.is_set()
    assert states(first) == states(second) == ["bezorgd"] * 5


def test_who_does_not_answer_is_left_alone_for_a_while(
    haarlem: Municipality, receiver: Receiver, later: Later, monkeypatch: pytest.MonkeyPatch
) -> None:
    monkeypatch.setattr(sending, "TOTAL_SECONDS", 0.2)
    receiver.before = lambda: threading.Event().wait(1)
    webhook = webhook_at(receiver.url)
    for subject in (1, 2):
        happens(haarlem, subject=subject)

    deliver_webhooks()
    assert len(receiver.ids) == 1
    assert states(webhook) == ["wacht", "wacht"]

    receiver.before = lambda: None
    later(REST)
    deliver_webhooks()

    assert states(webhook) == ["bezorgd", "bezorgd"]


def test_one_webhook_takes_no_more_than_its_turn(
    haarlem: Municipality, receiver: Receiver, monkeypatch: pytest.MonkeyPatch
) -> None:
    turns: list[int] = []
    real = sending.take

    def counted(now: datetime) -> sending.Lane | None:
        turns.append(len(receiver.ids))
        return real(now)

    monkeypatch.setattr(sending, "take", counted)
    webhook_at(receiver.url)
    for subject in range(MOST_OF_ONE + 1):
        happens(haarlem, subject=subject)

    deliver_webhooks()

    assert len(receiver.ids) == MOST_OF_ONE + 1
    assert MOST_OF_ONE in turns


def test_a_private_address_is_not_asked(
    haarlem: Municipality, receiver: Receiver, settings: Settings
) -> None:
    settings.WEBHOOK_PRIVATE_HOSTS = set()
    webhook = webhook_at(receiver.url)
    happens(haarlem)

    deliver_webhooks()

    assert receiver.ids == []
    delivery = webhook.deliveries.get()
    assert (delivery.state, delivery.attempts, delivery.last_status) == (DeliveryState.WACHT, 1, None)


def test_a_secret_of_another_deployment_holds_up_nobody(haarlem: Municipality, receiver: Receiver) -> None:
    broken = webhook_at(receiver.url)
    Webhook.objects.filter(pk=broken.pk).update(secret="sealed elsewhere")
    good = webhook_at(receiver.url)
    happens(haarlem)

    deliver_webhooks()

    assert states(good) == ["bezorgd"]
    assert broken.deliveries.get().attempts == 1


# Who never answers -------------------------------------------------------------------------------


@pytest.mark.parametrize(("passed", "is_off"), [(PATIENCE, True), (PATIENCE - timedelta(seconds=1), False)])
def test_who_fails_for_days_is_switched_off_and_its_owners_hear_of_it(  # fixtures
    haarlem: Municipality,
    receiver: Receiver,
    later: Later,
    django_capture_on_commit_callbacks: Committing,
    passed: timedelta,
    is_off: bool,
) -> None:
    receiver.status = 500
    member(House.of(None), "eigenaar", "baas@leverancier.example")
    member(House.of(None), "operatie", "sam@leverancier.example")
    member(House.of(None), "eigenaar", "p@partner.example", organisation=partner_organisation())
    webhook = webhook_at(receiver.url, name="Balie", failing_since=later(timedelta()))
    later(passed)
    for subject in (1, 2):
        happens(haarlem, subject=subject)

    with django_capture_on_commit_callbacks(execute=True):
        deliver_webhooks()
    happens(haarlem)
    spread(timezone.now())

    webhook.refresh_from_db()
    assert (webhook.switched_off_at is not None) is is_off
    assert [each.to for each in mail.outbox] == ([["baas@leverancier.example"]] if is_off else [])
    assert states(webhook) == (["mislukt"] * 2 if is_off else ["wacht"] * 3)
    assert LogLine.objects.filter(action="webhook uitgezet", subject="Balie").count() == int(is_off)
    assert len(receiver.ids) == (1 if is_off else 2)


def test_one_that_arrives_makes_up_for_all(haarlem: Municipality, receiver: Receiver) -> None:
    webhook = webhook_at(receiver.url, failing_since=timezone.now() - PATIENCE)
    happens(haarlem)

    deliver_webhooks()

    webhook.refresh_from_db()
    assert (webhook.failing_since, webhook.switched_off_at) == (None, None)


@pytest.mark.parametrize("over", ["switched_off_at", "ended_at"])
def test_what_waits_for_who_is_off_or_over_is_not_sent(
    haarlem: Municipality, receiver: Receiver, over: str
) -> None:
    webhook = webhook_at(receiver.url)
    happens(haarlem)
    spread(timezone.now())
    Webhook.objects.filter(pk=webhook.pk).update(**{over: timezone.now()})

    deliver_webhooks()

    assert receiver.ids == []


def test_nothing_to_send_costs_next_to_nothing(db: None, django_assert_max_num_queries: Any) -> None:
    webhook_at("https://voorbeeld.nl/")

    with django_assert_max_num_queries(10):
        deliver_webhooks()

    assert not Delivery.objects.exists()
