from __future__ import annotations

import pytest
from pytest_django.fixtures import Settings

from tenants.registry import running
from tenants.registry.tally import tally
from tests.people import Browser, House, browser_of, member


@pytest.mark.parametrize("path", ["/account/login/", "/nergens/"])
def test_what_a_stranger_sees_is_kept_by_nobody(house: House, path: str) -> None:
    assert Browser(house).get(path)["Cache-Control"] == "private, no-store"


def test_what_a_person_sees_is_kept_by_nobody(house: House, highest: str) -> None:
    assert browser_of(house, member(house, highest)).get("/")["Cache-Control"] == "private, no-store"


def test_a_console_has_the_share_of_its_municipality(
    at_haarlem: House, settings: Settings, monkeypatch: pytest.MonkeyPatch
) -> None:
    settings.RUNNING_PER_MUNICIPALITY = 1
    monkeypatch.setattr(running, "PATIENCE_SECONDS", 0.05)
    tally.add("haarlem", 1)
    try:
        assert Browser(at_haarlem).get("/account/login/").status_code == 503
    finally:
        tally.remove("haarlem")
    assert Browser(at_haarlem).get("/account/login/").status_code == 200
