"""Bodies of applicaties."""

from __future__ import annotations

from typing import Any

from tests.api.zaken.conftest import catalogue, zaak

__all__ = ("catalogue", "zaak")

APPLICATIES = "/autorisaties/api/v1/applicaties"
LEZEN = {"component": "ztc", "scopes": ["catalogi.lezen"]}


def applicatie(**more: Any) -> dict[str, Any]:
    """One that may read the catalogue, and more."""
    return {"clientIds": ["zaaksysteem"], "label": "Zaaksysteem", "autorisaties": [LEZEN], **more}
