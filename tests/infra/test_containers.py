"""The containers run what `infra/up` runs, and lack no setting."""

from __future__ import annotations

import re
from typing import Any

import pytest
import yaml

from infra import serve

DOCKERFILE = (serve.INFRA / "Dockerfile").read_text()
COMPOSE: dict[str, Any] = yaml.safe_load((serve.INFRA / "compose.yaml").read_text())
SETTINGS = (serve.INFRA.parent / "platform" / "zaakplein" / "settings.py").read_text()


def test_the_web_is_started_by_the_one_launcher() -> None:
    assert 'CMD ["python", "infra/serve.py", "both"]' in DOCKERFILE
    assert "command" not in COMPOSE["services"]["web"]


def test_redis_asks_for_the_password_that_the_others_give() -> None:
    command = COMPOSE["services"]["redis"]["command"]
    password = command[command.index("--requirepass") + 1]

    assert COMPOSE["x-settings"]["ZAAKPLEIN_REDIS_URL"].startswith(f"redis://:{password}@")


def test_no_required_setting_is_missing() -> None:
    required = set(re.findall(r'required\("(\w+)"\)', SETTINGS))

    assert required
    assert required <= COMPOSE["x-settings"].keys()


@pytest.mark.parametrize("service", ["web", "worker", "beat"])
def test_only_the_provisioner_has_the_login_of_the_owner(service: str) -> None:
    assert COMPOSE["services"][service]["environment"] == COMPOSE["x-settings"]
    assert "ZAAKPLEIN_DATABASE_LOGIN" not in COMPOSE["x-settings"]
