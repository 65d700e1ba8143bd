"""Two workers at once, each on a connection of his own; and one that is killed in the middle."""

from __future__ import annotations

import os
import subprocess
import sys
from collections.abc import Iterator
from concurrent.futures import ThreadPoolExecutor
from math import inf

import pytest
from django.core import mail
from django.db import connections
from django.utils import timezone
from pytest_django import Settings

from tenants.accounts.letters import post
from tenants.errands.letters import send_letters
from tenants.errands.models import Letter
from tenants.registry.connection import connection
from tests.conftest import Connected
from tests.errands import leave_waiting
from tests.tenants.errands.smtp import Server, serving

LETTERS = 20
WORKER = """
import django
django.setup()
from tenants.errands.letters import send_letters
send_letters(until=float("inf"))
"""


@pytest.fixture
def apart(app_connection: Connected, monkeypatch: pytest.MonkeyPatch) -> Iterator[None]:
    leave_waiting(monkeypatch)
    with app_connection():
        yield
        Letter.objects.all().delete()


@pytest.fixture
def server() -> Iterator[Server]:
    with serving() as server:
        yield server


def sending() -> int:
    try:
        return send_letters(until=inf)
    finally:
        connections.close_all()


def test_of_two_workers_each_letter_has_one(apart: None) -> None:
    post("Onderwerp", "Tekst", [f"{number}@x.example" for number in range(LETTERS)])

    with ThreadPoolExecutor(2) as both:
        done = [future.result() for future in [both.submit(sending) for _ in range(2)]]

    assert sum(done) == LETTERS
    assert len({letter.to[0] for letter in mail.outbox}) == len(mail.outbox) == LETTERS


def test_what_a_killed_worker_had_is_sent_by_another(apart: None, server: Server, settings: Settings) -> None:
    """It was killed after it had said all, and before the server had said that it took it."""
    post("Onderwerp", "Tekst", ["een@x.example"])
    server.answers.clear()
    worker = subprocess.Popen(
        [sys.executable, "-c", WORKER],
        env={
            **os.environ,
            "PYTHONPATH": os.pathsep.join(sys.path),
            "DJANGO_SETTINGS_MODULE": "zaakplein.settings",
            "ZAAKPLEIN_DATABASE_NAME": connection.settings_dict["NAME"],
            "ZAAKPLEIN_SMTP_HOST": "127.0.0.1",
            "ZAAKPLEIN_SMTP_PORT": str(server.port),
        },
    )
    assert server.heard.wait(timeout=60)
    worker.kill()
    worker.wait(timeout=60)
    server.answers.set()
    assert send_letters(until=inf) == 0  # it may still be sending it

    settings.EMAIL_BACKEND = "django.core.mail.backends.smtp.EmailBackend"
    settings.EMAIL_HOST, settings.EMAIL_PORT, settings.EMAIL_USE_TLS = "127.0.0.1", server.port, False
    Letter.objects.update(next_at=timezone.now())
    assert send_letters(until=inf) == 1

    assert len({each["Message-ID"] for each in server.taken}) == 1
    assert not Letter.objects.exists()
