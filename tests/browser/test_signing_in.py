"""Signing in as a person does it, before the deployment of the tests."""

from __future__ import annotations

import re
from collections.abc import Iterator
from typing import Any

import pytest
from allauth.mfa.models import Authenticator
from allauth.socialaccount.models import SocialAccount
from playwright.sync_api import CDPSession, Page, expect

from tenants.accounts.memberships import Grant
from tenants.accounts.models import Invitation, Membership
from tenants.accounts.person import person_of
from tenants.accounts.provider import Settings, save_connection
from tenants.registry.models import AllowedHost
from tests.browser.conftest import Site
from tests.browser.entering import NEW, enrol, follow, letter, press, take_up
from tests.people import PASSWORD, House, vendor_organisation
from tests.tenants.accounts.provider import Provider, running_provider


@pytest.fixture(scope="module")
def provider() -> Iterator[Provider]:
    with running_provider() as started:
        yield started


def test_a_member_is_at_home(site: Site) -> None:
    vendor = site.house()
    page = site.open_as(site.member(vendor, "eigenaar"), vendor)

    assert page.url == site.address(vendor)
    expect(page.get_by_role("navigation", name="Hoofdmenu")).to_be_visible()


@pytest.mark.parametrize("schema", ["", "haarlem"], ids=["vendor", "haarlem"])
def test_a_person_signs_in_with_a_second_factor_and_out_again(site: Site, schema: str) -> None:
    house = site.house(schema)
    membership = site.member(house, "beheerder" if schema else "eigenaar")
    page = site.open(house, "/medewerkers/")
    assert page.url.startswith(site.address(house, "/account/login/"))

    site.sign_in(page, membership)
    expect(page).to_have_url(site.address(house, "/medewerkers/"))

    page.get_by_label(re.compile("^Account van")).click()
    press(page, "Uitloggen")
    expect(page).to_have_url(site.address(house, "/account/login/"))


def test_signing_in_works_without_script(site: Site) -> None:
    vendor = site.house()
    membership = site.member(vendor, "eigenaar")
    page = site.open(vendor, java_script_enabled=False)

    site.sign_in(page, membership)

    expect(page).to_have_url(site.address(vendor))


def test_a_wrong_password_is_told_with_the_focus_on_it(site: Site) -> None:
    vendor = site.house()
    membership = site.member(vendor, "eigenaar")
    page = site.open(vendor, "/account/login/")
    page.get_by_label("E-mailadres").fill(membership.user.email)
    page.get_by_label("Wachtwoord", exact=True).fill("niet het goede")
    press(page, "Log in")

    expect(page.locator("[data-focus]")).to_be_focused()
    expect(page.get_by_role("alert").first).to_contain_text("Het e-mailadres of het wachtwoord klopt niet.")
    expect(page).to_have_title(re.compile("^Fout: "))


def test_the_first_day_begins_with_an_invitation_and_ends_with_a_second_factor(site: Site) -> None:
    vendor = site.house()
    with site.arranging():
        organisation = vendor_organisation().pk
    page = site.open(vendor, letter(site, vendor, Grant("operatie", organisation)))
    take_up(page)
    enrol(page)

    expect(page.get_by_role("heading", name="Herstelcodes")).to_be_visible()
    follow(page, "Ik heb ze bewaard")
    expect(page).to_have_url(site.address(vendor))
    with site.arranging(), vendor.entered():
        assert Invitation.objects.get().accepted_at is not None


def test_a_recovery_code_opens_the_door_once(site: Site) -> None:
    haarlem = site.house("haarlem")
    page = site.open(haarlem, letter(site, haarlem, Grant("beheerder")))
    take_up(page)
    enrol(page)
    recovery = page.locator("#codes").inner_text().split()[0]

    outcomes = []
    for _ in range(2):
        page.context.clear_cookies()
        page.goto(site.address(haarlem, "/account/login/"))
        page.get_by_label("E-mailadres").fill(NEW)
        page.get_by_label("Wachtwoord", exact=True).fill(PASSWORD)
        press(page, "Log in")
        page.get_by_label("Code van 6 cijfers").fill(recovery)
        press(page, "Log in")
        shown = page.get_by_role("navigation", name="Hoofdmenu").or_(page.get_by_role("alert").first)
        expect(shown.first).to_be_visible()
        outcomes.append(page.get_by_role("navigation", name="Hoofdmenu").count())

    assert outcomes == [1, 0]
    expect(page.get_by_role("alert").first).to_contain_text("De code klopt niet of is al gebruikt.")


# At a provider -----------------------------------------------------------------------------------


def connected(site: Site, provider: Provider, house: House, boss: Membership) -> None:
    settings = Settings("ad", "Gemeenteaccount", provider.issuer, "zaakplein", "geheim", "groups", {})
    with site.arranging():
        assert house.municipality is not None
        AllowedHost.objects.create(municipality=house.municipality, host="127.0.0.1", port=provider.port)
        with house.entered():
            person = person_of(boss.user)
            assert person is not None
            save_connection(settings, person=person)


def test_a_person_signs_in_at_the_provider_of_the_organisation(site: Site, provider: Provider) -> None:
    haarlem = site.house("haarlem")
    boss, reader = site.member(haarlem, "beheerder"), site.member(haarlem, "lezer", second_factor=False)
    connected(site, provider, haarlem, boss)
    try:
        with site.arranging(), site.house("haarlem").entered():
            SocialAccount.objects.create(user=reader.user, provider="ad", uid="sub-1")
        provider.knows("sub-1", {"email": reader.user.email})

        page = site.open(haarlem)
        press(page, "Verder met Gemeenteaccount")
        page.wait_for_url(f"{provider.issuer}/**")
        page.locator("input[name=sub]").fill("sub-1")
        page.locator("button[type=submit], input[type=submit]").first.click()

        page.wait_for_url(site.address(haarlem, "**"))
        expect(page.get_by_text("Lezer").first).to_be_attached()
    finally:
        with site.arranging():
            AllowedHost.objects.all().delete()


def test_a_connection_is_made_and_tested_on_its_page(site: Site, provider: Provider) -> None:
    haarlem = site.house("haarlem")
    assert haarlem.municipality is not None
    with site.arranging():
        AllowedHost.objects.create(municipality=haarlem.municipality, host="127.0.0.1", port=provider.port)
    try:
        page = site.open_as(site.member(haarlem, "beheerder"), haarlem, "/inloggen/nieuw/")
        for label, value in {
            "Korte naam in het adres": "ad",
            "Naam op de knop": "Gemeenteaccount",
            "Adres van de aanbieder (issuer)": provider.issuer,
            "Client-ID": "zaakplein",
            "Geheim": "geheim",
        }.items():
            page.get_by_label(label).fill(value)
        press(page, "Bewaar de verbinding")
        press(page, "Test de verbinding")

        expect(page.get_by_role("heading", name="Wat wij zagen")).to_be_visible()
        expect(page.get_by_text("De aanbieder antwoordt")).to_be_visible()
        assert "niet goed" not in page.inner_text("main")
    finally:
        with site.arranging():
            AllowedHost.objects.all().delete()


# Passkeys ----------------------------------------------------------------------------------------


def authenticator(page: Page) -> tuple[CDPSession, str]:
    """A key inside the browser, whose owner agrees to everything."""
    devtools = page.context.new_cdp_session(page)
    devtools.send("WebAuthn.enable")
    options: dict[str, Any] = {
        "protocol": "ctap2",
        "transport": "internal",
        "hasResidentKey": True,
        "hasUserVerification": True,
        "isUserVerified": True,
        "automaticPresenceSimulation": True,
    }
    made = devtools.send("WebAuthn.addVirtualAuthenticator", {"options": options})
    return devtools, str(made["authenticatorId"])


def register(site: Site, page: Page, house: House) -> None:
    page.goto(site.address(house, "/account/2fa/webauthn/add/"))
    page.get_by_label("Naam").fill("Telefoon")
    page.get_by_label("Hiermee log ik in zonder wachtwoord").check()
    press(page, "Voeg toe")
    page.wait_for_url(re.compile("/account/2fa/(recovery-codes/)?$"))


@pytest.mark.parametrize("schema", ["", "haarlem"], ids=["vendor", "haarlem"])
def test_a_passkey_is_made_and_signs_in(site: Site, schema: str) -> None:
    house = site.house(schema)
    membership = site.member(house, "beheerder" if schema else "eigenaar")
    page = site.open_as(membership, house)
    authenticator(page)
    register(site, page, house)
    page.goto(site.address(house, "/account/2fa/"))
    expect(page.get_by_role("cell", name="Passkey")).to_be_visible()

    page.context.clear_cookies()
    page.goto(site.address(house, "/account/login/"))
    press(page, "Log in met een passkey")

    expect(page).to_have_url(site.address(house))
    expect(page.get_by_role("navigation", name="Hoofdmenu")).to_be_visible()


def test_a_passkey_of_another_host_is_refused(site: Site) -> None:
    haarlem, utrecht = site.house("haarlem"), site.house("utrecht")
    membership = site.member(haarlem, "beheerder")
    site.member(utrecht, "beheerder")
    page = site.open_as(membership, haarlem)
    authenticator(page)
    register(site, page, haarlem)

    page.context.clear_cookies()
    page.goto(site.address(utrecht, "/account/login/"))
    press(page, "Log in met een passkey")
    expect(page.get_by_role("alert")).to_contain_text("De sleutel gaf geen antwoord")
    assert page.url.startswith(site.address(utrecht, "/account/login/"))

    # What it says to Haarlem is worth nothing in Utrecht, whoever carries it there.
    said = said_to(site, page, haarlem)
    page.goto(site.address(utrecht, "/account/login/"))
    token = page.locator("[data-passkey] input[name=csrfmiddlewaretoken]").get_attribute("value") or ""
    answer = page.request.post(
        f"http://127.0.0.3:{site.port}/beheer/account/2fa/webauthn/login/",
        form={"csrfmiddlewaretoken": token, "credential": said},
        max_redirects=0,
        headers={"Host": f"{utrecht.host}:{site.port}", "Cookie": cookies(page, utrecht)},
    )
    assert answer.status in {302, 422}
    assert "/account/login/" in answer.headers.get("location", "/account/login/")
    with site.arranging(), utrecht.entered():
        assert not Authenticator.objects.filter(type=Authenticator.Type.WEBAUTHN).exists()


def said_to(site: Site, page: Page, house: House) -> str:
    """The answer of the key to this host, which its form does not get to send."""
    page.goto(site.address(house, "/account/login/"))
    page.evaluate("HTMLFormElement.prototype.submit = () => {}")
    press(page, "Log in met een passkey")
    field = page.locator("[data-passkey] input[name=credential]")
    expect(field).not_to_have_value("")
    return field.input_value()


def cookies(page: Page, house: House) -> str:
    kept = page.context.cookies()
    return "; ".join(f"{each['name']}={each['value']}" for each in kept if each["domain"] == house.host)


# Who sees what -----------------------------------------------------------------------------------


def test_a_colleague_who_is_limited_sees_two_municipalities_and_no_more(site: Site) -> None:
    vendor = site.house()
    boss = site.member(vendor, "eigenaar")
    page = site.open_as(boss, vendor, "/medewerkers/")
    follow(page, "Nodig een collega uit")
    page.get_by_label("E-mailadres").fill(NEW)
    page.get_by_role("radio", name="Helpdesk").check()
    page.get_by_label("Alleen voor bepaalde gemeenten").check()
    page.get_by_label("Haarlem").check()
    press(page, "Verstuur de uitnodiging")
    expect(page.get_by_role("status")).to_contain_text(f"De uitnodiging voor {NEW} is verstuurd")
    expect(page.get_by_role("cell", name="1 gemeente")).to_be_visible()

    limited = site.member(vendor, "helpdesk", "beperkt@x.example", municipalities=("haarlem",))
    page = site.open_as(limited, vendor, "/gemeenten/")
    expect(page.get_by_role("link", name="Haarlem")).to_be_visible()
    expect(page.get_by_role("link", name="Utrecht")).to_have_count(0)
    with site.arranging():
        hidden = site.house("utrecht").municipality
    assert hidden is not None
    answer = page.goto(site.address(vendor, f"/gemeenten/{hidden.pk}/"))
    assert answer is not None
    assert answer.status == 404

    page.goto(site.address(vendor, "/medewerkers/uitnodigen/"))
    expect(page.get_by_role("heading", name="Dit mag u niet")).to_be_visible()
    expect(page.get_by_text("Eigenaar")).to_be_visible()


def test_a_language_is_chosen_and_kept(site: Site) -> None:
    haarlem = site.house("haarlem")
    page = site.open(haarlem, "/account/password/reset/")
    follow(page, "Taal")
    page.get_by_label("English").check()
    press(page, "Bewaar de taal")

    expect(page).to_have_url(site.address(haarlem, "/account/password/reset/"))
    expect(page.get_by_role("heading", name="New password")).to_be_visible()
    assert page.locator("html").get_attribute("lang") == "en"
