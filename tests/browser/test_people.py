"""The pages of people, each as somebody sees it: in both languages, wide and narrow, by keyboard alone."""

from __future__ import annotations

import re

import pytest
from allauth.mfa.models import Authenticator
from allauth.socialaccount.models import SocialApp
from django.utils import timezone
from playwright.sync_api import Page, expect

from tenants.accounts.invitations import invite
from tenants.accounts.memberships import Grant
from tenants.accounts.models import Invitation, Membership
from tenants.accounts.provider import PROVIDER
from tenants.registry.models import Municipality
from tests.browser.conftest import VIEWS, Site, axe, scrolls_sideways, shot, unreachable
from tests.browser.entering import NEW, enrol, letter, submit, take_up
from tests.people import PASSWORD, House, vendor_organisation

BEFORE = {
    "inloggen": "/account/login/",
    "wachtwoord-vergeten": "/account/password/reset/",
    "wachtwoord-vergeten-klaar": "/account/password/reset/done/",
    "taal": "/account/taal/",
    "uitnodiging-verlopen": "/account/uitnodiging/?woord=x",
    "inloggen-mislukt": "/account/linked/error/",
    "inloggen-geannuleerd": "/account/linked/cancelled/",
    "account-gesloten": "/account/inactive/",
    "niet-gevonden": "/nergens/",
}
BEHIND = {
    "medewerkers": "/medewerkers/",
    "uitnodigingen": "/medewerkers/uitnodigingen/",
    "rollen": "/medewerkers/rollen/",
    "uitnodigen": "/medewerkers/uitnodigen/",
    "verbindingen": "/inloggen/",
    "verbinding": "/inloggen/nieuw/",
    "logboek": "/logboek/",
    "logboek-inloggen": "/logboek/inloggen/",
    "mijn-account": "/account/",
    "tweede-factor": "/account/2fa/",
    "sleutel-toevoegen": "/account/2fa/webauthn/add/",
    "herstelcodes-maken": "/account/2fa/recovery-codes/generate/",
    "app-uitzetten": "/account/2fa/totp/deactivate/",
    "sessies": "/account/sessions/",
    "gekoppeld": "/account/linked/",
    "wachtwoord-wijzigen": "/account/password/change/",
    "uitloggen": "/account/logout/",
}
SCHEMAS = ("", "haarlem")
MOST_A_MINUTE = 30
SIGN_IN_OFTEN = """async times => {
  const given = new URLSearchParams(new FormData(document.querySelector("main form")));
  for (let number = 0; number < times; number++) {
    const {status} = await fetch(location.href, {method: "POST", body: given});
    if (status === 429) break;
  }
}"""


def prepared(site: Site, schema: str) -> tuple[House, Membership, dict[str, str]]:
    """A console with somebody in charge, a colleague and an invitation, and the pages about these two."""
    house = site.house(schema)
    boss = site.member(house, "beheerder" if schema else "eigenaar")
    colleague = site.member(
        house, "lezer" if schema else "helpdesk", municipalities=None if schema else ("haarlem",)
    )
    with site.arranging(), house.entered():
        grant = Grant(colleague.role, None if schema else vendor_organisation().pk)
        invitation = invite("nieuw@x.example", grant, person=None, site="http://x.example")
        connection = SocialApp.objects.create(
            provider=PROVIDER,
            provider_id="ad",
            name="Gemeenteaccount",
            client_id="zaakplein",
            settings={"server_url": "http://127.0.0.1:9", "organisation": grant.organisation_id},
        )
        key = Authenticator.objects.create(user=boss.user, type="webauthn", data={"name": "Sleutel"})
    return (
        house,
        boss,
        {
            "persoon": f"/medewerkers/{colleague.user_id}/",
            "persoon-zelf": f"/medewerkers/{boss.user_id}/",
            "rol-wijzigen": f"/medewerkers/rol/{colleague.pk}/wijzigen/",
            "rol-beeindigen": f"/medewerkers/rol/{colleague.pk}/beeindigen/",
            "uitnodiging-intrekken": f"/medewerkers/uitnodiging/{invitation.pk}/intrekken/",
            "verbinding-wijzigen": f"/inloggen/{connection.pk}/",
            "verbinding-testen": f"/inloggen/{connection.pk}/testen/",
            "verbinding-verwijderen": f"/inloggen/{connection.pk}/verwijderen/",
            "sleutel-hernoemen": f"/account/2fa/webauthn/keys/{key.pk}/edit/",
            "sleutel-verwijderen": f"/account/2fa/webauthn/keys/{key.pk}/remove/",
            **({"logboek-leverancier": "/logboek/leverancier/"} if schema else {}),
        },
    )


def wrong(page: Page, name: str) -> list[str]:
    shot(page, name)
    return [*(["scrolls sideways"] if scrolls_sideways(page) else []), *axe(page)]


@pytest.mark.parametrize(("width", "language"), VIEWS)
@pytest.mark.parametrize("schema", SCHEMAS, ids=["vendor", "haarlem"])
def test_every_page_is_accessible(site: Site, schema: str, width: int, language: str) -> None:
    house, boss, about = prepared(site, schema)
    found = {}
    page = site.open(house, "/account/login/", language=language, width=width)
    for name, path in BEFORE.items():
        page.goto(site.address(house, path))
        found[name] = wrong(page, f"{schema or 'leverancier'}-{name}-{language}")
    page = site.open_as(boss, house, language=language, width=width)
    for name, path in {**BEHIND, **about}.items():
        page.goto(site.address(house, path))
        assert page.url.startswith(site.address(house, path).partition("?")[0]), page.url
        found[name] = wrong(page, f"{schema or 'leverancier'}-{name}-{language}")

    page.goto(site.address(house, about["verbinding-testen"]))
    submit(page)
    expect(page.locator("#uitkomst")).to_be_visible()
    found["verbinding-getest"] = wrong(page, f"{schema or 'leverancier'}-verbinding-getest-{language}")

    assert {name: problems for name, problems in found.items() if problems} == {}


@pytest.mark.parametrize(("width", "language"), VIEWS)
@pytest.mark.parametrize("schema", SCHEMAS, ids=["vendor", "haarlem"])
def test_a_refusal_is_accessible(site: Site, schema: str, width: int, language: str) -> None:
    """Of who may not, and of who comes second."""
    house, boss, about = prepared(site, schema)
    with site.arranging(), house.entered():
        colleague = Membership.objects.select_related("user").exclude(pk=boss.pk).get()
    page = site.open_as(colleague, house, "/medewerkers/uitnodigen/", language=language, width=width)
    expect(page.get_by_role("heading", level=1)).to_contain_text(re.compile("mag|may"))
    found = {"geweigerd": wrong(page, f"{schema or 'leverancier'}-geweigerd-{language}")}

    page = site.open_as(boss, house, about["uitnodiging-intrekken"], language=language, width=width)
    with site.arranging(), house.entered():
        Invitation.objects.update(withdrawn_at=timezone.now())
    submit(page)
    expect(page.get_by_role("heading", level=1)).to_have_count(1)
    found["te-laat"] = wrong(page, f"{schema or 'leverancier'}-te-laat-{language}")

    assert {name: problems for name, problems in found.items() if problems} == {}


@pytest.mark.parametrize(("width", "language"), VIEWS)
def test_every_page_on_the_way_in_is_accessible(site: Site, width: int, language: str) -> None:
    """Those that have no address to begin at: one comes to them by what one did before."""
    haarlem = site.house("haarlem")
    page = site.open(haarlem, letter(site, haarlem, Grant("beheerder")), language=language, width=width)
    found = {"uitnodiging": wrong(page, f"uitnodiging-{language}")}
    take_up(page)
    expect(page.locator("[name=code]")).to_be_visible()
    found["tweede-factor-instellen"] = wrong(page, f"tweede-factor-instellen-{language}")
    enrol(page)
    expect(page.locator("#codes")).to_be_visible()
    found["herstelcodes"] = wrong(page, f"herstelcodes-{language}")
    page.goto(site.address(haarlem, "/account/reauthenticate/"))
    found["opnieuw-tonen"] = wrong(page, f"opnieuw-tonen-{language}")

    page.goto(site.address(haarlem, "/account/logout/"))
    submit(page)
    for password in ("niet het goede", PASSWORD):
        page.locator("[name=login]").fill(NEW)
        page.locator("[name=password]").fill(password)
        submit(page)
        expect(page.locator("[name=code]" if password == PASSWORD else "[data-focus]")).to_be_visible()
        found[f"na {password}"] = wrong(page, f"inloggen-{len(found)}-{language}")

    assert {name: problems for name, problems in found.items() if problems} == {}


@pytest.mark.parametrize(("width", "language"), VIEWS)
def test_too_many_attempts_are_told_on_a_page(site: Site, width: int, language: str) -> None:
    haarlem = site.house("haarlem")
    page = site.open(haarlem, "/account/login/", language=language, width=width)
    page.evaluate(SIGN_IN_OFTEN, 2 * MOST_A_MINUTE)
    page.evaluate("document.querySelector('main form').submit()")  # as without script

    expect(page.get_by_role("heading", name=re.compile("Te veel pogingen|Too many attempts"))).to_be_visible()
    assert wrong(page, f"te-veel-pogingen-{language}") == []


@pytest.mark.parametrize("schema", SCHEMAS, ids=["vendor", "haarlem"])
def test_every_page_is_used_by_keyboard_alone(site: Site, schema: str) -> None:
    house, boss, about = prepared(site, schema)
    page = site.open_as(boss, house)
    missed = {}
    for name, path in {**BEHIND, **about}.items():
        page.goto(site.address(house, path))
        missed[name] = unreachable(page)

    assert {name: each for name, each in missed.items() if each} == {}


@pytest.mark.parametrize("schema", SCHEMAS, ids=["vendor", "haarlem"])
def test_nothing_scrolls_sideways_at_twice_the_size(site: Site, schema: str) -> None:
    """At 200 % a page of 1280 has 640 to stand on; and 320 is the least that counts."""
    house, boss, about = prepared(site, schema)
    wide = []
    for width in (640, 320):
        page = site.open_as(boss, house, width=width)
        for name, path in {**BEHIND, **about}.items():
            page.goto(site.address(house, path))
            if scrolls_sideways(page):
                wide.append((name, width))

    assert wide == []


@pytest.mark.parametrize("script", [True, False], ids=["script", "no-script"])
def test_of_many_municipalities_one_looks_for_those_that_a_colleague_sees(
    site: Site, script: bool
) -> None:  # of the parametrization
    vendor = site.house()
    boss = site.member(vendor, "eigenaar")
    with site.arranging():
        Municipality.objects.bulk_create(
            Municipality(
                schema_name=f"dorp_{number}",
                naam=f"Dorp {number:03}",
                vendor=vendor_organisation(),
                status="beeindigd",
            )
            for number in range(40)
        )
    try:
        page = site.open_as(boss, vendor, "/medewerkers/uitnodigen/", java_script_enabled=script)
        page.get_by_label("E-mailadres").fill("nieuw@x.example")
        for word, name in (("dorp 01", "Dorp 012"), ("DORP 02", "Dorp 021")):
            page.get_by_label("Zoek een gemeente").fill(word)
            page.get_by_role("button", name="Zoek", exact=True).click()
            page.get_by_label(name).check()

        expect(page.get_by_label("Dorp 012")).to_be_checked()
        expect(page.get_by_label("E-mailadres")).to_have_value("nieuw@x.example")
        shot(page, "uitnodigen-zoeken")
    finally:
        with site.arranging():
            Municipality.objects.filter(schema_name__startswith="dorp_").delete()
