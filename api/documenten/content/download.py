"""Content on its way out: the front sends the bytes, the web says which, and under what name.

Never is it shown in place, whatever it is: it is bytes to keep, in a file of a name that is harmless. So HTML,
SVG or a script that somebody stored runs nowhere.
"""

from __future__ import annotations

from http import HTTPStatus

import structlog
from django.http import HttpRequest, HttpResponse, HttpResponseRedirect

from api.documenten.content.file_names import disposition
from api.documenten.models import Inhoud
from tenants.registry.context import current_municipality
from tenants.registry.storage import storage_of

BYTES = "application/octet-stream"
SANDBOX = "default-src 'none'; sandbox"

logger = structlog.get_logger(__name__)


def answer(request: HttpRequest, inhoud: Inhoud, *, file_name: str, formaat: str) -> HttpResponse:
    """What makes the front send the content, or a part of it; 304 for who has it already.

    Whether the caller may have it was decided before. The front takes Range, If-Range and 416 from here.
    """
    etag = f'"{inhoud.sha256}"'
    if etag in known_to(request):
        unchanged = HttpResponse(status=304)
        unchanged["ETag"] = etag
        return unchanged
    saved_as = disposition(file_name, formaat)
    if (address := _address(request, inhoud, saved_as)) is not None:
        # without an ETag, so that nobody keeps it
        return HttpResponseRedirect(address, status=HTTPStatus.FOUND)
    response = HttpResponse(content_type=BYTES)
    response["X-Accel-Redirect"] = storage_of(inhoud.opslag).accel(inhoud.key)
    response["Content-Disposition"] = saved_as
    response["ETag"] = etag
    response["Content-Security-Policy"] = SANDBOX
    response["X-Content-Type-Options"] = "nosniff"
    return response


def _address(request: HttpRequest, inhoud: Inhoud, saved_as: str) -> str | None:
    """Of the storage itself, where the municipality wants that and the storage gives one.

    It is good for a GET alone. Who follows it is not seen any more, so that it was given is written first.
    """
    if request.method != "GET" or not current_municipality().signed_downloads:
        return None
    storage = storage_of(inhoud.opslag)
    address = storage.signed_url(inhoud.key, disposition=saved_as)
    if address is not None:
        logger.info("content_handed_over", inhoud=str(inhoud.pk), storage=inhoud.opslag)
    return address


def known_to(request: HttpRequest) -> set[str]:
    """The ETags of which the caller says that he has what they stand for."""
    said = request.headers.get("If-None-Match", "").split(",")
    return {each.strip().removeprefix("W/") for each in said}
