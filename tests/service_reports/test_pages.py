"""The pages of service reports on both consoles, as people go through them."""

from __future__ import annotations

import csv
import io
from dataclasses import replace
from datetime import UTC, date, datetime, timedelta
from pathlib import Path
from typing import Any
from unittest.mock import patch

import pytest
from django.utils import timezone
from pytest_django.fixtures import Settings

from contracts.running import ClockKind
from service_reports.drawing import draw
from service_reports.figures import Kept
from service_reports.models import Maintenance, ServiceReport, State
from service_reports.showing import last_day_to_dispute, sentences_of
from tenants.accounts.models import Membership
from tenants.registry.models import Municipality
from tests.people import Browser, House, browser_of, member, partner_organisation
from tests.service_reports.reports import FIGURES, make_maintenance, make_service_report, signed_contract

XSS = "<img src=x onerror=alert(1)>"
FORMULAS = ["=1+1", "+1", "-1", "@SUM(A1)"]

pytestmark = pytest.mark.django_db


@pytest.fixture(autouse=True)
def own_files(settings: Settings, tmp_path: Path) -> None:
    """What one test draws is not there for the next."""
    settings.MEDIA_ROOT = str(tmp_path)


@pytest.fixture
def boss(vendor: House) -> Browser:
    return browser_of(vendor, member(vendor, "eigenaar", "ada@localhost.example"))


@pytest.fixture
def lia(at_haarlem: House) -> Membership:
    return member(at_haarlem, "beheerder", "lia@haarlem.example")


@pytest.fixture
def theirs(at_haarlem: House, lia: Membership) -> Browser:
    return browser_of(at_haarlem, lia)


def shared_now(municipality: Municipality, **given: Any) -> ServiceReport:
    now = timezone.now()
    moments = {"shared_at": now, "fixes_at": now + timedelta(days=14)}
    return make_service_report(municipality, state=State.GEDEELD, **moments, **given)


def text(response: Any) -> str:
    return str(response.content.decode())


def test_shared_agreed_by_both_and_fixed(boss: Browser, theirs: Browser, haarlem: Municipality) -> None:
    report = make_service_report(haarlem)
    at = f"/rapporten/{report.pk}/"
    assert theirs.get(at).status_code == 404

    assert boss.post(f"{at}delen/").status_code == 303
    page = text(theirs.get(at))
    assert "De dienst was" in page or "was de dienst" in page
    assert theirs.post(f"{at}akkoord/").status_code == 303
    assert boss.post(f"{at}akkoord/").status_code == 303

    report.refresh_from_db()
    assert report.state == State.VASTGESTELD
    assert "Vastgesteld" in text(theirs.get(at))
    assert theirs.post(f"{at}betwisten/", {"words": "te laat"}).status_code == 409


@pytest.mark.parametrize(
    ("fixes_at", "last"),
    [
        (datetime(2026, 12, 10, 23, tzinfo=UTC), date(2026, 12, 10)),  # midnight here
        (datetime(2026, 12, 10, 23, 30, tzinfo=UTC), date(2026, 12, 11)),
    ],
)
def test_disputing_ends_with_a_day(fixes_at: datetime, last: date) -> None:
    assert last_day_to_dispute(fixes_at) == last


@pytest.mark.parametrize(
    ("met", "late", "said"),
    [
        (0, 1, "De ene klok die afliep was te laat."),
        (0, 3, "Alle 3 klokken waren te laat."),
        (1, 1, "Van de 2 klokken was er 1 te laat."),
        (3, 0, "Alle 3 klokken zijn gehaald."),
    ],
)
def test_how_many_clocks_were_late_is_said_as_people_do(met: int, late: int, said: str) -> None:
    figures = replace(FIGURES, kept=(Kept("P2", ClockKind.RESPONSE, met, late),))

    assert said in sentences_of(figures)


def test_the_way_on_of_a_shared_report_is_to_agree(boss: Browser, haarlem: Municipality) -> None:
    page = text(boss.get(f"/rapporten/{shared_now(haarlem).pk}/"))
    assert page.index("Maak een nieuwe versie") < page.index("Ga akkoord voor de leverancier")


def test_disputed_and_corrected(boss: Browser, theirs: Browser, haarlem: Municipality) -> None:
    signed_contract(haarlem, start=FIGURES.first.replace(month=1))
    report = shared_now(haarlem)
    at = f"/rapporten/{report.pk}/"

    assert theirs.post(f"{at}betwisten/", {"words": ""}).status_code == 422
    assert theirs.post(f"{at}betwisten/", {"words": "Op 5 oktober was het langer."}).status_code == 303
    assert "Op 5 oktober was het langer." in text(boss.get(at))
    assert boss.post(f"{at}corrigeren/", {"reason": ""}).status_code == 422
    made = boss.post(f"{at}corrigeren/", {"reason": "Storing van een uur bijgeteld"})

    later = ServiceReport.objects.get(version=2)
    assert made["Location"] == f"/rapporten/{later.pk}/"
    assert theirs.get(f"/rapporten/{later.pk}/").status_code == 404
    assert "betwist" in text(theirs.get(at)).lower()
    assert "betwisten kan tot" not in text(theirs.get(at))  # no day fixes what is disputed


def test_a_dispute_is_what_somebody_of_the_vendor_does_today(
    vendor: House, boss: Browser, haarlem: Municipality
) -> None:
    report = make_service_report(haarlem, state=State.BETWIST)
    reader = browser_of(vendor, member(vendor, "alleen-lezen"))

    assert f"/rapporten/{report.pk}/" in text(boss.get("/"))
    assert f"/rapporten/{report.pk}/" not in text(reader.get("/"))


def test_both_sides_see_the_same_numbers(boss: Browser, theirs: Browser, haarlem: Municipality) -> None:
    report = shared_now(haarlem)
    pages = [text(each.get(f"/rapporten/{report.pk}/")) for each in (boss, theirs)]

    for number in ("98,55", "99,50", "285,00", "5.700,00", "2043", "60 min", "70 min", "120 min"):
        assert all(number in page for page in pages), number


def test_what_was_not_measured_is_told(boss: Browser, haarlem: Municipality) -> None:
    report = shared_now(haarlem)
    page = text(boss.get(f"/rapporten/{report.pk}/"))

    assert "geen meting" in page
    assert "04-10-2026" in page


def test_too_many_gaps_prove_nothing(boss: Browser, haarlem: Municipality) -> None:
    report = shared_now(haarlem)
    figures = {**report.figures, "days": [["2026-10-01", 10, 0, 1430, 0]]}
    later = make_service_report(haarlem, month=FIGURES.first.replace(month=9), figures=figures)

    assert "bewijst daarom niet" in text(boss.get(f"/rapporten/{later.pk}/"))
    assert "bewijst daarom niet" not in text(boss.get(f"/rapporten/{report.pk}/"))


def test_without_any_measurement_there_is_no_chart(boss: Browser, haarlem: Municipality) -> None:
    report = make_service_report(haarlem)
    ServiceReport.objects.filter(pk=report.pk).update(
        figures={**report.figures, "days": [["2026-10-01", 0, 0, 1440, 0]]}
    )

    assert "In deze periode is niets gemeten." in text(boss.get(f"/rapporten/{report.pk}/"))


def test_words_of_a_dispute_are_shown_as_they_are(
    boss: Browser, theirs: Browser, haarlem: Municipality
) -> None:
    report = shared_now(haarlem)
    theirs.post(f"/rapporten/{report.pk}/betwisten/", {"words": XSS})

    for browser in (boss, theirs):
        page = text(browser.get(f"/rapporten/{report.pk}/"))
        assert XSS not in page
        assert "&lt;img src=x onerror=alert(1)&gt;" in page


def test_words_of_a_correction_are_shown_as_they_are(boss: Browser, haarlem: Municipality) -> None:
    report = make_service_report(haarlem, state=State.VERVANGEN, version=2, reason=XSS, municipality_name=XSS)

    for path in (f"/rapporten/{report.pk}/", "/rapporten/"):
        assert XSS not in text(boss.get(path))


# Files ------------------------------------------------------------------------------------------


@pytest.mark.parametrize("formula", FORMULAS)
def test_a_csv_has_the_numbers_and_no_formulas(
    boss: Browser, theirs: Browser, haarlem: Municipality, formula: str
) -> None:
    report = shared_now(haarlem, municipality_name=formula, organisation_name=formula)
    files = [each.get(f"/rapporten/{report.pk}/csv/").content for each in (boss, theirs)]

    assert files[0] == files[1]
    rows = list(csv.reader(io.StringIO(files[0].decode("utf-8-sig")), delimiter=";"))
    assert ["Servicecredit", "", "Servicecredit in euro", "285"] in rows
    assert ["Beschikbaarheid", "2026-10-04", "Gemeten, in procent", "geen meting"] in rows
    assert ["Rapport", "", "Gemeente", f"'{formula}"] in rows
    assert not [cell for row in rows for cell in row if cell.startswith(("=", "+", "@"))]


def test_a_pdf_is_drawn_once_it_is_shared_and_is_the_same_for_both(
    boss: Browser, theirs: Browser, haarlem: Municipality
) -> None:
    report = shared_now(haarlem, reason="", dispute="")
    at = f"/rapporten/{report.pk}/pdf/"
    assert boss.get(at).status_code == 404

    assert draw(report.pk)

    files = [each.get(at) for each in (boss, theirs)]
    assert [each["Content-Type"] for each in files] == ["application/pdf"] * 2
    assert files[0].content == files[1].content
    assert files[0].content.startswith(b"%PDF-")


def test_what_the_pdf_is_drawn_of_has_the_figures(haarlem: Municipality) -> None:
    report = shared_now(haarlem, municipality_name=XSS)
    with patch("service_reports.drawing.as_pdf", return_value=b"%PDF-") as drawn:
        draw(report.pk)

    (html,) = drawn.call_args.args
    for number in ("98,55", "285,00", "5.700,00", "2043"):
        assert number in html
    assert XSS not in html


def test_a_concept_is_not_drawn(haarlem: Municipality) -> None:
    assert not draw(make_service_report(haarlem).pk)


def test_the_pdf_of_a_neighbour_is_not_there(at_utrecht: House, haarlem: Municipality) -> None:
    report = shared_now(haarlem)
    draw(report.pk)
    browser = browser_of(at_utrecht, member(at_utrecht, "beheerder"))

    assert browser.get(f"/rapporten/{report.pk}/pdf/").status_code == 404


# Lists ------------------------------------------------------------------------------------------


def test_the_list_has_the_last_version_of_each_month(
    boss: Browser, theirs: Browser, haarlem: Municipality
) -> None:
    make_service_report(haarlem, state=State.VASTGESTELD)
    later = make_service_report(haarlem, version=2, reason="Telfout")

    page = text(boss.get("/rapporten/"))
    assert f"/rapporten/{later.pk}/" in page
    assert "1 rapport" in page
    assert "1 rapport" in text(theirs.get("/rapporten/"))


def test_a_list_takes_as_many_statements_however_long_it_is(
    boss: Browser, haarlem: Municipality, utrecht: Municipality, django_assert_max_num_queries: Any
) -> None:
    months = [FIGURES.first.replace(month=month) for month in range(1, 10)]
    for month in months:
        for each in (haarlem, utrecht):
            make_service_report(each, month=month)
    boss.get("/rapporten/")

    with django_assert_max_num_queries(12):
        boss.get("/rapporten/")


@pytest.mark.parametrize("kind", ["csv", "xlsx"])
def test_the_list_is_a_file_too(boss: Browser, haarlem: Municipality, kind: str) -> None:
    make_service_report(haarlem)

    assert boss.get("/rapporten/", export=kind).status_code == 200


# Maintenance ------------------------------------------------------------------------------------


def planned(days: int = 20, hours: int = 2) -> dict[str, str]:
    starts = timezone.localtime(timezone.now() + timedelta(days=days))
    moments = {"starts_at": starts, "ends_at": starts + timedelta(hours=hours)}
    return {"reason": "Nieuwe versie", **{name: f"{each:%Y-%m-%dT%H:%M}" for name, each in moments.items()}}


def test_maintenance_is_announced_read_and_called_off(
    boss: Browser, theirs: Browser, haarlem: Municipality, utrecht: Municipality
) -> None:
    assert (
        boss.post("/rapporten/onderhoud/nieuw/", {**planned(), "gemeenten": [haarlem.pk]}).status_code == 303
    )
    (made,) = Maintenance.objects.all()
    assert made.municipality_id == haarlem.pk
    assert "Nieuwe versie" in text(theirs.get("/rapporten/"))

    assert boss.post(f"/rapporten/onderhoud/{made.pk}/afgelasten/").status_code == 303
    assert "gaat niet door" in text(theirs.get("/rapporten/"))
    assert boss.post(f"/rapporten/onderhoud/{made.pk}/afgelasten/").status_code == 409


def test_maintenance_of_nobody_in_particular_is_of_all(
    boss: Browser, haarlem: Municipality, utrecht: Municipality
) -> None:
    boss.post("/rapporten/onderhoud/nieuw/", planned())

    assert set(Maintenance.objects.values_list("municipality_id", flat=True)) >= {haarlem.pk, utrecht.pk}


@pytest.mark.parametrize(
    "wrong", [{"days": -1}, {"days": 400}, {"hours": 0}, {"hours": 25}], ids=["past", "far", "none", "long"]
)
def test_maintenance_that_cannot_be_is_not_announced(
    boss: Browser, haarlem: Municipality, wrong: Any
) -> None:
    assert boss.post("/rapporten/onderhoud/nieuw/", planned(**wrong)).status_code == 422
    assert not Maintenance.objects.exists()


def test_a_partner_takes_no_minutes_out_of_what_the_host_promised(
    vendor: House, haarlem: Municipality
) -> None:
    partner = partner_organisation()
    Municipality.objects.filter(pk=haarlem.pk).update(implementation_partner=partner)
    other = browser_of(vendor, member(vendor, "eigenaar", "pa@partner.example", organisation=partner))
    answer = other.post("/rapporten/onderhoud/nieuw/", {**planned(), "gemeenten": [haarlem.pk]})
    assert (answer.status_code, Maintenance.objects.count()) == (422, 0)
    assert other.post("/rapporten/onderhoud/nieuw/", planned()).status_code == 422

    starts = timezone.now() + timedelta(days=20)
    made = make_maintenance(haarlem, starts_at=starts, ends_at=starts + timedelta(hours=2))
    assert "afgelasten" not in text(other.get(f"/rapporten/onderhoud/{made.pk}/"))
    assert other.post(f"/rapporten/onderhoud/{made.pk}/afgelasten/").status_code == 409
    assert Maintenance.objects.get().called_off_at is None


def test_maintenance_that_began_is_not_called_off(boss: Browser, haarlem: Municipality) -> None:
    now = timezone.now()
    began = make_maintenance(
        haarlem,
        announced_at=now - timedelta(hours=2),
        starts_at=now - timedelta(hours=1),
        ends_at=now + timedelta(hours=1),
    )

    assert boss.post(f"/rapporten/onderhoud/{began.pk}/afgelasten/").status_code == 409


def test_words_of_maintenance_are_shown_as_they_are(
    boss: Browser, theirs: Browser, haarlem: Municipality
) -> None:
    made = make_maintenance(
        haarlem,
        reason=XSS,
        starts_at=timezone.now() + timedelta(days=9),
        ends_at=timezone.now() + timedelta(days=9, hours=1),
        announced_at=timezone.now(),
    )

    assert XSS not in text(boss.get(f"/rapporten/onderhoud/{made.pk}/"))
    assert XSS not in text(boss.get("/rapporten/onderhoud/"))
    assert XSS not in text(theirs.get("/rapporten/"))
