"""Signing in as a person does it, before the deployment of the tests."""

from __future__ import annotations

from tests.browser.conftest import Site


def test_a_member_is_at_home(site: Site) -> None:
    vendor = site.house()
    page = site.open_as(site.member(vendor, "eigenaar"), vendor)

    assert page.url == site.address(vendor)
    assert "eigenaar@localhost.example" in page.content()


def test_a_stranger_has_to_sign_in(site: Site) -> None:
    haarlem = site.house("haarlem")
    page = site.open(haarlem, "/medewerkers/")

    assert page.url.startswith(site.address(haarlem, "/account/login/"))
