"""What happened is written down with it, on either side, and spread over who is told of it."""

from __future__ import annotations

from collections.abc import Callable
from contextlib import AbstractContextManager
from datetime import timedelta
from typing import Any

import pytest
from celery import current_app
from django.db import DatabaseError, transaction
from django.utils import timezone
from kombu.exceptions import OperationalError

from tenants.registry.connection import connection
from tenants.registry.context import in_municipality
from tenants.registry.happenings import CREATED
from tenants.registry.models import Municipality
from tests.handover.moves import other_vendor
from tests.people import partner_organisation, vendor_organisation
from tests.vendor_api.webhooks import happens, webhook_at
from vendor_api.models import Delivery, DeliveryState, Webhook, WebhookEvent
from vendor_api.webhooks.outbox import KEPT_FOR, forget, spread

URL = "https://voorbeeld.nl/webhook"
Committing = Callable[..., AbstractContextManager[list[Any]]]


def told(webhook: Webhook) -> list[tuple[str, int, list[int]]]:
    found = Delivery.objects.filter(webhook=webhook).order_by("pk")
    return [(each.kind, each.subject, each.municipalities) for each in found]


def test_what_happened_is_spread_once_in_its_order(haarlem: Municipality) -> None:
    webhook = webhook_at(URL)
    for subject in (7, 5, 7):
        happens(haarlem, subject=subject)

    spread(timezone.now())
    spread(timezone.now())

    assert [subject for _, subject, _ in told(webhook)] == [7, 5, 7]
    assert len(set(Delivery.objects.values_list("event", flat=True))) == 3
    assert not WebhookEvent.objects.exists()


def test_a_municipality_tells_through_the_door(haarlem: Municipality) -> None:
    own = vendor_organisation().pk
    with in_municipality(haarlem), transaction.atomic():
        happens(subject=12, what=CREATED)
        happens(subject=4, topic="report", organisation=own)

    first, second = WebhookEvent.objects.order_by("pk")
    assert (first.topic, first.what, first.subject, first.municipalities) == (
        "ticket",
        "created",
        12,
        [haarlem.pk],
    )
    assert (first.organisation, second.organisation) == (None, own)
    assert first.event != second.event


@pytest.mark.parametrize(
    "statement",
    [
        "SELECT * FROM public.vendor_api_webhookevent",
        "SELECT secret FROM public.vendor_api_webhook",
        "SELECT * FROM public.vendor_api_delivery",
        "INSERT INTO public.vendor_api_webhookevent (topic) VALUES ('x')",
        "DELETE FROM public.vendor_api_webhookevent",
    ],
)
def test_a_municipality_reads_and_writes_nothing_of_it(haarlem: Municipality, statement: str) -> None:
    with (
        in_municipality(haarlem),
        pytest.raises(DatabaseError, match="permission denied"),
        transaction.atomic(),
        connection.cursor() as cursor,
    ):
        cursor.execute(statement)


def test_what_is_undone_is_not_told(haarlem: Municipality) -> None:
    with transaction.atomic():
        happens(haarlem)
        transaction.set_rollback(True)

    assert not WebhookEvent.objects.exists()


def test_one_hears_of_what_one_asked_for(haarlem: Municipality) -> None:
    webhook = webhook_at(URL, events=["ticket.created", "incident.changed"])
    happens(haarlem, what=CREATED)
    happens(haarlem)
    happens(haarlem, topic="incident")

    spread(timezone.now())

    assert [kind for kind, _, _ in told(webhook)] == ["ticket.created", "incident.changed"]


def test_one_hears_of_the_municipalities_that_one_serves(
    haarlem: Municipality, utrecht: Municipality
) -> None:
    partner = partner_organisation()
    Municipality.objects.filter(pk=utrecht.pk).update(implementation_partner=partner)
    ours, theirs = webhook_at(URL), webhook_at(URL, organisation=partner)
    limited = webhook_at(URL, is_limited=True, municipalities=["haarlem"])
    strangers = webhook_at(URL, organisation=other_vendor())
    happens(haarlem, subject=1)
    happens(utrecht, subject=2)
    happens(haarlem, utrecht, subject=3, topic="incident")

    spread(timezone.now())

    assert [subject for _, subject, _ in told(ours)] == [1, 2, 3]
    assert told(theirs) == [
        ("ticket.changed", 2, [utrecht.pk]),
        ("incident.changed", 3, [utrecht.pk]),
    ]
    assert told(limited) == [
        ("ticket.changed", 1, [haarlem.pk]),
        ("incident.changed", 3, [haarlem.pk]),
    ]
    assert told(strangers) == []


def test_what_is_the_affair_of_one_organisation_is_told_to_it_alone(utrecht: Municipality) -> None:
    partner = partner_organisation()
    Municipality.objects.filter(pk=utrecht.pk).update(implementation_partner=partner)
    ours, theirs = webhook_at(URL), webhook_at(URL, organisation=partner)
    limited = webhook_at(URL, is_limited=True, municipalities=["utrecht"])
    own = vendor_organisation().pk
    happens(utrecht, topic="report", organisation=own)
    happens(topic="incident", organisation=own)

    spread(timezone.now())

    assert [kind for kind, _, _ in told(ours)] == ["report.changed", "incident.changed"]
    assert [kind for kind, _, _ in told(limited)] == ["report.changed"]
    assert told(theirs) == []


@pytest.mark.parametrize("over", ["switched_off_at", "ended_at"])
def test_who_is_off_or_over_hears_nothing(haarlem: Municipality, over: str) -> None:
    webhook = webhook_at(URL, **{over: timezone.now()})
    happens(haarlem)

    spread(timezone.now())

    assert told(webhook) == []


@pytest.mark.parametrize(
    ("days", "state", "is_kept"), [(30, "bezorgd", 0), (29, "bezorgd", 1), (30, "wacht", 1)]
)
def test_what_is_over_is_kept_for_a_month(days: int, state: str, is_kept: int) -> None:
    assert KEPT_FOR.days == 30
    now = timezone.now()
    webhook_at(URL).deliveries.create(
        event="00000000-0000-4000-8000-000000000001",
        topic="ticket",
        what="changed",
        subject=1,
        municipalities=[],
        at=now - timedelta(days=days),
        state=DeliveryState(state),
        next_at=now,
    )

    forget(now)

    assert Delivery.objects.count() == is_kept


def test_the_bell_rings_once_it_stands(
    haarlem: Municipality, monkeypatch: pytest.MonkeyPatch, django_capture_on_commit_callbacks: Committing
) -> None:
    rung: list[str] = []
    monkeypatch.setattr(current_app, "send_task", lambda name, **_: rung.append(name))

    with django_capture_on_commit_callbacks(execute=True):
        happens(haarlem)

    assert rung == ["vendor_api.tasks.deliver_webhooks"]


def test_without_redis_what_happened_stands_all_the_same(
    haarlem: Municipality, monkeypatch: pytest.MonkeyPatch, django_capture_on_commit_callbacks: Committing
) -> None:
    def away(*_: Any, **__: Any) -> None:
        raise OperationalError

    monkeypatch.setattr(current_app, "send_task", away)

    with django_capture_on_commit_callbacks(execute=True):
        happens(haarlem)

    assert WebhookEvent.objects.count() == 1
