"""Whoever adds a resource is told once what its tests lack."""

from __future__ import annotations

from importlib import import_module

from django.conf import settings

from tests.factories.by_model import has_factory
from tests.factories.everything import no_factory, own_models

# The urls register the resources; nothing has asked for a page yet.
import_module(settings.ROOT_URLCONF)


def test_every_model_that_a_resource_represents_has_its_factory() -> None:
    assert own_models()
    missing = [no_factory(model) for model in own_models() if not has_factory(model)]
    assert not missing, "\n".join(missing)
