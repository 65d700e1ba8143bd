"""A new version takes over from the one that was running (rules 9.2).

The standard says that the previous version should end the day before the new one begins. Nobody is
surprised by that: it happens only where the client asks for it while publishing.
"""

from __future__ import annotations

from collections.abc import Mapping
from datetime import timedelta
from typing import Any
from uuid import UUID

from django.db.models import Q

from api.pipeline.commit.entry import carry_out
from api.pipeline.declare.write import Write
from api.pipeline.validate.filters import Parameter, flag

END_PREVIOUS = "vorigeVersieBeeindigen"


PUBLISHING: Mapping[str, Parameter] = {
    END_PREVIOUS: flag(experimental=True).explained(
        "`true`: beëindigt de lopende versie op de dag voordat deze begint."
    )
}


def end_previous(write: Write, uuid: UUID, identified_by: str) -> None:
    """End every published version that would still be valid when this concept begins.

    Each is a write of its own: judged, audited and notified. Nothing for what is no concept.
    """
    resource = write.resource
    successor: Any = resource.lockable().filter(pk=uuid, concept=True).first()
    if successor is None:
        return
    begin = successor.begin_geldigheid
    running = resource.model._default_manager.filter(
        Q(einde_geldigheid=None) | Q(einde_geldigheid__gte=begin),
        concept=False,
        catalogus=successor.catalogus_id,
        begin_geldigheid__lt=begin,
        **{identified_by: getattr(successor, identified_by)},
    )
    for key in list(running.order_by("begin_geldigheid").values_list("pk", flat=True)):
        ending = {"einde_geldigheid": begin - timedelta(days=1)}
        carry_out(Write(resource, "partial_update", write.caller, ending), key, answered=False)
