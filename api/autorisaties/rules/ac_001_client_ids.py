"""ac-001: a client id belongs to one applicatie."""

from __future__ import annotations

from collections.abc import Iterator

from api.clients.models import ClientId
from api.pipeline.rules import rule
from api.pipeline.violations import Violation
from api.pipeline.write import Write


@rule("ac-001")
def client_ids_unused(write: Write) -> Iterator[Violation]:
    """None of the ids is another applicatie's."""
    taken = ClientId.objects.filter(client_id__in=write.data.get("client_ids", ()))
    if write.instance is not None:
        taken = taken.exclude(applicatie=write.instance)
    if taken.exists():
        yield Violation("clientIds", "clientId-exists", "Een van deze client-id's is al in gebruik.")
