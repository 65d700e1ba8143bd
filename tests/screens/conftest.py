from __future__ import annotations

import pytest
from django.test import RequestFactory

from screens.samples import sample_shell
from screens.shell import Shell


@pytest.fixture
def shell() -> Shell:
    return sample_shell(gemeente=False)


@pytest.fixture
def htmx() -> RequestFactory:
    """Requests as htmx makes them."""
    return RequestFactory(headers={"HX-Request": "true"})
