"""How a municipality is doing, in numbers: what it holds, who writes and what waits, and nothing of a zaak.

Counted and not read: no application can ask this. What it names are applications and paths.
"""

from __future__ import annotations

from collections.abc import Iterator
from dataclasses import dataclass
from datetime import datetime, timedelta

from django.db.models import Model
from django.utils import timezone

from api.clients.models import Applicatie
from api.pipeline.words import registry
from api.pipeline.words.served import Served
from api.records.models import AuditTrail, OutboxMessage
from backoffice.looking.reading import Reader
from tenants.registry.estimates import counted, sizes
from tenants.registry.tasks import time_since_probe

EXACTLY_BELOW = 10_000
LAST_WRITES = 1_000
"""As many lines of the trail tell who wrote last: whoever wrote before those did so long ago."""
MOST = 50
"""Applications on the page."""


@dataclass(frozen=True, slots=True)
class Held:
    """How many there are of something, and what that takes on disk."""

    name: str
    count: int
    exact: bool
    size: int


@dataclass(frozen=True, slots=True)
class Writer:
    """An application; ``last_write`` is None where it is not among the last ones."""

    label: str
    client_ids: int
    last_write: datetime | None


@dataclass(frozen=True, slots=True)
class Techniek:
    """What the page tells. ``silence`` is how long ago a job came through; None where none ever did."""

    held: list[Held]
    size: int
    writers: list[Writer]
    applicaties: int
    messages: Held
    oldest_message: datetime | None
    silence: timedelta | None


def techniek_of(reader: Reader) -> Techniek:
    """Inside the municipality; what was counted stands in the reader as seen."""
    on_disk = sizes()
    collections = list(_collections(on_disk))
    reader.seen |= dict.fromkeys(each.root() for each in collections)
    held = [_held(f"{each.api.name}/{each.path}", each.model, on_disk) for each in collections]
    return Techniek(
        held=[*held, _held("audittrail", AuditTrail, on_disk)],
        size=sum(on_disk.values()),
        writers=list(_writers(reader)),
        applicaties=Applicatie.objects.count(),
        messages=_held("outbox", OutboxMessage, on_disk),
        oldest_message=OutboxMessage.objects.order_by("pk").values_list("aanmaakdatum", flat=True).first(),
        silence=time_since_probe(timezone.now()),
    )


def _collections(on_disk: dict[str, int]) -> Iterator[type[Served]]:
    """Those that a municipality has itself: the national lists are the same for all."""
    for resource in registry.resources():
        if resource.represents_model and not resource.parent and resource.model._meta.db_table in on_disk:
            yield resource


def _held(name: str, model: type[Model], on_disk: dict[str, int]) -> Held:
    count, exact = counted(model, exactly_below=EXACTLY_BELOW)
    return Held(name, count, exact, on_disk.get(model._meta.db_table, 0))


def _writers(reader: Reader) -> Iterator[Writer]:
    """In the order of their names."""
    last: dict[str, datetime] = {}
    lines = AuditTrail.objects.order_by("-id").values_list("applicatie_id", "aanmaakdatum")
    for client_id, at in lines[:LAST_WRITES]:
        last.setdefault(client_id, at)
    resource = registry.resource_for(Applicatie)
    for applicatie in Applicatie.objects.order_by("label", "pk").prefetch_related("client_ids")[:MOST]:
        ids = [each.client_id for each in applicatie.client_ids.all()]
        reader.seen[resource.path_of(applicatie)] = None
        moments = [last[each] for each in ids if each in last]
        yield Writer(applicatie.label, len(ids), max(moments, default=None))
