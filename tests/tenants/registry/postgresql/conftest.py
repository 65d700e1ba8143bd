from __future__ import annotations

from collections.abc import Iterator

import pytest
from pytest_django import Settings

from tenants.registry.connection import connection
from tests.conftest import Connected
from tests.proxy import Proxy


@pytest.fixture
def proxied(app_connection: Connected, settings: Settings) -> Iterator[Proxy]:
    """What stands between the web and its database; the waits for it are short, but for a busy machine."""
    settings.DATABASE_SILENCE_SECONDS, settings.DATABASE_CONNECT_SECONDS = 0.4, 1
    place = {name: connection.settings_dict[name] for name in ("HOST", "PORT")}
    proxy = Proxy(place["HOST"], int(place["PORT"]))
    with app_connection():
        connection.settings_dict.update(HOST="127.0.0.1", PORT=proxy.port)
        yield proxy
        connection.close()
    connection.settings_dict.update(place)
    proxy.close()
