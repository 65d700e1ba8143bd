from __future__ import annotations

import os
import signal
from collections.abc import Callable

import pytest

from tenants.registry.tally import ROWS, Tally


@pytest.fixture
def tally() -> Tally:
    return Tally()


def in_a_worker(tally: Tally, does: Callable[[], object]) -> int:
    """Fork a worker with a row of its own, and return that row when it is done; it ends as if killed."""
    row = tally.free_row()
    pid = os.fork()
    if pid == 0:
        tally.count_in(row)
        does()
        os.kill(os.getpid(), signal.SIGKILL)
    os.waitpid(pid, 0)
    return row


def test_a_place_past_the_most_is_refused(tally: Tally) -> None:
    assert [tally.add("haarlem", 2) for _ in range(3)] == [True, True, False]
    assert tally.count("haarlem") == 2


def test_a_place_that_was_given_back_is_free(tally: Tally) -> None:
    tally.add("haarlem", 1)
    tally.remove("haarlem")

    assert tally.add("haarlem", 1)


def test_each_name_has_places_of_its_own(tally: Tally) -> None:
    tally.add("haarlem", 1)

    assert tally.add("utrecht", 1)
    assert tally.add(("haarlem", "balie"), 1)


def test_what_workers_count_is_counted_together(tally: Tally) -> None:
    tally.add("haarlem", 3)
    in_a_worker(tally, lambda: tally.add("haarlem", 3))
    in_a_worker(tally, lambda: tally.add("haarlem", 3))

    assert (tally.count("haarlem"), tally.add("haarlem", 3)) == (3, False)


def test_what_a_killed_worker_counted_goes_and_the_rest_stays(tally: Tally) -> None:
    killed = in_a_worker(tally, lambda: [tally.add("haarlem", 9) for _ in range(4)])
    in_a_worker(tally, lambda: [tally.add(name, 9) for name in ("haarlem", "utrecht")])

    tally.give_up(killed)

    assert (tally.count("haarlem"), tally.count("utrecht")) == (1, 1)


def test_the_row_of_a_worker_that_is_gone_is_given_again(tally: Tally) -> None:
    rows = [tally.free_row() for _ in range(ROWS)]
    tally.give_up(7)

    assert (rows, tally.free_row()) == (list(range(ROWS)), 7)


def test_more_workers_than_rows_is_loud(tally: Tally) -> None:
    for _ in range(ROWS):
        tally.free_row()

    with pytest.raises(ValueError, match="empty"):
        tally.free_row()
