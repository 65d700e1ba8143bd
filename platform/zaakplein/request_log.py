"""One line a request, and an id by which everything that was logged for it is found."""

from __future__ import annotations

import re
import time
from collections.abc import Callable
from uuid import uuid4

import structlog
from django.http import HttpRequest, HttpResponseBase

from service_reports.traffic import FAULTS_FROM, count_request
from tenants.registry.probe_pass import PROBE_PATH, is_our_probe

HEADER = "X-Request-ID"
CORRELATION_HEADER = "X-Correlation-ID"
SAFE_ID = re.compile(r"[A-Za-z0-9-]{8,64}")

logger = structlog.get_logger(__name__)


class RequestLogMiddleware:
    """Never logs a query string, a body or a header: they may hold a BSN or a token.

    The id is always our own, a UUID: by it a refusal is looked up, so nobody may choose it. What a
    caller sends as its own id is logged beside it and comes back as ``X-Correlation-ID``.
    """

    def __init__(self, get_response: Callable[[HttpRequest], HttpResponseBase]) -> None:
        self.get_response = get_response

    def __call__(self, request: HttpRequest) -> HttpResponseBase:
        ids = {"request_id": str(uuid4()), **correlation_of(request)}
        with structlog.contextvars.bound_contextvars(**ids):
            started = time.perf_counter()
            response = self.get_response(request)
            response[HEADER] = ids["request_id"]
            if "correlation_id" in ids:
                response[CORRELATION_HEADER] = ids["correlation_id"]
            log_request(request, response, seconds=time.perf_counter() - started)
        return response


def correlation_of(request: HttpRequest) -> dict[str, str]:
    """What the caller calls the request, where that is short and plain."""
    given = request.headers.get(CORRELATION_HEADER) or request.headers.get(HEADER, "")
    return {"correlation_id": given} if SAFE_ID.fullmatch(given) else {}


def log_request(request: HttpRequest, response: HttpResponseBase, *, seconds: float) -> None:
    # The municipality was left before this line.
    municipality = getattr(request, "municipality", None)
    if municipality is not None and request.path != PROBE_PATH:
        count_request(municipality.pk, response)
    elif municipality is not None and response.status_code < FAULTS_FROM and is_our_probe(request):
        return  # of each municipality, each minute
    logger.info(
        "request",
        method=request.method,
        path=request.path,
        status=response.status_code,
        milliseconds=round(seconds * 1000, 1),
        municipality=municipality and municipality.schema_name,
    )
