"""Which incidents concerned a municipality, and when: what a report counts."""

from __future__ import annotations

from datetime import datetime, timedelta
from typing import Any

import pytest

from incidents.concerning import concerning, during, our_running
from incidents.models import OVER, RUNNING, Concerned, Incident, State
from tenants.registry.context import in_municipality
from tenants.registry.models import Municipality
from tests.incidents.broken import NOW, make_incident

BEGIN, END = NOW, NOW + timedelta(days=1)
TICK = timedelta(microseconds=1)


def ran(haarlem: Municipality, start: datetime, end: datetime | None) -> Incident:
    begun: dict[str, Any] = {"started_at": start, "detected_at": start}
    if end is None:
        return make_incident(haarlem, **begun)
    return make_incident(haarlem, state=State.OPGELOST, resolved_at=end, **begun)


@pytest.mark.parametrize(
    ("start", "end", "counts"),
    [
        (BEGIN - TICK, BEGIN, False),
        (BEGIN - TICK, BEGIN + TICK, True),
        (END - TICK, END, True),
        (END, END + TICK, False),
        (BEGIN - TICK, None, True),
        (END, None, False),
        (BEGIN - timedelta(days=9), END + timedelta(days=9), True),
    ],
)
def test_an_incident_ran_in_a_time_if_only_for_a_moment(
    haarlem: Municipality, start: datetime, end: datetime | None, counts: bool
) -> None:
    incident = ran(haarlem, start, end)

    assert list(during(haarlem, BEGIN, END)) == [incident] * counts


def test_a_false_alarm_never_ran(haarlem: Municipality) -> None:
    make_incident(haarlem, state=State.VALS_ALARM)

    assert not during(haarlem, BEGIN - timedelta(days=1), END).exists()
    assert concerning(haarlem).count() == 1


def test_of_a_neighbour_nothing_counts(haarlem: Municipality, utrecht: Municipality) -> None:
    make_incident(haarlem)

    assert not concerning(utrecht).exists()
    assert not during(utrecht, BEGIN - timedelta(days=1), END).exists()


@pytest.mark.parametrize(("until", "counts"), [(BEGIN, False), (BEGIN + TICK, True)])
def test_it_counts_as_long_as_it_concerned_the_municipality(
    haarlem: Municipality, until: datetime, counts: bool
) -> None:
    make_incident(haarlem)
    Concerned.objects.update(until=until)

    assert during(haarlem, BEGIN, END).exists() is counts


@pytest.mark.parametrize("state", State)
def test_what_runs_is_what_is_not_over(haarlem: Municipality, state: State) -> None:
    make_incident(haarlem, state=state)

    with in_municipality(haarlem):
        assert our_running().exists() is (state in RUNNING)
    assert (state in RUNNING) is (state not in OVER)


@pytest.mark.parametrize(("moment", "late"), [(-TICK, False), (TICK * 0, True), (TICK, True)])
def test_a_promised_update_is_late_from_its_moment_on(
    haarlem: Municipality, moment: timedelta, late: bool
) -> None:
    incident = make_incident(haarlem, next_update_at=NOW)

    assert incident.is_overdue(NOW + moment) is late
    assert Incident.objects.overdue(NOW + moment).exists() is late
