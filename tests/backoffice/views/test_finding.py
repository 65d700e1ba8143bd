"""The search field of the bar: a number leads to what has it, words to all that is found."""

from __future__ import annotations

from typing import Any

import pytest

from backoffice.views.finding import SHOWN
from tenants.registry.models import Municipality
from tests.backoffice.conftest import As, text
from tests.contracts.signed import signed_contract
from tests.handover.moves import other_vendor
from tests.helpdesk.reported import make_report
from tests.helpdesk.tickets import at
from tests.people import Browser, House, browser_of, member, partner_organisation

pytestmark = pytest.mark.django_db
NOW = at("wo 10:00")


def test_a_number_leads_to_its_report(boss: Browser, haarlem: Municipality) -> None:
    ticket = make_report(haarlem, NOW)
    assert boss.get("/zoeken/", q=f" {ticket.pk} ")["Location"] == f"/meldingen/{ticket.pk}/"


@pytest.mark.parametrize(
    "words", ["haarlem", "999999999", "0392", "١٢٣", "9" * 40, "", "x" * 500, "a\0b", "%"]
)
def test_anything_else_is_looked_for_among_gemeenten(boss: Browser, words: str) -> None:
    assert boss.get("/zoeken/", q=words)["Location"].startswith("/gemeenten/?q=")


def test_the_code_of_a_gemeente_is_no_number(boss: Browser, haarlem: Municipality) -> None:
    make_report(haarlem, NOW, pk=1392)
    Municipality.objects.filter(pk=haarlem.pk).update(cbs_code="1392")
    assert boss.get("/zoeken/", q="1392")["Location"] == "/gemeenten/?q=1392"


def test_a_report_that_one_does_not_see_is_not_found(signed_in: As, haarlem: Municipality) -> None:
    ticket = make_report(haarlem, NOW)
    limited = signed_in("helpdesk", municipalities=("utrecht",))
    without = signed_in("financien")
    for browser in (limited, without):
        assert browser.get("/zoeken/", q=str(ticket.pk))["Location"].startswith("/gemeenten/")


def test_a_contract_is_found_by_number_gemeente_and_order(boss: Browser, haarlem: Municipality) -> None:
    contract = signed_contract(haarlem, purchase_order="HLM-26-004417")
    address = f"/contracten/{contract.pk}/"

    assert boss.get("/zoeken/", q=contract.number.lower())["Location"] == address
    for asked in ("haarlem", "26-0044", contract.number[:-1]):
        page = text(boss.get("/zoeken/", q=asked))
        assert f'href="{address}"' in page
    assert f'href="/gemeenten/{haarlem.pk}/"' in text(boss.get("/zoeken/", q="haarlem"))


def test_a_report_is_found_by_its_subject_as_text(boss: Browser, haarlem: Municipality) -> None:
    ticket = make_report(haarlem, NOW, subject="Zaken <b>sluiten</b> niet")
    page = text(boss.get("/zoeken/", q="<B>SLUITEN"))

    assert f'href="/meldingen/{ticket.pk}/"' in page
    assert "Zaken &lt;b&gt;sluiten&lt;/b&gt; niet" in page
    assert "“&lt;B&gt;SLUITEN”" in page


def test_of_more_than_are_shown_that_is_told(boss: Browser, haarlem: Municipality) -> None:
    for number in range(SHOWN):
        make_report(haarlem, NOW, subject=f"Trage zaak {number}")
    assert "de eerste tien" not in text(boss.get("/zoeken/", q="trage"))

    make_report(haarlem, NOW, subject="Trage zaak erbij")

    page = text(boss.get("/zoeken/", q="trage"))
    assert "de eerste tien" in page
    assert page.count('href="/meldingen/') - page.count('href="/meldingen/"') == SHOWN


def test_nothing_is_found_without_the_rights_of_its_list(
    signed_in: As, vendor: House, haarlem: Municipality, utrecht: Municipality
) -> None:
    """By words nor by number: limited to another municipality, of a partner, of another vendor."""
    contract = signed_contract(haarlem, purchase_order="HLM-26-004417")
    ticket = make_report(haarlem, NOW, subject="Geheim onderwerp")
    Municipality.objects.filter(pk=utrecht.pk).update(implementation_partner=partner_organisation())
    strangers = [
        signed_in("eigenaar", "u@leverancier.example", municipalities=("utrecht",)),
        browser_of(vendor, member(vendor, "eigenaar", "p@x.example", organisation=partner_organisation())),
        browser_of(vendor, member(vendor, "eigenaar", "d@x.example", organisation=other_vendor("Elders"))),
    ]
    for stranger in strangers:
        for asked in (contract.number, "HLM-26-004417", "haarlem", "geheim", str(ticket.pk)):
            assert stranger.get("/zoeken/", q=asked)["Location"].startswith("/gemeenten/?q=")
    without = signed_in("financien")
    assert without.get("/zoeken/", q="geheim")["Location"].startswith("/gemeenten/?q=")
    assert without.get("/zoeken/", q=contract.number)["Location"] == f"/contracten/{contract.pk}/"


def test_a_search_takes_few_statements(
    boss: Browser, haarlem: Municipality, django_assert_max_num_queries: Any
) -> None:
    signed_contract(haarlem)
    make_report(haarlem, NOW, subject="Van Haarlem")
    boss.get("/zoeken/", q="haarlem")
    with django_assert_max_num_queries(16):
        assert boss.get("/zoeken/", q="haarlem").status_code == 200
