"""A POST that is sent again is answered again, and not done again."""

from __future__ import annotations

import re
from collections.abc import Callable
from datetime import timedelta
from hashlib import sha256

from django.db import transaction
from django.http import HttpRequest, HttpResponse
from django.utils import timezone

from tenants.registry.connection import connection
from vendor_api.http.refusals import HeaderMissing, OtherBody, StillRunning
from vendor_api.models import KeptAnswer, Token

HEADER = "Idempotency-Key"
REPLAYED = "Idempotency-Replayed"
FORM = re.compile(r"[\x21-\x7e]{1,255}")
KEPT_FOR = timedelta(hours=24)
MOST_CLEARED = 100
KEPT_HEADERS = ("Location", "ETag")


def key_of(request: HttpRequest) -> str:
    """Raises HeaderMissing."""
    key = request.headers.get(HEADER, "")
    if not FORM.fullmatch(key):
        raise HeaderMissing(f"Stuur een {HEADER} mee van 1 tot 255 leestekens, letters en cijfers.")
    return key


def once(request: HttpRequest, raw: bytes, *, token: Token, act: Callable[[], HttpResponse]) -> HttpResponse:
    """What ``act`` answers, or answered to the same request within a day.

    The act and the memory of it are one transaction: a refusal leaves neither, so that the key is free for
    another attempt. Raises StillRunning, OtherBody, and what ``act`` raises.
    """
    key = key_of(request)
    digest = sha256(f"{request.method} {request.path}\n".encode() + raw).hexdigest()
    with transaction.atomic():
        if not _mine(token, key):
            raise StillRunning("Vraag over een moment opnieuw.")
        since = timezone.now() - KEPT_FOR
        kept = KeptAnswer.objects.filter(token=token, key=key, at__gt=since).first()
        if kept is not None:
            return _again(kept, digest)
        response = act()
        _keep(response, token, key, digest)
    return response


def _mine(token: Token, key: str) -> bool:
    """Whether nobody else is at work with this key; until the transaction ends nobody will be."""
    with connection.cursor() as cursor:
        cursor.execute(
            "SELECT pg_try_advisory_xact_lock(hashtextextended(%s, 0))", [f"vendor-api {token.pk} {key}"]
        )
        return bool(cursor.fetchone()[0])


def _again(kept: KeptAnswer, digest: str) -> HttpResponse:
    if kept.digest != digest:
        raise OtherBody("Gebruik voor een ander verzoek een andere sleutel.")
    response = HttpResponse(kept.body, status=kept.status, content_type="application/json")
    for name, value in kept.headers.items():
        response[name] = value
    response[REPLAYED] = "true"
    return response


def _keep(response: HttpResponse, token: Token, key: str, digest: str) -> None:
    now = timezone.now()
    old = KeptAnswer.objects.filter(token=token, at__lte=now - KEPT_FOR).order_by("at")[:MOST_CLEARED]
    KeptAnswer.objects.filter(pk__in=[each.pk for each in old]).delete()
    KeptAnswer.objects.update_or_create(
        token=token,
        key=key,
        defaults={
            "digest": digest,
            "at": now,
            "status": response.status_code,
            "headers": {name: response[name] for name in KEPT_HEADERS if name in response},
            "body": response.content.decode(),
        },
    )
