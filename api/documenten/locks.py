"""The lock of a document: a secret, which whoever holds it shows at each change."""

from __future__ import annotations

from hmac import compare_digest
from secrets import token_hex
from typing import Any

from api.clients.client import Client
from api.pipeline.declare.write import Write

LOCK = "lock"
"""By which name the lock that a client shows stands beside the columns of a write."""


def new_lock(client: Client) -> dict[str, str]:
    """The columns of a document that this client locks; nobody can guess the secret."""
    return {"lock": token_hex(16), "lock_houder": client.client_id}


def no_lock() -> dict[str, str]:
    """The columns of a document that nobody holds."""
    return {"lock": "", "lock_houder": ""}


def shown(write: Write) -> str:
    """The lock that the client gave; empty for none."""
    return str(write.aside.get(LOCK) or "")


def fits(write: Write, document: Any) -> bool:
    """Whether that is the one of the document."""
    return compare_digest(document.lock.encode(), shown(write).encode())
