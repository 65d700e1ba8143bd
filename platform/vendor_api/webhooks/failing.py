"""What did not arrive: it is tried again, ever later; and who never answers is switched off, and told so."""

from __future__ import annotations

from datetime import datetime, timedelta

from django.conf import settings
from django.template.loader import render_to_string
from django.urls import reverse
from django.utils.translation import override

from tenants.accounts.letters import post
from tenants.accounts.log import note
from tenants.accounts.models import Membership
from tenants.accounts.models.membership import today_here
from tenants.accounts.side import side_of
from tenants.registry.origin import origin_at
from vendor_api.models import Delivery, DeliveryState, Webhook
from vendor_api.webhooks.acting import AREA
from vendor_api.webhooks.kinds import TEST

LATER = (
    timedelta(minutes=1),
    timedelta(minutes=5),
    timedelta(minutes=30),
    timedelta(hours=2),
    timedelta(hours=6),
    timedelta(hours=12),
    timedelta(hours=24),
)
"""After each attempt that failed, how long until the next; after the last of these it is given up."""
PATIENCE = timedelta(days=5)
"""How long everything may fail."""
OWNERS = "eigenaar"


def note_arrival(webhook: Webhook, delivery: Delivery) -> None:
    """In a transaction, with both locked."""
    delivery.state = DeliveryState.BEZORGD
    delivery.save()
    if webhook.failing_since is not None:
        webhook.failing_since = None
        webhook.save(update_fields=["failing_since"])


def note_failure(webhook: Webhook, delivery: Delivery, now: datetime) -> None:
    """As note_arrival. A test says nothing of what happens, and is not tried again."""
    if delivery.kind == TEST:
        delivery.state = DeliveryState.MISLUKT
        delivery.save()
        return
    if delivery.attempts <= len(LATER):
        delivery.next_at = now + LATER[delivery.attempts - 1]
    else:
        delivery.state = DeliveryState.MISLUKT
    delivery.save()
    if webhook.failing_since is None:
        webhook.failing_since = now
        webhook.save(update_fields=["failing_since"])
    elif now - webhook.failing_since >= PATIENCE and webhook.switched_off_at is None:
        switch_off(webhook, now)


def switch_off(webhook: Webhook, now: datetime) -> None:
    """What waits is given up: it would come long after it happened."""
    webhook.switched_off_at = now
    webhook.save(update_fields=["switched_off_at"])
    Delivery.objects.waiting().filter(webhook=webhook).update(state=DeliveryState.MISLUKT)
    note(person=None, area=AREA, action="webhook uitgezet", subject=webhook.name)
    _tell_owners(webhook)


def _tell_owners(webhook: Webhook) -> None:
    path = reverse("webhook", urlconf=side_of("vendor").urlconf, args=[webhook.pk])
    given = {
        "webhook": webhook,
        "days": PATIENCE.days,
        "link": f"{origin_at(settings.VENDOR_HOSTS[0])}{path}",
    }
    with override(settings.LANGUAGE_CODE):
        body = render_to_string("vendor_api/mail/switched_off.txt", given)
    post(f"Webhook {webhook.name} is uitgezet", body, _owners(webhook))


def _owners(webhook: Webhook) -> list[str]:
    members = Membership.objects.current(today_here()).filter(
        organisation=webhook.organisation_id, role=OWNERS, user__is_active=True
    )
    return list(members.order_by("user__email").values_list("user__email", flat=True))
