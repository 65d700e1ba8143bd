from __future__ import annotations

import pytest
from pytest_django.fixtures import Settings

from tenants.registry.models import Municipality
from tests.people import House, forget


@pytest.fixture(autouse=True)
def forgotten(db: None, settings: Settings) -> None:
    forget()
    settings.PASSWORD_HASHERS = ["django.contrib.auth.hashers.MD5PasswordHasher"]


@pytest.fixture
def vendor(db: None) -> House:
    return House.of(None)


@pytest.fixture
def at_haarlem(haarlem: Municipality) -> House:
    return House.of(haarlem)


@pytest.fixture
def at_utrecht(utrecht: Municipality) -> House:
    return House.of(utrecht)
