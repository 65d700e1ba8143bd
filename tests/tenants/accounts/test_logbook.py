from __future__ import annotations

import re
from datetime import UTC, datetime
from pathlib import Path
from typing import Any

import pytest
from django.conf import settings
from django.db import transaction

from tenants.accounts.invitations import invite, take_up_as_newcomer
from tenants.accounts.log import note
from tenants.accounts.log_words import ACTIONS
from tenants.accounts.memberships import Grant, change_membership
from tenants.accounts.models import SignIn
from tenants.accounts.person import person_of
from tenants.accounts.side import current_side
from tenants.registry.models import Municipality
from tenants.registry.onboarding import open_municipality
from tests.handover.moves import other_vendor
from tests.people import House, browser_of, member, partner_organisation


def write(house: House, subject: str, *, at: datetime | None = None) -> None:
    """A line of the system, at a moment that the test gives."""
    with house.entered(), transaction.atomic():
        line = note(person=None, area="medewerkers", action="getest", subject=subject)
        if at is not None:
            model: Any = current_side().log_model
            model.objects.create(
                at=at, person="x", organisation="", area=line.area, action="vroeger gedaan", subject=subject
            )


def test_the_log_shows_who_did_what(house: House, highest: str, lowest: str) -> None:
    colleague = member(house, lowest)
    browser = browser_of(house, member(house, highest))

    page = browser.get("/logboek/").content.decode()

    assert "rol gegeven" in page
    assert colleague.user.email in page


def test_it_is_filtered(house: House, highest: str) -> None:
    write(house, "de ene")
    write(house, "de andere")

    page = browser_of(house, member(house, highest)).get("/logboek/", q="andere").content.decode()

    assert "de andere" in page
    assert "de ene" not in page


@pytest.mark.parametrize(("day", "is_there"), [("2026-06-01", True), ("2026-05-31", False)])
def test_a_day_begins_at_midnight_in_amsterdam(
    house: House, highest: str, day: str, *, is_there: bool
) -> None:
    write(house, "laat", at=datetime(2026, 5, 31, 23, 30, tzinfo=UTC))

    page = browser_of(house, member(house, highest)).get("/logboek/", vanaf=day, tot=day).content.decode()

    assert ("vroeger gedaan" in page) is is_there


def test_the_export_holds_no_formula(house: House, highest: str) -> None:
    write(house, "=HYPERLINK(1)")

    response = browser_of(house, member(house, highest)).get("/logboek/", export="csv")

    assert "'=HYPERLINK(1)" in response.content.decode()
    assert ";=HYPERLINK" not in response.content.decode()


def test_a_log_too_long_for_a_file_says_so(
    house: House, highest: str, monkeypatch: pytest.MonkeyPatch
) -> None:
    monkeypatch.setattr("screens.listing.declaration.MOST_EXPORTED", 1)
    write(house, "een")
    write(house, "twee")

    response = browser_of(house, member(house, highest)).get("/logboek/", export="xlsx")

    assert response.status_code == 422
    assert "Filter eerst" in response.content.decode()


def test_a_subject_is_text(house: House, highest: str) -> None:
    write(house, "<img src=x onerror=alert(1)>")

    assert "<img src=x" not in browser_of(house, member(house, highest)).get("/logboek/").content.decode()


def test_a_long_log_takes_few_statements(
    house: House, highest: str, django_assert_max_num_queries: Any
) -> None:
    for number in range(60):
        write(house, f"nummer {number}")
    browser = browser_of(house, member(house, highest))
    browser.get("/logboek/")

    with django_assert_max_num_queries(12):
        browser.get("/logboek/", page="2", q="nummer")


def test_a_partner_reads_nothing_of_the_vendors_log(vendor: House) -> None:
    ours = member(vendor, "eigenaar")
    with vendor.entered(), transaction.atomic():
        note(person=person_of(ours.user), area="medewerkers", action="van ons", subject="stil")
    theirs = member(vendor, "eigenaar", "p@partner.example", organisation=partner_organisation())

    assert "van ons" not in browser_of(vendor, theirs).get("/logboek/").content.decode()


def test_haarlem_reads_nothing_of_utrecht(at_haarlem: House, at_utrecht: House) -> None:
    write(at_utrecht, "in utrecht gedaan")

    page = browser_of(at_haarlem, member(at_haarlem, "beheerder")).get("/logboek/").content.decode()

    assert "in utrecht gedaan" not in page


def test_who_signed_in_is_shown(house: House, highest: str) -> None:
    boss = member(house, highest)
    with house.entered():
        SignIn.objects.create(
            user=boss.user,
            at=datetime.now(UTC),
            outcome="refused",
            method="wachtwoord",
            network="192.0.2.0/24",
        )

    page = browser_of(house, boss).get("/logboek/inloggen/").content.decode()

    assert "192.0.2.0/24" in page
    assert "Geweigerd" in page


def test_a_municipality_reads_what_the_vendor_did_for_it_and_for_nobody_else(
    vendor: House, at_haarlem: House, at_utrecht: House
) -> None:
    operator = member(vendor, "operatie")
    for house in (at_haarlem, at_utrecht):
        with vendor.entered(), transaction.atomic():
            note(
                person=person_of(operator.user),
                area="gemeenten",
                action="staat gewijzigd",
                subject=f"staat van {house.host}",
                municipality=house.municipality,
            )

    page = (
        browser_of(at_haarlem, member(at_haarlem, "beheerder")).get("/logboek/leverancier/").content.decode()
    )

    assert operator.user.email in page
    assert "Staat gewijzigd" not in page
    assert ">staat gewijzigd<" in page
    assert '<option value="taken"' in page
    assert ">Gemeenten<" in page
    assert ">gemeenten<" not in page
    assert "staat van haarlem" in page
    assert "staat van utrecht" not in page


def test_that_a_municipality_opened_is_in_the_log_of_the_vendor(vendor: House, haarlem: Municipality) -> None:
    with vendor.entered(), transaction.atomic():
        Municipality.objects.filter(pk=haarlem.pk).update(status=Municipality.Status.IN_INRICHTING)
        haarlem.refresh_from_db()
        open_municipality(haarlem, actor="bas@leverancier.example", now=datetime.now(UTC))

    page = (
        browser_of(vendor, member(vendor, "eigenaar")).get("/logboek/", gemeente="haarlem").content.decode()
    )

    assert "staat: in inrichting → actief" in page
    assert ">Haarlem<" in page
    assert "bas@leverancier.example" in page


def test_a_partner_reads_nothing_of_whom_it_does_not_serve(
    haarlem: Municipality, utrecht: Municipality
) -> None:
    vendor, partner = House.of(None), partner_organisation()
    Municipality.objects.filter(pk=haarlem.pk).update(implementation_partner=partner)
    with vendor.entered():
        for municipality in (haarlem, utrecht):
            note(
                person=None,
                area="gemeenten",
                action="x",
                subject=municipality.naam,
                municipality=municipality,
            )

    page = (
        browser_of(vendor, member(vendor, "operatie", organisation=partner)).get("/logboek/").content.decode()
    )

    assert "Haarlem" in page
    assert "Utrecht" not in page


def test_roles_and_limits_are_told_by_their_names(vendor: House, haarlem: Municipality) -> None:
    boss, colleague = member(vendor, "eigenaar"), member(vendor, "operatie", municipalities=("haarlem",))
    with vendor.entered():
        grant = Grant("alleen-lezen", colleague.organisation_id)
        change_membership(colleague, grant, person=person_of(boss.user))

    page = browser_of(vendor, boss).get("/logboek/").content.decode()

    assert "rol: Operatie → Alleen lezen; gemeenten: Haarlem → –" in page


def test_it_is_read_in_english(house: House, highest: str, lowest: str) -> None:
    member(house, lowest)
    browser = browser_of(house, member(house, highest))
    browser.client.cookies[settings.LANGUAGE_COOKIE_NAME] = "en"

    page = browser.get("/logboek/").content.decode()

    assert ">role given<" in page
    assert "System" in page
    assert "Systeem" not in page


def test_who_takes_up_an_invitation_is_named(house: House, highest: str, lowest: str) -> None:
    boss = member(house, highest)
    with house.entered():
        grant = Grant(lowest, boss.organisation_id)
        invitation = invite("nieuw@x.example", grant, person=None, site="http://x")
        take_up_as_newcomer(invitation, name="Nieuw", password=None)
        (line,) = current_side().log_model._default_manager.filter(action="uitnodiging aangenomen")

    assert line.person == "nieuw@x.example"
    assert line.person_id is not None


def test_every_action_that_is_logged_has_its_words() -> None:
    written = {
        action
        for folder in ("tenants", "platform/backoffice", "api")
        for path in Path(folder).rglob("*.py")
        if "management" not in path.parts
        for words in re.findall(r"action=([^,\n]+)", path.read_text())
        for action in re.findall('"([^"]+)"', words)
    }

    assert written - set(ACTIONS) == set()


def test_what_a_partner_does_for_another_vendor_is_not_there(
    vendor: House, haarlem: Municipality, utrecht: Municipality
) -> None:
    partner = partner_organisation()
    Municipality.objects.filter(pk=haarlem.pk).update(implementation_partner=partner)
    Municipality.objects.filter(pk=utrecht.pk).update(implementation_partner=partner, vendor=other_vendor())
    theirs = member(vendor, "operatie", "p@partner.example", organisation=partner)
    with vendor.entered(), transaction.atomic():
        for municipality in (haarlem, utrecht):
            subject = f"voor {municipality.naam}"
            note(
                person=person_of(theirs.user),
                area="gemeenten",
                action="getest",
                subject=subject,
                municipality=municipality,
            )

    ours = browser_of(vendor, member(vendor, "eigenaar")).get("/logboek/").content.decode()
    all_of_it = browser_of(vendor, theirs).get("/logboek/").content.decode()

    assert ("voor Haarlem" in ours, "voor Utrecht" in ours) == (True, False)
    assert ("voor Haarlem" in all_of_it, "voor Utrecht" in all_of_it) == (True, True)
