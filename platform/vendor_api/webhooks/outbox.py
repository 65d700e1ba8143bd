"""What happened, written down with what happened, and spread over the webhooks that are told of it."""

from __future__ import annotations

from collections.abc import Iterator, Sequence
from datetime import datetime, timedelta

from django.db import transaction
from django.utils import timezone

from tenants.registry.connection import connection
from tenants.registry.context import current_municipality, require_public
from tenants.registry.happenings import Happened
from tenants.registry.models import Municipality
from tenants.registry.names import PUBLIC
from tenants.registry.vendor_rows import vendor_rows
from vendor_api.models import Delivery, DeliveryState, Webhook, WebhookEvent
from vendor_api.webhooks.bell import ring

AT_A_TIME = 500
KEPT_FOR = timedelta(days=30)
"""How long the log tells of what was sent."""
SPREADING = "vendor-api webhooks are spread"


def keep(happened: Happened) -> None:
    """Listens to what happens; a municipality writes it through the door."""
    if connection.schema_name == PUBLIC:
        WebhookEvent.objects.create(
            topic=happened.topic,
            what=happened.what,
            subject=happened.subject,
            municipalities=sorted(set(happened.municipalities)),
            organisation=happened.organisation,
            at=timezone.now(),
        )
    else:
        vendor_rows(current_municipality()).call(
            "vendor_api_happened", happened.topic, happened.what, happened.subject, happened.organisation
        )
    transaction.on_commit(ring, robust=True)


@transaction.atomic
def spread(now: datetime) -> int:
    """Make of what happened a delivery for each webhook that is told of it; how many events were spread.

    One at a time does this, so that deliveries have the order of what happened.
    """
    require_public()
    if not _alone():
        return 0
    events = list(WebhookEvent.objects.order_by("pk")[:AT_A_TIME])
    if not events:
        return 0
    kinds = {f"{each.topic}.{each.what}" for each in events}
    for webhook in Webhook.objects.served().filter(events__overlap=list(kinds)).order_by("pk"):
        Delivery.objects.bulk_create(_deliveries(webhook, events, now))
    WebhookEvent.objects.filter(pk__in=[each.pk for each in events]).delete()
    return len(events)


def forget(now: datetime) -> int:
    """Take away what is over and old; what waits still stays."""
    old = Delivery.objects.filter(at__lte=now - KEPT_FOR).exclude(state=DeliveryState.WACHT)
    gone, _ = Delivery.objects.filter(pk__in=old.order_by("at").values("pk")[:AT_A_TIME]).delete()
    return gone


def _alone() -> bool:
    with connection.cursor() as cursor:
        cursor.execute("SELECT pg_try_advisory_xact_lock(hashtextextended(%s, 0))", [SPREADING])
        return bool(cursor.fetchone()[0])


def _deliveries(webhook: Webhook, events: Sequence[WebhookEvent], now: datetime) -> Iterator[Delivery]:
    """In the order of what happened; of the municipalities only those that its organisation serves now."""
    named = {pk for each in events for pk in each.municipalities}
    visible = Municipality.objects.visible_to(webhook).filter(pk__in=named)
    seen = set(visible.values_list("pk", flat=True))
    for each in events:
        theirs = [pk for pk in each.municipalities if pk in seen]
        if f"{each.topic}.{each.what}" in webhook.events and _is_told(webhook, each, theirs):
            yield Delivery(
                webhook=webhook,
                event=each.event,
                topic=each.topic,
                what=each.what,
                subject=each.subject,
                municipalities=theirs,
                at=each.at,
                next_at=now,
            )


def _is_told(webhook: Webhook, event: WebhookEvent, theirs: Sequence[int]) -> bool:
    own = event.organisation == webhook.organisation_id
    if not event.municipalities:
        return own and not webhook.is_limited
    return bool(theirs) and (own or event.organisation is None)
