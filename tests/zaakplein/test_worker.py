from __future__ import annotations

import gc
import weakref
from collections.abc import Iterator
from concurrent.futures import wait
from threading import Barrier, Event, get_ident

import pytest

from zaakplein.worker import Threads

MOST = 3
SECONDS = 10


@pytest.fixture
def threads() -> Iterator[Threads]:
    pool = Threads(MOST)
    yield pool
    pool.shutdown(wait=False)


def ident_of(pool: Threads) -> int:
    return int(pool.submit(get_ident).result(SECONDS))


def all_at_once(pool: Threads) -> list[int]:
    """Who they are; each has to be there for the others to go on."""
    together = Barrier(MOST)

    def meet() -> int:
        together.wait(SECONDS)
        return get_ident()

    return [future.result(SECONDS) for future in [pool.submit(meet) for _ in range(MOST)]]


def settle(pool: Threads, free: int) -> None:
    """Wait until so many are free: a thread answers just before it is."""
    while len(pool._free) < free:
        pass


def test_one_call_after_another_is_done_by_one_thread_however_many_there_are(threads: Threads) -> None:
    assert len(set(all_at_once(threads))) == MOST
    settle(threads, MOST)

    seen = set()
    for _ in range(20):
        seen.add(ident_of(threads))
        settle(threads, MOST)

    assert len(seen) == 1


def test_who_was_free_last_works_next(threads: Threads) -> None:
    all_at_once(threads)
    settle(threads, MOST)
    go_on = Event()
    held = threads.submit(lambda: (go_on.wait(SECONDS), get_ident())[1])
    settle(threads, MOST - 1)
    go_on.set()
    last = held.result(SECONDS)
    settle(threads, MOST)

    assert ident_of(threads) == last


def test_no_more_threads_than_allowed_and_the_others_wait_in_their_order(threads: Threads) -> None:
    go_on = Event()
    order: list[int] = []
    busy = [threads.submit(go_on.wait, SECONDS) for _ in range(MOST)]
    waiting = [threads.submit(order.append, number) for number in range(50)]

    assert threads._started == MOST
    assert not any(each.done() for each in waiting)

    go_on.set()
    wait([*busy, *waiting], SECONDS)
    assert sorted(order) == list(range(50))
    assert threads._started == MOST


def test_one_busy_thread_does_not_keep_the_rest_waiting(threads: Threads) -> None:
    go_on = Event()
    held = threads.submit(go_on.wait, SECONDS)

    assert threads.submit(int, "7").result(SECONDS) == 7

    go_on.set()
    assert held.result(SECONDS)


@pytest.mark.parametrize("failure", [ValueError("no"), SystemExit(1)])
def test_a_failure_belongs_to_who_asks_and_the_thread_goes_on(
    threads: Threads, failure: BaseException
) -> None:
    def fail() -> None:
        raise failure

    with pytest.raises(type(failure)):
        threads.submit(fail).result(SECONDS)

    assert threads.submit(int, "7").result(SECONDS) == 7


def test_what_was_cancelled_is_not_done(threads: Threads) -> None:
    go_on = Event()
    done: list[int] = []
    busy = [threads.submit(go_on.wait, SECONDS) for _ in range(MOST)]
    waiting = threads.submit(done.append, 1)

    assert waiting.cancel()
    go_on.set()
    wait(busy, SECONDS)
    settle(threads, MOST)

    assert not done


def test_after_the_end_what_waits_is_done_and_nothing_is_taken(threads: Threads) -> None:
    go_on = Event()
    busy = [threads.submit(go_on.wait, SECONDS) for _ in range(MOST)]
    waiting = threads.submit(int, "7")
    threads.shutdown(wait=False)

    with pytest.raises(RuntimeError):
        threads.submit(int, "8")

    go_on.set()
    wait(busy, SECONDS)
    assert waiting.result(SECONDS) == 7


def test_a_free_thread_keeps_nothing_of_what_it_did(threads: Threads) -> None:
    class Request:
        pass

    request = Request()
    kept = weakref.ref(request)
    threads.submit(id, request).result(SECONDS)
    settle(threads, 1)
    del request
    gc.collect()

    assert kept() is None
