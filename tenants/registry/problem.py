"""A refusal that is given before any API is reached, as RFC 9457 has it."""

from __future__ import annotations

from typing import Any
from uuid import uuid4

import structlog
from django.http import JsonResponse

UNAVAILABLE = "unavailable"
UNAVAILABLE_TITLE = "Tijdelijk niet beschikbaar."
NO_PAGE = "about:blank"
RETRY_AFTER_SECONDS = 5
"""When to ask again what was unavailable."""


def request_id() -> str:
    """The id of the request that is being answered, by which its line in the log is found."""
    return str(structlog.contextvars.get_contextvars().get("request_id") or uuid4())


def members(*, status: int, code: str, title: str, detail: str) -> dict[str, Any]:
    """Of every problem, whoever gives it; the code says what kind it is, and no page says more."""
    return {
        "type": NO_PAGE,
        "code": code,
        "title": title,
        "status": status,
        "detail": detail,
        "instance": f"urn:uuid:{request_id()}",
    }


def problem(*, status: int, code: str, title: str, detail: str) -> JsonResponse:
    body = members(status=status, code=code, title=title, detail=detail)
    return JsonResponse(body, status=status, content_type="application/problem+json")
