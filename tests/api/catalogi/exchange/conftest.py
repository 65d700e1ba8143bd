from __future__ import annotations

import pytest

from api.catalogi.models import Catalogus
from tenants.registry.models import Municipality
from tests.api.catalogi.cast import make
from tests.factories.catalogi import CatalogusFactory


@pytest.fixture
def catalogus(haarlem: Municipality) -> Catalogus:
    """Where the types of a zip go."""
    return make(haarlem, CatalogusFactory)


@pytest.fixture
def into(catalogus: Catalogus) -> str:
    """The choice of that catalogus, as the query makes it."""
    return f"catalogus=http://haarlem.localhost/catalogi/api/v1/catalogussen/{catalogus.pk}"
