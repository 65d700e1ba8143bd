"""The first page of a municipality's console."""

from __future__ import annotations

from collections.abc import Iterator

import pytest
from playwright.sync_api import expect

from tenants.registry.models import Municipality
from tests.browser.conftest import VIEWS, Site, axe, scrolls_sideways, shot, unreachable


@pytest.fixture
def restricted(site: Site) -> Iterator[None]:
    with site.arranging():
        Municipality.objects.filter(schema_name="haarlem").update(status="beperkt")
    yield
    with site.arranging():
        Municipality.objects.filter(schema_name="haarlem").update(status="actief")


@pytest.mark.usefixtures("restricted")
@pytest.mark.parametrize(("width", "language"), VIEWS)
def test_the_overview_is_accessible(site: Site, language: str, width: int) -> None:
    haarlem = site.house("haarlem")
    page = site.open_as(site.member(haarlem, "beheerder"), haarlem, language=language, width=width)

    expect(page.get_by_role("heading", level=1)).to_have_text({"nl": "Overzicht", "en": "Overview"}[language])
    restricted = {"nl": "De gemeente is beperkt", "en": "The municipality is restricted"}[language]
    expect(page.get_by_role("heading", name=restricted)).to_be_visible()
    assert axe(page) == []
    assert not scrolls_sideways(page)
    assert width < 1280 or unreachable(page) == []
    shot(page, f"gemeente-overzicht-{language}")
