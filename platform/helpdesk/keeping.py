"""The files that somebody of the vendor sends with what he says: in the storage of the municipality."""

from __future__ import annotations

from collections.abc import Sequence

from django.core.files.base import File

from helpdesk.attachments import kept
from helpdesk.models import Attachment, TicketEvent
from tenants.registry.context import in_municipality


def attach(event: TicketEvent, files: Sequence[File[bytes]], verdicts: Sequence[str]) -> None:
    """In the transaction of the event, before which they were looked through: all of them, or none.

    Raises AttachmentRefused.
    """
    if not files:
        return
    with in_municipality(event.ticket.municipality), kept(files, verdicts) as stored:
        given = list(stored)
    Attachment.objects.bulk_create(
        Attachment(
            ticket_id=event.ticket_id,
            event=event,
            municipality_id=event.municipality_id,
            is_public=event.is_public,
            name=each.name,
            size=each.size,
            content_type=each.content_type,
            key=each.key,
        )
        for each in given
    )
