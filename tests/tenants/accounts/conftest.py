from __future__ import annotations

import pytest
from pytest_django.fixtures import Settings

from tenants.registry.models import Municipality
from tests.people import House, forget


@pytest.fixture(autouse=True)
def forgotten(db: None, settings: Settings) -> None:
    """Limits of one test are not those of the next; and passwords cost little, but where time is told."""
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


@pytest.fixture(params=["vendor", "haarlem"])
def house(request: pytest.FixtureRequest, haarlem: Municipality) -> House:
    """Each side in turn."""
    return House.of(haarlem if request.param == "haarlem" else None)


@pytest.fixture
def highest(house: House) -> str:
    return "beheerder" if house.municipality else "eigenaar"


@pytest.fixture
def lowest(house: House) -> str:
    return "lezer" if house.municipality else "alleen-lezen"
