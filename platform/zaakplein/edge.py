"""What every answer has, and what no view has to look at."""

from __future__ import annotations

from collections.abc import Callable

from django.conf import settings
from django.core.exceptions import TooManyFieldsSent
from django.http import HttpRequest, HttpResponse, HttpResponseBase

from tenants.registry.problem import problem

PLAIN = {"", "identity"}


class CachePolicyMiddleware:
    """Where a view says nothing of caching, nobody but the caller keeps what may be personal data.

    With an ETag the caller may keep it to ask again by; without one there is nothing to ask by.
    """

    def __init__(self, get_response: Callable[[HttpRequest], HttpResponseBase]) -> None:
        self.get_response = get_response

    def __call__(self, request: HttpRequest) -> HttpResponseBase:
        response = self.get_response(request)
        if "Cache-Control" not in response:
            response["Cache-Control"] = f"private, {'no-cache' if 'ETag' in response else 'no-store'}"
        return response


class PlainBodyMiddleware:
    """A compressed body is refused: what is small on the line may be anything in memory."""

    def __init__(self, get_response: Callable[[HttpRequest], HttpResponseBase]) -> None:
        self.get_response = get_response

    def __call__(self, request: HttpRequest) -> HttpResponseBase:
        codings = request.headers.get("Content-Encoding", "").split(",")
        if {coding.strip().lower() for coding in codings} <= PLAIN:
            return self.get_response(request)
        response = problem(
            status=415,
            code="unsupported_media_type",
            title="Dit mediatype wordt niet ondersteund.",
            detail="Een gecomprimeerde body wordt niet gelezen.",
        )
        response["Accept-Encoding"] = "identity"
        return response


def bad_request(request: HttpRequest, exception: Exception) -> HttpResponse:  # noqa: ARG001 - Django names it
    """400 for what Django refuses by itself; its own page is no problem document."""
    if isinstance(exception, TooManyFieldsSent):
        most = settings.DATA_UPLOAD_MAX_NUMBER_FIELDS
        return _bad("too-many-parameters", f"Niet meer dan {most} parameters.")
    return _bad("malformed-request", "Het verzoek is niet te begrijpen.")


def _bad(code: str, detail: str) -> HttpResponse:
    return problem(status=400, code=code, title="Ongeldig verzoek.", detail=detail)
