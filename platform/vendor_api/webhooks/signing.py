"""The message, and its signature in the form of Standard Webhooks (https://www.standardwebhooks.com)."""

from __future__ import annotations

import base64
import hmac
import json
import secrets
from collections.abc import Iterator, Sequence
from datetime import UTC, datetime

from tenants.registry.sealing import seal, unseal
from vendor_api.models import Delivery, Webhook

MARK = "whsec_"
"""With which each secret begins."""
SECRET_BYTES = 32
VERSION = "v1"


def new_secret() -> str:
    return f"{MARK}{base64.b64encode(secrets.token_bytes(SECRET_BYTES)).decode()}"


def sealed(secret: str) -> str:
    return seal(secret)


def secrets_of(webhook: Webhook, now: datetime) -> list[str]:
    """The one of today first, then the former one for as long as it holds."""
    held = [webhook.secret]
    if webhook.former_until is not None and now < webhook.former_until:
        held.append(webhook.former_secret)
    return [unseal(each) for each in held]


def body_of(delivery: Delivery) -> bytes:
    """The same however often it is sent. Numbers alone: no name, and nothing that somebody wrote."""
    told = {
        "type": delivery.kind,
        "timestamp": delivery.at.astimezone(UTC).isoformat(timespec="milliseconds"),
        "data": {"id": delivery.subject, "municipalities": delivery.municipalities},
    }
    return json.dumps(told, separators=(",", ":")).encode()


def headers_of(delivery: Delivery, body: bytes, held: Sequence[str], now: datetime) -> dict[str, str]:
    timestamp = str(int(now.timestamp()))
    return {
        "Content-Type": "application/json",
        "Webhook-Id": str(delivery.event),
        "Webhook-Timestamp": timestamp,
        "Webhook-Signature": " ".join(_signatures(f"{delivery.event}.{timestamp}.".encode() + body, held)),
    }


def _signatures(signed: bytes, held: Sequence[str]) -> Iterator[str]:
    """A receiver takes the message where one of these is good."""
    for secret in held:
        key = base64.b64decode(secret.removeprefix(MARK))
        yield f"{VERSION},{base64.b64encode(hmac.digest(key, signed, 'sha256')).decode()}"
