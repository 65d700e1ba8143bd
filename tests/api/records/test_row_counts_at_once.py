"""Counts are those of the rows, at every moment, whatever several connections write at once."""

from __future__ import annotations

from collections import Counter
from collections.abc import Callable, Iterator
from concurrent.futures import Future, ThreadPoolExecutor, wait
from contextlib import contextmanager
from dataclasses import dataclass
from threading import Barrier
from typing import Any

import pytest
from django.db import DatabaseError, NotSupportedError, connection, connections, transaction
from hypothesis import HealthCheck, Phase, given, settings
from hypothesis import strategies as st

from api.records.models import RowCount
from api.zaken.models import Rol, Zaak
from tenants.registry.context import in_municipality
from tenants.registry.models import Municipality
from tests.api.records.counted_rows import (
    LEVELS,
    STEPS,
    Cast,
    add_rollen,
    add_zaken,
    assert_right,
    cast_of_haarlem,
    drawn,
)
from tests.factories.zaken import RolFactory

WRITERS = 3
PATIENCE_SECONDS = 60
MOST_TO_ADD = 500
LOW, HIGH = LEVELS[0], LEVELS[-1]
SOMEBODY_WAITS = "SELECT FROM pg_locks WHERE NOT granted AND pg_backend_pid() = ANY (pg_blocking_pids(pid))"


@dataclass(frozen=True, slots=True)
class Do:
    """One statement or more of a kind."""

    step: str
    seed: int
    size: int


@dataclass(frozen=True, slots=True)
class Part:
    """A transaction, or what happens after a savepoint in one."""

    steps: list[Any]
    stays: bool
    isolation: str = ""


def do() -> st.SearchStrategy[Do]:
    return st.builds(Do, st.sampled_from(sorted(STEPS)), st.integers(0, 2**16), st.integers(1, 6))


def transactions() -> st.SearchStrategy[list[Part]]:
    inner = st.builds(Part, st.lists(do(), max_size=3), st.booleans())
    return st.lists(
        st.builds(
            Part,
            st.lists(st.one_of(do(), do(), inner), max_size=4),
            st.sampled_from([True, True, False]),
            st.sampled_from(["READ COMMITTED"] * 3 + ["REPEATABLE READ", "SERIALIZABLE"]),
        ),
        max_size=5,
    )


@pytest.fixture
def cast(committing: Municipality) -> Cast:
    with in_municipality(committing):
        cast = cast_of_haarlem()
        add_zaken(cast, drawn(1), 12)
        add_rollen(cast, drawn(2), 6)
    return cast


@pytest.fixture
def writers() -> Iterator[ThreadPoolExecutor]:
    """Each with a connection of its own."""
    with ThreadPoolExecutor(max_workers=WRITERS) as executor:
        yield executor
        together = Barrier(WRITERS)

        def leave() -> None:
            together.wait(PATIENCE_SECONDS)
            connections.close_all()

        wait([executor.submit(leave) for _ in range(WRITERS)])


@contextmanager
def isolated(level: str) -> Iterator[None]:
    """A transaction of this level; within one, what follows on a savepoint."""
    with connection.cursor() as cursor:
        cursor.execute("SELECT")  # the first statement of a connection takes the role, and is a query
    with transaction.atomic():
        if level:
            with connection.cursor() as cursor:
                cursor.execute(f"SET TRANSACTION ISOLATION LEVEL {level}")
        yield


def carry_out(part: Part, cast: Cast) -> None:
    with isolated(part.isolation):
        for each in part.steps:
            if isinstance(each, Part):
                carry_out(each, cast)
            else:
                STEPS[each.step](cast, drawn(each.seed), each.size)
        transaction.set_rollback(not part.stays)


def write(municipality: Municipality, cast: Cast, program: list[Part]) -> None:
    with in_municipality(municipality):
        for part in program:
            with connection.cursor() as cursor:
                # who waits for somebody who waits gives up soon
                cursor.execute("SET lock_timeout = '300ms'")
            try:
                carry_out(part, cast)
            except DatabaseError:
                continue  # another was first: nothing of it stands


@settings(
    max_examples=20,
    deadline=None,
    suppress_health_check=[HealthCheck.function_scoped_fixture, HealthCheck.too_slow],
    phases=[Phase.explicit, Phase.generate],  # what several do at once is never the same twice
)
@given(programs=st.lists(transactions(), min_size=WRITERS, max_size=WRITERS))
def test_counts_are_right_at_every_moment(
    committing: Municipality, cast: Cast, writers: ThreadPoolExecutor, programs: list[list[Part]]
) -> None:
    working = [writers.submit(write, committing, cast, program) for program in programs]
    with in_municipality(committing):
        while wait(working, timeout=0.01).not_done:
            assert_right()
        assert_right()
        assert RowCount.objects.count() < MOST_TO_ADD
    for each in working:
        each.result()


@dataclass(frozen=True, slots=True)
class Beside:
    """Another connection, which waits for this one."""

    municipality: Municipality
    executor: ThreadPoolExecutor

    def waiting(self, call: Callable[[], Any]) -> Future[None]:
        """The call, once it waits for what this transaction has locked."""
        begun = self.executor.submit(self._called, call)
        with connection.cursor() as cursor:
            for _ in range(1000):
                wait([begun], timeout=0.01)
                cursor.execute(SOMEBODY_WAITS)
                if cursor.fetchone() is not None:
                    return begun
        raise AssertionError("Nobody waited.")

    def meanwhile(self, call: Callable[[], Any]) -> None:
        """The call, which waits for nothing."""
        self.executor.submit(self._called, call).result(PATIENCE_SECONDS)

    def _called(self, call: Callable[[], Any]) -> None:
        with in_municipality(self.municipality), transaction.atomic():
            call()


@pytest.fixture
def beside(committing: Municipality, writers: ThreadPoolExecutor) -> Beside:
    return Beside(committing, writers)


@pytest.fixture
def rol(committing: Municipality) -> Rol:
    """Of a zaak of a low level."""
    with in_municipality(committing):
        return RolFactory.create(zaak__vertrouwelijkheidaanduiding=LOW)


def raise_level(rol: Rol) -> None:
    Zaak.objects.filter(pk=rol.zaak_id).update(vertrouwelijkheidaanduiding=HIGH)


def add_another(rol: Rol) -> None:
    RolFactory.create(zaak=rol.zaak, roltype=rol.roltype)


def counted_rollen() -> dict[int, int]:
    """By level, without those of which there are none."""
    counts: Counter[int] = Counter()
    for level, number in RowCount.objects.filter(kind="zaken_rol").values_list("level", "number"):
        counts[level] += number
    return {level: number for level, number in counts.items() if number}


def test_a_rol_for_a_zaak_whose_level_is_changing_is_counted_at_the_new_one(
    committing: Municipality, rol: Rol, beside: Beside
) -> None:
    with in_municipality(committing):
        with transaction.atomic():
            raise_level(rol)
            other = beside.waiting(lambda: add_another(rol))
        other.result(PATIENCE_SECONDS)

        assert counted_rollen() == {HIGH: 2}


def test_a_level_that_changes_takes_along_a_rol_that_was_coming_in(
    committing: Municipality, rol: Rol, beside: Beside
) -> None:
    with in_municipality(committing):
        with transaction.atomic():
            add_another(rol)
            other = beside.waiting(lambda: raise_level(rol))
        other.result(PATIENCE_SECONDS)

        assert counted_rollen() == {HIGH: 2}


def test_a_level_that_changes_leaves_a_rol_that_was_going(
    committing: Municipality, rol: Rol, beside: Beside
) -> None:
    with in_municipality(committing):
        with transaction.atomic():
            Rol.objects.all().delete()
            other = beside.waiting(lambda: raise_level(rol))
        other.result(PATIENCE_SECONDS)

        assert counted_rollen() == {}
        assert_right()


def test_two_who_add_to_one_zaak_do_not_wait_for_each_other(
    committing: Municipality, rol: Rol, beside: Beside
) -> None:
    with in_municipality(committing):
        with transaction.atomic():
            add_another(rol)
            beside.meanwhile(lambda: add_another(rol))

        assert counted_rollen() == {LOW: 3}


def test_a_level_changes_in_read_committed_alone(committing: Municipality, rol: Rol) -> None:
    """There nobody sees what was added just before the lock."""
    with in_municipality(committing):
        with pytest.raises(NotSupportedError), isolated("REPEATABLE READ"):
            raise_level(rol)

        assert counted_rollen() == {LOW: 1}


def test_who_folds_waits_for_nobody_and_loses_nothing(
    committing: Municipality, rol: Rol, beside: Beside
) -> None:
    with in_municipality(committing):
        for _ in range(5):
            add_another(rol)
        with transaction.atomic():
            fold()
            beside.meanwhile(fold_and_look)
            beside.meanwhile(lambda: add_another(rol))
            transaction.set_rollback(True)
        fold()

        assert counted_rollen() == {LOW: 7}
        assert RowCount.objects.filter(kind="zaken_rol").count() == 1


def fold() -> None:
    with connection.cursor() as cursor:
        cursor.execute("SELECT records_rowcount_fold(current_schema())")


def fold_and_look() -> None:
    fold()
    assert_right()
