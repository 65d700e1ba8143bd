"""Of two writes that wait for each other PostgreSQL ends one, and that one begins again."""

from __future__ import annotations

from collections.abc import Iterator
from concurrent.futures import Future, ThreadPoolExecutor, wait
from dataclasses import replace
from typing import Any

import pytest
from django.db import OperationalError, connection, connections, transaction
from psycopg2 import errors

from api.pipeline.commit.entry import ATTEMPTS
from api.pipeline.declare.write import Write
from api.pipeline.words import registry
from api.zaken.models import Resultaat, Zaak
from api.zaken.resources.resultaat import ResultaatResource
from tenants.registry.context import in_municipality
from tenants.registry.models import Municipality
from tests.api.client import ApiClient, Response, api_with_all_rights
from tests.factories.zaken import ResultaatFactory

PATIENCE_SECONDS = 10
SOMEBODY_WAITS = "SELECT FROM pg_locks WHERE NOT granted AND pg_backend_pid() = ANY (pg_blocking_pids(pid))"
CHANGE = {"toelichting": "anders"}


@pytest.fixture
def api(committing: Municipality) -> ApiClient:
    """Of Haarlem, outside any transaction."""
    return api_with_all_rights(committing)


@pytest.fixture
def resultaat(api: ApiClient) -> Resultaat:
    with in_municipality(api.municipality):
        return ResultaatFactory.create()


@pytest.fixture
def url(resultaat: Resultaat) -> str:
    stored: str = registry.resource_for(Resultaat).path_of(resultaat)
    return stored


@pytest.fixture
def elsewhere() -> Iterator[ThreadPoolExecutor]:
    """A second connection."""
    with ThreadPoolExecutor(max_workers=1) as executor:
        yield executor
        executor.submit(connections.close_all).result()


class Crossing:
    """An effect before saving that fails as a deadlock does, so many times."""

    def __init__(self, times: int) -> None:
        self.times = times
        self.seen: list[dict[str, Any]] = []

    def __call__(self, write: Write) -> None:
        self.seen.append(dict(write.data))
        write.data["toelichting"] += " en meer"
        if len(self.seen) <= self.times:
            cause = errors.DeadlockDetected()
            cause.__setstate__({"pgcode": "40P01"})
            raise OperationalError from cause


def crossing(monkeypatch: pytest.MonkeyPatch, times: int) -> Crossing:
    crossed = Crossing(times)
    operation = replace(ResultaatResource.operations["partial_update"], prepare=(crossed,))
    monkeypatch.setitem(ResultaatResource.operations, "partial_update", operation)
    return crossed


def wait_until_blocked(request: Future[Response]) -> None:
    with connection.cursor() as cursor:
        for _ in range(PATIENCE_SECONDS * 100):
            cursor.execute(SOMEBODY_WAITS)
            if cursor.rowcount or wait([request], timeout=0.01).done:
                return
    raise AssertionError("The other connection neither waited nor answered.")


def test_who_loses_a_deadlock_is_answered_after_the_other(
    api: ApiClient, resultaat: Resultaat, url: str, elsewhere: ThreadPoolExecutor
) -> None:
    with in_municipality(api.municipality), transaction.atomic():
        Zaak.objects.select_for_update().get()
        request = elsewhere.submit(api.patch, url, CHANGE)
        wait_until_blocked(request)
        Resultaat.objects.select_for_update().get()
        Resultaat.objects.update(toelichting="eerst")
    assert request.result(timeout=PATIENCE_SECONDS).json()["toelichting"] == "anders"
    trail = api.get(f"/zaken/api/v1/zaken/{resultaat.zaak_id}/audittrail").json()
    assert [line["wijzigingen"]["oud"]["toelichting"] for line in trail] == ["eerst"]


def test_it_begins_again_from_what_the_client_gave(
    api: ApiClient, url: str, monkeypatch: pytest.MonkeyPatch
) -> None:
    crossed = crossing(monkeypatch, ATTEMPTS - 1)
    answer = api.patch(url, CHANGE)
    assert (answer.status_code, answer.json()["toelichting"]) == (200, "anders en meer")
    assert crossed.seen == [CHANGE] * ATTEMPTS


def test_who_loses_each_time_gets_409_and_has_written_nothing(
    api: ApiClient, url: str, monkeypatch: pytest.MonkeyPatch
) -> None:
    crossed = crossing(monkeypatch, ATTEMPTS)
    answer = api.patch(url, CHANGE)
    assert (answer.status_code, answer.json()["code"]) == (409, "conflict")
    assert len(crossed.seen) == ATTEMPTS
    assert api.get(url).json()["toelichting"] == ""


def test_within_a_transaction_of_the_caller_nothing_is_tried_again(
    api: ApiClient, url: str, monkeypatch: pytest.MonkeyPatch
) -> None:
    crossed = crossing(monkeypatch, 1)
    with transaction.atomic():
        answer = api.patch(url, CHANGE)
    assert (answer.status_code, len(crossed.seen)) == (409, 1)
