"""Headers that a resource asks for: coordinate system, and conditional reads."""

from __future__ import annotations

from hashlib import md5

from django.http import HttpRequest, HttpResponse

from api.pipeline.words.refusals import NotAcceptable, PreconditionFailed

CRS = "EPSG:4326"
WITH_BODY = frozenset(("POST", "PUT", "PATCH"))


def check_crs(request: HttpRequest) -> None:
    """x-crs-02: ``Accept-Crs`` on all but DELETE, ``Content-Crs`` with a body.

    Raises ``PreconditionFailed`` (412) when missing, ``NotAcceptable`` (406) for another system.
    """
    if request.method == "DELETE":
        return
    _check(request, "Accept-Crs")
    if request.method in WITH_BODY:
        _check(request, "Content-Crs")


def _check(request: HttpRequest, header: str) -> None:
    value = request.headers.get(header)
    if value is None:
        raise PreconditionFailed(f"De header '{header}' ontbreekt.")
    if value != CRS:
        raise NotAcceptable(f"'{header}' kan alleen {CRS} zijn.")


def etag_of(content: bytes) -> str:
    """A strong validator over the bytes as this reader gets them (x-etag-01)."""
    return f'"{md5(content, usedforsecurity=False).hexdigest()}"'


def conditional(request: HttpRequest, response: HttpResponse) -> HttpResponse:
    """The response with its ETag, or 304 where the reader has it already (x-etag-03)."""
    etag = etag_of(response.content)
    response["ETag"] = etag
    if is_known(request, etag):
        unchanged = HttpResponse(status=304)
        unchanged["ETag"] = etag
        return unchanged
    return response


def is_known(request: HttpRequest, etag: str) -> bool:
    """Whether the reader says that he has what this ETag stands for (``If-None-Match``)."""
    known = request.headers.get("If-None-Match", "")
    if not known:
        return False
    candidates = {part.strip().removeprefix("W/") for part in known.split(",")}
    return "*" in candidates or etag in candidates or etag.strip('"') in candidates
