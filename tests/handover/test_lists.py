"""The lists cost as many statements for many as for one."""

from __future__ import annotations

import pytest
from django.test.utils import CaptureQueriesContext
from django.utils import timezone

from handover.models import Handover
from tenants.registry.connection import connection
from tenants.registry.models import Municipality
from tests.handover.moves import Cast, other_vendor
from tests.people import House, browser_of


def fill(municipality: Municipality, cast: Cast, count: int) -> None:
    for number in range(count):
        Handover.objects.create(
            municipality=municipality,
            role="host",
            from_organisation=cast.old,
            to_organisation=cast.new,
            from_name="A",
            to_name=f"B {number}",
            municipality_name="Haarlem",
            decided_on=timezone.localdate(),
            begun_at=timezone.now(),
            state="afgebroken",
        )


@pytest.mark.parametrize("path", ["/overdrachten/", "/partners/"])
def test_a_list_of_the_vendor_asks_as_much_for_ten(cast: Cast, path: str) -> None:
    browser = browser_of(House.of(None), cast.former)
    fill(cast.municipality, cast, 1)
    browser.get(path)
    with CaptureQueriesContext(connection) as one:
        assert browser.get(path).status_code == 200
    fill(cast.municipality, cast, 9)
    for number in range(9):
        Municipality.objects.create(
            schema_name=f"m{number}", naam=f"M {number}", vendor=cast.old, environment="sandbox"
        )
    other_vendor("Derde")
    with CaptureQueriesContext(connection) as many:
        assert browser.get(path).status_code == 200
    assert len(many) == len(one)


def test_the_page_of_the_gemeente_asks_as_much_for_ten(cast: Cast) -> None:
    browser = browser_of(House.of(cast.municipality), cast.gemeente)
    fill(cast.municipality, cast, 1)
    browser.get("/overdracht/")
    with CaptureQueriesContext(connection) as one:
        browser.get("/overdracht/")
    fill(cast.municipality, cast, 9)
    with CaptureQueriesContext(connection) as many:
        assert browser.get("/overdracht/").status_code == 200
    assert len(many) == len(one)
