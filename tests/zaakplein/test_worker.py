"""The whole chain: a message in Redis, a worker in a process of its own, the schema, the scoped cache."""

from __future__ import annotations

import os
import subprocess
import sys
import time
from collections.abc import Callable, Iterator
from contextlib import AbstractContextManager
from uuid import uuid4

import pytest
from django.conf import settings
from django.core.cache import cache
from django.utils import timezone

from tenants.registry.connection import connection
from tenants.registry.context import in_municipality
from tenants.registry.models import Municipality
from tenants.registry.tasks import PROBED_AT, probe, time_since_probe

Connected = Callable[[], AbstractContextManager[None]]

PATIENCE_SECONDS = 30


@pytest.fixture
def queue(django_db_setup: None) -> Iterator[str]:
    """A queue that one worker serves; another worker on this Redis does not."""
    name = f"test-{uuid4().hex}"
    command = [
        sys.executable,
        "-m",
        "celery",
        "-A",
        "zaakplein",
        "worker",
        "--pool",
        "solo",
        "--queues",
        name,
    ]
    environment = {
        **os.environ,
        "PYTHONPATH": os.pathsep.join(sys.path),
        "ZAAKPLEIN_DATABASE_NAME": connection.settings_dict["NAME"],
        "ZAAKPLEIN_DATABASE_LOGIN": "app",
    }
    worker = subprocess.Popen([*command, "--without-gossip", "--without-mingle"], env=environment)
    yield name
    worker.terminate()
    worker.wait(timeout=PATIENCE_SECONDS)


def test_a_probe_that_is_sent_for_haarlem_arrives_in_haarlem_alone(
    queue: str, app_connection: Connected
) -> None:
    with app_connection():
        haarlem, utrecht = Municipality.objects.filter(schema_name__in=["haarlem", "utrecht"])
        with in_municipality(utrecht):
            cache.delete(PROBED_AT)
        with in_municipality(haarlem):
            cache.delete(PROBED_AT)
            probe.apply_async(queue=queue, expires=PATIENCE_SECONDS)
            wait_for_probe()

        with in_municipality(utrecht):
            assert time_since_probe(timezone.now()) is None


def wait_for_probe() -> None:
    deadline = time.monotonic() + PATIENCE_SECONDS
    while time_since_probe(timezone.now()) is None:
        assert time.monotonic() < deadline, "the worker did not run the probe"
        time.sleep(0.1)


def test_beat_sends_the_probe_of_the_fleet() -> None:
    assert settings.CELERY_BEAT_SCHEDULE["probe"]["task"] in probe.app.tasks
