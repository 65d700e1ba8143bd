"""The factories of this folder, found by the name of their model: ``ZaakFactory`` makes a ``Zaak``."""

from __future__ import annotations

from collections.abc import Mapping
from functools import cache
from importlib import import_module
from pathlib import Path
from typing import Any

from django.db.models import Model
from factory.django import DjangoModelFactory

FOLDER = Path(__file__).parent

Factory = type[DjangoModelFactory[Any]]


def factory_of(model: type[Model]) -> Factory:
    """The factory of a model; ``KeyError`` where nobody wrote one."""
    return _factories()[model]


def has_factory(model: type[Model]) -> bool:
    return model in _factories()


def name_of(model: type[Model]) -> str:
    """What the factory of a model is called."""
    return f"{model.__name__}Factory"


@cache
def _factories() -> Mapping[type[Model], Factory]:
    modules = [import_module(f"tests.factories.{file.stem}") for file in sorted(FOLDER.glob("*.py"))]
    factories = [each for module in modules for each in vars(module).values() if _is_factory(each)]
    return {each._meta.model: each for each in factories if each.__name__ == name_of(each._meta.model)}


def _is_factory(value: Any) -> bool:
    return (
        isinstance(value, type) and issubclass(value, DjangoModelFactory) and value is not DjangoModelFactory
    )
