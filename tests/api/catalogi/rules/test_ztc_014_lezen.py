"""ztc-014: who may read zaken or documenten may read the catalogue."""

from __future__ import annotations

import pytest

from api.catalogi.models import Zaaktype
from tenants.registry.context import in_municipality
from tenants.registry.models import Municipality
from tests.api.catalogi.rules.conftest import ZAAKTYPEN, url
from tests.api.client import api_with_rights, right


@pytest.mark.parametrize(("component", "scope"), [("zrc", "zaken.lezen"), ("drc", "documenten.lezen")])
def test_other_readers_may_read(
    haarlem: Municipality, published: Zaaktype, component: str, scope: str
) -> None:
    with in_municipality(haarlem):
        given = right(component, [scope], published)
    assert api_with_rights(haarlem, given).get(url(published)).status_code == 200


@pytest.mark.parametrize(("component", "scope"), [("zrc", "zaken.aanmaken"), ("zrc", "catalogi.lezen")])
def test_others_may_not(haarlem: Municipality, published: Zaaktype, component: str, scope: str) -> None:
    with in_municipality(haarlem):
        given = right(component, [scope], published)
    assert api_with_rights(haarlem, given).get(ZAAKTYPEN).status_code == 403


def test_reading_is_not_writing(haarlem: Municipality, published: Zaaktype) -> None:
    with in_municipality(haarlem):
        given = right("zrc", ["zaken.lezen"], published)
    assert api_with_rights(haarlem, given).delete(url(published)).status_code == 403


@pytest.mark.parametrize("path", ["catalogussen", "zaaktypen", "statustypen", "eigenschappen"])
def test_they_may_read_all_of_it(haarlem: Municipality, published: Zaaktype, path: str) -> None:
    with in_municipality(haarlem):
        given = right("zrc", ["zaken.lezen"], published)
    assert api_with_rights(haarlem, given).get(f"/catalogi/api/v1/{path}").status_code == 200
