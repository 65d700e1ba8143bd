"""The search field of the bar: a number is a report, anything else a gemeente."""

from __future__ import annotations

import pytest

from tenants.registry.models import Municipality
from tests.backoffice.conftest import As
from tests.helpdesk.reported import make_report
from tests.helpdesk.tickets import at
from tests.people import Browser

pytestmark = pytest.mark.django_db
NOW = at("wo 10:00")


def test_a_number_leads_to_its_report(boss: Browser, haarlem: Municipality) -> None:
    ticket = make_report(haarlem, NOW)
    assert boss.get("/zoeken/", q=f" {ticket.pk} ")["Location"] == f"/meldingen/{ticket.pk}/"


@pytest.mark.parametrize("words", ["haarlem", "999999999", "0392", "١٢٣", "9" * 40, "", "x" * 500])
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
