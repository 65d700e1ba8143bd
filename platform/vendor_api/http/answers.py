"""Answers, and what is answered to an expected error."""

from __future__ import annotations

from typing import Any

from django.http import HttpRequest, HttpResponse
from rest_framework.exceptions import AuthenticationFailed, NotAuthenticated, Throttled
from rest_framework.renderers import JSONRenderer

from api.pipeline.http import errors, negotiation
from api.pipeline.http.errors import problem

VERSION = "1.0.0"
VERSION_HEADER = "API-Version"
JSON = "application/json"
TOO_MANY = 429
AFTER_SECONDS = "60"
"""Where what is in the way is work of minutes."""


def answer(data: Any, status: int = 200) -> HttpResponse:
    return HttpResponse(JSONRenderer().render(data), status=status, content_type=JSON)


def object_answer(request: HttpRequest, data: Any) -> HttpResponse:
    """One thing, with its ETag; 304 to whoever has it already."""
    return negotiation.conditional(request, answer(data))


def etag_of(data: Any) -> str:
    """As ``object_answer`` gives it."""
    return negotiation.etag_of(JSONRenderer().render(data))


def answer_to(error: Exception, _context: Any) -> HttpResponse | None:
    """The framework's hook; None for what should rise."""
    if isinstance(error, AuthenticationFailed | NotAuthenticated):
        response = problem(
            status=401, code="not-authenticated", title="Geen geldige sleutel.", detail=str(error.detail)
        )
        response["WWW-Authenticate"] = "Bearer"
        return response
    if isinstance(error, Throttled):
        response = problem(
            status=429, code="too-many-requests", title="Te veel verzoeken.", detail="Wacht even."
        )
        response["Retry-After"] = str(int(getattr(error, "wait", None) or 1))  # the stubs leave it out
        return response
    answered = errors.answer_to(error)
    if answered is not None and answered.status_code == TOO_MANY:
        answered["Retry-After"] = AFTER_SECONDS
    return answered
