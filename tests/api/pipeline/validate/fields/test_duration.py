import pytest

from api.catalogi.models import Zaaktype
from api.pipeline.validate.fields import is_duration
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
