"""One report from the mail in which it comes to the credit of its month, on the hosts of both sides."""

from __future__ import annotations

import re
import smtplib
from dataclasses import dataclass
from datetime import UTC, datetime, timedelta
from pathlib import Path

import pytest
from django.utils import timezone
from playwright.sync_api import Download, Page, expect
from pytest_django import Settings

from contracts.models import Target
from helpdesk.mail.serving import Place
from helpdesk.models import Ticket
from helpdesk.words import Status
from service_reports.drawing import draw
from service_reports.gathering import last_of, month_before, period_of
from service_reports.making import make_concept, to_make
from service_reports.models import Minutes, ServiceReport, State
from tenants.accounts.models import Membership
from tenants.registry.context import for_vendor
from tenants.registry.models import Municipality
from tests.browser.conftest import Site
from tests.browser.entering import follow, press
from tests.conftest import Connected
from tests.helpdesk.mail.letters import letter
from tests.helpdesk.mail.test_serving import served
from tests.helpdesk.passing import time_passes
from tests.live import Live
from tests.service_reports.reports import level_of_service, measured, signed_contract

SUBJECT = "Zaken van één zaaktype kunnen niet worden afgesloten"
KIM = "kim@haarlem.example"
HELPDESK = "helpdesk@zaakplein.localhost"
RESPONSE, RESOLUTION = timedelta(hours=4), timedelta(hours=16)
A_DAY = timedelta(days=1)
HOURS_DOWN = 4
"""Of a month that has 672 hours at least and 745 at most: less than 99.5 per cent was up."""


@dataclass(frozen=True)
class Cast:
    """Who answers first, who knows more, who reports, and who decide about reports of a month."""

    helpdesk: Membership
    second_line: Membership
    owner: Membership
    reporter: Membership
    administrator: Membership


@dataclass(frozen=True)
class Walk:
    """What the parts of it share."""

    site: Site
    cast: Cast
    as_owner: Connected
    haarlem: Municipality

    def open(self, who: Membership, path: str) -> Page:
        """At the vendor, or at Haarlem: who is the first at either has the same key."""
        is_theirs = who is self.cast.reporter or who is self.cast.administrator
        return self.site.open_as(who, self.site.house("haarlem" if is_theirs else ""), path)

    def waits(self, time: timedelta) -> None:
        with self.as_owner(), for_vendor():
            time_passes(time)

    def ticket(self) -> Ticket:
        with self.site.arranging(), for_vendor():
            return Ticket.objects.get()


@pytest.fixture
def walk(site: Site, live: Live, settings: Settings, owner_connection: Connected) -> Walk:
    """Under a contract of € 1.200 a year; below 99,5 per cent up, 5 per cent of a month is given back."""
    settings.MEDIA_ROOT = str(live.media)
    vendor, haarlem = site.house(), site.house("haarlem")
    cast = Cast(
        site.member(vendor, "helpdesk", "sam@leverancier.example"),
        site.member(vendor, "operatie", "jo@leverancier.example"),
        site.member(vendor, "eigenaar", "ada@leverancier.example"),
        site.member(haarlem, "catalogusbeheerder", KIM),
        site.member(haarlem, "beheerder", "lia@haarlem.example"),
    )
    assert haarlem.municipality is not None
    with site.arranging(), for_vendor():
        level = level_of_service(report_day=1)
        minutes = {
            "response": RESPONSE // timedelta(minutes=1),
            "resolution": RESOLUTION // timedelta(minutes=1),
        }
        Target.objects.create(version=level, priority="P3", calendar=level.window, **minutes)
        start = month_before(month_before(timezone.localdate()))
        signed_contract(haarlem.municipality, start=start, level=level)
        measure_last_month(haarlem.municipality)
    return Walk(site, cast, owner_connection, haarlem.municipality)


def measure_last_month(haarlem: Municipality) -> None:
    month = month_before(timezone.localdate())
    period = period_of(month, last_of(month))
    hours = (period.end - period.start) // timedelta(hours=1)
    first = period.start.astimezone(UTC)
    measured(haarlem, first, hours)
    is_down = {"hour__gte": first + A_DAY, "hour__lt": first + A_DAY + timedelta(hours=HOURS_DOWN)}
    Minutes.objects.filter(municipality=haarlem, **is_down).update(states="d" * 60)


def test_from_a_mail_to_the_credit_of_its_month(walk: Walk) -> None:
    comes_by_mail(walk)
    is_foreseen_and_handed_over(walk)
    is_asked_answered_and_late(walk)
    is_solved_and_closed(walk)
    report = is_reported(walk)
    is_agreed_on(walk, report)


def comes_by_mail(walk: Walk) -> None:
    """With HTML beside its text, and a file."""
    mail = letter(
        "Sinds vanmorgen sluiten zaken van één zaaktype niet.",
        sender=f"Kim de Vries <{KIM}>",
        to=HELPDESK,
        subject=SUBJECT,
        html="<p>Sinds vanmorgen sluiten zaken van één zaaktype <b>niet</b>.</p>",
        files=(("scherm.txt", b"een fout"),),
    )
    with (
        walk.site.arranging(),
        served(Place(host="127.0.0.1")) as server,
        smtplib.LMTP("127.0.0.1", server.port) as client,
    ):
        assert client.sendmail(KIM, [HELPDESK], mail.as_bytes()) == {}

    page = walk.open(walk.cast.helpdesk, "/meldingen/")
    main = page.get_by_role("main")
    expect(main.get_by_role("table")).to_contain_text(SUBJECT)
    press(page, "Pak de eerste op")
    expect(main).to_contain_text("Sinds vanmorgen sluiten zaken van één zaaktype niet.")
    with page.expect_download() as saved:
        main.get_by_role("link", name=re.compile("^scherm.txt")).click()
    assert read(saved.value) == b"een fout"


def is_foreseen_and_handed_over(walk: Walk) -> None:
    """Nobody answered yet, and somebody has to within five minutes."""
    walk.waits(RESPONSE - timedelta(minutes=5))
    page = walk.open(walk.cast.helpdesk, "/meldingen/dreigt/")
    main = page.get_by_role("main")
    row = main.get_by_role("row").filter(has_text=SUBJECT).filter(has_text="Eerste reactie")
    expect(row).to_contain_text(re.compile(r"nog [1-5] min"))
    row.get_by_role("link").click()

    follow(page, "Draag de melding over")
    page.get_by_label("Tweede lijn").check()
    page.get_by_label("Collega").select_option(str(walk.cast.second_line.user_id))
    page.get_by_label("Wat moet de volgende weten?").fill("De eigenschap van het zaaktype lijkt leeg.")
    press(page, "Draag de melding over")
    expect(main.get_by_role("complementary")).to_contain_text("Operatie, tweede lijn")

    theirs = walk.open(walk.cast.reporter, "/meldingen/").get_by_role("main")
    expect(theirs.get_by_role("table")).to_contain_text("Operatie")
    expect(theirs.get_by_role("table")).to_contain_text("tweede lijn")
    expect(theirs.get_by_role("table")).not_to_contain_text("lijkt leeg")


def is_asked_answered_and_late(walk: Walk) -> None:
    """The question comes in time; a day without an answer counts for nothing, the day after it does."""
    path = f"/meldingen/{walk.ticket().pk}/"
    page = walk.open(walk.cast.second_line, path)
    page.get_by_label("Bericht").fill("Kunt u het nummer geven van één zaak die niet sluit?")
    page.get_by_label("Wacht op melder").check()
    press(page, "Verstuur antwoord")
    expect(page.get_by_role("group", name="Klokken van deze melding")).to_contain_text("gehaald")
    walk.waits(A_DAY)

    theirs = walk.open(walk.cast.reporter, "/")
    expect(theirs.get_by_role("table", name="Wacht op u")).to_contain_text(SUBJECT)
    theirs.get_by_role("main").get_by_role("link", name=re.compile("^Antwoorden")).click()
    expect(theirs.get_by_role("group", name="Klokken")).to_contain_text("staat stil")
    theirs.get_by_label("Uw bericht").fill("ZAAK-2026-0041877 sluit niet.")
    press(theirs, "Verstuur bericht")
    expect(theirs.get_by_role("group", name="Klokken")).not_to_contain_text("staat stil")
    walk.waits(A_DAY)

    page.goto(walk.site.address(walk.site.house(), "/meldingen/"))
    expect(page.get_by_role("main").get_by_role("table")).to_contain_text("Te laat, 1 melding")
    theirs.reload()
    expect(theirs.get_by_role("group", name="Klokken")).to_contain_text("te laat")


def is_solved_and_closed(walk: Walk) -> None:
    path = f"/meldingen/{walk.ticket().pk}/"
    page = walk.open(walk.cast.second_line, path)
    page.get_by_label("Bericht").fill("De zaken sluiten weer.")
    page.get_by_label("Opgelost", exact=True).check()
    page.get_by_label("Oorzaak").fill("Een lege eigenschap.")
    press(page, "Verstuur antwoord")

    theirs = walk.open(walk.cast.reporter, path)
    press(theirs, "Ja, het is opgelost")
    expect(theirs.get_by_role("main").get_by_text("Gesloten").first).to_be_visible()
    assert walk.ticket().status == Status.GESLOTEN


def is_reported(walk: Walk) -> ServiceReport:
    """All of it was last month, of which the report is made as it is every month."""
    month = month_before(timezone.localdate())
    walk.waits(walk.ticket().opened_at - datetime(month.year, month.month, 10, 12, tzinfo=UTC))
    with walk.site.arranging(), for_vendor():
        now = timezone.now()
        assert to_make(now) == [walk.haarlem.pk]
        report = make_concept(walk.haarlem.pk, now)
    assert report is not None

    page = walk.open(walk.cast.owner, "/rapporten/")
    page.get_by_role("main").locator("tbody th a").click()
    says_what_happened(page, walk.ticket())
    follow(page, "Deel met de gemeente")
    press(page, "Deel met de gemeente")
    expect(page.get_by_role("main").get_by_text("Gedeeld").first).to_be_visible()
    with walk.site.arranging(), for_vendor():
        assert draw(report.pk)
    follow(page, "Ga akkoord voor de leverancier")
    press(page, "Ga akkoord voor de leverancier")
    expect(page.get_by_role("main").get_by_text("Akkoord van de leverancier").first).to_be_visible()
    return report


def is_agreed_on(walk: Walk, report: ServiceReport) -> None:
    """On its own host the municipality reads the same, also in the files."""
    page = walk.open(walk.cast.administrator, "/rapporten/")
    page.get_by_role("main").locator("tbody th a").click()
    says_what_happened(page, walk.ticket())
    assert saved_by(page, "Neem mee als pdf").startswith(b"%PDF-")
    lines = saved_by(page, "Neem mee als csv").decode("utf-8-sig").splitlines()
    assert "Servicecredit;;Maandbedrag in euro;100" in lines
    assert "Servicecredit;;Servicecredit in euro;5" in lines
    assert [line for line in lines if line.startswith(f"Te laat;{walk.ticket().pk}, P3, oplossing;Uiterlijk")]

    follow(page, "Ga akkoord")
    press(page, "Ga akkoord")
    expect(page.get_by_role("main").get_by_text("Vastgesteld").first).to_be_visible()
    with walk.site.arranging(), for_vendor():
        assert ServiceReport.objects.get(pk=report.pk).state == State.VASTGESTELD


def says_what_happened(page: Page, ticket: Ticket) -> None:
    """Which clock was late and why it was due then, and what is given back for how often it was down."""
    main = page.get_by_role("main")
    expect(main).to_contain_text("Van de 2 klokken was er 1 te laat.")
    expect(main).to_contain_text(re.compile(r"een servicecredit van €\s5,00"))
    why = main.get_by_role("group").filter(has_text=f"Melding {ticket.pk}, P3, oplossing: uiterlijk")
    why.locator("summary").click()
    expect(why.get_by_role("table")).to_contain_text("Stil: wij stellen de melder een vraag")
    expect(why.get_by_role("table")).to_contain_text("Klok loopt: de melder antwoordt")


def saved_by(page: Page, link: str) -> bytes:
    with page.expect_download() as saved:
        follow(page, link)
    return read(saved.value)


def read(download: Download) -> bytes:
    return Path(download.path()).read_bytes()
