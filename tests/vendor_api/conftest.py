"""Programs with keys: of the vendor, of a partner, with any scopes."""

from __future__ import annotations

import json
from dataclasses import dataclass, field
from datetime import timedelta
from itertools import count
from typing import Any

import pytest
from django.core.cache import caches
from django.test import Client
from django.utils import timezone
from pytest_django import Settings

from tenants.accounts.models import Membership, User
from tenants.accounts.models.membership import today_here
from tenants.jobs import bell
from tenants.registry.connection import connection
from tenants.registry.models import Organisation
from tests.people import forget, vendor_organisation
from vendor_api.models import Token
from vendor_api.scopes import SCOPES
from vendor_api.tokens import digest_of

ROOT = "/platform/api/v1"
OF_MAKERS = "@sleutels.example"
NUMBERS = count(1)
KEYS = count(1)
UNKNOWN = "00000000-0000-4000-8000-000000000000"


@dataclass
class Program:
    """Calls with its key, or with none."""

    text: str = ""
    token: Token | None = None
    client: Client = field(default_factory=lambda: Client(raise_request_exception=False))

    def get(self, path: str, **headers: str) -> Any:
        return self.client.get(self._at(path), headers=self._with(headers))

    def post(self, path: str, body: Any = None, key: str | None = "", **headers: str) -> Any:
        """With a key of its own for each request, unless one is named; None leaves it out."""
        if key is not None:
            headers = {"Idempotency-Key": key or f"k{next(KEYS)}", **headers}
        content = body if isinstance(body, bytes | str) else json.dumps(body)
        kind = headers.pop("content_type", "application/json")
        return self.client.post(self._at(path), data=content, content_type=kind, headers=self._with(headers))

    def send(self, method: str, path: str, **headers: str) -> Any:
        return self.client.generic(method, self._at(path), headers=self._with(headers))

    def _at(self, path: str) -> str:
        return path if path.startswith("/platform") else ROOT + path

    def _with(self, headers: dict[str, str]) -> dict[str, str]:
        named = {name.replace("_", "-"): value for name, value in headers.items()}
        authorization = {"Authorization": f"Bearer {self.text}"} if self.text else {}
        return {"host": "localhost", **authorization, **named}


def key_of(
    *scopes: str, organisation: Organisation | None = None, schemas: tuple[str, ...] | None = None, **how: Any
) -> Program:
    number = next(NUMBERS)
    prefix, now = f"{number:012x}", timezone.now()
    text = f"zpk_{prefix}_{'s' * 43}"
    token = Token.objects.create(
        **{
            "name": f"Sleutel {number}",
            "organisation": organisation or vendor_organisation(),
            "prefix": prefix,
            "digest": digest_of(text),
            "scopes": list(scopes),
            "made_by": how.pop("made_by", None) or maker_of(organisation or vendor_organisation()),
            "is_limited": schemas is not None,
            "municipalities": list(schemas or ()),
            "made_at": now,
            "ends_at": now + timedelta(days=1),
            **how,
        }
    )
    return Program(text, token)


def maker_of(organisation: Organisation) -> User:
    """An owner of it, who may what any key may."""
    email = f"maker-{organisation.pk}{OF_MAKERS}"
    found = User.objects.filter(email=email).first()
    if found is not None:
        return found
    made = User.objects.create(email=email, name="Maker")
    Membership.objects.create(user=made, organisation=organisation, role="eigenaar", starts=today_here())
    return made


@pytest.fixture(autouse=True)
def forgotten(db: None, settings: Settings) -> None:
    forget()
    caches["public"].clear()
    settings.PASSWORD_HASHERS = ["django.contrib.auth.hashers.MD5PasswordHasher"]


@pytest.fixture(autouse=True)
def rung(monkeypatch: pytest.MonkeyPatch) -> list[str]:
    heard: list[str] = []
    monkeypatch.setattr(bell, "_send", heard.append)
    return heard


@pytest.fixture
def program(db: None) -> Program:
    """Of the vendor, with every scope."""
    return key_of(*SCOPES)


@pytest.fixture
def stranger(db: None) -> Program:
    return Program()


LEFT = (
    "vendor_api_keptanswer",
    "vendor_api_token",
    "vendor_api_webhookevent",
    "vendor_api_delivery",
    "vendor_api_webhook",
    "errands_errand",
    "errands_letter",
    "jobs_step",
    "jobs_job",
    "backoffice_draft",
    "backoffice_logline",
)
"""Tables in which a test without a transaction of its own leaves something."""


def empty_what_programs_left() -> None:
    """As the owner, who alone may take away lines of the log."""
    with connection.cursor() as cursor:
        cursor.execute(f"TRUNCATE {', '.join(f'public.{table}' for table in LEFT)}")
    User.objects.filter(email__endswith=OF_MAKERS).delete()
