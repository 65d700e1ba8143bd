"""Where a browser finds a host, for whoever writes of it without being asked by one."""

from __future__ import annotations

from django.conf import settings

from tenants.registry.models import Municipality


def origin_of(municipality: Municipality) -> str:
    """Scheme and primary host, with the port on a developer's machine; without a slash at the end."""
    return origin_at(next(domain.domain for domain in municipality.domains.all() if domain.is_primary))


def origin_at(host: str) -> str:
    """The same of any host of ours: scheme and port are never the caller's to say."""
    return f"https://{host}" if settings.TLS else f"http://{host}:{settings.WEB_PORT}"
