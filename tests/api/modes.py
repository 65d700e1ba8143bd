"""The two ways in which a municipality answers: as clients of Open Zaak know it, or by the letter."""

from __future__ import annotations

from collections.abc import Iterator
from contextlib import contextmanager
from unittest.mock import patch

from tenants.registry import directory
from tests.api.client import ApiClient


@contextmanager
def answering(api: ApiClient, *, compatible: bool) -> Iterator[None]:
    """Within, the municipality answers so, whatever its row says."""
    api.get("/zaken/api/v1/zaken")  # so that its host is known
    with patch.object(directory._known.by_host[api.host], "open_zaak_compatibility", compatible):
        yield
