from datetime import date

import pytest

from api.catalogi.models import Statustype, Zaaktype
from tests.factories.catalogi import StatustypeFactory, ZaaktypeFactory

pytestmark = pytest.mark.usefixtures("in_haarlem")


def test_a_version_is_published_or_a_concept() -> None:
    concept, published = ZaaktypeFactory.create(), ZaaktypeFactory.create(published=True)

    assert list(Zaaktype.objects.concept()) == [concept]
    assert list(Zaaktype.objects.published()) == [published]


def test_a_statustype_is_as_published_as_its_zaaktype() -> None:
    concept, published = StatustypeFactory.create(), StatustypeFactory.create(zaaktype__published=True)

    assert list(Statustype.objects.concept()) == [concept]
    assert list(Statustype.objects.published()) == [published]


@pytest.mark.parametrize(
    ("day", "valid"),
    [
        (date(2023, 12, 31), False),
        (date(2024, 1, 1), True),
        (date(2024, 6, 30), True),
        (date(2024, 7, 1), False),
    ],
)
def test_a_version_is_valid_from_its_first_day_up_to_and_including_its_last(
    day: date, *, valid: bool
) -> None:
    StatustypeFactory.create(
        zaaktype__begin_geldigheid=date(2024, 1, 1), zaaktype__einde_geldigheid=date(2024, 6, 30)
    )

    assert Zaaktype.objects.valid_on(day).exists() is valid
    assert Statustype.objects.valid_on(day).exists() is valid


def test_a_version_without_an_end_stays_valid() -> None:
    ZaaktypeFactory.create(begin_geldigheid=date(2024, 1, 1), einde_geldigheid=None)

    assert Zaaktype.objects.valid_on(date(2099, 1, 1)).exists()
