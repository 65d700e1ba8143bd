"""Whether a host can be a municipality's: its form, whose it is, and where it leads."""

from __future__ import annotations

import re
import socket
from concurrent.futures import ThreadPoolExecutor
from concurrent.futures import TimeoutError as TooLate
from ipaddress import ip_address

from django.conf import settings
from django.utils.translation import gettext

from tenants.registry.models import Domain

LABEL = r"(?!-)[a-z0-9-]{1,63}(?<!-)"
NAME = re.compile(rf"{LABEL}(?:\.{LABEL})+")
LONGEST = 253
LOOK_UP_SECONDS = 2.0


def refused_host(host: str, *, schema: str) -> str | None:
    """Why it cannot be a host of the municipality of this schema; None where it can."""
    if host in settings.VENDOR_HOSTS:
        return gettext("%(host)s is een host van de leverancier.") % {"host": host}
    if len(host) > LONGEST or not (NAME.fullmatch(host) or _is_address(host)):
        return gettext(
            "%(host)s is geen hostnaam: kleine letters, cijfers en streepjes, met een punt, zonder poort."
        ) % {"host": host}
    known = Domain.objects.filter(domain=host).select_related("tenant").first()
    if known is not None and known.tenant.schema_name != schema:
        return gettext("%(host)s is een host van %(name)s.") % {"host": host, "name": known.tenant.naam}
    return None


def leads_somewhere(host: str, *, within: float = LOOK_UP_SECONDS) -> bool | None:
    """Whether the name service knows the host; None where it did not say in time. It only warns."""
    pool = ThreadPoolExecutor(1)
    try:
        return bool(pool.submit(socket.getaddrinfo, host, None).result(timeout=within))
    except TooLate:
        return None
    except (OSError, UnicodeError):
        return False
    finally:
        pool.shutdown(wait=False)


def _is_address(host: str) -> bool:
    try:
        return ip_address(host).version == 4  # noqa: PLR2004  # hosts of the other kind have brackets and a colon
    except ValueError:
        return False
