"""How sign-in asks an identity provider: as `requests` would, through the guarded exchange."""

from __future__ import annotations

import time
from typing import Any

from django.conf import settings
from requests import ConnectionError as Unreachable
from requests import PreparedRequest, Response, Session
from requests.adapters import BaseAdapter

from tenants.registry.connection import connection
from tenants.registry.exchange import DEFAULT_PORTS, MAX_BODY_BYTES, Asked, NoAnswer, NotAskable, ask, parsed
from tenants.registry.models import Municipality

TOTAL_SECONDS = 8.0
MAX_REDIRECTS = 3
SENT_HEADERS = ("Authorization", "Content-Type")


class GuardedAdapter(BaseAdapter):
    """What it sends goes to public addresses over https, or to the private ones that are allowed here."""

    def send(self, request: PreparedRequest, *_: Any, **__: Any) -> Response:
        """Raises `requests.ConnectionError` for whatever may not or cannot be asked."""
        try:
            answer = ask(_asked(request), deadline=time.monotonic() + TOTAL_SECONDS)
        except (NoAnswer, NotAskable) as error:
            raise Unreachable(str(error), request=request) from error
        if len(answer.body) > MAX_BODY_BYTES:
            raise Unreachable("too large", request=request)
        response = Response()
        response.status_code, response._content = answer.status, answer.body  # noqa: SLF001  # as requests builds one
        response.headers["Content-Type"] = answer.content_type
        if answer.location is not None:
            response.headers["Location"] = answer.location
        response.url, response.request = request.url or "", request
        return response

    def close(self) -> None:
        """Nothing is kept open."""


def _asked(request: PreparedRequest) -> Asked:
    """Raises NotAskable."""
    allowed = allowed_here()
    url = parsed(request.url or "")
    address = (url.host or "", url.port or DEFAULT_PORTS[url.scheme or "https"])
    if url.scheme != "https" and address not in allowed:
        raise NotAskable("not an https URL")
    headers = {name: str(request.headers[name]) for name in SENT_HEADERS if name in request.headers}
    body = request.body.encode() if isinstance(request.body, str) else request.body
    return Asked(url, allowed, request.method or "GET", headers, body)


def guarded_session() -> Session:
    session = Session()
    session.trust_env = False  # no proxy, and no password from a file
    session.max_redirects = MAX_REDIRECTS
    session.mount("http://", GuardedAdapter())
    session.mount("https://", GuardedAdapter())
    return session


def allowed_here() -> frozenset[tuple[str, int]]:
    """The private hosts and ports of the current municipality, or of the vendor outside one."""
    if isinstance(connection.tenant, Municipality):
        return frozenset((each.host, each.port) for each in connection.tenant.allowed_hosts.all())
    pairs = (entry.rpartition(":") for entry in settings.VENDOR_ALLOWED_HOSTS)
    return frozenset((host, int(port)) for host, _, port in pairs)
