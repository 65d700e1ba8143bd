"""The files that the pages need, served by ourselves under a name that changes with their content.

ReDoc comes from the wheel of drf-spectacular-sidecar, which holds the bundle and is locked by its hash.
"""

from __future__ import annotations

import gzip
from dataclasses import dataclass
from functools import cache
from hashlib import sha256
from importlib.resources import files

from django.http import Http404, HttpRequest, HttpResponse
from django.views.decorators.http import require_safe

from api.pipeline.describe.documentation.answers import answer

PLACE = "/documentatie/"
FOR_EVER = "public, max-age=31536000, immutable"
OWN = files("api.pipeline.describe.documentation") / "static"
REDOC = files("drf_spectacular_sidecar") / "static/drf_spectacular_sidecar/redoc/bundles/redoc.standalone.js"
# The bundle shows its maker's logo from a CDN and names a map that is of no use here. Without the logo
# the mention of its maker stays.
LOGO = b"https://cdn.redoc.ly/redoc/logo-mini.svg"
MAP = b"//# sourceMappingURL=redoc.standalone.js.map"


@dataclass(frozen=True, slots=True)
class Asset:
    """One file, as it is and compressed."""

    name: str
    content_type: str
    content: bytes
    compressed: bytes

    @property
    def url(self) -> str:
        return PLACE + self.name


@cache
def assets() -> dict[str, Asset]:
    """By what they are for: ``redoc``, ``start``, ``style``, ``icon``."""
    bundle = REDOC.read_bytes().replace(LOGO, b"data:,").replace(MAP, b"")
    return {
        "redoc": _asset("redoc.js", "text/javascript", bundle),
        "start": _asset("start.js", "text/javascript", (OWN / "start.js").read_bytes()),
        "style": _asset("documentation.css", "text/css", (OWN / "documentation.css").read_bytes()),
        "icon": _asset("icon.svg", "image/svg+xml", (OWN / "icon.svg").read_bytes()),
    }


@require_safe
def serve(request: HttpRequest, name: str) -> HttpResponse:
    """``GET /documentatie/redoc.0a1b2c3d4e5f.js``; kept by browsers for as long as they like."""
    asset = _by_name().get(name)
    if asset is None:
        raise Http404
    headers = {"Cache-Control": FOR_EVER, "Vary": "Accept-Encoding"}
    if "gzip" in request.headers.get("Accept-Encoding", ""):
        compressed = {**headers, "Content-Encoding": "gzip"}
        return answer(request, asset.compressed, asset.content_type, compressed)
    return answer(request, asset.content, asset.content_type, headers)


@cache
def _by_name() -> dict[str, Asset]:
    return {asset.name: asset for asset in assets().values()}


def _asset(name: str, media_type: str, content: bytes) -> Asset:
    stem, _, ending = name.rpartition(".")
    digest = sha256(content).hexdigest()[:12]
    # Without a moment in it, every process makes the same bytes, and so the same ETag.
    compressed = gzip.compress(content, mtime=0)
    return Asset(f"{stem}.{digest}.{ending}", f"{media_type}; charset=utf-8", content, compressed)
