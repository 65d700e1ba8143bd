"""A refusal that is given before any API is reached, as RFC 9457 has it."""

from __future__ import annotations

from uuid import uuid4

from django.http import JsonResponse


def problem(*, status: int, code: str, title: str, detail: str) -> JsonResponse:
    body = {
        "type": "about:blank",
        "code": code,
        "title": title,
        "status": status,
        "detail": detail,
        "instance": uuid4().urn,
    }
    return JsonResponse(body, status=status, content_type="application/problem+json")
