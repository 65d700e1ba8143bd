"""The deployment as production runs it, front and web, on the test database; one for the whole session."""

from __future__ import annotations

import os
import shutil
import signal
import socket
import subprocess
import sys
import tempfile
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
from tests.logins import as_owner

ROOT = Path(__file__).resolve().parents[1]
ADDRESSES = {"haarlem": "127.0.0.2", "utrecht": "127.0.0.3"}
PROXY = "127.0.0.77"
"""From here the front takes what is said of the scheme."""
SECRET = "a secret of thirty-two characters"
START_SECONDS = 60


@dataclass(frozen=True, slots=True)
class Live:
    """A running deployment, and all that it ever wrote."""

    port: int
    process: subprocess.Popen[bytes]
    log: Path


@dataclass(frozen=True, slots=True)
class Served:
    """A municipality as the application knows it."""

    base_url: str
    client_id: str = "balie"
    secret: str = SECRET


@pytest.fixture(scope="session")
def live(django_db_setup: None) -> Iterator[Live]:
    directory = Path(tempfile.mkdtemp(prefix="zaakplein-"))
    server = start(directory)
    yield server
    server.process.terminate()
    server.process.wait(timeout=30)
    shutil.rmtree(directory)


@pytest.fixture(scope="module")
def deployment(live: Live, django_db_blocker: DjangoDbBlocker) -> Iterator[list[dict[str, str]]]:
    """Haarlem and Utrecht, each with a catalogue and an application; both are taken away again."""
    with django_db_blocker.unblock():
        for schema in ADDRESSES:
            with in_municipality(Municipality.objects.get(schema_name=schema)):
                furnish()
        yield [asdict(Served(f"http://{address}:{live.port}")) for address in ADDRESSES.values()]
        clear()


def furnish() -> None:
    seed_catalogue()
    applicatie = Applicatie.objects.create(label="Balie", heeft_alle_autorisaties=True)
    give(applicatie, ["balie"])
    Credential.objects.create(client_id="balie", secret=SECRET)


def clear() -> None:
    labels = {name.rpartition(".")[2] for name in settings.TENANT_APPS}
    tables = [
        model._meta.db_table
        for model in apps.get_models()
        if model._meta.app_label in labels and model._meta.managed
    ]
    with as_owner(), connection.cursor() as cursor:
        for schema in ADDRESSES:
            named = ", ".join(f"{schema}.{table}" for table in tables)
            cursor.execute(f"TRUNCATE {named}")


def start(directory: Path) -> Live:
    port = _free_port()
    environment = {
        **os.environ,
        "ZAAKPLEIN_DATABASE_NAME": connection.settings_dict["NAME"],
        "ZAAKPLEIN_DATABASE_LOGIN": "app",
        "ZAAKPLEIN_WEB_LISTEN": ",".join(f"127.0.0.{last}:{port}" for last in range(1, 4)),
        "ZAAKPLEIN_WEB_DIRECTORY": str(directory),
        "ZAAKPLEIN_MEDIA_ROOT": str(directory / "media"),
        "ZAAKPLEIN_TRUSTED_PROXIES": f"{PROXY}/32,2001:db8::/32",
        "DJANGO_SETTINGS_MODULE": "zaakplein.settings",
        "PYTHONPATH": f"{ROOT}{os.pathsep}{ROOT / 'platform'}",
    }
    log = directory / "log"
    with log.open("ab") as output:
        process = subprocess.Popen(
            [sys.executable, str(ROOT / "infra" / "serve.py"), "both"],
            cwd=ROOT,
            env=environment,
            stdout=output,
            stderr=output,
        )
    try:
        _wait_for(f"http://127.0.0.1:{port}/livez")
    except OSError:
        process.send_signal(signal.SIGTERM)
        raise
    return Live(port, process, log)


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
