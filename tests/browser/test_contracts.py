"""A contract from draft to signatures to amendment to notice, on both hosts; and every page of it by axe."""

from __future__ import annotations

from pathlib import Path

import pytest
from django.utils import timezone
from playwright.sync_api import Page, expect
from pytest_django import Settings

from contracts.models import Contract
from contracts.tasks import tell_other_side
from tests.browser.conftest import VIEWS, Site, axe, scrolls_sideways, shot, unreachable
from tests.browser.entering import follow, press, submit
from tests.contracts.agreed import Cast, addendum, concluded, drafted, level_of, offer_it
from tests.people import House


@pytest.fixture
def cast(site: Site, settings: Settings, tmp_path: Path, monkeypatch: pytest.MonkeyPatch) -> Cast:
    """Who draws up, who signs for the vendor, and who for the gemeente."""
    settings.MEDIA_ROOT = str(tmp_path)
    monkeypatch.setattr(tell_other_side, "apply_async", lambda **_: None)
    vendor, haarlem = site.house(), site.house("haarlem")
    assert haarlem.municipality is not None
    return Cast(
        haarlem.municipality,
        site.member(vendor, "accountbeheer", "opsteller@leverancier.example"),
        site.member(vendor, "eigenaar", "directeur@leverancier.example"),
        site.member(haarlem, "beheerder", "hoofd@haarlem.example"),
    )


def draft(page: Page) -> None:
    follow(page, "Contract opstellen")
    page.get_by_label("Voor welke gemeente?").select_option(label="Haarlem")
    page.get_by_label("Serviceniveau").select_option(index=1)
    page.locator("[name=start]").fill(f"{timezone.localdate():%Y-%m-%d}")
    page.locator("[name=kvk]").fill("01234567")
    submit(page)
    follow(page, "Voeg een prijsregel toe")
    page.locator("[name=label]").fill("Basis")
    page.locator("[name=price]").fill("48.600,00")
    submit(page)
    follow(page, "Voeg een bijlage toe")
    page.locator("[name=kind]").select_option("verwerkersovereenkomst")
    page.locator("[name=name]").fill("Verwerkersovereenkomst, model VNG")
    page.locator("[name=document_version]").fill("2.1")
    page.locator("[name=valid_from]").fill("2026-01-01")
    page.locator("[name=reference]").fill("Zaaksysteem, 2026-118")
    submit(page)
    follow(page, "Bied aan ter ondertekening")
    press(page, "Bied aan ter ondertekening")
    expect(page.get_by_text("Nog te tekenen")).to_be_visible()


def sign(page: Page, words: str) -> None:
    follow(page, words)
    page.locator("[name=function]").fill("Directeur")
    page.locator("[name=agreed]").check()
    press(page, words)
    expect(page.get_by_role("heading", name="Ondersteuningscontract Haarlem")).to_be_visible()


def test_a_contract_is_drawn_up_signed_and_ended(site: Site, cast: Cast) -> None:
    vendor, haarlem = site.house(), site.house("haarlem")
    with site.arranging():
        level_of(cast.municipality.vendor_id)
    drafter = site.open_as(cast.drafter, vendor, "/contracten/")
    draft(drafter)
    with site.arranging():
        contract = Contract.objects.get()
    address = f"/{contract.pk}/versies/1/"

    director = site.open_as(cast.director, vendor, f"/contracten{address}")
    sign(director, "Onderteken namens de leverancier")
    gemeente = site.open_as(cast.beheerder, haarlem, "/contract/")
    gemeente.get_by_role("link", name="wacht op u").click()
    sign(gemeente, "Onderteken namens de gemeente")
    director.goto(site.address(vendor, f"/contracten/{contract.pk}/"))
    expect(director.get_by_role("main").get_by_text("Actief").first).to_be_visible()
    shot(director, "leverancier-contract")
    assert axe(director) == []
    assert unreachable(director) == []

    gemeente.goto(site.address(haarlem, f"/contract/{contract.pk}/"))
    follow(gemeente, "Zeg het contract op")
    gemeente.locator("[name=words]").fill("Wij stappen over")
    press(gemeente, "Zeg het contract op")
    expect(gemeente.get_by_text("Opgezegd").first).to_be_visible()


@pytest.mark.parametrize(("width", "language"), VIEWS)
def test_its_pages_are_accessible(site: Site, cast: Cast, language: str, width: int) -> None:
    vendor, haarlem = site.house(), site.house("haarlem")
    with site.arranging():
        first = concluded(cast)
        offer_it(cast, addendum(cast, first.contract))
        other = drafted(cast).contract_id
    pk = first.contract_id
    opened: list[tuple[House, str, str]] = [
        (vendor, "/contracten/", "lijst"),
        (vendor, "/contracten/nieuw/", "nieuw"),
        (vendor, f"/contracten/{pk}/", "contract"),
        (vendor, f"/contracten/{pk}/versies/", "versies"),
        (vendor, f"/contracten/{pk}/logboek/", "logboek"),
        (vendor, f"/contracten/{pk}/versies/2/", "addendum"),
        (vendor, f"/contracten/{pk}/versies/2/tekenen/", "tekenen"),
        (vendor, f"/contracten/{pk}/versies/2/getekend-pdf/", "pdf"),
        (vendor, f"/contracten/{pk}/versies/2/intrekken/", "intrekken"),
        (vendor, f"/contracten/{pk}/opzegging/", "opzegging"),
        (vendor, f"/contracten/{other}/versies/1/", "concept"),
        (vendor, f"/contracten/{other}/versies/1/afspraken/", "afspraken"),
        (vendor, f"/contracten/{other}/versies/1/dekking/", "dekking"),
        (vendor, f"/contracten/{other}/versies/1/regels/nieuw/", "regel"),
        (vendor, f"/contracten/{other}/versies/1/prijslijst/", "prijslijst"),
        (vendor, f"/contracten/{other}/versies/1/bijlagen/nieuw/", "bijlage"),
        (vendor, f"/contracten/{other}/versies/1/aanbieden/", "aanbieden"),
        (haarlem, "/contract/", "gemeente-lijst"),
        (haarlem, f"/contract/{pk}/", "gemeente-contract"),
        (haarlem, f"/contract/{pk}/versies/2/", "gemeente-addendum"),
        (haarlem, f"/contract/{pk}/versies/2/tekenen/", "gemeente-tekenen"),
        (haarlem, f"/contract/{pk}/opzeggen/", "gemeente-opzeggen"),
    ]
    wrong = {}
    for house, path, name in opened:
        who = cast.director if house is vendor else cast.beheerder
        page = site.open_as(who, house, path, width=width, language=language)
        shot(page, f"contract-{name}-{language}")
        found = axe(page)
        if found or scrolls_sideways(page):
            wrong[name] = found or ["scrolls sideways"]
    assert wrong == {}
