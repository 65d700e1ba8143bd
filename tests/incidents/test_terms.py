"""The terms of the law: from when, until when, and for whom."""

from __future__ import annotations

from datetime import UTC, datetime, timedelta

import pytest
from django.utils import timezone

from incidents.models import Concerned, Incident, Nature
from incidents.terms import ends_of, known_to, month_after, table_of_terms
from tests.incidents.broken import NOW

HOUR = timedelta(hours=1)
TICK = timedelta(microseconds=1)


def incident(nature: Nature, since: datetime | None) -> Incident:
    return Incident(nature=nature, nature_since=since)


def test_a_storing_has_none() -> None:
    assert table_of_terms(incident(Nature.STORING, None), None, NOW) is None
    assert known_to(incident(Nature.STORING, None)) is None


def test_of_a_datalek_the_municipality_has_72_hours() -> None:
    ends = [(str(rule.law), end - NOW) for rule, end in ends_of(incident(Nature.DATALEK, NOW), NOW)]

    assert ends[:3] == [("AVG, 72 uur", 72 * HOUR), ("Cbw, 24 uur", 24 * HOUR), ("Cbw, 72 uur", 72 * HOUR)]
    assert len(ends) == 4


def test_of_another_incident_of_security_the_cbw_alone_asks() -> None:
    laws = [str(rule.law) for rule, _ in ends_of(incident(Nature.BEVEILIGING, NOW), NOW)]

    assert laws == ["Cbw, 24 uur", "Cbw, 72 uur", "Cbw, een maand"]


@pytest.mark.parametrize(("since", "known"), [(NOW - HOUR, NOW), (NOW, NOW), (NOW + HOUR, NOW + HOUR)])
def test_a_municipality_knows_once_it_was_told(since: datetime, known: datetime) -> None:
    """Of what it is told later it knows later; what was found before it was told counts from then."""
    part = Concerned(since=NOW)

    assert known_to(incident(Nature.DATALEK, since), part) == known
    assert known_to(incident(Nature.DATALEK, since)) == since


@pytest.mark.parametrize(
    ("moment", "end"),
    [
        ("2026-11-26T09:00", "2026-12-26T09:00"),
        ("2026-12-15T09:00", "2027-01-15T09:00"),
        ("2027-01-31T09:00", "2027-02-28T09:00"),
        ("2028-01-31T09:00", "2028-02-29T09:00"),
        ("2026-10-10T12:00", "2026-11-10T12:00"),
    ],
)
def test_a_month_ends_at_the_same_time_of_the_day(moment: str, end: str) -> None:
    zone = timezone.get_default_timezone()
    began = datetime.fromisoformat(moment).replace(tzinfo=zone)

    assert month_after(began) == datetime.fromisoformat(end).replace(tzinfo=zone)


def test_the_day_is_that_of_amsterdam() -> None:
    late = datetime(2026, 11, 30, 23, 30, tzinfo=UTC)

    assert timezone.localtime(month_after(late)).isoformat() == "2027-01-01T00:30:00+01:00"


@pytest.mark.parametrize(("moment", "past"), [(-TICK, False), (TICK * 0, True), (TICK, True)])
def test_what_is_past_is_not_called_late(moment: timedelta, past: bool) -> None:
    table = table_of_terms(incident(Nature.BEVEILIGING, NOW), NOW, NOW + 24 * HOUR + moment)

    assert table is not None
    assert ["voorbij" in row.cells[3].value for row in table.rows] == [past, False, False]
    assert not any("te laat" in row.cells[3].value for row in table.rows)
