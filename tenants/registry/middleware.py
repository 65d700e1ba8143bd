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

RETRY_AFTER_SECONDS = "3600"
HIGHEST_PORT = 65535


class MunicipalityMiddleware:
    """What comes after it runs inside a municipality, or for the vendor in public."""

    def __init__(self, get_response: Callable[[HttpRequest], HttpResponseBase]) -> None:
        self.get_response = get_response

    def __call__(self, request: HttpRequest) -> HttpResponseBase:
        host = host_of(request)
        if host is None:
            return impossible_port()
        if host in settings.VENDOR_HOSTS:
            require_public()
            request.urlconf = settings.PUBLIC_SCHEMA_URLCONF  # type: ignore[attr-defined]  # Django reads it
            return self.get_response(request)
        with entered(lambda directory: directory.by_host.get(host)) as municipality:
            if municipality is None:
                return unknown_host()
            request.municipality = municipality  # type: ignore[attr-defined]  # for the log of the request
            if municipality.status == Municipality.Status.OPGESCHORT:
                return suspended(municipality)
            return self.get_response(request)


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


def suspended(municipality: Municipality) -> HttpResponseBase:
    response = problem(
        status=503,
        code="municipality-suspended",
        title="Niet beschikbaar.",
        detail=f"De dienst voor {municipality.naam} is opgeschort. Neem contact op met uw leverancier.",
    )
    response["Retry-After"] = RETRY_AFTER_SECONDS
    return response
