r"""URLs of this house: relative where they are stored, absolute where a client reads them.

In a column a URL of the municipality itself begins with ``zaakplein:/``. In rendered JSON it is the
string ``"\\/zaken/…"``: neither PostgreSQL nor Python writes a slash with a backslash before it, so
nothing that a client wrote can look like that. On the way out the scheme and host by which the reader
came take its place. Hosts may change, aliases keep working, and one rendering serves the answer, the
audit trail and the outbox. A URL on another municipality's host is like any other URL elsewhere: never
looked up here.
"""

from __future__ import annotations

import json
import re
from collections.abc import Mapping
from dataclasses import dataclass
from typing import Any
from urllib.parse import SplitResult, urlsplit
from uuid import UUID

from django.db.models import QuerySet

from api.pipeline.words import registry
from api.pipeline.words.caller import Caller
from api.pipeline.words.served import Served

PREFIX = "zaakplein:"
RENDERED = '"\\/'
"""How a URL of the municipality begins in rendered JSON."""
_UUID = r"[0-9a-fA-F]{8}-[0-9a-fA-F]{4}-[0-9a-fA-F]{4}-[0-9a-fA-F]{4}-[0-9a-fA-F]{12}"
_KEY = re.compile(_UUID)
_RESOURCE = re.compile(rf"/(?P<api>[a-z]+)/api/v1/(?P<path>(?:[a-z_-]+/|{_UUID}/)+)(?P<uuid>{_UUID})")
_DEFAULT_PORTS = {"http": 80, "https": 443}


class Address(str):
    """A URL of this municipality as it is stored: ``zaakplein:/zaken/api/v1/zaken/…``."""

    __slots__ = ()


@dataclass(frozen=True, slots=True)
class Reference:
    """A URL of this municipality: the resource it points at, and which one of them."""

    resource: type[Served]
    uuid: UUID
    within: Mapping[str, UUID]
    """The parent that the path names, by the column that refers to it."""

    def rows(self) -> QuerySet[Any, Any]:
        """The row, with the relations that rules need; none where nothing is there."""
        return self.resource.referable().filter(pk=self.uuid, **self.within)

    def row_for(self, caller: Caller) -> Any:
        """The row as far as the caller may know of it: ``None`` where nothing is, or is hidden from it.

        So no refusal tells what is there, and nobody ties its own to what it may not read.
        """
        row = self.rows().first()
        if row is None:
            return None
        resource = self.resource
        main = getattr(row, resource.main) if resource.main else row
        return None if resource.rights.hides(caller.client, resource.read_scope(), main) else row


def absolute(document: str, origin: str) -> str:
    """JSON text as this reader sees it: every URL of the municipality on the reader's own host."""
    return document.replace(RENDERED, f'"{origin}/')


def rendered(members: Mapping[str, str]) -> str:
    """A flat JSON object as PostgreSQL would render it: ``Address`` apart from other text."""
    return "{" + ", ".join(f"{json.dumps(name)}: {_rendered(text)}" for name, text in members.items()) + "}"


def parsed(document: str) -> Any:
    """The value of rendered JSON, with URLs as they are stored."""
    return json.loads(document.replace(RENDERED, f'"{PREFIX}/'))


def stored(url: str, caller: Caller) -> str:
    """The form in which a URL is kept: relative when it is this municipality's own."""
    parts = _split(url)
    if parts is None or not _is_local(parts, caller):
        return url
    return Address(PREFIX + parts.path + (f"?{parts.query}" if parts.query else ""))


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


def _rendered(text: str) -> str:
    written = json.dumps(text, ensure_ascii=False)
    return written.replace(f'"{PREFIX}/', RENDERED, 1) if isinstance(text, Address) else written


def _at(path: str) -> Reference | None:
    match = _RESOURCE.fullmatch(path)
    if match is None:
        return None
    parents = _KEY.findall(match["path"])
    resource = registry.resource_at(match["api"], _KEY.sub("{}", match["path"]).removesuffix("/"))
    if resource is None:
        return None
    return Reference(resource, UUID(match["uuid"]), resource.within(UUID(parents[0]) if parents else None))


def _split(url: str) -> SplitResult | None:
    if url.split() != [url]:
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
