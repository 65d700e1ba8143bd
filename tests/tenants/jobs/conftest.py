from __future__ import annotations

import os
from collections.abc import Callable, Iterator
from contextlib import AbstractContextManager

import pytest
from pytest_django import Settings

from api.clients.models import Credential
from tenants.jobs import bell, kinds
from tenants.jobs.models import Job
from tenants.registry.connection import connection
from tenants.registry.context import in_municipality
from tenants.registry.models import Organisation
from tests.conftest import municipality
from tests.tenants.jobs.acts import KIND, PATHS, PREFIX, RESTING

Connected = Callable[[], AbstractContextManager[None]]


@pytest.fixture
def kind(settings: Settings) -> Iterator[str]:
    """A kind of job with a step on each connection."""
    settings.JOB_KINDS = {KIND: PATHS, RESTING: ["tests.tenants.jobs.acts.in_slices"]}
    kinds.actions.cache_clear()
    yield KIND
    kinds.actions.cache_clear()


@pytest.fixture
def rung(monkeypatch: pytest.MonkeyPatch) -> list[str]:
    """The logins whose workers were woken."""
    heard: list[str] = []
    monkeypatch.setattr(bell, "_send", heard.append)
    return heard


@pytest.fixture
def committed(app_connection: Connected, rung: list[str]) -> Iterator[None]:
    """What other processes see too; the traces are taken away."""
    with app_connection():
        yield
        Job.objects.filter(kind__in=[KIND, RESTING]).delete()
        Organisation.objects.filter(name__startswith=PREFIX).delete()
        with in_municipality(municipality("haarlem")):
            Credential.objects.filter(client_id__startswith="job-").delete()


def in_child(run: Callable[[], object]) -> int:
    """Run it in a process of its own: 0, or the negated signal that ended it."""
    return in_children(1, run)[0]


def in_children(number: int, run: Callable[[], object]) -> list[int]:
    """Run it in so many processes at once."""
    connection.close()
    pids = [_child(run) for _ in range(number)]
    return [os.waitstatus_to_exitcode(os.waitpid(pid, 0)[1]) for pid in pids]


def _child(run: Callable[[], object]) -> int:
    pid = os.fork()
    if pid == 0:
        try:
            run()
        except BaseException:  # noqa: BLE001  # nothing of the child may go on in the parent's tests
            os._exit(1)
        os._exit(0)
    return pid
