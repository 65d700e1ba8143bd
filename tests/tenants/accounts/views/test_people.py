from __future__ import annotations

import re
from typing import Any

import pytest
from django.utils.html import escape

from tenants.accounts.invitations import invite
from tenants.accounts.memberships import Grant, change_membership, end_membership
from tenants.accounts.models import Membership
from tenants.accounts.person import person_of
from tenants.accounts.side import current_side
from tenants.registry.models import Municipality
from tests.people import Browser, House, browser_of, member


def middle(house: House) -> str:
    return "archivaris" if house.municipality else "operatie"


def changed_by(boss: Membership, house: House, colleague: Membership, role: str) -> None:
    with house.entered():
        person = person_of(boss.user)
        change_membership(colleague, Grant(role, colleague.organisation_id), person=person)


def test_one_page_tells_what_a_person_may(house: House, highest: str, lowest: str) -> None:
    colleague = member(house, lowest)

    page = (
        browser_of(house, member(house, highest)).get(f"/medewerkers/{colleague.user_id}/").content.decode()
    )

    assert colleague.user.email in page
    assert "Ziet wie er werkt en met welke rol." in page
    assert f"/medewerkers/rol/{colleague.pk}/wijzigen/" in page


def test_who_may_not_change_it_reads_why_and_who_can(house: House, highest: str, lowest: str) -> None:
    boss = member(house, highest)

    page = browser_of(house, member(house, lowest)).get(f"/medewerkers/{boss.user_id}/").content.decode()

    assert "Dit kan wel" in page
    assert "/wijzigen/" not in page


def test_ones_own_role_is_not_offered_to_be_changed(house: House, highest: str) -> None:
    boss = member(house, highest)

    page = browser_of(house, boss).get(f"/medewerkers/{boss.user_id}/").content.decode()

    assert "eigen rol" in page
    assert "/wijzigen/" not in page


def test_a_history_names_no_municipality_that_the_reader_does_not_see(
    vendor: House, haarlem: Municipality, utrecht: Municipality
) -> None:
    colleague = member(vendor, "operatie", municipalities=("haarlem", "utrecht"))
    limited = member(vendor, "helpdesk", "h@x.example", municipalities=("haarlem",))

    page = browser_of(vendor, limited).get(f"/medewerkers/{colleague.user_id}/").content.decode()

    assert "Haarlem" in page
    assert "utrecht" not in re.sub('class="[^"]*"', "", page.lower().split("<main")[1])


@pytest.mark.parametrize("path", ["/medewerkers/", "/medewerkers/uitnodigingen/"])
def test_an_export_names_no_municipality(vendor: House, haarlem: Municipality, path: str) -> None:
    boss = member(vendor, "eigenaar")
    member(vendor, "operatie", municipalities=("haarlem",))
    with vendor.entered():
        grant = Grant("operatie", boss.organisation_id, ("haarlem",))
        invite("nieuw@x.example", grant, person=None, site="http://localhost")

    rows = browser_of(vendor, boss).get(path, export="csv").content.decode()

    assert "1 gemeente" in rows
    assert "haarlem" not in rows


def test_a_person_of_elsewhere_is_not_there(at_haarlem: House, at_utrecht: House) -> None:
    member(at_utrecht, "lezer", "eerst@x.example")
    theirs = member(at_utrecht, "lezer")

    assert (
        browser_of(at_haarlem, member(at_haarlem, "beheerder"))
        .get(f"/medewerkers/{theirs.user_id}/")
        .status_code
        == 404
    )


@pytest.mark.parametrize("doing", ["wijzigen", "beeindigen"])
def test_whoever_comes_second_sees_what_the_first_did(
    house: House, highest: str, lowest: str, doing: str
) -> None:
    first, second = member(house, highest), member(house, highest, "tweede@x.example")
    colleague = member(house, lowest)
    browser = browser_of(house, second)
    path = f"/medewerkers/rol/{colleague.pk}/{doing}/"
    assert browser.get(path).status_code == 200
    changed_by(first, house, colleague, middle(house))

    answer = browser.post(
        path,
        {"role": lowest, "organisation": colleague.organisation_id or "", "typed": colleague.user.email},
    )

    page = answer.content.decode()
    assert answer.status_code == 409
    assert first.user.email in page
    assert f"Die is nu: {middle(house)}" in page
    assert f"/medewerkers/{colleague.user_id}/" in page
    with house.entered():
        held = person_of(colleague.user)
        assert held is not None
        assert held.role == middle(house)


def test_a_role_that_ended_meanwhile_is_told_of(house: House, highest: str, lowest: str) -> None:
    boss, colleague = member(house, highest), member(house, lowest)
    with house.entered():
        end_membership(colleague, person=None)

    answer = browser_of(house, boss).get(f"/medewerkers/rol/{colleague.pk}/wijzigen/")

    assert answer.status_code == 409
    assert "Die is nu: geen" in answer.content.decode()


def test_the_table_of_rights_is_on_screen_with_its_consequences(house: House, lowest: str) -> None:
    page = browser_of(house, member(house, lowest)).get("/medewerkers/rollen/").content.decode()

    table = sentences(house)
    assert [cell for cell in table if cell not in page] == []


@pytest.mark.parametrize("path", ["/medewerkers/", "/medewerkers/uitnodigingen/", "/medewerkers/rollen/"])
def test_each_tab_has_the_head_of_the_part(house: House, highest: str, path: str) -> None:
    page = browser_of(house, member(house, highest)).get(path).content.decode()

    assert re.search("<h1[^>]*>Medewerkers en rollen<", page)
    assert f'href="{house.prefix}/medewerkers/uitnodigen/"' in page


def test_an_address_stands_once_in_the_list(house: House, highest: str, lowest: str) -> None:
    colleague = member(house, lowest)

    rows = browser_of(house, member(house, highest)).get("/medewerkers/").content.decode()

    assert rows.count(colleague.user.email) == 1


def test_the_vendors_name_stands_once_in_a_title(house: House) -> None:
    page = Browser(house).get("/account/login/").content.decode()

    name = "Haarlem - " if house.municipality else ""
    assert f"<title>Inloggen - {name}Zaakplein</title>" in page


def test_what_ones_account_leads_to_says_what_a_click_does(house: House, lowest: str) -> None:
    page = browser_of(house, member(house, lowest)).get("/account/").content.decode()

    assert ">Beheer uw tweede factor</a>" in page
    assert "Pogingen om in te loggen" in page
    assert ">Koppel een account</a>" in page


def sentences(house: House) -> list[str]:
    with house.entered():
        table = current_side().table
        return [escape(area.consequence(role.key)) for area in table.areas for role in table.roles]


@pytest.mark.parametrize("path", ["/medewerkers/", "/medewerkers/uitnodigingen/", "/logboek/inloggen/"])
def test_a_list_takes_few_statements(
    house: House, highest: str, django_assert_max_num_queries: Any, path: str
) -> None:
    for number in range(20):
        member(house, highest, f"nummer{number}@x.example", second_factor=False, password=None)
    browser = browser_of(house, member(house, highest))
    browser.get(path)

    with django_assert_max_num_queries(12):
        assert browser.get(path, q="nummer").status_code == 200


@pytest.mark.parametrize("kind", ["csv", "xlsx"])
def test_people_are_exported_as_filtered(house: House, highest: str, lowest: str, kind: str) -> None:
    colleague = member(house, lowest, "=ann@x.example")

    answer = browser_of(house, member(house, highest)).get("/medewerkers/", rol=lowest, export=kind)

    assert answer.status_code == 200
    assert "attachment" in answer["Content-Disposition"]
    if kind == "csv":
        assert f"'{colleague.user.email}" in answer.content.decode()
        assert highest not in answer.content.decode().lower()


def test_a_search_of_a_script_is_text(house: House, highest: str) -> None:
    page = browser_of(house, member(house, highest)).get("/medewerkers/", q="<script>alert(1)</script>")

    assert "<script>alert" not in page.content.decode()
