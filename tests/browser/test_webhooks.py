"""A webhook is made, its secret shown once, told of what happens, and ended; its pages by axe."""

from __future__ import annotations

import re

import pytest
from django.utils import timezone
from playwright.sync_api import Page, expect

from tests.browser.conftest import VIEWS, Site, axe, scrolls_sideways, shot, unreachable
from tests.vendor_api.webhooks import webhook_at
from vendor_api.models import Delivery, DeliveryState, Webhook

SECRET = re.compile(r"whsec_[A-Za-z0-9+/]{43}=")
NAME = "Balie <meldingen>"
URL = "https://voorbeeld.nl/webhook"


def opened(site: Site, path: str, role: str = "eigenaar", *, language: str = "nl", width: int = 1280) -> Page:
    vendor = site.house()
    return site.open_as(site.member(vendor, role), vendor, path, language=language, width=width)


def made(page: Page) -> str:
    """The secret, as the page shows it."""
    page.get_by_label(re.compile("^(Naam|Name)$")).fill(NAME)
    page.get_by_label(re.compile("^(Adres|Address)$")).fill(URL)
    page.get_by_label(re.compile("^(Nieuwe melding|New ticket)$")).check()
    page.get_by_role("button", name=re.compile("^(Maak de webhook|Make the webhook)$")).click()
    expect(
        page.get_by_role(
            "heading", name=re.compile("^(U ziet dit geheim één keer|You see this secret once)$")
        )
    ).to_be_visible()
    (secret,) = SECRET.findall(page.locator("#tekst").inner_text())
    return str(secret)


def sent(webhook: Webhook) -> Delivery:
    now = timezone.now()
    found: Delivery = webhook.deliveries.create(
        event="00000000-0000-4000-8000-000000000001",
        topic="ticket",
        what="changed",
        subject=2043,
        municipalities=[1],
        at=now,
        next_at=now,
        state=DeliveryState.MISLUKT,
        attempts=8,
        last_at=now,
        last_status=500,
        last_ms=12,
    )
    return found


def test_a_webhook_is_made_renewed_and_ended(site: Site) -> None:
    page = opened(site, "/webhooks/")
    page.get_by_role("main").get_by_role("link", name="Maak een webhook").click()
    first = made(page)
    shot(page, "webhook-geheim")

    page.get_by_role("link", name="Ik heb het bewaard").click()
    expect(page.get_by_role("main")).to_contain_text(URL)
    expect(page.get_by_role("main")).not_to_contain_text(first)
    shot(page, "webhook")
    page.get_by_role("link", name="Vernieuw het geheim").click()
    page.get_by_role("button", name="Vernieuw het geheim").click()
    expect(page.locator("#tekst")).to_contain_text("whsec_")
    assert page.locator("#tekst").inner_text() != first

    page.get_by_role("link", name="Ik heb het bewaard").click()
    page.get_by_role("link", name="Beëindig de webhook").click()
    page.get_by_label("Typ de naam").fill(NAME)
    page.get_by_role("button", name="Beëindig de webhook").click()
    expect(page.get_by_role("table")).to_contain_text("Beëindigd")
    shot(page, "webhooks")


def test_what_failed_is_sent_again(site: Site) -> None:
    with site.arranging():
        delivery = sent(webhook_at(URL, name=NAME))
    page = opened(site, f"/webhooks/{delivery.webhook_id}/")

    page.locator("tbody a").first.click()
    shot(page, "webhook-bezorging")
    page.get_by_role("button", name="Stuur opnieuw").click()

    expect(page.get_by_role("main")).to_contain_text("Wacht")


@pytest.mark.parametrize(("width", "language"), VIEWS)
def test_every_page_of_webhooks_is_accessible(site: Site, width: int, language: str) -> None:
    page = opened(site, "/webhooks/", language=language, width=width)
    found = {"geen": wrong(page, f"webhooks-geen-{language}")}
    page.goto(site.address(site.house(), "/webhooks/nieuw/"))
    found["nieuw"] = wrong(page, f"webhook-nieuw-{language}")
    page.goto(site.address(site.house(), "/webhooks/nieuw/"))
    made(page)
    found["geheim"] = wrong(page, f"webhook-geheim-{language}")
    with site.arranging():
        webhook = Webhook.objects.get()
        delivery = sent(webhook)
    of_it = f"/webhooks/{webhook.pk}/"
    for name, path in {
        "lijst": "/webhooks/",
        "een": of_it,
        "vernieuwen": f"{of_it}geheim/",
        "einde": f"{of_it}beeindigen/",
        "bezorging": f"{of_it}bezorgingen/{delivery.pk}/",
    }.items():
        page.goto(site.address(site.house(), path))
        found[name] = wrong(page, f"webhook-{name}-{language}")

    assert {name: problems for name, problems in found.items() if problems} == {}


@pytest.mark.parametrize("path", ["/webhooks/", "/webhooks/nieuw/"])
def test_its_pages_are_used_by_keyboard(site: Site, path: str) -> None:
    assert unreachable(opened(site, path)) == []


def test_without_script_a_webhook_is_made_as_well(site: Site) -> None:
    vendor = site.house()
    page = site.open_as(
        site.member(vendor, "eigenaar"), vendor, "/webhooks/nieuw/", java_script_enabled=False
    )

    assert SECRET.fullmatch(made(page))


def wrong(page: Page, name: str) -> list[str]:
    shot(page, name)
    return [*(["scrolls sideways"] if scrolls_sideways(page) else []), *axe(page)]
