"""A list narrowed by a moment, tried on the moment at which a status was set."""

from __future__ import annotations

from collections.abc import Callable
from datetime import UTC, datetime
from typing import Any
from urllib.parse import urlencode

import pytest

from api.pipeline.validate.filters import Moment
from api.pipeline.words import registry
from api.zaken.models import Status
from tenants.registry.context import in_municipality
from tenants.registry.models import Municipality
from tests.api.client import ApiClient, Response
from tests.api.modes import answering
from tests.factories.zaken import StatusFactory

Ask = Callable[..., Response]

NOON = datetime(2026, 1, 5, 12, 0, tzinfo=UTC)
LATE = datetime(2026, 1, 5, 23, 30, tzinfo=UTC)
"""In Amsterdam it is half past midnight of the 6th."""


@pytest.fixture
def ask(haarlem_api: ApiClient, monkeypatch: pytest.MonkeyPatch) -> Ask:
    """The list of statussen, with a filter for each comparison."""
    statussen = registry.resource_for(Status)
    filters: Any = statussen.operations["list"].filters
    monkeypatch.setitem(filters, "datumStatusGezet", Moment("datum_status_gezet"))
    for lookup in ("gt", "gte", "lt", "lte"):
        monkeypatch.setitem(filters, f"datumStatusGezet__{lookup}", Moment("datum_status_gezet", lookup))

    def asked(**query: str) -> Response:
        return haarlem_api.get(f"{statussen.root()}?{urlencode(query)}")

    return asked


@pytest.fixture
def set_at(haarlem: Municipality) -> Callable[[datetime], None]:
    def made(moment: datetime) -> None:
        with in_municipality(haarlem):
            StatusFactory.create(datum_status_gezet=moment)

    return made


def count(answer: Response) -> int:
    assert answer.status_code == 200, answer.content
    return int(answer.json()["count"])


@pytest.mark.parametrize(
    ("name", "found"),
    [
        ("datumStatusGezet", 1),
        ("datumStatusGezet__gte", 1),
        ("datumStatusGezet__lte", 1),
        ("datumStatusGezet__gt", 0),
        ("datumStatusGezet__lt", 0),
    ],
)
def test_at_the_moment_itself(ask: Ask, set_at: Any, name: str, found: int) -> None:
    set_at(NOON)
    assert count(ask(**{name: "2026-01-05T12:00:00Z"})) == found


def test_a_second_makes_the_difference(ask: Ask, set_at: Any) -> None:
    set_at(NOON)
    assert count(ask(datumStatusGezet__gt="2026-01-05T11:59:59Z")) == 1
    assert count(ask(datumStatusGezet="2026-01-05T12:00:01Z")) == 0


def test_an_offset_names_the_same_moment(ask: Ask, set_at: Any) -> None:
    set_at(NOON)
    assert count(ask(datumStatusGezet="2026-01-05T14:00:00+02:00")) == 1
    assert count(ask(datumStatusGezet="2026-01-05T12:00:00+02:00")) == 0


def test_without_an_offset_it_is_one_in_amsterdam(ask: Ask, set_at: Any) -> None:
    set_at(NOON)
    assert count(ask(datumStatusGezet="2026-01-05T13:00:00")) == 1
    assert count(ask(datumStatusGezet="2026-01-05T12:00:00")) == 0


def test_a_plus_that_was_not_escaped_is_read_as_one(ask: Ask, set_at: Any, haarlem_api: ApiClient) -> None:
    set_at(NOON)
    for moment in ("2026-01-05T13:00:00 01:00", "2026-01-05T13:00:00.000000 01:00", "2026-01-05T13:00 01:00"):
        assert count(ask(datumStatusGezet=moment)) == 1
        with answering(haarlem_api, compatible=False):
            assert ask(datumStatusGezet=moment).status_code == 400


def test_a_bare_day_is_its_beginning_in_amsterdam(ask: Ask, set_at: Any, haarlem_api: ApiClient) -> None:
    set_at(LATE)
    assert count(ask(datumStatusGezet__gte="2026-01-06")) == 1
    assert count(ask(datumStatusGezet__gte="2026-01-07")) == 0
    with answering(haarlem_api, compatible=False):
        assert ask(datumStatusGezet__gte="2026-01-06").status_code == 400


def test_half_past_eleven_in_utc_is_the_next_day_in_amsterdam(ask: Ask, set_at: Any) -> None:
    set_at(LATE)
    assert count(ask(datumStatusGezet="2026-01-06T00:30:00")) == 1
    assert count(ask(datumStatusGezet__gte="2026-01-06T00:00:00")) == 1
    assert count(ask(datumStatusGezet__gte="2026-01-06T00:00:00Z")) == 0


def test_in_summer_amsterdam_is_two_hours_ahead(ask: Ask, set_at: Any) -> None:
    set_at(datetime(2026, 7, 5, 12, 0, tzinfo=UTC))
    assert count(ask(datumStatusGezet="2026-07-05T14:00:00")) == 1


@pytest.mark.parametrize(
    "value", ["gisteren", "2026-02-30T12:00:00Z", "2026-01-05T25:00:00Z", "1767614400", "12:00"]
)
def test_what_is_no_moment_is_refused(ask: Ask, value: str) -> None:
    answer = ask(datumStatusGezet__gt=value)

    assert answer.status_code == 400
    (violation,) = answer.json()["invalidParams"]
    assert (violation["name"], violation["code"]) == ("datumStatusGezet__gt", "invalid")


def test_a_moment_that_utc_does_not_have_is_refused(ask: Ask) -> None:
    assert ask(datumStatusGezet__gt="0001-01-01T00:00:00").status_code == 400


def test_the_document_says_that_it_is_a_moment() -> None:
    assert Moment("datum_status_gezet").schema == {"type": "string", "format": "date-time"}


def test_a_blank_before_the_time_stays_one(ask: Ask, set_at: Any) -> None:
    set_at(NOON)
    assert count(ask(datumStatusGezet="2026-01-05 13:00")) == 1
