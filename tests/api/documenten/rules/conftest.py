from __future__ import annotations

from collections.abc import Iterator

import pytest

from api.zaken.models import Zaak
from tenants.registry.context import in_municipality
from tests.api.documenten.conftest import Archive
from tests.api.documenten.sources import Kept, source_of_zaken
from tests.factories.zaken import ZaakFactory


@pytest.fixture
def source() -> Iterator[Kept]:
    """Where relations of zaken are kept, for as long as the test takes."""
    with source_of_zaken() as kept:
        yield kept


@pytest.fixture
def zaak(archive: Archive) -> Zaak:
    with in_municipality(archive.municipality):
        return ZaakFactory.create()
