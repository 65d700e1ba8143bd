"""The whole chain: a bell in Redis, a worker for each login in a process of its own, a schema, an API."""

from __future__ import annotations

import os
import subprocess
import sys
import time
from collections.abc import Iterator
from pathlib import Path
from uuid import uuid4

import pytest
from celery import current_app
from django.test import Client
from pytest_django import Settings

from tenants.jobs import bell
from tenants.jobs.models import Job
from tenants.jobs.tasks import take_steps
from tenants.onboarding.asking import Request, ask_onboarding
from tenants.registry.connection import connection
from tests.tenants.onboarding.conftest import HOST, SCHEMA

PATIENCE_SECONDS = 60
ZANDVOORT = Request("Zandvoort", SCHEMA, (HOST,), catalogue="demo")
SEND = bell._send


def start(login: str, queues: dict[str, str], media: Path) -> subprocess.Popen[bytes]:
    command = [sys.executable, "-m", "celery", "-A", "zaakplein", "worker", "--pool", "solo"]
    return subprocess.Popen(
        [*command, "--queues", queues[login], "--without-gossip", "--without-mingle"],
        env={
            **os.environ,
            "PYTHONPATH": os.pathsep.join(sys.path),
            "ZAAKPLEIN_DATABASE_NAME": connection.settings_dict["NAME"],
            "ZAAKPLEIN_DATABASE_LOGIN": login,
            "ZAAKPLEIN_JOBS_QUEUE": queues["app"],
            "ZAAKPLEIN_OWNER_QUEUE": queues["owner"],
            "ZAAKPLEIN_MEDIA_ROOT": str(media),
        },
    )


@pytest.fixture
def queues(aboard: None, media: Path, settings: Settings) -> Iterator[dict[str, str]]:
    """A queue for each login that one worker serves; another worker on this Redis does not."""
    settings.JOB_QUEUES = {login: f"test-{uuid4().hex}" for login in ("app", "owner")}
    workers = [start(login, settings.JOB_QUEUES, media) for login in settings.JOB_QUEUES]
    yield settings.JOB_QUEUES
    for worker in workers:
        worker.terminate()
        worker.wait(timeout=PATIENCE_SECONDS)


def wait_for(job: Job) -> Job:
    deadline = time.monotonic() + PATIENCE_SECONDS
    while (standing := Job.objects.get(pk=job.pk)).state in {"waiting", "running"}:
        assert time.monotonic() < deadline, list(standing.steps.values("name", "state", "error"))
        time.sleep(0.05)
    return standing


def test_workers_bring_a_municipality_aboard(
    queues: dict[str, str], monkeypatch: pytest.MonkeyPatch, media: Path
) -> None:
    monkeypatch.setattr(bell, "_send", SEND)
    job = wait_for(ask_onboarding(ZANDVOORT, asked_by="Noor"))

    assert job.state == "done"
    assert Client(SERVER_NAME=HOST).get("/catalogi/api/v1/openapi.json").status_code == 200
    assert (media / SCHEMA / job.found["letter"]).is_file()


def test_a_poll_heals_a_bell_that_was_lost(queues: dict[str, str], rung: list[str]) -> None:
    job = ask_onboarding(ZANDVOORT, asked_by="Noor")
    assert rung == ["owner"]

    for login in ("owner", "app"):
        current_app.send_task(bell.TASK, args=[login], queue=queues[login])
        wait_until_left(job, login)

    assert wait_for(job).state == "done"


def wait_until_left(job: Job, login: str) -> None:
    """Until nothing is left for this login to do."""
    deadline = time.monotonic() + PATIENCE_SECONDS
    while job.steps.filter(connection__in=bell.connections_of(login)).exclude(state="done").exists():
        assert time.monotonic() < deadline
        time.sleep(0.05)


@pytest.mark.usefixtures("aboard")
def test_a_worker_with_another_login_does_nothing() -> None:
    job = ask_onboarding(ZANDVOORT, asked_by="Noor")

    take_steps.run("owner")

    assert Job.objects.get(pk=job.pk).state == "waiting"


@pytest.mark.parametrize("entry", ["poll-jobs", "poll-owner"])
def test_beat_polls(entry: str, settings: Settings) -> None:
    scheduled = settings.CELERY_BEAT_SCHEDULE[entry]

    assert scheduled["task"] == bell.TASK
    assert scheduled["options"]["queue"] == settings.JOB_QUEUES[scheduled["args"][0]]
