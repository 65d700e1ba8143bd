"""A connection that was in many municipalities ends, at a moment at which nobody waits for it."""

from __future__ import annotations

from collections.abc import Iterator
from typing import Any

import pytest
from django.core.signals import request_finished
from django.db import transaction
from pytest_django import Settings

from tenants.registry.connection import connection
from tenants.registry.context import for_each_municipality, in_municipality
from tenants.registry.models import Municipality
from tenants.registry.postgresql.visits import Visits
from tests.api.client import api_with_all_rights
from tests.conftest import Connected, municipality
from tests.factories.catalogi import ZaaktypeFactory
from tests.proxy import Proxy

BOTH = ("haarlem", "utrecht")


@pytest.fixture
def of_one(app_connection: Connected, settings: Settings) -> Iterator[None]:
    """Two are more than enough."""
    settings.DATABASE_MOST_VISITED = 1
    with app_connection():
        yield


def ask(query: str) -> Any:
    with connection.cursor() as cursor:
        cursor.execute(query)
        return cursor.fetchone()[0]


def visit(*schemas: str) -> int:
    """The process of the server that served the last of them."""
    for schema in schemas:
        with in_municipality(municipality(schema)):
            pid: int = ask("SELECT pg_backend_pid()")
    return pid


def end_of_request() -> None:
    """As Django says it when an answer has left; its test client does not."""
    request_finished.send(sender=test_after_the_answer_a_new_connection_stands_ready)


def test_after_the_answer_a_new_connection_stands_ready(of_one: None) -> None:
    before = visit(*BOTH)
    end_of_request()

    assert connection.connection.info.backend_pid != before


def test_until_the_answer_has_left_nothing_is_replaced(of_one: None) -> None:
    assert visit("haarlem") == visit("utrecht")


def test_with_as_many_as_it_may_visit_a_connection_goes_on(of_one: None) -> None:
    before = visit("haarlem")
    end_of_request()

    assert visit("haarlem") == before


def test_the_same_municipality_counts_once(of_one: None) -> None:
    before = visit("haarlem", "haarlem")
    end_of_request()

    assert visit("haarlem") == before


def test_nothing_of_the_former_stays(of_one: None) -> None:
    visit(*BOTH)
    ask("SELECT set_config('application_name', 'former', false)")
    end_of_request()

    assert ask("SELECT current_setting('application_name')") != "former"
    assert ask("SELECT current_schema || ' ' || current_user").startswith("public ")


def test_texts_that_were_prepared_are_prepared_again(committing: Municipality, of_one: None) -> None:
    api = api_with_all_rights(committing)
    with in_municipality(committing):
        zaaktype = ZaaktypeFactory.create()
    path = f"/catalogi/api/v1/zaaktypen/{zaaktype.pk}"
    assert api.get(path).status_code == 200
    assert ask("SELECT count(*) FROM pg_prepared_statements") == 1
    visit("utrecht")
    end_of_request()

    assert ask("SELECT count(*) FROM pg_prepared_statements") == 0
    assert api.get(path).status_code == 200


def test_within_a_transaction_the_connection_stays(of_one: None) -> None:
    with transaction.atomic():
        before = visit(*BOTH)
        connection.end_where_visited_enough()
        assert visit("haarlem") == before


def test_whoever_goes_round_them_all_has_a_new_one_underway(of_one: None) -> None:
    first, second = [
        {ask("SELECT pg_backend_pid()") for _ in for_each_municipality()} for _ in range(len(BOTH))
    ]

    assert first.isdisjoint(second)


def test_where_none_is_to_be_had_the_end_of_a_request_is_no_failure(
    proxied: Proxy, settings: Settings
) -> None:
    settings.DATABASE_MOST_VISITED = 1
    visit(*BOTH)
    with proxied.away():
        end_of_request()
        assert connection.connection is None
    assert visit("haarlem")


def test_connections_do_not_all_end_at_the_same_number() -> None:
    assert {number_of_visits(most=100) for _ in range(200)} <= {*range(76, 102)}
    assert len({number_of_visits(most=100) for _ in range(200)}) > 10


def number_of_visits(*, most: int) -> int:
    """With which a connection has been in enough."""
    visits = Visits(most)
    for number in range(most + 1):
        visits.add(str(number))
        if visits.are_enough:
            return number + 1
    raise AssertionError
