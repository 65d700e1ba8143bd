"""Numbers that go on past those that somebody took by hand."""

from __future__ import annotations

from collections.abc import Collection

import pytest

from api.zaken.models import IdentificatieTeller
from tenants.registry.models import Municipality

pytestmark = pytest.mark.django_db


@pytest.fixture(autouse=True)
def inside(in_haarlem: Municipality) -> None:
    """The counters are those of Haarlem."""


class Taken:
    """Numbers that are taken, and how often that was asked."""

    def __init__(self, *numbers: int) -> None:
        self.numbers = {str(number) for number in numbers}
        self.asked = 0

    def among(self, numbers: Collection[str]) -> Collection[str]:
        self.asked += 1
        return self.numbers & set(numbers)

    def next_free(self, count: int = 1) -> list[str]:
        return IdentificatieTeller.objects.next_free(
            "zaak", "517439943", 2026, count=count, written=str, taken=self.among
        )


def test_they_follow_each_other() -> None:
    taken = Taken()

    assert [taken.next_free(), taken.next_free(3), taken.next_free()] == [["1"], ["2", "3", "4"], ["5"]]
    assert taken.asked == 3


def test_what_is_taken_is_passed_over_and_nothing_else() -> None:
    taken = Taken(2, 4, 7)

    assert [taken.next_free(3), taken.next_free(), taken.next_free()] == [["1", "3", "5"], ["6"], ["8"]]


def test_many_that_are_taken_are_passed_over_in_few_questions() -> None:
    taken = Taken(*range(1, 3001))

    assert taken.next_free() == ["3001"]
    assert taken.asked == 12
    assert taken.next_free() == ["3002"]
    assert taken.asked == 13
