"""The same request twice at once, each on a connection of its own."""

from __future__ import annotations

from collections.abc import Iterator
from concurrent.futures import ThreadPoolExecutor
from threading import Event
from typing import Any

import pytest
from django.core.cache import caches
from django.db import connections

from backoffice.models import LogLine
from tenants.jobs import bell
from tenants.jobs.models import Job
from tenants.onboarding.asking import ask_onboarding
from tenants.registry.models import Municipality
from tests.conftest import Connected
from tests.people import forget
from tests.vendor_api.conftest import Program, empty_what_programs_left, key_of
from vendor_api.scopes import SCOPES

BODY = {"cbsCode": "0473", "environment": "productie", "hosts": ["zandvoort.localhost"]}
PATIENCE_SECONDS = 20


@pytest.fixture(autouse=True)
def forgotten() -> None:
    """No test transaction here: what is written is seen by others."""


@pytest.fixture(autouse=True)
def rung(monkeypatch: pytest.MonkeyPatch) -> None:
    monkeypatch.setattr(bell, "_send", lambda _login: None)


@pytest.fixture
def committed(app_connection: Connected, owner_connection: Connected) -> Iterator[Program]:
    """A key that other connections see; it and what it leaves behind are taken away again."""
    with app_connection():
        forget()
        caches["public"].clear()
        yield key_of(*SCOPES)
    with owner_connection():
        empty_what_programs_left()


@pytest.fixture
def elsewhere() -> Iterator[ThreadPoolExecutor]:
    with ThreadPoolExecutor(max_workers=1) as executor:
        yield executor
        executor.submit(connections.close_all).result()


def test_while_the_first_is_at_work_the_second_is_told_so(
    committed: Program, elsewhere: ThreadPoolExecutor, monkeypatch: pytest.MonkeyPatch
) -> None:
    begun, told = Event(), Event()
    asks = ask_onboarding

    def slowly(*args: Any, **how: Any) -> Job:
        begun.set()
        assert told.wait(PATIENCE_SECONDS)
        return asks(*args, **how)

    monkeypatch.setattr("backoffice.bringing.ask_onboarding", slowly)
    first = elsewhere.submit(committed.post, "/municipalities", BODY, "k")
    assert begun.wait(PATIENCE_SECONDS)

    second = Program(committed.text).post("/municipalities", BODY, "k")
    told.set()

    assert (second.status_code, second.json()["code"]) == (409, "still-running")
    assert first.result(PATIENCE_SECONDS).status_code == 202
    again = Program(committed.text).post("/municipalities", BODY, "k")
    assert (again.status_code, again.content) == (202, first.result().content)
    assert Job.objects.filter(subject="zandvoort").count() == 1


def test_two_that_ask_for_the_same_environment_are_logged_once(
    committed: Program, elsewhere: ThreadPoolExecutor, monkeypatch: pytest.MonkeyPatch
) -> None:
    """Each with an Idempotency-Key of its own: the second waits, and is told who was first."""
    begun, go_on = Event(), Event()
    asks = ask_onboarding

    def slowly(*args: Any, **how: Any) -> Job:
        begun.set()
        assert go_on.wait(PATIENCE_SECONDS)
        return asks(*args, **how)

    monkeypatch.setattr("backoffice.bringing.ask_onboarding", slowly)
    first = elsewhere.submit(committed.post, "/municipalities", BODY)
    assert begun.wait(PATIENCE_SECONDS)
    with ThreadPoolExecutor(max_workers=1) as another:
        second = another.submit(Program(committed.text).post, "/municipalities", BODY)
        with pytest.raises(TimeoutError):
            second.result(1)
        go_on.set()
        refused = second.result(PATIENCE_SECONDS)
        another.submit(connections.close_all).result()

    assert first.result(PATIENCE_SECONDS).status_code == 202
    assert refused.status_code == 400
    assert "wordt al ingericht" in refused.json()["invalidParams"][0]["reason"]
    assert Job.objects.filter(subject="zandvoort").count() == 1
    assert LogLine.objects.filter(action="inrichting gevraagd", municipality="zandvoort").count() == 1


def test_two_that_saw_the_same_repeat_it_once(
    committed: Program, elsewhere: ThreadPoolExecutor, monkeypatch: pytest.MonkeyPatch
) -> None:
    """With keys of their own, as two programs have."""
    municipality = Municipality.objects.get(schema_name="haarlem")
    job = Job.objects.create(
        kind="onboarding", subject="haarlem", asked_by="x", municipality=municipality, state="failed"
    )
    job.steps.create(position=0, name="role", connection="owner", state="failed", error="x")
    etag = committed.get(f"/jobs/{job.pk}").headers["ETag"]

    def act() -> Any:
        return Program(committed.text).post(f"/jobs/{job.pk}/attempts", {}, If_Match=etag).status_code

    other = elsewhere.submit(act)
    codes = sorted([act(), other.result(PATIENCE_SECONDS)])

    assert codes == [202, 412]
