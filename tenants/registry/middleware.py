"""The host decides the municipality."""

from __future__ import annotations

from collections.abc import Callable

from django.conf import settings
from django.core.exceptions import DisallowedHost
from django.http import HttpRequest, HttpResponseBase
from django.http.request import split_domain_port

from tenants.registry.context import for_vendor
from tenants.registry.directory import entered
from tenants.registry.models import Municipality
from tenants.registry.problem import problem

RETRY_AFTER_SECONDS = "3600"


class MunicipalityMiddleware:
    """What comes after it runs inside a municipality, or for the vendor in public."""

    def __init__(self, get_response: Callable[[HttpRequest], HttpResponseBase]) -> None:
        self.get_response = get_response

    def __call__(self, request: HttpRequest) -> HttpResponseBase:
        host = host_of(request)
        if host in settings.VENDOR_HOSTS:
            request.urlconf = settings.PUBLIC_SCHEMA_URLCONF  # type: ignore[attr-defined]  # Django reads it
            with for_vendor():
                return self.get_response(request)
        with entered(lambda directory: directory.by_host.get(host)) as municipality:
            if municipality is None:
                return unknown_host()
            request.municipality = municipality  # type: ignore[attr-defined]  # for the log of the request
            if municipality.status == Municipality.Status.OPGESCHORT:
                return suspended(municipality)
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


def suspended(municipality: Municipality) -> HttpResponseBase:
    response = problem(
        status=503,
        code="municipality-suspended",
        title="Niet beschikbaar.",
        detail=f"De dienst voor {municipality.naam} is opgeschort. Neem contact op met uw leverancier.",
    )
    response["Retry-After"] = RETRY_AFTER_SECONDS
    return response
