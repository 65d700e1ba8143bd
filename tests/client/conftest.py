"""A running deployment with committed data, and an application in an environment of its own."""

from __future__ import annotations

import hashlib
import os
import socket
import subprocess
import sys
import time
from collections.abc import Iterator
from dataclasses import asdict, dataclass
from pathlib import Path
from urllib.request import urlopen

import pytest
from django.apps import apps
from django.conf import settings
from django.db import connection
from pytest_django import DjangoDbBlocker

from api.clients.client_ids import give
from api.clients.models import Applicatie, Credential
from api.zaken.demo.catalogue import seed_catalogue
from tenants.registry.context import in_municipality
from tenants.registry.models import Municipality
from tests.conftest import as_owner

ROOT = Path(__file__).resolve().parents[2]
LOCK = Path(__file__).with_name("requirements.lock")
ADDRESSES = {"haarlem": "127.0.0.2", "utrecht": "127.0.0.3"}
SECRET = "a secret of thirty-two characters"
START_SECONDS = 60


@dataclass(frozen=True, slots=True)
class Served:
    """A municipality as the application knows it."""

    base_url: str
    client_id: str = "balie"
    secret: str = SECRET


@pytest.fixture(scope="module")
def deployment(django_db_setup: None, django_db_blocker: DjangoDbBlocker) -> Iterator[list[dict[str, str]]]:
    """Haarlem and Utrecht, served by the real web server; what they were given is taken away again."""
    port = _free_port()
    with django_db_blocker.unblock():
        for schema in ADDRESSES:
            with in_municipality(Municipality.objects.get(schema_name=schema)):
                _furnish()
        try:
            server = _start(port)
        except OSError:
            _clear()
            raise
        try:
            yield [asdict(Served(f"http://{address}:{port}")) for address in ADDRESSES.values()]
        finally:
            server.terminate()
            server.wait(timeout=10)
            _clear()


@pytest.fixture(scope="session")
def application() -> list[str]:
    """The command that runs the application; its environment is made once for each lock."""
    place = ROOT / ".local" / f"client-{hashlib.sha256(LOCK.read_bytes()).hexdigest()[:12]}"
    python = place / "bin" / "python"
    if not (place / "complete").exists():
        subprocess.run([sys.executable, "-m", "venv", "--clear", str(place)], check=True)
        install = [str(python), "-m", "pip", "install", "--quiet", "--require-hashes", "-r", str(LOCK)]
        subprocess.run(install, check=True)
        (place / "complete").touch()
    return [str(python), str(LOCK.with_name("drive.py"))]


def _furnish() -> None:
    seed_catalogue()
    applicatie = Applicatie.objects.create(label="Balie", heeft_alle_autorisaties=True)
    give(applicatie, ["balie"])
    Credential.objects.create(client_id="balie", secret=SECRET)


def _clear() -> None:
    labels = {name.rpartition(".")[2] for name in settings.TENANT_APPS}
    tables = [model._meta.db_table for model in apps.get_models() if model._meta.app_label in labels]
    with as_owner(), connection.cursor() as cursor:
        for schema in ADDRESSES:
            named = ", ".join(f"{schema}.{table}" for table in tables)
            cursor.execute(f"TRUNCATE {named}")


def _start(port: int) -> subprocess.Popen[bytes]:
    binds = [part for address in ADDRESSES.values() for part in ("--bind", f"{address}:{port}")]
    command = [sys.executable, "-m", "gunicorn", *binds, "--workers", "2", "zaakplein.wsgi:application"]
    environment = {
        **os.environ,
        "ZAAKPLEIN_DATABASE_NAME": connection.settings_dict["NAME"],
        "ZAAKPLEIN_DATABASE_LOGIN": "app",
        "DJANGO_SETTINGS_MODULE": "zaakplein.settings",
        "PYTHONPATH": f"{ROOT}{os.pathsep}{ROOT / 'platform'}",
    }
    server = subprocess.Popen(command, cwd=ROOT, env=environment, stderr=subprocess.DEVNULL)
    try:
        _wait_for(f"http://{ADDRESSES['utrecht']}:{port}/zaken/api/v1/openapi.json")
    except OSError:
        server.terminate()
        raise
    return server


def _wait_for(url: str) -> None:
    deadline = time.monotonic() + START_SECONDS
    while True:
        try:
            with urlopen(url, timeout=5):
                return
        except OSError:
            if time.monotonic() > deadline:
                raise
            time.sleep(0.2)


def _free_port() -> int:
    with socket.socket() as probe:
        probe.bind(("127.0.0.2", 0))
        return int(probe.getsockname()[1])
