from datetime import date

import pytest

from api.catalogi.models import Zaaktype
from api.pipeline.validate.fields import day_after, is_duration, is_no_time
from tenants.registry.models import Municipality
from tests.factories.catalogi import ZaaktypeFactory


@pytest.mark.parametrize("value", ["P1Y2M", "P30D", "P6W", "PT4H", "P1DT12H30M", "PT0.5S", "P0D"])
def test_durations_of_iso_8601_are_durations(value: str) -> None:
    assert is_duration(value)


@pytest.mark.parametrize(
    "value",
    ["", "P", "PT", "P1", "1Y", "P1M1Y", "-P1D", "P-1D", "P1W1D", "P1YT", "P1H", "P9999999D", "P1D\n", "P١D"],
)
def test_anything_else_is_no_duration(value: str) -> None:
    assert not is_duration(value)


@pytest.mark.parametrize(
    ("begin", "duration", "day"),
    [
        (date(2026, 1, 31), "P1M", date(2026, 2, 28)),
        (date(2024, 2, 29), "P1Y", date(2025, 2, 28)),
        (date(2025, 11, 30), "P1Y2M", date(2027, 1, 30)),
        (date(2026, 12, 31), "P1D", date(2027, 1, 1)),
        (date(2026, 1, 1), "P6W", date(2026, 2, 12)),
        (date(2026, 1, 1), "P14D", date(2026, 1, 15)),
        (date(2026, 1, 1), "PT36H", date(2026, 1, 2)),
        (date(2026, 1, 1), "PT0.5S", date(2026, 1, 1)),
        (date(2026, 1, 1), "P0D", date(2026, 1, 1)),
    ],
)
def test_a_duration_leads_to_a_day_of_the_calendar(begin: date, duration: str, day: date) -> None:
    assert day_after(begin, duration) == day


@pytest.mark.parametrize("duration", ["P7974Y", "P95688M", "P999999Y"])
def test_no_day_is_past_the_last(duration: str) -> None:
    with pytest.raises(OverflowError):
        day_after(date(2026, 12, 31), duration)


@pytest.mark.parametrize("duration", ["P1D", "P1M", "PT24H"])
def test_nor_is_one_after_it(duration: str) -> None:
    with pytest.raises(OverflowError):
        day_after(date(9999, 12, 31), duration)


@pytest.mark.parametrize(("value", "none"), [("P0D", True), ("PT0S", True), ("P10D", False), (None, False)])
def test_no_time_is_a_duration_of_nothing(value: str | None, none: bool) -> None:
    assert is_no_time(value) is none


@pytest.fixture
def zaaktype(in_haarlem: Municipality) -> Zaaktype:
    return ZaaktypeFactory.create()


@pytest.mark.parametrize(
    ("written", "read"),
    [
        ("P1Y2M", "P1Y2M"),
        ("P14M", "P1Y2M"),
        ("P2W", "P14D"),
        ("P30D", "P30D"),
        ("PT36H", "PT36H"),
        ("P0D", "PT0S"),
    ],
)
def test_a_duration_comes_back_normalised_with_months_as_months(
    zaaktype: Zaaktype, written: str, read: str
) -> None:
    Zaaktype.objects.filter(pk=zaaktype.pk).update(servicenorm=written)

    zaaktype.refresh_from_db()

    assert zaaktype.servicenorm == read


def test_no_duration_stays_none(zaaktype: Zaaktype) -> None:
    assert Zaaktype.objects.values_list("servicenorm", flat=True).get(pk=zaaktype.pk) is None


def test_durations_compare_in_the_database(zaaktype: Zaaktype) -> None:
    assert Zaaktype.objects.filter(pk=zaaktype.pk, doorlooptijd="P30D").exists()
