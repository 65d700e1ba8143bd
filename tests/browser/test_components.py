from __future__ import annotations

import pytest
from playwright.sync_api import expect

from tests.browser.conftest import Open, axe

PAGES = ["leverancier/nl/", "leverancier/en/", "gemeente/nl/", "gemeente/en/"]
OTHERS = ["bevestigen/", "werk/", "stappen/", "fout/403/"]


@pytest.mark.parametrize("width", [1280, 390])
@pytest.mark.parametrize("path", PAGES)
def test_every_component_is_accessible(components: str, open_page: Open, path: str, width: int) -> None:
    page = open_page(f"{components}/{path}", width=width)

    assert axe(page) == []


@pytest.mark.parametrize("path", ["leverancier/nl/", "gemeente/nl/"])
def test_every_component_is_accessible_in_the_dark(components: str, open_page: Open, path: str) -> None:
    page = open_page(f"{components}/{path}", color_scheme="dark")

    assert axe(page) == []


@pytest.mark.parametrize("width", [1280, 390])
@pytest.mark.parametrize("path", OTHERS)
def test_every_page_of_the_kit_is_accessible(components: str, open_page: Open, path: str, width: int) -> None:
    page = open_page(f"{components}/{path}", width=width)

    assert axe(page) == []


@pytest.mark.parametrize("width", [640, 320])
@pytest.mark.parametrize("path", [PAGES[0], *OTHERS])
def test_nothing_scrolls_sideways(components: str, open_page: Open, path: str, width: int) -> None:
    page = open_page(f"{components}/{path}", width=width)

    assert page.evaluate("document.documentElement.scrollWidth") <= width


def test_a_refused_form_puts_the_focus_on_its_errors(components: str, open_page: Open) -> None:
    page = open_page(f"{components}/bevestigen/")
    page.get_by_label("Typ de naam").fill("Gouda")
    page.get_by_role("button", name="Archiveer Houten").click()

    expect(page.locator("[data-focus]")).to_be_focused()
    expect(page).to_have_title("Fout: Houten archiveren - Stadhoek - Zaakplein")
    expect(page.get_by_label("Typ de naam")).to_have_value("Gouda")
    expect(page.get_by_role("navigation", name="Hoofdmenu")).to_have_count(1)


def test_a_link_of_the_summary_leads_to_the_field(components: str, open_page: Open) -> None:
    page = open_page(f"{components}/bevestigen/")
    page.get_by_role("button", name="Archiveer Houten").click()
    page.get_by_role("alert").get_by_role("link").click()

    expect(page.get_by_label("Typ de naam")).to_be_focused()


def test_a_form_works_without_script(components: str, open_page: Open) -> None:
    page = open_page(f"{components}/bevestigen/", java_script_enabled=False)
    page.get_by_role("button", name="Archiveer Houten").click()

    expect(page.get_by_role("alert")).to_contain_text("Vul nog 1 ding goed in")
    expect(page).to_have_title("Fout: Houten archiveren - Stadhoek - Zaakplein")


def test_a_form_that_is_right_goes_on(components: str, open_page: Open) -> None:
    page = open_page(f"{components}/bevestigen/")
    page.get_by_label("Typ de naam").fill("Houten")
    page.get_by_role("button", name="Archiveer Houten").click()

    expect(page.get_by_label("Typ de naam")).to_have_value("")


def test_the_bar_of_bulk_actions_comes_with_the_first_chosen_row(components: str, open_page: Open) -> None:
    page = open_page(f"{components}/{PAGES[0]}")
    selection = page.get_by_role("region", name="Selectie")
    page.get_by_label("Kies Gouda").check()
    expect(selection).to_contain_text("2 geselecteerd")

    page.get_by_label("Kies Gouda").uncheck()
    page.get_by_label("Kies Drechterland").uncheck()
    expect(selection).to_be_hidden()


def test_running_work_is_asked_about_by_itself(components: str, open_page: Open) -> None:
    page = open_page(f"{components}/werk/")

    with page.expect_response(lambda response: response.request.headers.get("hx-request") == "true") as asked:
        pass
    assert "<html" not in asked.value.text()


def test_the_first_stop_of_the_keyboard_skips_to_the_content(components: str, open_page: Open) -> None:
    page = open_page(f"{components}/stappen/")
    page.keyboard.press("Tab")

    expect(page.get_by_role("link", name="Naar de inhoud")).to_be_focused()


def test_the_menu_of_a_narrow_screen_needs_no_script(components: str, open_page: Open) -> None:
    page = open_page(f"{components}/stappen/", width=390, java_script_enabled=False)
    menu = page.get_by_role("navigation", name="Hoofdmenu")
    expect(menu).to_be_hidden()

    page.get_by_role("button", name="Menu").click()
    expect(menu).to_be_visible()
