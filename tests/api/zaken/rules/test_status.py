"""When a status may be set (x-zrc-b2)."""

from __future__ import annotations

from datetime import UTC, date, datetime, timedelta

import pytest

from api.clients.client import NOBODY
from api.pipeline.declare.write import Write
from api.pipeline.words.caller import Caller
from api.zaken.models import Zaak
from api.zaken.resources.status import StatusResource
from api.zaken.rules.status import LEEWAY, set_on_or_after_startdatum
from tenants.registry.models import Municipality

NOW = datetime(2026, 1, 15, 23, 30, tzinfo=UTC)
MOMENT = timedelta(microseconds=1)


def codes(moment: datetime, startdatum: date) -> list[str]:
    caller = Caller(NOBODY, Municipality(open_zaak_compatibility=False), NOW, "http://haarlem.localhost")
    data = {"zaak": Zaak(startdatum=startdatum), "datum_status_gezet": moment}
    return [each.code for each in set_on_or_after_startdatum(Write(StatusResource, "create", caller, data))]


@pytest.mark.parametrize(
    ("moment", "expected"),
    [(NOW, []), (NOW + LEEWAY, []), (NOW + LEEWAY + MOMENT, ["date-in-future"])],
)
def test_clocks_may_differ_by_the_leeway(moment: datetime, expected: list[str]) -> None:
    assert codes(moment, date(2026, 1, 1)) == expected


@pytest.mark.parametrize(
    ("moment", "expected"),
    [
        (datetime(2026, 1, 14, 23, tzinfo=UTC), []),
        (datetime(2026, 1, 14, 23, tzinfo=UTC) - MOMENT, ["invalid"]),
    ],
)
def test_a_day_begins_at_midnight_in_amsterdam(moment: datetime, expected: list[str]) -> None:
    assert codes(moment, date(2026, 1, 15)) == expected


@pytest.mark.parametrize(
    ("moment", "expected"),
    [
        (datetime(2025, 7, 14, 22, tzinfo=UTC), []),
        (datetime(2025, 7, 14, 22, tzinfo=UTC) - MOMENT, ["invalid"]),
    ],
)
def test_in_summer_that_is_an_hour_earlier(moment: datetime, expected: list[str]) -> None:
    assert codes(moment, date(2025, 7, 15)) == expected
