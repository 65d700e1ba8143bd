"""Webhooks for tests, and things that happen."""

from __future__ import annotations

from itertools import count
from typing import Any

from django.utils import timezone

from tenants.registry.happenings import CHANGED, Happened, tell
from tenants.registry.models import Municipality
from tests.people import vendor_organisation
from vendor_api.models import Webhook
from vendor_api.webhooks.kinds import KINDS
from vendor_api.webhooks.signing import new_secret, sealed

NUMBERS = count(1)


def webhook_at(url: str, **how: Any) -> Webhook:
    """``secret`` is what it signs by, where a test has to know."""
    made: Webhook = Webhook.objects.create(
        **{
            "name": f"Webhook {next(NUMBERS)}",
            "organisation": how.pop("organisation", None) or vendor_organisation(),
            "url": url,
            "events": sorted(KINDS),
            "made_at": timezone.now(),
            **how,
            "secret": sealed(how.get("secret") or new_secret()),
        }
    )
    return made


def happens(*municipalities: Municipality, subject: int = 2043, what: str = CHANGED, **how: Any) -> None:
    tell(
        Happened(how.pop("topic", "ticket"), what, subject, tuple(each.pk for each in municipalities), **how)
    )
