"""What stands at the end of lines of the menu: for who sees the list behind it, by one statement."""

from __future__ import annotations

from collections.abc import Mapping

import pytest
from django.db import connection
from django.test.utils import CaptureQueriesContext

from backoffice.menu import counted_of_the_vendor
from helpdesk.models import Ticket
from tenants.accounts.models import Membership
from tenants.registry.context import for_vendor
from tenants.registry.models import Municipality
from tests.backoffice.conftest import As, text
from tests.contracts.signed import day, signed_contract
from tests.handover.moves import other_vendor
from tests.helpdesk.tickets import as_person, make
from tests.people import House, member, partner_organisation

NOTHING: Mapping[str, tuple[str, bool]] = {}


@pytest.fixture
def some(haarlem: Municipality, utrecht: Municipality, vendor: House) -> None:
    """Two open reports and one that is over, and a contract that ends, of Haarlem; one of each of Utrecht."""
    sam = member(vendor, "helpdesk", "sam@leverancier.example")
    over, *_open = [make(each, sam) for each in (haarlem, haarlem, haarlem, utrecht)]
    Ticket.objects.filter(pk=over.pk).update(status="gesloten")
    for each in (haarlem, utrecht):
        signed_contract(each, end=day(30))


def counts(membership: Membership) -> Mapping[str, tuple[str, bool]]:
    person = as_person(membership)
    with for_vendor(), CaptureQueriesContext(connection) as caught:
        found = counted_of_the_vendor(person).counts
    assert len([each for each in caught if each["sql"].startswith("SELECT")]) <= 1
    return found


def test_open_reports_and_contracts_that_end_are_counted(some: None, vendor: House) -> None:
    assert counts(member(vendor, "eigenaar")) == {
        "meldingen": ("3", False),
        "contracten": ("2 lopen af", False),
    }


def test_of_another_municipality_and_another_organisation_nothing_is_counted(
    some: None, vendor: House, utrecht: Municipality
) -> None:
    Municipality.objects.filter(pk=utrecht.pk).update(implementation_partner=partner_organisation())
    limited = member(vendor, "eigenaar", "u@x.example", municipalities=("utrecht",))
    partner = member(vendor, "eigenaar", "p@x.example", organisation=partner_organisation())
    stranger = member(vendor, "eigenaar", "d@x.example", organisation=other_vendor("Elders"))

    assert counts(limited) == {"meldingen": ("1", False), "contracten": ("1 loopt af", False)}
    assert counts(partner) == {"meldingen": ("1", False)}
    assert counts(stranger) == NOTHING


def test_what_a_role_does_not_see_is_not_counted(some: None, vendor: House, signed_in: As) -> None:
    found = counts(member(vendor, "financien"))
    assert found == {"contracten": ("2 lopen af", False)}
    page = text(signed_in("financien", "f@x.example").get("/"))
    assert "2 lopen af" in page
    assert 'href="/meldingen/"' not in page


def test_the_number_is_that_of_the_list(some: None, signed_in: As) -> None:
    boss = signed_in()
    assert "3 open" in text(boss.get("/meldingen/"))
    assert "2 lopen af" in text(boss.get("/contracten/"))
