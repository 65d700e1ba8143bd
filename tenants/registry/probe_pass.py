"""How our own probe is known: it holds no place that others wait for, and nobody else can be it.

Otherwise whoever keeps the places of strangers busy would have a municipality look as if it were not served.
"""

from __future__ import annotations

from django.core.signing import BadSignature, TimestampSigner
from django.http import HttpRequest

PROBE_PATH = "/readyz"
PROBE_HEADER = "X-Zaakplein-Probe"
VALID_SECONDS = 60
SALT = "tenants.registry.probe_pass"


def probe_pass() -> str:
    """What the probe brings along; good for a minute."""
    return TimestampSigner(salt=SALT).sign("probe")


def is_our_probe(request: HttpRequest) -> bool:
    return request.path == PROBE_PATH and _is_good(request.headers.get(PROBE_HEADER, ""))


def _is_good(brought: str) -> bool:
    try:
        TimestampSigner(salt=SALT).unsign(brought, max_age=VALID_SECONDS)
    except BadSignature:
        return False
    return True
