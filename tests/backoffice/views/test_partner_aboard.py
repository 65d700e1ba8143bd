"""A partner is brought aboard, its first owner invited; by whom, and what is refused."""

from __future__ import annotations

import re
from io import StringIO
from typing import Any

import pytest
from allauth.mfa.totp.internal.auth import TOTP
from django.core.management import CommandError, call_command
from django.utils import timezone

from backoffice.models import LogLine
from tenants.accounts.memberships import MembershipRefused
from tenants.accounts.models import Invitation, Membership
from tenants.accounts.organisations import Newcomer, add_organisation, invite_owner
from tenants.accounts.person import person_of
from tenants.registry.context import for_vendor
from tenants.registry.models import Municipality, Organisation
from tests.errands import delivered
from tests.handover.moves import other_vendor
from tests.people import PASSWORD, SECRET, Browser, House, browser_of, member, partner_organisation

OWNER = "eerste@bouwplaats.example"
NEW = {"name": "Bouwplaats", "kvk": "12345678", "owner": OWNER}


@pytest.fixture
def owner(haarlem: Municipality) -> Membership:
    return member(House.of(None), "eigenaar")


@pytest.fixture
def browser(owner: Membership) -> Browser:
    return browser_of(House.of(None), owner)


def made() -> Organisation:
    return Organisation.objects.get(name="Bouwplaats")


def test_a_partner_comes_aboard_and_sees_nothing_of_anybody(browser: Browser) -> None:
    answer = browser.post("/partners/nieuw/", NEW)

    assert answer.status_code == 303
    page = browser.get(answer["Location"]).content.decode()
    assert OWNER in page
    assert "Bouwplaats" in browser.get("/partners/").content.decode()
    line = LogLine.objects.get(action="partij toegevoegd")
    assert (line.subject, line.changes["kvk"]) == ("Bouwplaats", [None, "12345678"])

    assert delivered()[-1].subject == "Uitnodiging voor Bouwplaats"
    assert "voor Bouwplaats op Zaakplein, als Eigenaar" in str(delivered()[-1].body)
    assert "Nodig opnieuw uit" in page
    (link,) = re.findall(r"http://localhost(?::\d+)?(/\S+)", str(delivered()[-1].body))
    newcomer = Browser(House.of(None))
    assert newcomer.post(link, {"name": "E. Erste", "password": PASSWORD}).status_code in {302, 303}
    held = Membership.objects.get(user__email=OWNER)
    assert (held.role, held.organisation_id) == ("eigenaar", made().pk)
    TOTP.activate(held.user, SECRET)
    theirs = browser_of(House.of(None), held)
    assert "Haarlem" not in theirs.get("/gemeenten/").content.decode()
    assert theirs.post("/partners/nieuw/", {**NEW, "name": "Ander", "kvk": ""}).status_code == 403
    assert browser.get(f"/partners/{made().pk}/eigenaar/").status_code == 404


def test_the_first_owner_is_invited_anew(browser: Browser) -> None:
    browser.post("/partners/nieuw/", NEW)
    path = f"/partners/{made().pk}/eigenaar/"
    seen = Invitation.objects.get(email=OWNER).pk

    assert browser.post(path, {"owner": "goed@bouwplaats.example", "seen": seen}).status_code == 303
    assert browser.post(path, {"owner": "derde@bouwplaats.example", "seen": seen}).status_code == 422

    waiting = Invitation.objects.filter(withdrawn_at=None, accepted_at=None)
    assert [each.email for each in waiting] == ["goed@bouwplaats.example"]


@pytest.mark.parametrize(
    "given",
    [
        {"name": ""},
        {"name": "x" * 201},
        {"kvk": "1234567"},
        {"kvk": "١٢٣٤٥٦٧٨"},
        {"owner": "geen adres"},
        {"name": "a\x00b"},
        {"name": "bouwplaats "},
        {"name": "Ander"},
        {"name": "Ander", "kvk": "", "owner": "eigenaar@localhost.example"},
    ],
)
def test_what_cannot_be_writes_nothing(browser: Browser, given: dict[str, Any]) -> None:
    """A name or a number that is taken, somebody who has a role, and what is no name or number."""
    browser.post("/partners/nieuw/", NEW)
    before = Organisation.objects.count(), LogLine.objects.count(), len(delivered())

    answer = browser.post("/partners/nieuw/", {**NEW, "owner": "ander@bouwplaats.example", **given})

    assert answer.status_code == 422
    assert (Organisation.objects.count(), LogLine.objects.count(), len(delivered())) == before


@pytest.mark.parametrize("name", ["Leverancier", " Dimpact", "DIMPACT"])
def test_a_name_is_nobody_elses(browser: Browser, owner: Membership, name: str) -> None:
    """The log tells by it who did something: a partner of the same name would read the other's lines."""
    other_vendor("Dimpact")

    answer = browser.post("/partners/nieuw/", {**NEW, "name": name})

    assert answer.status_code == 422
    assert not Organisation.objects.filter(kind=Organisation.Kind.IMPLEMENTATION_PARTNER).exists()
    assert not LogLine.objects.filter(action="partij toegevoegd").exists()


def test_an_invitation_of_another_organisation_stays(browser: Browser, owner: Membership) -> None:
    browser.post("/partners/nieuw/", NEW)

    answer = browser.post("/partners/nieuw/", {"name": "Ander", "owner": OWNER})

    assert answer.status_code == 422
    assert Invitation.objects.get(email=OWNER, withdrawn_at=None).organisation_id == made().pk


def test_who_did_not_bring_it_does_not_invite(owner: Membership) -> None:
    with for_vendor():
        person = person_of(owner.user)
        assert person is not None
        partner = partner_organisation()
        with pytest.raises(MembershipRefused):
            invite_owner(partner, OWNER, seen=None, person=person, site="http://localhost")
        newcomer = Newcomer("Concurrent", Organisation.Kind.VENDOR)
        with pytest.raises(MembershipRefused):
            add_organisation(newcomer, OWNER, person=person, site="http://localhost")
    browser = browser_of(House.of(None), owner)
    assert browser.get(f"/partners/{partner.pk}/eigenaar/").status_code == 404


def test_of_whom_somebody_came_nobody_else_invites(browser: Browser) -> None:
    """Though nobody is left of it: the command line helps."""
    browser.post("/partners/nieuw/", NEW)
    gone = member(House.of(None), "eigenaar", "weg@bouwplaats.example", organisation=made())
    Membership.objects.filter(pk=gone.pk).update(ended_at=timezone.now())

    assert browser.get(f"/partners/{made().pk}/eigenaar/").status_code == 404
    call_command(
        "add_organisation", "Bouwplaats", "--kind", "implementation_partner", "--owner", "terug@x.example"
    )
    assert Invitation.objects.filter(email="terug@x.example", withdrawn_at=None).exists()


def test_what_is_typed_is_shown_as_text(browser: Browser) -> None:
    nasty = "<script>alert(1)</script>"
    location = browser.post("/partners/nieuw/", {**NEW, "name": nasty})["Location"]
    for path in (location, "/partners/", "/logboek/", f"{location}eigenaar/"):
        page = browser.get(path)
        assert page.status_code == 200
        assert nasty not in page.content.decode()


def test_the_command_line_brings_another_vendor(haarlem: Municipality) -> None:
    said = StringIO()
    call_command("add_organisation", "Dimpact", "--owner", OWNER, stdout=said)
    call_command("add_organisation", "dimpact", "--owner", "ander@x.example", stdout=said)

    made = Organisation.objects.get(name="Dimpact")
    assert (made.kind, made.introduced_by_id) == (Organisation.Kind.VENDOR, None)
    assert [each.email for each in Invitation.objects.filter(withdrawn_at=None)] == ["ander@x.example"]
    assert LogLine.objects.get(action="partij toegevoegd").person == "Opdrachtregel"
    with pytest.raises(CommandError, match="no e-mail address"):
        call_command("add_organisation", "Derde", "--owner", "niemand")
    member(House.of(None), "eigenaar", "e@dimpact.example", organisation=made)
    with pytest.raises(CommandError):
        call_command("add_organisation", "Dimpact", "--owner", "nog@x.example")
