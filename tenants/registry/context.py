"""The only door between the schemas of municipalities."""

from __future__ import annotations

from collections.abc import Iterator
from contextlib import contextmanager
from contextvars import ContextVar

import structlog
from django.db.models import prefetch_related_objects

from tenants.registry.connection import connection
from tenants.registry.models import Municipality
from tenants.registry.names import PUBLIC

PUBLIC_OF_IT = ("domains", "allowed_hosts")
"""What is in public of a municipality, whose own role cannot read it there."""

_for_vendor: ContextVar[bool] = ContextVar("for_vendor", default=False)


class MunicipalityRequired(RuntimeError):
    """Something that belongs to one municipality was asked outside any."""


class WrongMunicipality(RuntimeError):
    """Something tried to go from one municipality straight into another, or left its own by another door."""


@contextmanager
def in_municipality(municipality: Municipality) -> Iterator[Municipality]:
    """Everything within happens in the schema, and with the role, of ``municipality``.

    It may be entered again by the same municipality, not by another. What is public and belongs to it
    (domains, allowed hosts) is read before it is entered: inside, its role cannot.
    """
    outer = connection.tenant
    if isinstance(outer, Municipality):
        if outer.schema_name != municipality.schema_name:
            raise WrongMunicipality(f"{municipality.schema_name} was asked inside {outer.schema_name}.")
        yield outer
        return
    if connection.schema_name != PUBLIC:
        raise WrongMunicipality(f"{municipality.schema_name} was asked inside {connection.schema_name}.")
    _read_what_is_public(municipality)
    connection.set_tenant(municipality)
    bound = structlog.contextvars.bind_contextvars(municipality=municipality.schema_name)
    try:
        yield municipality
    finally:
        left = connection.tenant
        connection.set_schema_to_public()
        structlog.contextvars.reset_contextvars(**bound)
        if left is not municipality:
            raise WrongMunicipality(f"Left {left}, but entered {municipality.schema_name}.")


def _read_what_is_public(municipality: Municipality) -> None:
    """Where it was not read yet, which Django itself takes long to find out."""
    if not getattr(municipality, "_prefetched_objects_cache", {}).keys() >= set(PUBLIC_OF_IT):
        prefetch_related_objects([municipality], *PUBLIC_OF_IT)


def for_each_municipality() -> Iterator[Municipality]:
    """Each municipality that has not ended, by schema name; the body of the loop runs inside it."""
    municipalities = Municipality.objects.serving()
    for municipality in list(municipalities.prefetch_related("domains", "allowed_hosts")):
        with in_municipality(municipality):
            yield municipality
        connection.end_where_visited_enough()


def current_municipality() -> Municipality:
    """Raises MunicipalityRequired outside one."""
    municipality = connection.tenant
    if not isinstance(municipality, Municipality):
        raise MunicipalityRequired("This happens inside a municipality: see in_municipality().")
    return municipality


def require_public() -> None:
    """Raises WrongMunicipality inside a municipality: what follows is the vendor's."""
    if connection.schema_name != PUBLIC:
        raise WrongMunicipality(f"The vendor was asked inside {connection.schema_name}.")


@contextmanager
def for_vendor() -> Iterator[None]:
    """What happens within is for a person of the vendor, who has a cache of his own; only in public."""
    require_public()
    token = _for_vendor.set(True)
    try:
        yield
    finally:
        _for_vendor.reset(token)


def is_for_vendor() -> bool:
    """Say whether a person of the vendor is served; never true inside a municipality."""
    return _for_vendor.get() and connection.schema_name == PUBLIC


@contextmanager
def in_public() -> Iterator[None]:
    """Step out to what is of all and come back; the registry, jobs and errands alone have a reason to."""
    inside = connection.tenant
    connection.set_schema_to_public()
    try:
        yield
    finally:
        connection.set_tenant(inside)
