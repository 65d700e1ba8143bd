"""A filter that nobody asks for is measured by nobody."""

from __future__ import annotations

from importlib import import_module

import pytest
from django.conf import settings

from tests.plans.questions import ASKED, Asking

# The urls register the resources.
import_module(settings.ROOT_URLCONF)


@pytest.mark.parametrize("asking", ASKED, ids=lambda asking: asking.model.__name__)
def test_every_filter_is_asked(asking: Asking) -> None:
    assert set(asking.filters) == asking.declared
