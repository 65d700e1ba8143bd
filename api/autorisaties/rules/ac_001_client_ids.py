"""ac-001: a client id belongs to one applicatie, and once given out never to another."""

from __future__ import annotations

from collections.abc import Iterator

from api.clients.models import IssuedClientId
from api.pipeline.declare.rules import rule
from api.pipeline.declare.write import Write
from api.pipeline.words.violations import Violation


@rule
def client_ids_unused(write: Write) -> Iterator[Violation]:
    """None of the ids is another applicatie's, or was: one that it dropped, or had when it was deleted."""
    issued = IssuedClientId.objects.filter(client_id__in=write.data.get("client_ids", ()))
    if write.instance is not None:
        issued = issued.exclude(applicatie_uuid=write.instance.pk)
    if issued.exists():
        yield Violation("clientIds", "clientId-exists", "Een van deze client-id's is al eens uitgegeven.")
