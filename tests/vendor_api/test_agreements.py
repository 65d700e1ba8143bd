"""Calendars and service levels over the API: read, added, and published in versions."""

from __future__ import annotations

from copy import deepcopy
from datetime import date, timedelta
from typing import Any

import pytest
from django.utils import timezone

from backoffice.models import LogLine
from contracts.defaults import begin
from contracts.models import Calendar, CalendarVersion, ServiceLevel, ServiceLevelVersion
from tenants.accounts.person import person_of
from tenants.registry.context import for_vendor
from tests.handover.moves import other_vendor
from tests.people import vendor_organisation
from tests.vendor_api.conftest import Program, key_of, maker_of

OFFICE = [{"since": "07:00", "until": "18:00"}]
XSS = "<img src=x onerror=alert(1)>"


@pytest.fixture(autouse=True)
def begun(db: None) -> None:
    with for_vendor():
        person = person_of(maker_of(vendor_organisation()))
        assert person is not None
        begin(person=person, now=timezone.now())


def tomorrow() -> date:
    return timezone.localdate() + timedelta(days=1)


def a_week(**given: Any) -> dict[str, Any]:
    return {
        "effectiveFrom": tomorrow().isoformat(),
        "reason": "Ook op zaterdag",
        "week": [OFFICE, OFFICE, OFFICE, OFFICE, OFFICE, [{"since": "13:00", "until": "24:00"}], []],
        "days": [
            {"day": "2026-12-24", "label": "Kerstavond", "spans": [{"since": "7:00", "until": "12:00"}]},
            {"day": "2026-04-27", "label": "Koningsdag", "spans": []},
        ],
        **given,
    }


def a_level(**given: Any) -> dict[str, Any]:
    calendar = Calendar.objects.get(name="Kantoortijden").pk
    row = {"hoog": "P1", "middel": "P2", "laag": "P3"}
    return {
        "effectiveFrom": tomorrow().isoformat(),
        "reason": "Scherper",
        "availability": "99.90",
        "window": calendar,
        "rpoMinutes": 60,
        "rtoMinutes": 240,
        "matrix": {"hoog": row, "middel": row, "laag": row},
        "credits": [{"below": "99.40", "part": "10.00"}, {"below": "99.90", "part": "5.00"}],
        "targets": [
            {"priority": priority, "calendar": calendar, "responseMinutes": 30, "resolutionMinutes": 240}
            for priority in ("P1", "P2", "P3", "P4")
        ],
        **given,
    }


def path_of(name: str) -> str:
    if found := Calendar.objects.filter(name=name).first():
        return f"/calendars/{found.pk}"
    return f"/service-levels/{ServiceLevel.objects.get(name=name).pk}"


def publish(program: Program, name: str, body: dict[str, Any], seen: str | None = None) -> Any:
    path = path_of(name)
    etag = program.get(path).headers["ETag"] if seen is None else seen
    return program.post(f"{path}/versions", body, If_Match=etag)


# Reading -----------------------------------------------------------------------------------------


def test_a_calendar_says_when_its_clocks_run(program: Program) -> None:
    found = program.get(path_of("Kantoortijden")).json()

    assert (found["name"], found["latestVersion"]) == ("Kantoortijden", 1)
    assert found["current"]["week"] == [*([OFFICE] * 5), [], []]
    assert (found["current"]["always"], found["current"]["zone"]) == (False, "Europe/Amsterdam")


def test_a_service_level_says_what_is_promised(program: Program) -> None:
    found = program.get(path_of("Plus")).json()["current"]

    assert (found["availability"], found["rpoMinutes"]) == ("99.80", 60)
    assert found["matrix"]["hoog"]["hoog"] == "P1"
    assert found["credits"] == [{"below": "99.80", "part": "5.00"}, {"below": "99.30", "part": "10.00"}]
    assert [each["priority"] for each in found["targets"]] == ["P1", "P2", "P3", "P4"]
    assert found["targets"][0]["responseMinutes"] == 30
    assert found["targets"][3]["resolutionMinutes"] is None


def test_a_list_is_searched_by_name(program: Program) -> None:
    names = [each["name"] for each in program.get("/service-levels?name=plu").json()["results"]]

    assert names == ["Plus"]


def test_what_does_not_hold_yet_has_nothing_current(program: Program) -> None:
    body = {**a_week(), "name": "Straks"}

    made = program.post("/calendars", body)

    assert made.status_code == 201
    assert made.json()["current"] is None
    assert made.headers["Location"].endswith(path_of("Straks"))
    assert program.get(path_of("Straks")).headers["ETag"] == made.headers["ETag"]


# Publishing --------------------------------------------------------------------------------------


def test_a_new_version_leaves_the_old_one_as_it_was(program: Program) -> None:
    answer = publish(program, "Kantoortijden", a_week())

    assert answer.status_code == 201
    assert answer.json()["latestVersion"] == 2
    new, old = program.get(f"{path_of('Kantoortijden')}/versions").json()["results"]
    assert new["week"][5] == [{"since": "13:00", "until": "24:00"}]
    assert [each["label"] for each in new["days"]] == ["Koningsdag", "Kerstavond"]
    assert (old["number"], old["week"][5]) == (1, [])
    assert new["publishedBy"].startswith("API-sleutel ")
    line = LogLine.objects.filter(action="kalender gepubliceerd").order_by("-pk")[0]
    assert (line.subject, line.changes["versie"]) == ("Kantoortijden", [1, 2])


def test_a_service_level_is_published_and_keeps_its_credits_from_the_highest_down(program: Program) -> None:
    answer = publish(program, "Plus", a_level())

    assert answer.status_code == 201
    version = ServiceLevelVersion.objects.get(level__name="Plus", number=2)
    assert [str(below) for below, _ in version.credits] == ["99.90", "99.40"]
    assert version.targets.count() == 4
    assert version.report_day == 3


def test_who_did_not_see_the_last_version_publishes_none(program: Program) -> None:
    etag = program.get(path_of("Plus")).headers["ETag"]
    publish(program, "Plus", a_level())

    answer = publish(program, "Plus", a_level(), seen=etag)

    assert (answer.status_code, answer.json()["code"]) == (412, "stale")
    assert program.post(f"{path_of('Plus')}/versions", a_level()).status_code == 428
    assert ServiceLevelVersion.objects.filter(level__name="Plus").count() == 2


def test_a_name_is_taken_once(program: Program) -> None:
    answer = program.post("/service-levels", {**a_level(), "name": "plus"})

    assert (answer.status_code, answer.json()["code"]) == (409, "not-possible")
    assert "al in gebruik" in answer.json()["detail"]


def test_what_runs_keeps_its_agreements(program: Program) -> None:
    answer = publish(program, "Plus", a_level(effectiveFrom=timezone.localdate().isoformat()))

    assert answer.status_code == 409
    assert "na vandaag" in answer.json()["detail"]


@pytest.mark.parametrize(
    ("given", "name"),
    [
        ({"effectiveFrom": "gisteren"}, "effectiveFrom"),
        ({"reason": " "}, "reason"),
        ({"reason": "x" * 501}, "reason"),
        ({"zone": "Mars"}, "zone"),
        ({"week": [OFFICE]}, "week"),
        ({"week": [[]] * 7}, "week"),
        ({"week": [[{"since": "18:00", "until": "07:00"}], *([[]] * 6)]}, "week.0"),
        ({"week": [[{"since": "24:30", "until": "24:59"}], *([[]] * 6)]}, "week.0"),
        ({"week": [[{"since": "9 uur", "until": "10:00"}], *([[]] * 6)]}, "week.0.0.since"),
        ({"week": [OFFICE * 7, *([[]] * 6)]}, "week.0"),
        ({"days": [{"day": "2026-04-27", "label": "1 dag", "spans": []}]}, "days.0.label"),
        ({"days": [{"day": "2026-04-27", "label": "A", "spans": []}] * 2}, "days"),
        ({"days": [{"day": "2026-04-27", "label": "A", "spans": []}] * 201}, "days"),
    ],
)
def test_a_calendar_that_cannot_be_is_refused(program: Program, given: dict[str, Any], name: str) -> None:
    answer = publish(program, "Kantoortijden", a_week(**given))

    assert answer.status_code == 400
    assert name in {each["name"] for each in answer.json()["invalidParams"]}
    assert CalendarVersion.objects.count() == 3


@pytest.mark.parametrize(
    ("given", "name"),
    [
        ({"availability": "49.99"}, "availability"),
        ({"availability": "100.01"}, "availability"),
        ({"availability": "99.999"}, "availability"),
        ({"window": 999_999}, "window"),
        ({"rpoMinutes": 0}, "rpoMinutes"),
        ({"rtoMinutes": 60_000}, "rtoMinutes"),
        ({"matrix": {"hoog": {}}}, "matrix.middel"),
        ({"credits": [{"below": "99", "part": "1"}] * 7}, "credits"),
        ({"credits": [{"below": "0", "part": "1"}]}, "credits.0.below"),
        ({"reportDay": 29}, "reportDay"),
        ({"targets": []}, "targets"),
    ],
)
def test_a_service_level_that_cannot_be_is_refused(
    program: Program, given: dict[str, Any], name: str
) -> None:
    answer = publish(program, "Plus", a_level(**given))

    assert answer.status_code == 400
    assert name in {each["name"] for each in answer.json()["invalidParams"]}
    assert ServiceLevelVersion.objects.count() == 3


@pytest.mark.parametrize(
    ("change", "name"),
    [
        ({"priority": "P2"}, "targets"),
        ({"pausesForThirdParty": True}, "targets.0.pausesForThirdParty"),
        ({"calendar": 999_999}, "targets.0.calendar"),
        ({"responseMinutes": None}, "targets.0.responseMinutes"),
    ],
)
def test_a_target_that_cannot_be_is_refused(program: Program, change: dict[str, Any], name: str) -> None:
    body = deepcopy(a_level())
    body["targets"][0] |= change

    answer = publish(program, "Plus", body)

    assert answer.status_code == 400
    assert name in {each["name"] for each in answer.json()["invalidParams"]}


@pytest.mark.parametrize("minutes", [1, 59_999])
def test_the_bounds_themselves_are_taken(program: Program, minutes: int) -> None:
    assert publish(program, "Plus", a_level(rpoMinutes=minutes)).status_code == 201


# Whose -------------------------------------------------------------------------------------------


@pytest.mark.parametrize("name", ["Kantoortijden", "Plus"])
def test_what_another_organisation_promises_is_not_there(program: Program, name: str) -> None:
    stranger, path = key_of("afspraken:write", organisation=other_vendor()), path_of(name)
    etag = program.get(path).headers["ETag"]
    body = a_week() if name == "Kantoortijden" else a_level()

    assert stranger.get(path).status_code == stranger.get(f"{path}/versions").status_code == 404
    assert stranger.post(f"{path}/versions", body, If_Match=etag).status_code == 404
    assert stranger.get(path.rpartition("/")[0]).json()["count"] == 0


def test_a_service_level_counts_by_ones_own_calendar() -> None:
    stranger = key_of("afspraken:write", organisation=other_vendor())

    answer = stranger.post("/service-levels", {**a_level(), "name": "Van een ander"})

    assert answer.status_code == 400
    assert {each["name"] for each in answer.json()["invalidParams"]} >= {"window", "targets.0.calendar"}


def test_a_scope_to_read_publishes_nothing() -> None:
    reader = key_of("afspraken:read")

    assert publish(reader, "Plus", a_level()).status_code == 403
    assert reader.post("/calendars", {**a_week(), "name": XSS}).status_code == 403
