"""The square that every attack is made on, built once for a module; each attack is undone."""

from __future__ import annotations

import socket
from collections.abc import Iterator
from importlib import import_module
from typing import Any

import pytest
from django.conf import settings
from pytest_django import DjangoDbBlocker

from tests.api.documenten.sources import all_related
from tests.conftest import municipality
from tests.isolation.square import House, Square, undone

# The urls register the resources, whose paths are asked for before the first request.
import_module(settings.ROOT_URLCONF)


@pytest.fixture(scope="module")
def square(django_db_setup: None, django_db_blocker: DjangoDbBlocker) -> Iterator[Square]:
    with django_db_blocker.unblock(), undone():
        yield Square(haarlem=House.of(municipality("haarlem")), utrecht=House.of(municipality("utrecht")))


@pytest.fixture(autouse=True)
def related() -> Iterator[None]:
    """What is mirrored exists at its source."""
    with all_related():
        yield


@pytest.fixture(autouse=True)
def one_machine(monkeypatch: pytest.MonkeyPatch) -> None:
    """The hosts of both are on this machine, as where they are served together; no name server is asked."""
    resolve = socket.getaddrinfo

    def resolved(host: Any, *args: Any, **options: Any) -> Any:
        return resolve("127.0.0.3" if str(host).endswith(".localhost") else host, *args, **options)

    monkeypatch.setattr(socket, "getaddrinfo", resolved)
