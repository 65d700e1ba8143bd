"""The operations of an OpenAPI document as values to compare: those of the standard and those we serve."""

from __future__ import annotations

import re
from collections.abc import Iterator, Mapping
from dataclasses import dataclass
from functools import cache
from pathlib import Path

from tests.conformance.document import Document, Json, load
from tests.conformance.schemas import Attribute, flatten

FILES = Path(__file__).with_name("oas")

TARGETS = {
    "zaken": "zaken/zrc/1.7.x/1.7.0",
    "catalogi": "catalogi/ztc/1.3.x/1.3.3",
    "documenten": "documenten/drc/1.7.x/1.7.0",
    "besluiten": "besluiten/brc/1.1.0",
    "autorisaties": "autorisaties/ac/1.1.x/1.1.0",
    "notificaties": "notificaties/nrc/1.0.1",
}

METHODS = ("get", "post", "put", "patch", "delete", "head")

Place = tuple[str, str]
"""Method and path, with ``{}`` for every parameter: its name is free."""


@dataclass(frozen=True, slots=True)
class Operation:
    """One method on one path. ``query`` and ``headers`` tell of each parameter whether it is experimental."""

    method: str
    path: str
    operation_id: str
    experimental: bool
    query: Mapping[str, bool]
    headers: Mapping[str, bool]
    scopes: frozenset[str]
    request: Mapping[str, Attribute]
    response: Mapping[str, Attribute]


@cache
def official(api: str) -> Mapping[Place, Operation]:
    """The operations that the standard defines for ``zaken`` and so on; none for an API beyond it."""
    if api not in TARGETS:
        return {}
    return operations(load(FILES / TARGETS[api] / "openapi.yaml"))


def operations(document: Document) -> Mapping[Place, Operation]:
    """Every operation of a document by its place."""
    return {
        place(method, path): _operation(document, method, path, item)
        for path, item in document.content["paths"].items()
        for method in METHODS
        if method in item
    }


def place(method: str, path: str) -> Place:
    return method, re.sub(r"\{[^}]*\}", "{}", path)


def _operation(document: Document, method: str, path: str, item: Json) -> Operation:
    operation: Json = item[method]
    parameters = [
        document.resolve(node) for node in (*item.get("parameters", ()), *operation.get("parameters", ()))
    ]
    body = document.resolve(operation.get("requestBody", {}))
    return Operation(
        method=method,
        path=path,
        operation_id=operation["operationId"],
        experimental=_experimental(operation),
        query={node["name"]: _experimental(node) for node in parameters if node["in"] == "query"},
        headers={node["name"]: _experimental(node) for node in parameters if node["in"] == "header"},
        scopes=frozenset(_scopes(operation)),
        request=_attributes(document, body),
        response=_attributes(document, _success(document, operation)),
    )


def _experimental(node: Json) -> bool:
    return bool(node.get("x-experimental", False))


def _scopes(operation: Json) -> Iterator[str]:
    """Alternatives, each of which suffices. The standard writes ``(a | b)``; together are ``a & b``."""
    for requirement in operation.get("security", ()):
        for scopes in requirement.values():
            together = " & ".join(sorted(scopes))
            yield from (alternative.strip() for alternative in together.strip("()").split("|"))


def _success(document: Document, operation: Json) -> Json:
    status = min(
        (str(status) for status in operation["responses"] if str(status).startswith("2")), default=""
    )
    return document.resolve(operation["responses"][status]) if status else {}


def _attributes(document: Document, body: Json) -> Mapping[str, Attribute]:
    """All attributes of a JSON body, however deep; none where there is no such body."""
    content = body.get("content", {})
    # The standard declares one file upload as multipart alone.
    media = content.get("application/json") or content.get("multipart/form-data") or {}
    return flatten(document, media.get("schema", {})).attributes()
