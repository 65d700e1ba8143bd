"""From declarations to urls: only what is declared is bound, anything else is 405."""

from __future__ import annotations

from collections.abc import Callable, Iterable, Iterator
from typing import Any

from django.http import HttpRequest, HttpResponse
from django.urls import URLPattern, path
from django.views.decorators.gzip import gzip_page
from django.views.decorators.http import require_safe

from api.pipeline.describe import openapi
from api.pipeline.describe.documentation.answers import answer
from api.pipeline.http.resource import Resource
from api.pipeline.words import registry
from api.pipeline.words.served import Api

JSON = "application/json"
YAML = "application/yaml"


def routes(api: Api, resources: Iterable[type[Resource]]) -> list[URLPattern]:
    """The url patterns of an API, and its entry in the registry."""
    patterns = [
        path("openapi.json", _document(api, openapi.served, JSON)),
        # where Open Zaak has it
        path("schema/openapi.yaml", _document(api, openapi.served_as_yaml, YAML)),
    ]
    for resource in resources:
        registry.register(resource)
        patterns += _patterns(resource)
    return patterns


def _patterns(resource: type[Resource]) -> Iterator[URLPattern]:
    places: dict[str, dict[str, Any]] = {}
    for name, operation in resource.operations.items():
        places.setdefault(operation.path, {})[operation.method] = name
    for below, actions in places.items():
        yield path(f"{resource.path}{below}", resource.as_view(actions))


def _document(api: Api, served: Callable[[str, str], str], media_type: str) -> Any:
    @gzip_page
    @require_safe
    def document(request: HttpRequest) -> HttpResponse:
        """``GET {root}/openapi.json`` (x-gen-04), open to everybody."""
        body = served(api.name, f"{request.scheme}://{request.get_host()}")
        return answer(request, body, media_type, {"Cache-Control": "no-cache"})

    return document
