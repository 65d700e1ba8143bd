"""A file of a report, at the vendor: read from the storage of the municipality, and nothing else of it."""

from __future__ import annotations

from django.http import Http404, HttpResponseBase
from django.shortcuts import get_object_or_404

from helpdesk.attachments import as_download
from helpdesk.models import Attachment, Ticket
from helpdesk.states import AREA
from tenants.accounts.pages import PageRequest, page
from tenants.accounts.rights import Level
from tenants.registry.context import in_municipality
from tenants.registry.models import Municipality


@page(area=AREA, level=Level.SEE)
def attachment(request: PageRequest, pk: int, file: int) -> HttpResponseBase:
    """Of a report that the person sees, internal or not; none of a municipality that has ended."""
    rows = Attachment.objects.filter(
        ticket__in=Ticket.objects.visible_to(request.person), ticket=pk, erased_at=None
    )
    found = get_object_or_404(rows.select_related("municipality"), pk=file)
    if found.municipality.status == Municipality.Status.BEEINDIGD:
        raise Http404
    try:
        with in_municipality(found.municipality):
            return as_download(key=found.key, name=found.name, content_type=found.content_type)
    except FileNotFoundError as error:
        raise Http404 from error
