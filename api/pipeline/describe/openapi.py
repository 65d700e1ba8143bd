"""The OpenAPI document of an API, written from the declarations that serve it.

There is no second description that could drift: paths, parameters, scopes and schemas are read off
the registry. Everything beyond the standard carries ``x-experimental``.
"""

from __future__ import annotations

import json
from collections.abc import Iterator
from functools import cache
from typing import Any

from api.pipeline.declare.declaration import Declaration, declarations
from api.pipeline.declare.operations import Operation, opened
from api.pipeline.describe import expanded, geojson_schema
from api.pipeline.describe.documentation.about_api import about_api, about_tags, external, tag_of
from api.pipeline.describe.documentation.about_operation import about_operation
from api.pipeline.describe.documentation.about_parameters import ANSWERS, about_member, about_parameter
from api.pipeline.describe.expanded import answered_name, reached, schema_name, schemas_with_expand
from api.pipeline.describe.yaml_text import written
from api.pipeline.http import paging
from api.pipeline.represent.groups import Group
from api.pipeline.validate.filters import Parameter

PROBLEM = "application/problem+json"
REFUSALS = {
    "400": "ValidatieFout", "403": "Fout", "404": "Fout", "405": "Fout", "406": "Fout", "409": "Fout",
    "412": "Fout", "413": "Fout", "415": "Fout", "429": "Fout", "500": "Fout", "503": "Fout",
}  # fmt: skip
AUDIT_HEADERS = ("X-Audit-Toelichting", "X-NLX-Logrecord-ID")


@cache
def document(api: str) -> dict[str, Any]:
    """The document of one API, without servers."""
    resources = [resource for resource in declarations() if resource.api.name == api]
    about = resources[0].api
    paths: dict[str, dict[str, Any]] = {}
    schemas: dict[str, Any] = {**_SHARED, **geojson_schema.SCHEMAS, **expanded.SCHEMAS}
    for resource in reached(resources):
        schemas |= {schema_name(resource): _whole(resource), **schemas_with_expand(resource)}
    for resource in resources:
        schemas |= _schemas(resource)
        for path, method, described in _operations(resource):
            paths.setdefault(path, {})[method] = described
    return {
        "openapi": "3.0.3",
        "info": {
            "title": about.title,
            "version": about.version,
            "license": {"name": "EUPL-1.2"},
            **about_api(resources),
        },
        **external(resources),
        "tags": about_tags(resources),
        "paths": paths,
        "components": {
            "securitySchemes": {"JWT-Claims": {"type": "http", "scheme": "bearer", "bearerFormat": "JWT"}},
            "schemas": schemas,
        },
    }


def served(api: str, origin: str) -> str:
    """The document as JSON, for a reader on this origin."""
    servers = json.dumps({"servers": _servers(api, origin)})
    return f"{servers[:-1]}, {_text(api)[1:]}"


def served_as_yaml(api: str, origin: str) -> str:
    """The same document as YAML."""
    return written({"servers": _servers(api, origin)}) + _yaml(api)


def _servers(api: str, origin: str) -> list[dict[str, str]]:
    root = next(r.api.root for r in declarations() if r.api.name == api)
    return [{"url": origin + root}]


@cache
def _yaml(api: str) -> str:
    return written(document(api))


@cache
def _text(api: str) -> str:
    """All but the servers, which differ by host: half a megabyte is written once."""
    return json.dumps(document(api), ensure_ascii=False)


def _operations(resource: type[Declaration]) -> Iterator[tuple[str, str, dict[str, Any]]]:
    for operation in resource.operations.values():
        path = f"/{resource.open_path()}{opened(operation.path)}"
        yield path, operation.method, _operation(resource, operation, path)


def _operation(resource: type[Declaration], operation: Operation, path: str) -> dict[str, Any]:
    described: dict[str, Any] = {
        "operationId": resource.operation_id(operation.name),
        "tags": [tag_of(resource)],
        **about_operation(resource, operation),
        "parameters": [
            about_parameter(each, resource, operation) for each in _parameters(resource, operation, path)
        ],
        "security": [] if resource.is_open() else [{"JWT-Claims": _scopes(operation.scope.alternatives())}],
        "responses": _responses(resource, operation),
    }
    body = _body(resource, operation)
    if body is not None:
        described["requestBody"] = {"required": True, "content": {operation.takes: {"schema": body}}}
    return described


def _scopes(alternatives: list[list[str]]) -> list[str]:
    """In the notation of the standard, which lists what is needed together and writes ``(a | b)``."""
    if len(alternatives) == 1:
        return alternatives[0]
    return [f"({' | '.join(' & '.join(labels) for labels in alternatives)})"]


def _parameters(resource: type[Declaration], operation: Operation, path: str) -> Iterator[dict[str, Any]]:
    for name in [part.strip("{}") for part in path.split("/") if part.startswith("{")]:
        schema = {"type": "string", "format": "uuid"}
        yield {"in": "path", "name": name, "required": True, "schema": schema}
    if operation.method != "head" and operation.name != "search":
        for name, declared in operation.query.items():
            exploded = {"style": "form", "explode": False} if declared.takes_several else {}
            schema = dict(declared.schema)
            yield {"in": "query", "name": name, "schema": schema, **exploded, **_marked(declared)}
    yield from _shared_query(resource, operation.name)
    yield from _headers(resource, operation)


def _marked(declared: Parameter) -> dict[str, Any]:
    return {"x-experimental": True} if declared.experimental else {}


def _shared_query(resource: type[Declaration], action: str) -> Iterator[dict[str, Any]]:
    listing = action in ("list", "search")
    if listing and resource.paged:
        number = {"type": "integer", "minimum": 1}
        yield {"in": "query", "name": "page", "schema": number}
        size = {**number, "maximum": paging.MAX_SIZE, "default": paging.DEFAULT_SIZE}
        yield {"in": "query", "name": "pageSize", "schema": size, "x-experimental": True}
    if resource.expands and action in ("list", "retrieve", "search"):
        yield {"in": "query", "name": "expand", "schema": {"type": "string"}}
    if action == "list" and resource.ordering:
        names = [sign + name for name in resource.ordering for sign in ("", "-")]
        schema = {"type": "array", "items": {"type": "string", "enum": names}}
        marked = {"x-experimental": True} if resource.ordering_of_open_zaak else {}
        yield {
            "in": "query",
            "name": "ordering",
            "schema": schema,
            "style": "form",
            "explode": False,
            **marked,
        }


def _headers(resource: type[Declaration], operation: Operation) -> Iterator[dict[str, Any]]:
    text, action, method = {"type": "string"}, operation.name, operation.method
    if not operation.reads and resource.audited:
        for name in AUDIT_HEADERS:
            yield {"in": "header", "name": name, "schema": text}
    if resource.conditional and action in ("retrieve", "headers"):
        yield {"in": "header", "name": "If-None-Match", "schema": text}
    if resource.crs:
        schema = {"type": "string", "enum": ["EPSG:4326"]}
        if method != "delete":
            yield {"in": "header", "name": "Accept-Crs", "required": True, "schema": schema}
        if method in ("post", "put", "patch"):
            yield {"in": "header", "name": "Content-Crs", "required": True, "schema": schema}


def _responses(resource: type[Declaration], operation: Operation) -> dict[str, Any]:
    name, action, method = schema_name(resource), operation.name, operation.method
    answered = answered_name(resource) if action in ("list", "search", "retrieve") else name
    reference = dict(operation.answer or {"$ref": f"#/components/schemas/{answered}"})
    version = {"API-version": {"schema": {"type": "string"}}}
    status = str(operation.status)
    success: dict[str, Any] = {"description": ANSWERS[status], "headers": version}
    if action in ("list", "search"):
        listed = {"$ref": f"#/components/schemas/Paginated{name}List"}
        plain: dict[str, Any] = {"type": "array", "items": reference}
        content = listed if resource.paged else plain
        success["content"] = {"application/json": {"schema": content}}
    elif method != "head" and status != "204":
        success["content"] = {operation.gives: {"schema": reference}}
    refusals = {
        code: {
            "description": ANSWERS[code],
            "content": {PROBLEM: {"schema": {"$ref": f"#/components/schemas/{schema}"}}},
        }
        for code, schema in REFUSALS.items()
    }
    unchanged = {"304": {"description": ANSWERS["304"]}} if resource.conditional else {}
    return {status: success, **_later(operation), **unchanged, **refusals}


def _later(operation: Operation) -> dict[str, Any]:
    if operation.later is None:
        return {}
    headers = {"Location": {"schema": {"type": "string", "format": "uri"}}}
    content = {operation.gives: {"schema": dict(operation.later)}}
    return {"202": {"description": ANSWERS["202"], "headers": headers, "content": content}}


def _body(resource: type[Declaration], operation: Operation) -> dict[str, Any] | None:
    if operation.schema is not None:
        return dict(operation.schema) or None
    if operation.name == "search":
        orders = [sign + name for name in resource.ordering for sign in ("", "-")]
        marked = {"x-experimental": True} if resource.ordering_of_open_zaak else {}
        ordering = {"ordering": {"type": "string", "enum": orders, **marked}} if orders else {}
        members = {name: {**f.schema, **_marked(f)} for name, f in operation.filters.items()}
        expand = {"expand": {"type": "string", "deprecated": True}}
        required = [name for name, each in operation.filters.items() if each.required]
        return {
            "type": "object",
            "minProperties": 1,
            "properties": {**members, **ordering, **expand},
            **({"required": required} if required else {}),
        }
    if operation.method in ("post", "put"):
        return {"$ref": f"#/components/schemas/{schema_name(resource)}"}
    if operation.method == "patch":
        return {"$ref": f"#/components/schemas/Patched{schema_name(resource)}"}
    return None


def _schemas(resource: type[Declaration]) -> dict[str, Any]:
    name, whole = schema_name(resource), _whole(resource)
    patched = {key: value for key, value in whole.items() if key != "required"}
    page = {
        "count": {"type": "integer"},
        "next": {"type": "string", "format": "uri", "nullable": True},
        "previous": {"type": "string", "format": "uri", "nullable": True},
        "results": {"type": "array", "items": {"$ref": f"#/components/schemas/{answered_name(resource)}"}},
    }
    listed = {"type": "object", "required": ["count", "results"], "properties": page}
    return {
        name: whole,
        f"Patched{name}": patched,
        f"Paginated{name}List": listed,
        **schemas_with_expand(resource),
    }


def _whole(resource: type[Declaration]) -> dict[str, Any]:
    """The representation itself."""
    model, members = resource.model, resource.representation.members
    required = sorted(key for key, member in members.items() if _required(member, model))
    return {
        "type": "object",
        "properties": {key: _property(member, model) for key, member in members.items()},
        **({"required": required} if required else {}),
    }


def _property(member: Any, model: Any) -> dict[str, Any]:
    schema: dict[str, Any] = dict(member.schema(model))
    if "$ref" in schema:  # nothing may stand beside a reference
        schema["allOf"] = [{"$ref": schema.pop("$ref")}]
    return schema | about_member(member, model) | ({"x-experimental": True} if member.experimental else {})


def _required(member: Any, model: Any) -> bool:
    """What is always in an answer and not writable, or must be in a request (OAS 3.0 has one list)."""
    if isinstance(member, Group):
        return bool(member.required)
    field = member.field(model)
    return True if field is None else bool(field.required)


_SHARED: dict[str, Any] = {
    "FieldValidationError": {
        "type": "object",
        "required": ["code", "name", "reason"],
        "properties": {key: {"type": "string"} for key in ("name", "code", "reason")},
    },
    "Fout": {
        "type": "object",
        "required": ["code", "detail", "instance", "status", "title"],
        "properties": {
            **{key: {"type": "string"} for key in ("type", "code", "title", "detail", "instance")},
            "status": {"type": "integer"},
        },
    },
    "ValidatieFout": {
        "type": "object",
        "required": ["code", "detail", "instance", "invalidParams", "status", "title"],
        "properties": {
            **{key: {"type": "string"} for key in ("type", "code", "title", "detail", "instance")},
            "status": {"type": "integer"},
            "invalidParams": {
                "type": "array",
                "items": {"$ref": "#/components/schemas/FieldValidationError"},
            },
        },
    },
    "GeoWithin": {
        "type": "object",
        "properties": {"within": {"$ref": "#/components/schemas/GeoJSONGeometry"}},
    },
}
