"""What a contract tells: whether it was kept, who drew it up, all that an addendum changes."""

from __future__ import annotations

from datetime import date, timedelta
from typing import Any

import pytest
from django.utils import timezone

from contracts.drafting import amend
from contracts.level_tables import worked
from contracts.models import ContractVersion
from tenants.accounts.models import User
from tenants.registry.context import for_vendor
from tenants.registry.models import Municipality, Organisation
from tests.contracts.agreed import (
    Cast,
    agreed,
    concluded,
    level_of,
    made,
    offer_it,
    person,
    terms,
)
from tests.handover.moves import other_vendor
from tests.people import Browser, House, browser_of, member, vendor_organisation
from tests.service_reports.reports import make_service_report

DAY = timedelta(days=1)


def text(answer: Any) -> str:
    return str(answer.content.decode())


@pytest.fixture
def drafter(cast: Cast) -> Browser:
    return browser_of(House.of(None), cast.drafter)


@pytest.fixture
def director(cast: Cast) -> Browser:
    return browser_of(House.of(None), cast.director)


@pytest.fixture
def gemeente(cast: Cast) -> Browser:
    return browser_of(House.of(cast.municipality), cast.beheerder)


def test_a_contract_tells_whether_its_clocks_were_kept(cast: Cast, drafter: Browser) -> None:
    """Of this year, of what was shared and replaced by nothing; of another contract nothing."""
    version, year = concluded(cast), timezone.localdate().year
    own = {"contract_number": version.contract.number, "state": "gedeeld"}
    make_service_report(cast.municipality, month=date(year, 1, 1), **own)
    make_service_report(cast.municipality, month=date(year, 2, 1), **own)
    make_service_report(cast.municipality, month=date(year, 3, 1), **{**own, "state": "concept"})
    make_service_report(cast.municipality, month=date(year - 1, 2, 1), **own)
    make_service_report(
        cast.municipality, month=date(year, 4, 1), state="gedeeld", contract_number="OC-1999-0001"
    )
    page = text(drafter.get(f"/contracten/{version.contract_id}/"))

    assert f"Gehaald in {year}" in page
    assert "14 van 16" in page
    assert "geen klokken" in page
    assert f"tot en met februari {year}" in page
    assert "Serviceniveaurapporten 4" in page
    listed = text(drafter.get(f"/contracten/{version.contract_id}/rapporten/"))
    assert f"januari {year}" in listed
    assert f"april {year}" not in listed


def test_reports_of_a_contract_are_for_who_sees_both(
    cast: Cast, drafter: Browser, utrecht: Municipality
) -> None:
    version, vendor = concluded(cast), House.of(None)
    address = f"/contracten/{version.contract_id}/rapporten/"
    make_service_report(cast.municipality, contract_number=version.contract.number, state="gedeeld")
    elsewhere = {"organisation": other_vendor("Elders"), "contract_number": version.contract.number}
    make_service_report(utrecht, month=date(2026, 9, 1), **elsewhere)
    of_utrecht = member(vendor, "eigenaar", "u@x.example", municipalities=("utrecht",))
    stranger = member(vendor, "eigenaar", "d@x.example", organisation=other_vendor("Elders"))

    assert "oktober 2026" in text(drafter.get(address))
    assert "september 2026" not in text(drafter.get(address))
    assert browser_of(vendor, of_utrecht).get(address).status_code == 404
    assert browser_of(vendor, stranger).get(address).status_code == 404


def test_a_contract_names_people_and_numbers_as_people_do(
    cast: Cast, drafter: Browser, gemeente: Browser
) -> None:
    Organisation.objects.filter(pk=cast.municipality.vendor_id).update(kvk="01234583")
    User.objects.filter(pk=cast.drafter.user_id).update(name="Anna de Vries")
    version = concluded(cast)
    ours, theirs = (
        text(browser.get(f"{place}/{version.contract_id}/"))
        for browser, place in ((drafter, "/contracten"), (gemeente, "/contract"))
    )

    assert "Opgesteld door Anna de Vries" in ours
    assert f"Opgesteld door {vendor_organisation()}" in theirs
    assert "KvK 01234583" in ours
    assert "KvK 01234567" in theirs
    for page in (ours, theirs):
        assert cast.drafter.user.email not in page.partition("Handtekeningen")[2].partition("Logboek")[0]
        assert "P1 alles ligt stil" in page
        assert "op afspraak" not in page


def test_whoever_signs_reads_all_that_changes_and_why(
    cast: Cast, director: Browser, gemeente: Browser
) -> None:
    first = concluded(cast)
    level = level_of(cast.municipality.vendor_id, "Premium", response=30)
    with for_vendor():
        terms_of_it = terms(
            cast.municipality.vendor_id,
            service_level_version=level,
            start=timezone.localdate() + 5 * DAY,
            reason="Niveau Plus wordt Premium",
            purchase_order="HLM-2",
        )
        amend(first.contract, terms_of_it, person=person(cast.drafter), now=timezone.now())
    second = offer_it(cast, ContractVersion.objects.select_related("contract").get(number=2))

    for page in (
        text(director.get(f"/contracten/{second.contract_id}/versies/2/tekenen/")),
        text(gemeente.get(f"/contract/{second.contract_id}/versies/2/tekenen/")),
    ):
        assert "Waarom deze versie: Niveau Plus wordt Premium" in page
        for told in ("Begindatum", "Serviceniveau", "<ins>HLM-2</ins>", "<ins>30 minuten</ins>"):
            assert told in page


def test_a_list_says_why_there_is_no_day(cast: Cast, drafter: Browser) -> None:
    today = timezone.localdate()
    agreed(made(cast.municipality, start=today, end=today + 90 * DAY, renewal="none"))
    made(cast.municipality)
    page = text(drafter.get("/contracten/"))

    assert "loopt vanzelf af" in page
    assert "nog niet getekend" in page
    assert "wordt elk jaar verlengd" in page
    assert ">geen<" not in page


@pytest.mark.parametrize(
    ("seconds", "words"),
    [(0, "0 minuten"), (60, "1 minuut"), (1800, "30 minuten"), (3600, "1 uur"), (7500, "2 u 5 min")],
)
def test_working_time_is_told_in_minutes_and_hours(seconds: int, words: str) -> None:
    assert worked(seconds) == words
