"""Of two writes that wait for each other PostgreSQL ends one, and that one begins again."""

from __future__ import annotations

from collections.abc import Callable, Iterator
from concurrent.futures import Future, ThreadPoolExecutor, wait
from contextlib import contextmanager, suppress
from dataclasses import dataclass, replace
from datetime import date
from functools import partial
from typing import Any

import pytest
from django.db import OperationalError, connection, connections, transaction
from psycopg2 import errors

from api.catalogi.models import Zaaktype
from api.pipeline.commit.entry import ATTEMPTS
from api.pipeline.declare.write import Write
from api.pipeline.words import registry
from api.zaken.models import Resultaat, Zaak
from api.zaken.resources.resultaat import ResultaatResource
from tenants.registry.context import in_municipality
from tenants.registry.models import Municipality
from tenants.registry.postgresql.outages import is_crossed
from tests.api.client import ApiClient, Response, api_with_all_rights
from tests.factories.catalogi import ZaaktypeFactory
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
            raise deadlock()


def deadlock() -> OperationalError:
    error, cause = OperationalError(), errors.DeadlockDetected()
    cause.__setstate__({"pgcode": "40P01"})
    error.__cause__ = cause
    return error


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


def until_the_other_loses(cross: Callable[[], Future[Response]]) -> Future[Response]:
    """PostgreSQL ends who looks first; where we were slow to wait, that is us."""
    for _ in range(PATIENCE_SECONDS):
        try:
            return cross()
        except OperationalError as error:
            if not is_crossed(error):
                raise
    raise AssertionError("The other one never lost.")


def test_who_loses_a_deadlock_is_answered_after_the_other(
    api: ApiClient, resultaat: Resultaat, url: str, elsewhere: ThreadPoolExecutor
) -> None:
    def cross() -> Future[Response]:
        with in_municipality(api.municipality), transaction.atomic():
            Zaak.objects.select_for_update().get()
            request = elsewhere.submit(api.patch, url, CHANGE)
            asked.append(request)
            wait_until_blocked(request)
            Resultaat.objects.select_for_update().get()
            Resultaat.objects.update(toelichting="eerst")
        return request

    asked: list[Future[Response]] = []
    request = until_the_other_loses(cross)
    assert request.result(timeout=PATIENCE_SECONDS).json()["toelichting"] == "anders"
    wait(asked, timeout=PATIENCE_SECONDS)  # of those before it, which won, one may still be on its way
    trail = api.get(f"/zaken/api/v1/zaken/{resultaat.zaak_id}/audittrail").json()
    assert "eerst" in [each["wijzigingen"]["oud"]["toelichting"] for each in trail]


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


# -- what is several writes in one transaction -----------------------------------------------------


@pytest.fixture
def zaaktype(api: ApiClient) -> Zaaktype:
    with in_municipality(api.municipality):
        return ZaaktypeFactory.create(published=True, begin_geldigheid=date(2020, 1, 1))


@pytest.fixture
def lost(monkeypatch: pytest.MonkeyPatch) -> list[bool]:
    """A line for each failure that was a deadlock, or was not."""
    seen: list[bool] = []

    def noted(error: OperationalError) -> bool:
        seen.append(is_crossed(error))
        return seen[-1]

    monkeypatch.setattr("api.pipeline.commit.entry.is_crossed", noted)
    return seen


class Crossed(Exception):
    """We lost, to a request that lost before and began again sooner than we got what we waited for."""


@contextmanager
def who_lost() -> Iterator[None]:
    try:
        yield
    except OperationalError as error:
        raise (Crossed if is_crossed(error) else error) from error


@dataclass(frozen=True, slots=True)
class Other:
    """Somebody who locks the last of what a request needs, and then, while it waits for that, the first."""

    api: ApiClient
    elsewhere: ThreadPoolExecutor

    def crosses(self, request: Callable[[], Response], *, first: Any, last: Any) -> Response:
        with suppress(Crossed), in_municipality(self.api.municipality), transaction.atomic():
            _lock(last)
            sent = self.elsewhere.submit(request)
            wait_until_blocked(sent)
            with who_lost():
                _lock(first)
        return sent.result(timeout=PATIENCE_SECONDS)


def _lock(row: Any) -> None:
    type(row)._default_manager.select_for_update().get(pk=row.pk)


@pytest.fixture
def other(api: ApiClient, elsewhere: ThreadPoolExecutor) -> Other:
    return Other(api, elsewhere)


COPIES = [("versie", {"beginGeldigheid": "2030-01-01"}), ("kopie", {"identificatie": "KOPIE"})]


@pytest.mark.parametrize(("step", "body"), COPIES)
def test_a_copy_that_loses_a_deadlock_is_made_after_all_and_once(
    api: ApiClient, zaaktype: Zaaktype, other: Other, lost: list[bool], step: str, body: dict[str, str]
) -> None:
    path = f"{registry.resource_for(Zaaktype).path_of(zaaktype)}/{step}"
    copies = Zaaktype.objects.exclude(pk=zaaktype.pk)
    for _ in range(PATIENCE_SECONDS):
        answer = other.crosses(lambda: api.post(path, body), first=zaaktype, last=zaaktype.catalogus)
        if lost and answer.status_code == 201:
            break
        lost.clear()
        with in_municipality(api.municipality):
            copies.delete()  # it was we who lost, or the request did each time
    assert (answer.status_code, set(lost)) == (201, {True})
    with in_municipality(api.municipality):
        assert copies.all().count() == 1


def test_publishing_that_loses_a_deadlock_is_done_after_all(
    api: ApiClient, zaaktype: Zaaktype, other: Other, lost: list[bool]
) -> None:
    path = registry.resource_for(Zaaktype).path_of(zaaktype)
    for _ in range(PATIENCE_SECONDS):
        made = api.post(f"{path}/versie", {"beginGeldigheid": "2030-01-01"}).json()["url"]
        with in_municipality(api.municipality):
            successor = Zaaktype.objects.exclude(pk=zaaktype.pk).get()
        publish = f"{made}/publish?vorigeVersieBeeindigen=true"
        answer = other.crosses(partial(api.post, publish), first=successor, last=zaaktype)
        if lost and answer.status_code == 200:
            break
        lost.clear()
        with in_municipality(api.municipality):  # it was we who lost, or the request did each time
            successor.delete()
            Zaaktype.objects.update(einde_geldigheid=None)
    assert (answer.status_code, answer.json()["concept"], set(lost)) == (200, False, {True})
    assert api.get(path).json()["eindeGeldigheid"] == "2029-12-31"


@pytest.mark.parametrize(("step", "body"), [*COPIES, ("publish", {})])
def test_who_loses_it_each_time_gets_409(
    api: ApiClient,
    zaaktype: Zaaktype,
    monkeypatch: pytest.MonkeyPatch,
    step: str,
    body: dict[str, str],
) -> None:
    tried = []

    def lose(*_: Any, **__: Any) -> None:
        tried.append(step)
        raise deadlock()

    monkeypatch.setattr("api.catalogi.resources.catalogi.carry_out", lose)
    answer = api.post(f"{registry.resource_for(Zaaktype).path_of(zaaktype)}/{step}", body)
    assert (answer.status_code, answer.json()["code"], len(tried)) == (409, "conflict", ATTEMPTS)
