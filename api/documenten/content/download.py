"""Content on its way out: the front sends the bytes, the web says which, and under what name.

Never is it shown in place, whatever it is: it is bytes to keep, in a file of a name that is harmless. So
HTML, SVG or a script that somebody stored runs nowhere.
"""

from __future__ import annotations

import structlog
from django.http import HttpRequest, HttpResponse

from api.documenten.content.checking import INFECTED
from api.documenten.content.file_names import disposition, named
from api.documenten.content.rechecking import is_infected
from api.documenten.models import Inhoud
from api.pipeline.http.negotiation import is_known
from api.pipeline.words.refusals import Refusal
from tenants.registry.context import current_municipality
from tenants.registry.storage import storage_of

BYTES = "application/octet-stream"
SANDBOX = "default-src 'none'; sandbox"

logger = structlog.get_logger(__name__)


class Withheld(Refusal):
    """403: content that nobody is given any more."""

    status = 403
    code = INFECTED
    title = "In de inhoud is een virus gevonden; zij wordt niet meer gegeven."


def answer(request: HttpRequest, inhoud: Inhoud, *, file_name: str, formaat: str) -> HttpResponse:
    """What makes the front send the content, or a part of it; 304 for who has it already.

    Whether the caller may have it was decided before. The front takes Range, If-Range and 416 from here.
    Raises Withheld where a virus was found in it after it came in.
    """
    if is_infected(inhoud):
        raise Withheld
    etag = f'"{inhoud.sha256}"'
    if is_known(request, etag):
        unchanged = HttpResponse(status=304)
        unchanged["ETag"] = etag
        return unchanged
    storage, saved_as = storage_of(inhoud.opslag), disposition(named(file_name, formaat))
    if (
        current_municipality().signed_downloads
        and request.method == "GET"  # which is all that such an address is good for
        and (address := storage.signed_url(inhoud.key, disposition=saved_as))
    ):
        logger.info("content_address_given", inhoud=str(inhoud.pk))
        return _elsewhere(address)
    response = HttpResponse(content_type=BYTES)
    response["X-Accel-Redirect"] = storage.accel(inhoud.key)
    response["Content-Disposition"] = saved_as
    response["ETag"] = etag
    response["Content-Security-Policy"] = SANDBOX
    response["X-Content-Type-Options"] = "nosniff"
    return response


def _elsewhere(address: str) -> HttpResponse:
    """The address is good for whoever has it, so nobody keeps it."""
    response = HttpResponse(status=302)
    response["Location"] = address
    response["Cache-Control"] = "private, no-store"
    return response
