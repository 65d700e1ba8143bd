"""The host decides the municipality."""

from __future__ import annotations

from collections.abc import Callable

from django.conf import settings
from django.core.exceptions import DisallowedHost
from django.http import HttpRequest, HttpResponseBase
from django.http.request import split_domain_port

from tenants.registry.context import require_public
from tenants.registry.directory import entered
from tenants.registry.models import Municipality
from tenants.registry.problem import problem
from tenants.registry.states import DOORS, Door

RETRY_AFTER_SECONDS = "3600"


class MunicipalityMiddleware:
    """What comes after it runs inside a municipality, or for the vendor in public."""

    def __init__(self, get_response: Callable[[HttpRequest], HttpResponseBase]) -> None:
        self.get_response = get_response

    def __call__(self, request: HttpRequest) -> HttpResponseBase:
        host = host_of(request)
        if host in settings.VENDOR_HOSTS:
            require_public()
            request.urlconf = settings.PUBLIC_SCHEMA_URLCONF  # type: ignore[attr-defined]  # Django reads it
            return self.get_response(request)
        with entered(lambda directory: directory.by_host.get(host)) as municipality:
            if municipality is None:
                return unknown_host()
            request.municipality = municipality  # type: ignore[attr-defined]  # for the log of the request
            if _door(request, municipality) is Door.CLOSED:
                return closed(municipality)
            return self.get_response(request)


def host_of(request: HttpRequest) -> str:
    """The host without port, in lower case; empty where the header is malformed."""
    try:
        return split_domain_port(request.get_host())[0]
    except DisallowedHost:
        return ""


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
    response["Retry-After"] = RETRY_AFTER_SECONDS
    return response


def _door(request: HttpRequest, municipality: Municipality) -> Door:
    """The one that the request comes to; whether it wants to write shows where it is answered."""
    doors = DOORS[municipality.status]
    return doors.console if request.path.startswith(tuple(settings.CONSOLE_PATHS)) else doors.api_read
