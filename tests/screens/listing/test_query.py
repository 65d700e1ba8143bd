from __future__ import annotations

from urllib.parse import urlencode

import pytest
from django.http import QueryDict

from screens.listing.query import changed, whole


def test_a_change_keeps_the_rest_and_returns_to_the_first_page() -> None:
    assert changed(QueryDict("q=a%26b&sort=naam&page=3&export=csv"), sort="-naam") == "?q=a%26b&sort=-naam"


def test_a_parameter_can_be_taken_away() -> None:
    assert changed(QueryDict("q=a&staat=actief"), staat=None) == "?q=a"


@pytest.mark.parametrize(
    ("given", "read"),
    [("7", 7), ("", 1), ("0", 1), ("-3", 1), ("1.5", 1), ("x", 1), ("٣", 3), ("9" * 400, 1)],
)
def test_only_a_positive_number_is_read(given: str, read: int) -> None:
    assert whole(QueryDict(urlencode({"page": given})), "page", 1) == read
