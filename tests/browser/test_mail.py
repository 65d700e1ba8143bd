"""A mail of a stranger: found in the queue, read, and made a reply; and its pages by axe."""

from __future__ import annotations

import re

import pytest
from playwright.sync_api import expect
from pytest_django import Settings

from helpdesk.models import ReceivedMail, Ticket
from tenants.registry.context import for_vendor
from tests.browser.conftest import VIEWS, Site, axe, scrolls_sideways, shot, unreachable
from tests.browser.entering import follow, press
from tests.conftest import municipality
from tests.helpdesk.mail.letters import arrives, letter, make_ticket
from tests.live import Live

STRANGER = "Piet <piet@elders.example>"


def arrange(site: Site) -> tuple[Ticket, ReceivedMail]:
    """A report, a stranger who writes to its address, and one who writes to everybody."""
    with site.arranging(), for_vendor():
        ticket = make_ticket(municipality("haarlem"))
        text = "Ook bij ons lukt het niet.\n\n> Wat eerder gezegd werd"
        at = f"melding+{ticket.reply_token}@zaakplein.localhost"
        mail = arrives(letter(text, sender=STRANGER, files=(("scherm.png", b"abc"),)), at).mail
        other = letter("Wie kan mij helpen?", sender=STRANGER, subject="Vraag", message_id="<2@x.example>")
        arrives(other, "helpdesk@zaakplein.localhost")
    return ticket, mail


def test_a_stranger_is_found_read_and_accepted(site: Site, live: Live, settings: Settings) -> None:
    kept = {**settings.STORAGES["mail"], "OPTIONS": {"location": str(live.media / ".mail")}}
    settings.STORAGES = {**settings.STORAGES, "mail": kept}  # where the deployment finds what came with it
    vendor = site.house()
    handler = site.member(vendor, "helpdesk", "sam@leverancier.example")
    ticket, _mail = arrange(site)
    page = site.open_as(handler, vendor, "/meldingen/")
    main = page.get_by_role("main")

    follow(page, "2 onbekende afzenders")
    expect(main.get_by_role("table")).to_contain_text("De afzender is geen melder van deze melding.")
    follow(page, ticket.subject)
    expect(main).to_contain_text("Ook bij ons lukt het niet.")
    expect(main).to_contain_text("scherm.png")
    press(page, "Aanvaard als reactie")
    expect(main.get_by_role("heading", level=1)).to_have_text(ticket.subject)
    expect(main).to_contain_text("Ook bij ons lukt het niet.")

    page.goto(site.address(vendor, "/meldingen/post/"))
    follow(page, "Vraag")
    follow(page, "Maak er een melding van")
    press(page, "Maak er een melding van")
    expect(main.get_by_role("alert")).to_contain_text("Kies van welke gemeente")
    page.get_by_label("Gemeente", exact=True).select_option(label="Haarlem, productie")
    press(page, "Maak er een melding van")
    expect(main.get_by_role("heading", level=1)).to_have_text("Vraag")


@pytest.mark.parametrize(("width", "language"), VIEWS)
def test_the_pages_are_clean(site: Site, width: int, language: str) -> None:
    vendor = site.house()
    boss = site.member(vendor, "eigenaar", "baas@leverancier.example")
    ticket, mail = arrange(site)
    with site.arranging(), for_vendor():
        Ticket.objects.filter(pk=ticket.pk).update(status="ingetrokken")
    page = site.open_as(boss, vendor, "/meldingen/post/", width=width, language=language)
    for path in (
        "/meldingen/post/",
        f"/meldingen/post/{mail.pk}/",
        f"/meldingen/post/{mail.pk}/melding/",
        f"/meldingen/{ticket.pk}/wissen/",
    ):
        page.goto(site.address(vendor, path))
        shot(page, f"{vendor.host}{re.sub('[^a-z]+', '-', path)}{language}")
        assert axe(page) == [], path
        assert not scrolls_sideways(page), path
        assert width < 1280 or unreachable(page) == [], path
