"""Which host is whose: read once by each process, and again as soon as the registry changed.

The statement that takes a municipality's role also returns the version of the registry, so staleness
is noticed without a round trip of its own, at the first request after the change.
"""

from __future__ import annotations

from collections.abc import Callable, Iterator
from contextlib import ExitStack, contextmanager
from dataclasses import dataclass
from types import MappingProxyType

from tenants.registry.connection import connection
from tenants.registry.context import in_municipality, in_public, require_public
from tenants.registry.models import Municipality
from tenants.registry.postgresql.work import Work


@dataclass(frozen=True, slots=True)
class Directory:
    """The registry as it was at ``version``; None before the first reading."""

    version: str | None
    by_host: MappingProxyType[str, Municipality]
    by_schema: MappingProxyType[str, Municipality]


Find = Callable[[Directory], Municipality | None]

_known = Directory(None, MappingProxyType({}), MappingProxyType({}))


@contextmanager
def entered(find: Find, work: Work) -> Iterator[Municipality | None]:
    """Inside the municipality that ``find`` takes from the newest directory; in public where it finds none.

    The role and search_path are set anew: at the start of a request or task nothing is taken on trust.
    """
    connection.take_on(work)
    directory = _known
    while True:
        with ExitStack() as stack:
            municipality = find(directory)
            if municipality is not None:
                stack.enter_context(in_municipality(municipality))
            version = connection.switch()
            if directory.version is not None and version == directory.version:
                if municipality is None:
                    require_public()
                yield municipality
                return
        directory = _read()


def _read() -> Directory:
    global _known  # noqa: PLW0603  # replaced as a whole, so that threads see the old one or the new one
    with in_public():
        with connection.cursor() as cursor:
            # First: what changes meanwhile gives a newer version, and another reading.
            cursor.execute("SELECT version::text FROM public.registry_version")
            (version,) = cursor.fetchone()
        municipalities = Municipality.objects.serving().with_state_reason()
        known = list(municipalities.prefetch_related("domains", "allowed_hosts"))
    _known = Directory(
        version,
        by_host=MappingProxyType({domain.domain: each for each in known for domain in each.domains.all()}),
        by_schema=MappingProxyType({each.schema_name: each for each in known}),
    )
    return _known
