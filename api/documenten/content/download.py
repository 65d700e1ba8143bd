"""Content on its way out: the front sends the bytes, the web says which, and under what name.

Never is it shown in place, whatever it is: it is bytes to keep, in a file of a name that is harmless. So HTML,
SVG or a script that somebody stored runs nowhere.
"""

from __future__ import annotations

from django.http import HttpRequest, HttpResponse

from api.documenten.content.file_names import disposition
from api.documenten.models import Inhoud
from tenants.registry.storage import storage_of

BYTES = "application/octet-stream"
SANDBOX = "default-src 'none'; sandbox"


def answer(request: HttpRequest, inhoud: Inhoud, *, file_name: str, formaat: str) -> HttpResponse:
    """What makes the front send the content, or a part of it; 304 for who has it already.

    Whether the caller may have it was decided before. The front takes Range, If-Range and 416 from here.
    """
    etag = f'"{inhoud.sha256}"'
    if etag in known_to(request):
        unchanged = HttpResponse(status=304)
        unchanged["ETag"] = etag
        return unchanged
    response = HttpResponse(content_type=BYTES)
    response["X-Accel-Redirect"] = storage_of(inhoud.opslag).accel(inhoud.key)
    response["Content-Disposition"] = disposition(file_name, formaat)
    response["ETag"] = etag
    response["Content-Security-Policy"] = SANDBOX
    response["X-Content-Type-Options"] = "nosniff"
    return response


def known_to(request: HttpRequest) -> set[str]:
    """The ETags of which the caller says that he has what they stand for."""
    said = request.headers.get("If-None-Match", "").split(",")
    return {each.strip().removeprefix("W/") for each in said}
