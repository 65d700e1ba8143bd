"""One line a request, and an id by which everything that was logged for it is found."""

from __future__ import annotations

import re
import time
from collections.abc import Callable
from uuid import uuid4

import structlog
from django.http import HttpRequest, HttpResponseBase

HEADER = "X-Request-ID"
SAFE_ID = re.compile(r"[A-Za-z0-9-]{8,64}")

logger = structlog.get_logger(__name__)


class RequestLogMiddleware:
    """Never logs a query string, a body or a header: they may hold a BSN or a token."""

    def __init__(self, get_response: Callable[[HttpRequest], HttpResponseBase]) -> None:
        self.get_response = get_response

    def __call__(self, request: HttpRequest) -> HttpResponseBase:
        request_id = request_id_of(request)
        with structlog.contextvars.bound_contextvars(request_id=request_id):
            started = time.perf_counter()
            response = self.get_response(request)
            response[HEADER] = request_id
            log_request(request, response, seconds=time.perf_counter() - started)
        return response


def request_id_of(request: HttpRequest) -> str:
    """What the caller chose, where that is short and plain; else a new one."""
    given = request.headers.get(HEADER, "")
    return given if SAFE_ID.fullmatch(given) else str(uuid4())


def log_request(request: HttpRequest, response: HttpResponseBase, *, seconds: float) -> None:
    # The municipality was left before this line.
    municipality = getattr(request, "municipality", None)
    logger.info(
        "request",
        method=request.method,
        path=request.path,
        status=response.status_code,
        milliseconds=round(seconds * 1000, 1),
        municipality=municipality and municipality.schema_name,
    )
