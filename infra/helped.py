"""Pictures of what is agreed with a municipality and what it reports, from contracts to webhooks.

Most of it is as `infra/up` fills it. A webhook is made, and ended at the end.
"""

from __future__ import annotations

from typing import TYPE_CHECKING

from infra.on_the_way import submit

if TYPE_CHECKING:
    from infra.with_consent import Side

WEBHOOK = "Balie"
# By name where it is found and what it is; with a star that of the first row of the list before the star.
AT_THE_VENDOR = {
    "leverancier-meldingen": ("/meldingen/", "Meldingen"),
    "leverancier-melding": ("/meldingen/*", "Een melding"),
    "leverancier-melding-klokken": ("/meldingen/*klokken/", "Waarom een melding dan klaar is"),
    "leverancier-melding-overdragen": ("/meldingen/*overdragen/", "Een melding overdragen"),
    "leverancier-meldingen-wacht-op-melder": ("/meldingen/wacht-op-melder/", "Meldingen die wachten"),
    "leverancier-meldingen-dreigt": ("/meldingen/dreigt/", "Wat te laat dreigt te zijn"),
    "leverancier-melding-nieuw": ("/meldingen/nieuw/", "Een melding aanmaken"),
    "leverancier-onbekende-afzenders": ("/meldingen/post/", "Onbekende afzenders"),
    "leverancier-contracten": ("/contracten/", "Contracten"),
    "leverancier-contract": ("/contracten/*", "Een contract"),
    "leverancier-contract-versies": ("/contracten/*versies/", "Versies van een contract"),
    "leverancier-contract-nieuw": ("/contracten/nieuw/", "Een contract opstellen"),
    "leverancier-uren": ("/contracten/*uren/", "Uren van een contract"),
    "leverancier-uren-boeken": ("/contracten/*uren/boeken/", "Uren boeken"),
    "leverancier-prijslijsten": ("/prijslijsten/", "Prijslijsten"),
    "leverancier-prijslijst": ("/prijslijsten/*", "Een prijslijst"),
    "leverancier-prijslijst-kosten": ("/prijslijsten/*kosten/?inhabitants=64.000", "Wat kost het?"),
    "leverancier-rapporten": ("/rapporten/", "Serviceniveaurapporten"),
    "leverancier-rapport": ("/rapporten/*", "Een serviceniveaurapport"),
    "leverancier-onderhoud-nieuw": ("/rapporten/onderhoud/nieuw/", "Onderhoud aankondigen"),
}
AT_A_MUNICIPALITY = {
    "gemeente-meldingen": ("/meldingen/", "Meldingen"),
    "gemeente-melding": ("/meldingen/*", "Een melding"),
    "gemeente-melding-waarom": ("/meldingen/*waarom/", "Waarom een melding dan klaar is"),
    "gemeente-melding-nieuw": ("/meldingen/nieuw/", "Een melding doen"),
    "gemeente-contracten": ("/contract/", "Contract"),
    "gemeente-contract": ("/contract/*", "Een contract"),
    "gemeente-uren": ("/contract/*uren/", "Uren van een contract"),
    "gemeente-rapporten": ("/rapporten/", "Serviceniveaurapporten"),
    "gemeente-rapport": ("/rapporten/*", "Een serviceniveaurapport"),
    "gemeente-rapport-betwisten": ("/rapporten/*betwisten/", "Een serviceniveaurapport betwisten"),
}
HELPED = {
    "leverancier-webhook-nieuw": "Een webhook maken",
    "leverancier-webhook": "Een webhook",
    "leverancier-webhooks": "Webhooks",
}


def helped(vendor: Side) -> None:
    """A webhook; its secret is in no picture."""
    page = vendor.page
    vendor.open("/webhooks/nieuw/")
    page.get_by_label("Naam", exact=True).fill(WEBHOOK)
    page.get_by_label("Adres", exact=True).fill("https://balie.example/webhook")
    page.get_by_label("Nieuwe melding", exact=True).check()
    vendor.shoot("leverancier-webhook-nieuw")
    page.get_by_role("main").get_by_role("button", name="Maak de webhook").click()
    vendor.follow("Ik heb het bewaard")
    one = page.url
    vendor.shoot("leverancier-webhook")
    vendor.open("/webhooks/")
    vendor.shoot("leverancier-webhooks")
    vendor.open(f"{one}beeindigen/")
    page.get_by_label("Typ de naam").fill(WEBHOOK)
    submit(page)
    page.wait_for_url(lambda url: not url.endswith("/beeindigen/"))
