"""A month's report as both sides go through it, and what is asked of every page of it."""

from __future__ import annotations

from datetime import timedelta

import pytest
from django.utils import timezone
from playwright.sync_api import expect

from service_reports.models import ServiceReport, State
from tenants.accounts.models import Membership
from tests.browser.conftest import VIEWS, Site, axe, scrolls_sideways, shot, unreachable
from tests.browser.entering import follow, press, submit
from tests.service_reports.reports import make_maintenance, make_service_report


@pytest.fixture
def people(site: Site) -> tuple[Membership, Membership]:
    return site.member(site.house(), "eigenaar"), site.member(site.house("haarlem"), "beheerder")


def test_shared_disputed_and_seen_by_both(site: Site, people: tuple[Membership, Membership]) -> None:
    vendor, haarlem = site.house(), site.house("haarlem")
    ada, lia = people
    with site.arranging():
        assert haarlem.municipality is not None
        make_service_report(haarlem.municipality)

    ours = site.open_as(ada, vendor, "/rapporten/")
    follow(ours, "oktober 2026")
    follow(ours, "Deel met de gemeente")
    press(ours, "Deel met de gemeente")
    expect(ours.get_by_role("main").get_by_text("Gedeeld").first).to_be_visible()

    theirs = site.open_as(lia, haarlem, "/rapporten/")
    follow(theirs, "oktober 2026")
    expect(theirs.get_by_role("main").get_by_text("98,55").first).to_be_visible()
    follow(theirs, "Betwist het rapport")
    theirs.locator("[name=words]").fill("Op 5 oktober was het langer.")
    submit(theirs)
    expect(theirs.get_by_role("heading", name="De gemeente betwist dit rapport")).to_be_visible()

    ours.reload()
    expect(ours.get_by_text("Op 5 oktober was het langer.").first).to_be_visible()


@pytest.mark.parametrize(("width", "language"), VIEWS)
def test_every_page_is_for_everybody(
    site: Site, people: tuple[Membership, Membership], width: int, language: str
) -> None:
    vendor, haarlem = site.house(), site.house("haarlem")
    ada, lia = people
    now = timezone.now()
    with site.arranging():
        assert haarlem.municipality is not None
        concept = make_service_report(haarlem.municipality)
        moments = {"shared_at": now, "shared_by": "x@x.example", "fixes_at": now + timedelta(days=14)}
        shared = make_service_report(
            haarlem.municipality, month=concept.month.replace(month=9), state=State.GEDEELD, **moments
        )
        planned = make_maintenance(
            haarlem.municipality,
            announced_at=now,
            starts_at=now + timedelta(days=20),
            ends_at=now + timedelta(days=20, hours=2),
        )
        assert ServiceReport.objects.count() == 2
    of_the_vendor = [
        "/rapporten/",
        f"/rapporten/{concept.pk}/",
        f"/rapporten/{concept.pk}/delen/",
        f"/rapporten/{shared.pk}/corrigeren/",
        "/rapporten/onderhoud/",
        "/rapporten/onderhoud/nieuw/",
        f"/rapporten/onderhoud/{planned.pk}/",
    ]
    of_the_municipality = [
        "/rapporten/",
        f"/rapporten/{shared.pk}/",
        f"/rapporten/{shared.pk}/betwisten/",
        f"/rapporten/{shared.pk}/akkoord/",
    ]

    wrong = {}
    for person, house, paths in ((ada, vendor, of_the_vendor), (lia, haarlem, of_the_municipality)):
        for path in paths:
            page = site.open_as(person, house, path, width=width, language=language)
            shot(page, f"{house.prefix.strip('/')}{path.replace('/', '-')}{language}")
            found = [*axe(page), *unreachable(page)]
            if found or scrolls_sideways(page):
                wrong[f"{house.host}{path}"] = found or ["scrolls sideways"]

    assert wrong == {}
