"""Every resource that is served, by model and by place; how knowledge flows upward by name."""

from __future__ import annotations

import re
from collections.abc import Iterator

from django.db.models import Model

from api.pipeline.words.served import Served

_PARAMETER = re.compile("<[^>]*>")

_by_place: dict[tuple[str, str], type[Served]] = {}
_by_model: dict[type[Model], type[Served]] = {}


def register(resource: type[Served]) -> None:
    """Take a resource into the house; the router does this for each line in ``urls.py``."""
    _by_place[resource.api.name, _PARAMETER.sub("{}", resource.path)] = resource
    if resource.represents_model:
        _by_model[resource.model] = resource


def resources() -> Iterator[type[Served]]:
    """All resources, in the order in which the urls list them."""
    return iter(_by_place.values())


def resource_for(model: type[Model]) -> type[Served]:
    """The resource that represents a model; ``KeyError`` where none is served."""
    return _by_model[model]


def is_served(model: type[Model]) -> bool:
    """Whether some resource represents the model."""
    return model in _by_model


def resource_at(api: str, path: str) -> type[Served] | None:
    """The resource at ``/{api}/api/v1/{path}``, in which ``{}`` stands for the key of a parent."""
    return _by_place.get((api, path))
