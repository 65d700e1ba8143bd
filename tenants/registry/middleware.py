"""The host decides the municipality; a database that is away is told of in one way."""

from __future__ import annotations

from collections.abc import Callable

import structlog
from django.conf import settings
from django.core.exceptions import DisallowedHost
from django.db import Error as DatabaseError
from django.http import HttpRequest, HttpResponseBase
from django.http.request import split_domain_port

from tenants.registry.connection import connection
from tenants.registry.context import for_vendor
from tenants.registry.directory import entered
from tenants.registry.models import Municipality
from tenants.registry.postgresql.outages import is_outage, reason_of
from tenants.registry.postgresql.waiting import AskerLeft, asked_over
from tenants.registry.postgresql.work import Work
from tenants.registry.problem import RETRY_AFTER_SECONDS, UNAVAILABLE, UNAVAILABLE_TITLE, problem
from tenants.registry.states import DOORS, Door

HIGHEST_PORT = 65535
CLOSED_SECONDS = "3600"

logger = structlog.get_logger(__name__)


class MunicipalityMiddleware:
    """What comes after it runs inside a municipality, or for the vendor in public."""

    def __init__(self, get_response: Callable[[HttpRequest], HttpResponseBase]) -> None:
        self.get_response = get_response

    def __call__(self, request: HttpRequest) -> HttpResponseBase:
        try:
            with asked_over(request.META.get("gunicorn.socket")):
                return self._respond(request)
        except DatabaseError as error:
            response = self.process_exception(request, error)
            if response is None:
                raise
            return response

    def process_exception(self, request: HttpRequest, exception: Exception) -> HttpResponseBase | None:
        """Django's hook for what rises from a view."""
        if not is_outage(exception):
            return None
        if isinstance(exception.__cause__, AskerLeft):
            logger.info("asker_left")
        else:
            logger.warning("something_unavailable", exc_info=exception)
        return unavailable(exception)

    def _respond(self, request: HttpRequest) -> HttpResponseBase:
        host, work = host_of(request), work_of(request)
        if host is None:
            return impossible_port()
        if host in settings.VENDOR_HOSTS:
            request.urlconf = settings.PUBLIC_SCHEMA_URLCONF  # type: ignore[attr-defined]  # Django reads it
            with for_vendor():
                connection.take_on(work)
                return self.get_response(request)
        with entered(lambda directory: directory.by_host.get(host), work) as municipality:
            if municipality is None:
                return unknown_host()
            request.municipality = municipality  # type: ignore[attr-defined]  # for the log of the request
            if _door(request, municipality) is Door.CLOSED:
                return closed(municipality)
            return self.get_response(request)


def work_of(request: HttpRequest) -> Work:
    return Work.READ if request.method in {"GET", "HEAD", "OPTIONS"} else Work.WRITE


def host_of(request: HttpRequest) -> str | None:
    """The host without port, in lower case; empty where the header is malformed.

    None for a port that cannot be: no link with such a port can be read back.
    """
    try:
        host, port = split_domain_port(request.get_host())
    except DisallowedHost:
        return ""
    if len(port) > len(str(HIGHEST_PORT)) or int(port or 0) > HIGHEST_PORT:
        return None
    return host


def impossible_port() -> HttpResponseBase:
    return problem(
        status=400,
        code="malformed-host",
        title="Ongeldig verzoek.",
        detail=f"De poort in de header Host is hoger dan {HIGHEST_PORT}.",
    )


def unknown_host() -> HttpResponseBase:
    return problem(
        status=404,
        code="unknown-host",
        title="Niet gevonden.",
        detail="Op dit adres is geen gemeente te vinden.",
    )


def closed(municipality: Municipality) -> HttpResponseBase:
    response = problem(
        status=503,
        code="municipality-closed",
        title="Niet beschikbaar.",
        detail=f"{municipality.naam} wordt nog ingericht. Probeer het later opnieuw.",
    )
    response["Retry-After"] = CLOSED_SECONDS
    return response


def unavailable(error: Exception) -> HttpResponseBase:
    """503 for an outage, where no API was reached."""
    response = problem(status=503, code=UNAVAILABLE, title=UNAVAILABLE_TITLE, detail=reason_of(error))
    response["Retry-After"] = str(RETRY_AFTER_SECONDS)
    return response


def _door(request: HttpRequest, municipality: Municipality) -> Door:
    """The one that the request comes to; whether it wants to write shows where it is answered."""
    doors = DOORS[municipality.status]
    return doors.console if request.path.startswith(tuple(settings.CONSOLE_PATHS)) else doors.api_read
