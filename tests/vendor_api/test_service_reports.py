"""Service reports over the API: read with all figures, and as files; shared and agreed on by people."""

from __future__ import annotations

from datetime import timedelta
from typing import Any

import pytest
from django.core.files.base import ContentFile
from django.core.files.storage import default_storage
from django.utils import timezone

from service_reports.acting import share
from service_reports.deciding import dispute, reports
from service_reports.drawing import place_of
from service_reports.models import State
from tenants.accounts.person import person_of
from tenants.registry.context import for_vendor, in_municipality
from tenants.registry.models import Municipality
from tests.handover.moves import other_vendor
from tests.people import House, member, partner_organisation, vendor_organisation
from tests.service_reports.reports import make_service_report
from tests.vendor_api.conftest import Program, key_of, maker_of
from vendor_api.models import WebhookEvent


def test_a_report_is_read_with_all_its_figures(program: Program, haarlem: Municipality) -> None:
    report = make_service_report(haarlem, state=State.GEDEELD)

    found = program.get(f"/service-reports/{report.pk}").json()

    assert (found["month"], found["version"], found["state"]) == ("2026-10-01", 1, "gedeeld")
    figures = found["figures"]
    assert figures["promise"]["availability"] == "99.50"
    assert figures["promise"]["steps"] == [{"below": "99.50", "part": "5.00"}]
    assert figures["availability"] == "98.55"
    assert figures["days"][0] == {"day": "2026-10-01", "up": 1380, "down": 60, "gaps": 0, "maintained": 0}
    assert (figures["bookedMinutes"], figures["leftMinutes"], figures["creditCents"]) == (90, 600, 28_500)
    assert [(each["ticket"], each["kind"]) for each in figures["breaches"]] == [("2043", "reactie")]
    assert figures["kept"][0] == {"priority": "P2", "kind": "reactie", "met": 3, "late": 1}


def test_neither_list_nor_report_names_people(program: Program, haarlem: Municipality) -> None:
    report = make_service_report(haarlem, state=State.BETWIST)

    for path in ("/service-reports", f"/service-reports/{report.pk}"):
        assert "@" not in program.get(path).content.decode()
    assert program.get(f"/service-reports/{report.pk}").json()["dispute"] == "Klopt niet"


@pytest.mark.parametrize(
    ("query", "count"),
    [
        ("", 2),
        ("latest=true", 1),
        ("latest=false", 1),
        ("state=betwist", 1),
        ("month=2026-10-01", 2),
        ("month=2026-09-01", 0),
    ],
)
def test_reports_are_filtered(program: Program, haarlem: Municipality, query: str, count: int) -> None:
    make_service_report(haarlem, state=State.BETWIST)
    make_service_report(haarlem, version=2, reason="x")

    assert program.get(f"/service-reports?{query}").json()["count"] == count


def test_silence_agrees_at_the_moment_itself(program: Program, haarlem: Municipality) -> None:
    now = timezone.now()
    early = make_service_report(
        haarlem,
        state=State.GEDEELD,
        shared_at=now - timedelta(days=20),
        fixes_at=now - timedelta(seconds=1),
    )

    states = {each["id"]: each["state"] for each in program.get("/service-reports").json()["results"]}

    assert states[early.pk] == "vastgesteld"


def test_a_report_is_a_csv(program: Program, haarlem: Municipality) -> None:
    report = make_service_report(haarlem)

    answer = program.get(f"/service-reports/{report.pk}/files/csv", Accept="text/csv")

    assert answer.status_code == 200
    assert answer.headers["Content-Type"].startswith("text/csv")
    assert "attachment" in answer.headers["Content-Disposition"]
    assert answer.headers["API-Version"] == "1.0.0"
    body = b"".join(answer.streaming_content) if answer.streaming else answer.content
    assert b"Haarlem" in body


def test_a_report_is_a_pdf_once_it_was_drawn(program: Program, haarlem: Municipality) -> None:
    report = make_service_report(haarlem, state=State.GEDEELD)
    path = f"/service-reports/{report.pk}/files/pdf"

    assert program.get(path).status_code == 404
    with in_municipality(haarlem):
        default_storage.delete(place_of(report))
        default_storage.save(place_of(report), ContentFile(b"%PDF-1.7 x"))
    answer = program.get(path, Accept="application/pdf")
    with in_municipality(haarlem):
        default_storage.delete(place_of(report))

    assert (answer.status_code, answer.headers["Content-Type"]) == (200, "application/pdf")
    assert answer.content == b"%PDF-1.7 x"


@pytest.mark.parametrize("form", ["docx", "csv2", "-"])
def test_another_form_is_not_there(program: Program, haarlem: Municipality, form: str) -> None:
    report = make_service_report(haarlem)

    assert program.get(f"/service-reports/{report.pk}/files/{form}").status_code == 404


@pytest.mark.parametrize("who", ["other", "partner", "limited"])
def test_a_report_of_others_is_not_there(haarlem: Municipality, who: str) -> None:
    Municipality.objects.filter(pk=haarlem.pk).update(implementation_partner=partner_organisation())
    report = make_service_report(haarlem)
    stranger = {
        "other": lambda: key_of("rapporten:read", organisation=other_vendor()),
        "partner": lambda: key_of("rapporten:read", organisation=partner_organisation()),
        "limited": lambda: key_of("rapporten:read", schemas=("utrecht",)),
    }[who]()

    assert stranger.get("/service-reports").json()["count"] == 0
    for below in ("", "/files/csv", "/files/pdf"):
        assert stranger.get(f"/service-reports/{report.pk}{below}").status_code == 404


def test_a_program_shares_nothing(program: Program, haarlem: Municipality) -> None:
    report = make_service_report(haarlem)

    assert program.post(f"/service-reports/{report.pk}", {}).status_code == 405


def test_what_both_sides_do_is_heard_of_by_who_made_it(haarlem: Municipality, at_haarlem: House) -> None:
    report = make_service_report(haarlem)
    with for_vendor():
        owner = person_of(maker_of(vendor_organisation()))
        assert owner is not None
        share(report, person=owner, now=timezone.now())
    boss = member(at_haarlem, "beheerder")
    with in_municipality(haarlem):
        person = person_of(boss.user)
        assert person is not None
        dispute(reports().get(pk=report.pk), "Klopt niet", person=person, now=timezone.now())

    heard: list[Any] = list(WebhookEvent.objects.order_by("pk"))

    assert [(each.topic, each.what, each.subject, each.municipalities) for each in heard] == [
        ("report", "changed", report.pk, [haarlem.pk])
    ] * 2
    assert {each.organisation for each in heard} == {vendor_organisation().pk}


@pytest.fixture
def at_haarlem(haarlem: Municipality) -> House:
    return House.of(haarlem)
