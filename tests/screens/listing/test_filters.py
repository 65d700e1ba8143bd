from __future__ import annotations

from datetime import UTC, date, datetime

import pytest
from django.db.models import Q

from api.selectielijst.models import GeladenVersie
from screens.listing.filters import Part, Since, midnight


def test_a_day_begins_at_midnight_in_amsterdam() -> None:
    assert midnight(date(2026, 11, 25)).astimezone(UTC) == datetime(2026, 11, 24, 23, 0, tzinfo=UTC)


@pytest.mark.parametrize(
    ("moment", "since", "until"),
    [
        (datetime(2026, 11, 24, 22, 59, tzinfo=UTC), False, True),
        (datetime(2026, 11, 24, 23, 0, tzinfo=UTC), True, True),
        (datetime(2026, 11, 25, 22, 59, tzinfo=UTC), True, True),
        (datetime(2026, 11, 25, 23, 30, tzinfo=UTC), True, False),
    ],
)
def test_since_and_until_include_their_day(db: None, moment: datetime, since: bool, until: bool) -> None:
    GeladenVersie.objects.update(geladen_op=moment)
    day, loaded = date(2026, 11, 25), GeladenVersie.objects.all()

    assert Since("van", "Van", "geladen_op").narrow(loaded, "van", day).exists() is since
    assert Since("tot", "Tot", "geladen_op", until=True).narrow(loaded, "tot", day).exists() is until


def test_a_part_of_a_list_is_chosen_by_its_name(db: None) -> None:
    part = Part("deel", "Deel", [("a", "A", Q(pk=0)), ("b", "B", ~Q(pk=0))])
    loaded = GeladenVersie.objects.all()

    assert not part.narrow(loaded, "deel", "a").exists()
    assert part.narrow(loaded, "deel", "b").count() == loaded.count()
    assert [value for value, _words in part.build().field.choices][1:] == ["a", "b"]
