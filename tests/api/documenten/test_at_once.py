"""Two clients at the same moment, each over a connection of its own: one lock, one content."""

from __future__ import annotations

from collections.abc import Callable, Iterator
from concurrent.futures import ThreadPoolExecutor
from threading import Barrier
from types import ModuleType
from typing import Any

import pytest
from django.db import connections

from api.documenten import parts
from api.documenten.resources import bestandsdeel
from api.pipeline.http import resource
from tenants.registry.context import in_municipality
from tenants.registry.models import Municipality
from tests.api.client import ApiClient, Response, api_with_all_rights
from tests.api.documenten.conftest import Archive, archive_of

ROUNDS = 8
PATIENCE_SECONDS = 60
Call = Callable[[], Response]
AtOnce = Callable[[Call, Call], list[int]]


@pytest.fixture
def archive(committing: Municipality) -> Archive:
    """In tables that another connection sees."""
    return archive_of(api_with_all_rights(committing))


@pytest.fixture
def at_once() -> Iterator[AtOnce]:
    """Make two calls at the same moment; their statuses, in the order of the calls."""
    start = Barrier(2)

    def called(call: Call) -> int:
        start.wait(PATIENCE_SECONDS)
        return int(call().status_code)

    with ThreadPoolExecutor(max_workers=2) as executor:

        def both(one: Call, other: Call) -> list[int]:
            waiting = [executor.submit(called, call) for call in (one, other)]
            return [each.result(PATIENCE_SECONDS) for each in waiting]

        yield both

        def leave() -> None:
            start.wait(PATIENCE_SECONDS)
            connections.close_all()

        for each in [executor.submit(leave) for _ in range(2)]:
            each.result(PATIENCE_SECONDS)


@pytest.fixture
def elsewhere() -> Iterator[ThreadPoolExecutor]:
    """Where calls are made over another connection."""
    with ThreadPoolExecutor(max_workers=1) as executor:
        yield executor
        executor.submit(connections.close_all).result(PATIENCE_SECONDS)


def between(monkeypatch: pytest.MonkeyPatch, module: ModuleType, calls: list[Call]) -> list[int]:
    """Once a write of this module stands, these calls come before it is answered; their statuses."""
    carry_out = module.carry_out
    statuses: list[int] = []

    def carried_out(*given: Any, **more: Any) -> str | None:
        document: str | None = carry_out(*given, **more)
        waiting, calls[:] = list(calls), []
        statuses.extend(int(call().status_code) for call in waiting)
        return document

    monkeypatch.setattr(module, "carry_out", carried_out)
    return statuses


def unlock(api: ApiClient, url: str, lock: str) -> Call:
    return lambda: api.post(f"{url}/unlock", {"lock": lock})


def test_two_clients_get_one_lock(archive: Archive, at_once: AtOnce) -> None:
    other = api_with_all_rights(archive.municipality)
    for _ in range(ROUNDS):
        url = archive.made()["url"]
        answers = at_once(lambda: archive.api.post(f"{url}/lock"), lambda: other.post(f"{url}/lock"))  # noqa: B023
        assert sorted(answers) == [200, 400]


def test_a_part_comes_before_the_unlocking_or_not_at_all(
    archive: Archive, at_once: AtOnce, monkeypatch: pytest.MonkeyPatch
) -> None:
    """What the document has afterwards is all of the one or all of the other."""
    monkeypatch.setattr(parts, "PART_BYTES", 5)
    for _ in range(ROUNDS):
        made: dict[str, Any] = archive.made(bestandsomvang=10)
        url, lock = made["url"], made["lock"]
        one, two = (part["url"] for part in made["bestandsdelen"])
        for part in (one, two):
            assert archive.part(part, b"aaaaa", lock).status_code == 200

        again, unlocked = at_once(
            lambda: archive.part(two, b"bbbbb", lock),  # noqa: B023
            unlock(archive.api, url, lock),
        )

        assert (again, unlocked) in [(200, 204), (404, 204), (200, 409)]
        if unlocked == 409:
            assert unlock(archive.api, url, lock)().status_code == 204
        expected = {b"aaaaabbbbb"} if unlocked == 409 else {b"aaaaaaaaaa", b"aaaaabbbbb"}
        assert archive.content(url) in expected
        with in_municipality(archive.municipality):
            assert archive.row(url).bestandsdelen.count() == 0


def test_a_change_comes_before_the_unlocking_or_not_at_all(archive: Archive, at_once: AtOnce) -> None:
    for _ in range(ROUNDS):
        url = archive.made()["url"]
        lock = archive.locked(url)
        changed, unlocked = at_once(
            lambda: archive.api.patch(url, {"titel": "Anders", "lock": lock}),  # noqa: B023
            unlock(archive.api, url, lock),
        )
        assert (changed, unlocked) in [(200, 204), (400, 204)]
        shown = archive.api.get(url).json()
        assert (shown["versie"], shown["titel"] == "Anders") == ((2, True) if changed == 200 else (1, False))
        assert shown["locked"] is False


def test_a_part_that_came_is_answered_though_the_document_was_unlocked(
    archive: Archive, elsewhere: ThreadPoolExecutor, monkeypatch: pytest.MonkeyPatch
) -> None:
    made = archive.made(bestandsomvang=5)
    (part,), lock = made["bestandsdelen"], made["lock"]
    unlocking = unlock(archive.api, made["url"], lock)
    unlocked = between(monkeypatch, bestandsdeel, [lambda: elsewhere.submit(unlocking).result()])

    answer = archive.answered(archive.part(part["url"], b"aaaaa", lock), 200)

    assert unlocked == [204]
    assert (answer["voltooid"], answer["lock"]) == (True, lock)
    assert archive.content(made["url"]) == b"aaaaa"


def test_a_change_by_who_holds_the_lock_is_answered_though_the_document_was_deleted(
    archive: Archive, elsewhere: ThreadPoolExecutor, monkeypatch: pytest.MonkeyPatch
) -> None:
    given = {"algoritme": "md5", "waarde": "iets", "datum": "2026-01-05"}
    url = archive.stored()["url"]
    lock = archive.locked(url)
    unlocking = unlock(archive.api, url, lock)
    gone = between(
        monkeypatch,
        resource,
        [
            lambda: elsewhere.submit(unlocking).result(),
            lambda: elsewhere.submit(archive.api.delete, url).result(),
        ],
    )

    answer = archive.answered(archive.api.patch(url, {"integriteit": given, "lock": lock}), 200)

    assert gone == [204, 204]
    assert (answer["versie"], answer["integriteit"]) == (2, given)
    assert archive.api.get(url).status_code == 404
