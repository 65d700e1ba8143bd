"""A web process may read the resources first while it works for a municipality, which it mails a link to."""

from __future__ import annotations

import pkgutil
import runpy

import pytest

from tenants.registry.context import in_municipality
from tenants.registry.models import Municipality
from vendor_api import resources

NAMES = [module.name for module in pkgutil.iter_modules(resources.__path__)]


@pytest.mark.parametrize("name", NAMES)
def test_it_is_read_inside_a_municipality(haarlem: Municipality, name: str) -> None:
    with in_municipality(haarlem):
        runpy.run_module(f"vendor_api.resources.{name}")
