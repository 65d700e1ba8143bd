"""Concepts of last month: for whom, when, of which days, and with which numbers."""

from __future__ import annotations

from datetime import UTC, date, datetime, timedelta
from decimal import Decimal
from zoneinfo import ZoneInfo

import pytest

from backoffice.models import LogLine
from contracts.models import ContractCover
from service_reports.fixing import fix, to_fix
from service_reports.gathering import (
    agreed_in,
    availability_in,
    figures_of,
    is_in_time,
    month_before,
    planned_in,
    promise_of,
    window_of,
)
from service_reports.making import make_concept, to_make
from service_reports.models import Maintenance, Minutes, ServiceReport, State
from service_reports.snapshot import from_json
from tenants.registry.models import Municipality
from tests.service_reports.reports import (
    NOW,
    OCTOBER,
    level_of_service,
    make_maintenance,
    make_service_report,
    measured,
    signed_contract,
)

HERE = ZoneInfo("Europe/Amsterdam")
OCTOBER_STARTS = datetime(2026, 9, 30, 22, tzinfo=UTC)
HOURS_OF_OCTOBER = 31 * 24 + 1
THIRD = datetime(2026, 11, 3, 9, tzinfo=UTC)

pytestmark = pytest.mark.django_db


def at(text: str) -> datetime:
    return datetime.fromisoformat(text).replace(tzinfo=HERE)


# For whom, and when -----------------------------------------------------------------------------


@pytest.mark.parametrize(
    ("report_day", "day", "wanted"),
    [(3, 2, False), (3, 3, True), (3, 26, True), (1, 1, True), (28, 27, False), (28, 28, True)],
)
def test_from_the_report_day_of_the_level_on_a_concept_is_made(
    haarlem: Municipality, report_day: int, day: int, wanted: bool
) -> None:
    signed_contract(haarlem, start=date(2026, 1, 1), level=level_of_service(report_day=report_day))

    assert to_make(at(f"2026-11-{day:02} 00:00")) == ([haarlem.pk] if wanted else [])


def test_a_month_is_one_of_amsterdam(haarlem: Municipality) -> None:
    """At 23:30 in UTC on the second it is the third."""
    signed_contract(haarlem, start=date(2026, 1, 1))

    assert to_make(datetime(2026, 11, 2, 23, 30, tzinfo=UTC)) == [haarlem.pk]


def test_a_concept_is_made_once(haarlem: Municipality) -> None:
    signed_contract(haarlem, start=date(2026, 1, 1))

    made = make_concept(haarlem.pk, THIRD)

    assert made is not None
    assert (made.month, made.state, made.version) == (OCTOBER, State.CONCEPT, 1)
    assert make_concept(haarlem.pk, THIRD) is None
    assert to_make(THIRD) == []
    assert LogLine.objects.filter(action="serviceniveaurapport gemaakt", municipality="haarlem").count() == 1


def test_without_a_contract_there_is_no_report(haarlem: Municipality) -> None:
    assert to_make(THIRD) == []
    assert make_concept(haarlem.pk, THIRD) is None
    assert not ServiceReport.objects.exists()


@pytest.mark.parametrize(
    ("start", "end"), [(date(2026, 11, 1), date(2030, 1, 1)), (date(2026, 1, 1), date(2026, 9, 30))]
)
def test_a_contract_of_another_month_gives_none(haarlem: Municipality, start: date, end: date) -> None:
    signed_contract(haarlem, start=start, end=end)

    assert to_make(THIRD) == []
    assert agreed_in(haarlem.pk, OCTOBER) is None


@pytest.mark.parametrize(
    ("start", "end", "first", "last", "fee"),
    [
        (date(2026, 1, 1), date(2030, 1, 1), date(2026, 10, 1), date(2026, 10, 31), 10_000),
        (date(2026, 10, 1), date(2030, 1, 1), date(2026, 10, 1), date(2026, 10, 31), 10_000),
        (date(2026, 10, 17), date(2030, 1, 1), date(2026, 10, 17), date(2026, 10, 31), 4_839),
        (date(2026, 10, 31), date(2030, 1, 1), date(2026, 10, 31), date(2026, 10, 31), 323),
        (date(2026, 1, 1), date(2026, 10, 1), date(2026, 10, 1), date(2026, 10, 1), 323),
    ],
)
def test_a_report_is_of_the_days_that_the_contract_held(
    haarlem: Municipality, start: date, end: date, first: date, last: date, fee: int
) -> None:
    signed_contract(haarlem, start=start, end=end)

    agreed = agreed_in(haarlem.pk, OCTOBER)

    assert agreed is not None
    assert (agreed.period.first, agreed.period.last) == (first, last)
    assert promise_of(agreed).fee_cents == fee


def test_what_holds_once_is_no_part_of_the_fee(haarlem: Municipality) -> None:
    signed_contract(haarlem, start=date(2026, 1, 1))
    agreed = agreed_in(haarlem.pk, OCTOBER)

    assert agreed is not None
    assert promise_of(agreed).fee_cents == 120_000 // 12


def test_environments_in_production_share_the_fee(haarlem: Municipality, utrecht: Municipality) -> None:
    """Of one gemeente, that has no code of CBS."""
    Municipality.objects.filter(pk__in=[haarlem.pk, utrecht.pk]).update(cbs_code=None, naam="Samen")
    signed_contract(haarlem, utrecht, start=date(2026, 1, 1))

    for each in (haarlem, utrecht):
        agreed = agreed_in(each.pk, OCTOBER)
        assert agreed is not None
        assert promise_of(agreed).fee_cents == 5_000


def test_an_environment_beside_production_has_no_report_of_its_own(
    haarlem: Municipality, utrecht: Municipality
) -> None:
    Municipality.objects.filter(pk=utrecht.pk).update(cbs_code=haarlem.cbs_code, environment="acceptatie")
    utrecht.refresh_from_db()
    signed_contract(haarlem, utrecht, start=date(2026, 1, 1))

    assert ContractCover.objects.count() == 2
    assert agreed_in(utrecht.pk, OCTOBER) is None
    assert to_make(THIRD) == [haarlem.pk]  # and of the other nobody is asked every hour
    agreed = agreed_in(haarlem.pk, OCTOBER)
    assert agreed is not None
    assert promise_of(agreed).fee_cents == 10_000


@pytest.mark.parametrize(
    ("day", "month"),
    [
        (date(2027, 1, 3), date(2026, 12, 1)),
        (date(2026, 3, 31), date(2026, 2, 1)),
        (date(2026, 11, 1), OCTOBER),
    ],
)
def test_the_month_before(day: date, month: date) -> None:
    assert month_before(day) == month


# Which numbers ----------------------------------------------------------------------------------


def test_october_has_its_hour_more(haarlem: Municipality) -> None:
    signed_contract(haarlem, start=date(2026, 1, 1))
    measured(haarlem, OCTOBER_STARTS, HOURS_OF_OCTOBER)
    agreed = agreed_in(haarlem.pk, OCTOBER)
    assert agreed is not None

    found = availability_in(haarlem.pk, agreed)

    assert (found.up, found.down, found.gaps) == (HOURS_OF_OCTOBER * 60, 0, 0)
    assert found.is_proven


def test_minutes_of_another_month_or_municipality_do_not_count(
    haarlem: Municipality, utrecht: Municipality
) -> None:
    signed_contract(haarlem, start=date(2026, 1, 1))
    measured(haarlem, OCTOBER_STARTS - timedelta(hours=1), 1, "d" * 60)
    measured(haarlem, OCTOBER_STARTS + timedelta(hours=HOURS_OF_OCTOBER), 1, "d" * 60)
    measured(utrecht, OCTOBER_STARTS, 1, "d" * 60)
    agreed = agreed_in(haarlem.pk, OCTOBER)
    assert agreed is not None

    assert availability_in(haarlem.pk, agreed).down == 0


def test_down_time_within_the_calendar_gives_the_credit_of_the_contract(haarlem: Municipality) -> None:
    signed_contract(haarlem, start=date(2026, 1, 1), level=level_of_service(always=False))
    measured(haarlem, OCTOBER_STARTS, HOURS_OF_OCTOBER)
    with_outage = at("2026-10-05 10:00").astimezone(UTC)
    measured_again(haarlem, with_outage, 3, "d" * 60)
    agreed = agreed_in(haarlem.pk, OCTOBER)
    assert agreed is not None

    figures = figures_of(haarlem.pk, agreed)

    assert figures.availability.down == 180
    assert figures.availability.up == 22 * 11 * 60 - 180
    assert figures.credit.cents == 500
    assert figures.credit.step is not None
    assert figures.credit.step.below == Decimal("99.50")


def measured_again(municipality: Municipality, start: datetime, hours: int, letters: str) -> None:
    Minutes.objects.filter(
        municipality=municipality, hour__gte=start, hour__lt=start + timedelta(hours=hours)
    ).update(states=letters)


def test_a_calendar_that_changes_in_the_month_counts_by_its_versions(haarlem: Municipality) -> None:
    level = level_of_service(always=False)
    level.window.versions.create(
        number=2,
        effective_from=date(2026, 10, 15),
        reason="x",
        published_at=NOW,
        published_by="x",
        week=[[[480, 540]]] * 5 + [[], []],
    )
    signed_contract(haarlem, start=date(2026, 1, 1), level=level)
    agreed = agreed_in(haarlem.pk, OCTOBER)
    assert agreed is not None

    minutes = sum(each.length.total_seconds() / 60 for each in window_of(agreed.level.window, agreed.period))

    assert minutes == 10 * 11 * 60 + 12 * 60


# Maintenance ------------------------------------------------------------------------------------


@pytest.mark.parametrize(
    ("announced", "starts", "in_time"),
    [
        ("2026-11-02 10:00", "2026-11-10 00:00", True),  # five whole working days between
        ("2026-11-02 10:00", "2026-11-09 23:59", False),
        ("2026-11-02 00:30", "2026-11-10 00:00", True),  # 23:30 of the day before in UTC
        ("2026-04-24 12:00", "2026-05-05 00:00", True),  # the King's day is none of the five
        ("2026-04-24 12:00", "2026-05-04 23:59", False),
    ],
)
def test_maintenance_counts_as_planned_after_five_whole_working_days(
    haarlem: Municipality, announced: str, starts: str, in_time: bool
) -> None:
    made = make_maintenance(
        haarlem, announced_at=at(announced), starts_at=at(starts), ends_at=at(starts) + timedelta(hours=1)
    )

    assert is_in_time(made) is in_time


def test_what_was_called_off_or_announced_late_counts(haarlem: Municipality, utrecht: Municipality) -> None:
    signed_contract(haarlem, start=date(2026, 1, 1))
    agreed = agreed_in(haarlem.pk, OCTOBER)
    assert agreed is not None
    starts, early = at("2026-10-20 20:00"), at("2026-10-01 09:00")
    moments = {"starts_at": starts, "ends_at": starts + timedelta(hours=2)}
    make_maintenance(haarlem, **moments, announced_at=early, called_off_at=early)
    make_maintenance(haarlem, **moments, announced_at=at("2026-10-19 09:00"))
    make_maintenance(utrecht, **moments, announced_at=early)
    assert planned_in(haarlem.pk, agreed.period) == []

    make_maintenance(haarlem, **moments, announced_at=early)

    assert len(planned_in(haarlem.pk, agreed.period)) == 1
    assert Maintenance.objects.count() == 4


# Silence ----------------------------------------------------------------------------------------


def test_what_nobody_disputed_in_time_is_fixed(haarlem: Municipality) -> None:
    report = make_service_report(haarlem, state=State.GEDEELD)
    assert report.fixes_at is not None
    assert to_fix(report.fixes_at - timedelta(microseconds=1)) == []
    assert report.state_at(report.fixes_at - timedelta(microseconds=1)) is State.GEDEELD
    assert report.state_at(report.fixes_at) is State.VASTGESTELD

    later = report.fixes_at + timedelta(hours=1)
    assert to_fix(later) == [report.pk]
    assert fix(report.pk, later)
    assert not fix(report.pk, later)

    report.refresh_from_db()
    assert (report.state, report.fixed_at) == (State.VASTGESTELD, report.fixes_at)
    assert LogLine.objects.filter(action="serviceniveaurapport vastgesteld").count() == 1


def test_figures_of_a_concept_come_back(haarlem: Municipality) -> None:
    signed_contract(haarlem, start=date(2026, 1, 1))
    measured(haarlem, OCTOBER_STARTS, 10)

    made = make_concept(haarlem.pk, THIRD)

    assert made is not None
    figures = from_json(made.figures)
    assert figures.availability.up == 600
    assert not figures.availability.is_proven
