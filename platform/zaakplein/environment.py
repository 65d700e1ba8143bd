"""Where the settings come from: the process environment, and on a developer's machine `.local/env`."""

import os
from pathlib import Path

CHECKOUT = Path(__file__).resolve().parents[2]


class MissingSetting(RuntimeError):
    """The deployment does not say something that has no safe default."""


def load_local(path: Path = CHECKOUT / ".local" / "env") -> None:
    """Fill in what the process environment leaves empty from the lines ``KEY=value`` of ``path``."""
    if not path.is_file():
        return
    for line in path.read_text().splitlines():
        key, separator, value = line.strip().partition("=")
        if separator and not key.startswith("#") and not os.environ.get(key):
            os.environ[key] = value


def required(key: str) -> str:
    value = os.environ.get(key)
    if not value:
        raise MissingSetting(f"{key} is not set: run infra/up, or give it in the environment")
    return value


def optional(key: str, default: str) -> str:
    return os.environ.get(key) or default


def seconds(key: str, default: int) -> int:
    return int(optional(key, str(default)))


def listed(key: str, default: str) -> list[str]:
    """The members of a comma-separated list, without spaces and empty ones."""
    return [member.strip() for member in optional(key, default).split(",") if member.strip()]


def number(key: str, default: int) -> int:
    """A whole number of one or more."""
    value = int(optional(key, str(default)))
    return max(value, 1)


def places(key: str) -> frozenset[tuple[str, int]]:
    """Hosts with their port, as ``host:port``, of a comma-separated list."""
    parted = (member.rpartition(":") for member in listed(key, ""))
    return frozenset((host.strip("[]").lower(), int(port)) for host, _, port in parted)


def switched_on(key: str, *, default: str = "0") -> bool:
    return optional(key, default).lower() in {"1", "true", "yes", "on"}
