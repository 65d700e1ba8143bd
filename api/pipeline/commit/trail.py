"""The audit line and the outbox message of a write, in its own transaction (x-aud-02, x-nrc-04)."""

from __future__ import annotations

from collections.abc import Iterator
from typing import Any

from django.db.models import Model

from api.pipeline.declare.write import Write
from api.pipeline.validate.references import rendered
from api.records.models import AuditTrail, OutboxMessage

SHOWN_AS = {
    "create": "Object aangemaakt",
    "update": "Object bijgewerkt",
    "partial_update": "Object deels bijgewerkt",
    "destroy": "Object verwijderd",
}
WEERGAVE_LENGTH = 200


def records_of(write: Write, main: Any, after: str | None) -> Iterator[Model]:
    """What a write leaves behind: a line in the trail of the main object, and a message for its channel."""
    resource, instance = write.resource, write.instance
    main_url, own_url = resource.main_resource().url_of(main), resource.url_of(instance)
    if resource.audited:
        yield _line(write, main, main_url, own_url, after)
    if resource.kanaal and not write.operation.silent:
        yield OutboxMessage(
            kanaal=resource.kanaal,
            hoofd_object=main_url,
            resource=resource.noun,
            resource_url=own_url,
            actie=write.action,
            kenmerken=rendered(resource.main_resource().kanaal_kenmerken(main)),
            aanmaakdatum=write.caller.now,
        )


def _line(write: Write, main: Any, main_url: str, own_url: str, after: str | None) -> AuditTrail:
    caller, client = write.caller, write.client
    return AuditTrail(
        bron=write.resource.api.component,
        applicatie_id=client.client_id,
        applicatie_weergave=client.label,
        gebruikers_id=client.user_id,
        gebruikers_weergave=client.user_representation,
        actie=write.action,
        actie_weergave=SHOWN_AS.get(write.action, ""),
        resultaat=write.operation.status,
        hoofd_object_uuid=main.pk,
        hoofd_object=main_url,
        resource=write.resource.noun,
        resource_url=own_url,
        toelichting=caller.toelichting,
        resource_weergave="" if write.tombstone else str(write.instance)[:WEERGAVE_LENGTH],
        aanmaakdatum=caller.now,
        oud=None if write.tombstone else write.before,
        nieuw=after,
        nlx_logrecord_id=caller.nlx_logrecord_id,
    )
