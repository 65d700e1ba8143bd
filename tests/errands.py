"""What waits until an act stands, as tests look at it."""

from __future__ import annotations

from math import inf
from typing import Any

import pytest
from django.core import mail
from django.core.mail import EmailMessage

from tenants.errands import bell
from tenants.errands.errands import run_errands
from tenants.errands.letters import send_letters
from tenants.errands.models import Errand
from tenants.registry.context import in_public


def delivered() -> list[EmailMessage]:
    """All that was sent, once what waits is done, as a worker does it."""
    with in_public():
        run_errands(until=inf)
        send_letters(until=inf)
    return mail.outbox


def leave_waiting(monkeypatch: pytest.MonkeyPatch) -> None:
    """Nothing is done when the bell rings."""
    monkeypatch.setattr(bell, "send", lambda: None)


def asked(kind: str) -> list[dict[str, Any]]:
    """What was given with each errand of a kind that waits."""
    return list(Errand.objects.filter(kind=kind).order_by("pk").values_list("given", flat=True))
