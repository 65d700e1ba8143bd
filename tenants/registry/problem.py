"""A refusal that is given before any API is reached, as RFC 9457 has it."""

from __future__ import annotations

from uuid import uuid4

import structlog
from django.http import JsonResponse

UNAVAILABLE = "unavailable"
UNAVAILABLE_TITLE = "Tijdelijk niet beschikbaar."
RETRY_AFTER_SECONDS = 5
"""When to ask again what was unavailable."""


def request_id() -> str:
    """The id of the request that is being answered, by which its line in the log is found."""
    return str(structlog.contextvars.get_contextvars().get("request_id") or uuid4())


def problem(*, status: int, code: str, title: str, detail: str) -> JsonResponse:
    body = {
        "type": "about:blank",
        "code": code,
        "title": title,
        "status": status,
        "detail": detail,
        "instance": f"urn:uuid:{request_id()}",
    }
    return JsonResponse(body, status=status, content_type="application/problem+json")
