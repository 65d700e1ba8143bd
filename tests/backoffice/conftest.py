from __future__ import annotations

from collections.abc import Callable
from pathlib import Path
from typing import Any

import pytest
from django.utils import timezone
from pytest_django import Settings

from tenants.jobs import bell
from tenants.jobs.asking import ask
from tenants.jobs.models import Job, Step
from tenants.registry.models import Municipality, StateChange
from tenants.registry.tasks import patience
from tests.people import Browser, House, browser_of, forget, member, vendor_organisation

As = Callable[..., Browser]
Text = Callable[..., str]


@pytest.fixture(autouse=True)
def forgotten(db: None, settings: Settings) -> None:
    forget()
    settings.PASSWORD_HASHERS = ["django.contrib.auth.hashers.MD5PasswordHasher"]


@pytest.fixture(autouse=True)
def open_for_long(forgotten: None) -> None:
    """Haarlem and Utrecht came aboard a moment ago; who did may be silent for a while."""
    StateChange.objects.update(at=timezone.now() - patience())


@pytest.fixture(autouse=True)
def rung(monkeypatch: pytest.MonkeyPatch) -> list[str]:
    """The logins whose workers were woken; none is."""
    heard: list[str] = []
    monkeypatch.setattr(bell, "_send", heard.append)
    return heard


@pytest.fixture(autouse=True)
def media(settings: Settings, tmp_path: Path) -> Path:
    """Where files go; those of the vendor's jobs, and those of a municipality."""
    settings.MEDIA_ROOT = str(tmp_path)
    settings.STORAGES = {
        **settings.STORAGES,
        "jobs": {**settings.STORAGES["jobs"], "OPTIONS": {"location": str(tmp_path / ".jobs")}},
    }
    return tmp_path / ".jobs"


@pytest.fixture
def vendor(db: None) -> House:
    return House.of(None)


@pytest.fixture
def signed_in(vendor: House) -> As:
    """Somebody of the vendor with this role, asked only just now who he is."""

    def made(role: str = "eigenaar", email: str | None = None, **how: Any) -> Browser:
        return browser_of(vendor, member(vendor, role, email, **how))

    return made


@pytest.fixture
def boss(signed_in: As) -> Browser:
    return signed_in()


@pytest.fixture
def municipalities(haarlem: Municipality) -> Callable[..., list[Municipality]]:
    """Rows of the registry alone: nothing is behind them."""

    def made(count: int, **how: Any) -> list[Municipality]:
        vendor = vendor_organisation()
        return Municipality.objects.bulk_create(
            Municipality(
                schema_name=f"g{number}", naam=f"Gemeente {number:03}", vendor=vendor, status="actief", **how
            )
            for number in range(count)
        )

    return made


@pytest.fixture
def failed_job(haarlem: Municipality) -> Job:
    """The first step is done, the second failed after three times."""
    return failed(haarlem)


def failed(municipality: Municipality | None, subject: str = "onthaal", **given: Any) -> Job:
    job = ask("onboarding", subject, asked_by="Noor", given={"naam": "Zandvoort", **given})
    Job.objects.filter(pk=job.pk).update(state=Job.State.FAILED, municipality=municipality)
    now = timezone.now()
    job.steps.filter(position=0).update(state=Step.State.DONE, started_at=now, ended_at=now)
    job.steps.filter(position=1).update(
        state=Step.State.FAILED, attempts=3, error="De opslag is <vol>.", started_at=now, ended_at=now
    )
    return Job.objects.get(pk=job.pk)


def text(answer: Any) -> str:
    return str(answer.content.decode())
