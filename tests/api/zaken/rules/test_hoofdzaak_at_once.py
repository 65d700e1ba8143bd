"""zrc-013 with two connections: who writes at the same moment makes no deelzaak of a deelzaak either."""

from __future__ import annotations

from collections.abc import Callable, Iterator
from concurrent.futures import ThreadPoolExecutor
from threading import Barrier

import pytest
from django.db import connections

from api.zaken.models import Zaak
from tenants.registry.context import in_municipality
from tenants.registry.models import Municipality
from tests.api.client import ApiClient, Response, api_with_all_rights
from tests.api.zaken.conftest import ZAKEN, Catalogue, catalogue_of

ROUNDS = 20
PATIENCE_SECONDS = 30
Call = Callable[[], Response]


@pytest.fixture
def committed(committing: Municipality) -> Catalogue:
    """In tables that another connection sees."""
    return catalogue_of(committing)


@pytest.fixture
def api(committed: Catalogue) -> ApiClient:
    return api_with_all_rights(committed.municipality)


@pytest.fixture
def at_once(committed: Catalogue) -> Iterator[Callable[[Call, Call], list[int]]]:
    """Make two calls at the same moment, each over a connection of its own; their statuses, sorted."""
    start = Barrier(2)

    def called(call: Call) -> int:
        start.wait(PATIENCE_SECONDS)
        return int(call().status_code)

    with ThreadPoolExecutor(max_workers=2) as executor:

        def both(one: Call, other: Call) -> list[int]:
            waiting = [executor.submit(called, call) for call in (one, other)]
            return sorted(each.result(PATIENCE_SECONDS) for each in waiting)

        yield both

        def leave() -> None:
            start.wait(PATIENCE_SECONDS)
            connections.close_all()

        for each in [executor.submit(leave) for _ in range(2)]:
            each.result(PATIENCE_SECONDS)


def below(api: ApiClient, catalogue: Catalogue, zaak: Zaak, hoofdzaak: Zaak) -> Call:
    return lambda: api.patch(catalogue.url(zaak), {"hoofdzaak": catalogue.url(hoofdzaak)})


def too_low(catalogue: Catalogue) -> int:
    """How many zaken stand below one that stands below another."""
    with in_municipality(catalogue.municipality):
        return Zaak.objects.filter(hoofdzaak__hoofdzaak__isnull=False).count()


def test_two_zaken_are_not_each_others_hoofdzaak(
    committed: Catalogue, api: ApiClient, at_once: Callable[[Call, Call], list[int]]
) -> None:
    zaken = [(committed.new_zaak(), committed.new_zaak()) for _ in range(ROUNDS)]
    answers = [
        at_once(below(api, committed, one, other), below(api, committed, other, one)) for one, other in zaken
    ]
    assert answers == [[200, 400]] * ROUNDS
    assert too_low(committed) == 0


def test_a_hoofdzaak_does_not_get_one_while_it_becomes_one(
    committed: Catalogue, api: ApiClient, at_once: Callable[[Call, Call], list[int]]
) -> None:
    zaken = [tuple(committed.new_zaak() for _ in range(3)) for _ in range(ROUNDS)]
    answers = [
        at_once(below(api, committed, low, middle), below(api, committed, middle, high))
        for low, middle, high in zaken
    ]
    assert answers == [[200, 400]] * ROUNDS
    assert too_low(committed) == 0


def test_a_zaak_is_deleted_while_it_gets_a_deelzaak(
    committed: Catalogue, api: ApiClient, at_once: Callable[[Call, Call], list[int]]
) -> None:
    zaken = [committed.new_zaak() for _ in range(ROUNDS)]
    answers = [
        at_once(
            lambda zaak=zaak: api.delete(committed.url(zaak)),  # type: ignore[misc]
            lambda zaak=zaak: api.post(ZAKEN, committed.zaak(hoofdzaak=committed.url(zaak))),  # type: ignore[misc]
        )
        for zaak in zaken
    ]
    assert {status for both in answers for status in both} <= {201, 204, 400, 409}
    assert all(204 in both for both in answers)
