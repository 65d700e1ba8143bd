"""URLs of this house: relative where they are stored, absolute where a client reads them.

Stored and rendered, a URL of the municipality itself begins with ``zaakplein:/``; on the way out
that prefix becomes the scheme and host by which the reader came. Hosts may change, aliases keep
working, and one rendering serves the answer, the audit trail and the outbox. A URL on another
municipality's host is like any other URL elsewhere: never looked up here.
"""

from __future__ import annotations

import re
from dataclasses import dataclass
from typing import TYPE_CHECKING, Any
from urllib.parse import SplitResult, urlsplit
from uuid import UUID

from api.pipeline import registry
from api.pipeline.write import Caller

if TYPE_CHECKING:
    from api.pipeline.resource import Resource

PREFIX = "zaakplein:"
_RESOURCE = re.compile(
    r"^/(?P<api>[a-z]+)/api/v1/(?P<path>[a-z_/-]+)/"
    r"(?P<uuid>[0-9a-fA-F]{8}-[0-9a-fA-F]{4}-[0-9a-fA-F]{4}-[0-9a-fA-F]{4}-[0-9a-fA-F]{12})$"
)
_DEFAULT_PORTS = {"http": 80, "https": 443}


@dataclass(frozen=True, slots=True)
class Reference:
    """A URL of this municipality: the resource it points at, and which one of them."""

    resource: type[Resource]
    uuid: UUID


def absolute(document: str, origin: str) -> str:
    """JSON text as this reader sees it: every stored URL on the reader's own host."""
    return document.replace(f'"{PREFIX}/', f'"{origin}/')


def stored(url: str, caller: Caller) -> str:
    """The form in which a URL is kept: relative when it is this municipality's own."""
    parts = _split(url)
    if parts is None or not _is_local(parts, caller):
        return url
    return PREFIX + parts.path + (f"?{parts.query}" if parts.query else "")


def is_url(value: Any) -> bool:
    """Whether the value is an http(s) URL with a host, without white space or credentials."""
    return isinstance(value, str) and _split(value) is not None


def is_local(url: str, caller: Caller) -> bool:
    """Whether the URL is on a host of this municipality."""
    parts = _split(url)
    return parts is not None and _is_local(parts, caller)


def local_path(url: str, caller: Caller) -> str | None:
    """The path of a URL of this municipality, whatever it asks there; ``None`` elsewhere."""
    parts = _split(url)
    return parts.path if parts is not None and _is_local(parts, caller) else None


def find(url: str, caller: Caller) -> Reference | None:
    """What a URL of this municipality points at; ``None`` elsewhere, or where nothing is served."""
    parts = _split(url)
    if parts is None or not _is_local(parts, caller) or parts.query or parts.fragment:
        return None
    return _at(parts.path)


def find_stored(url: str) -> Reference | None:
    """What a relative URL, as it is kept, points at."""
    return _at(url.removeprefix(PREFIX)) if url.startswith(PREFIX) else None


def _at(path: str) -> Reference | None:
    match = _RESOURCE.match(path)
    if match is None:
        return None
    resource = registry.resource_at(match["api"], match["path"])
    return Reference(resource, UUID(match["uuid"])) if resource else None


def _split(url: str) -> SplitResult | None:
    if any(character.isspace() for character in url):
        return None
    try:
        parts = urlsplit(url)
        _ = parts.port
    except ValueError:
        return None
    if parts.scheme not in _DEFAULT_PORTS or not parts.hostname or "@" in parts.netloc:
        return None
    return parts


def _is_local(parts: SplitResult, caller: Caller) -> bool:
    origin = urlsplit(caller.origin)
    if parts.hostname != origin.hostname and parts.hostname not in caller.municipality.hosts:
        return False
    return _port(parts) in {_port(origin), *_DEFAULT_PORTS.values()}


def _port(parts: SplitResult) -> int:
    return _DEFAULT_PORTS[parts.scheme] if parts.port is None else parts.port
