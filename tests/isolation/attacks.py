"""Attacks on Haarlem with what is Utrecht's, made from the declarations of the resources.

Every attack is a pair of requests that differ in one thing: the one names an object that exists at
Utrecht, the other an object that exists nowhere. A municipality that keeps its neighbours out
answers both alike, and changes nothing.
"""

from __future__ import annotations

import re
from collections.abc import Callable, Iterator, Mapping
from dataclasses import dataclass
from typing import Any
from uuid import uuid4

from django.db.models import Model

from api.catalogi.models import Catalogus
from api.pipeline import registry
from api.pipeline.filters import AnyOf, LinkTo, Through, UrlText
from api.pipeline.members import Link, Links
from api.pipeline.operations import METHODS, ON_COLLECTION
from tests.api.catalogi.exchange.contents import packed, post_zip
from tests.api.client import ApiClient, Response

NOT_FOUND, FORBIDDEN = 404, 403
UTRECHT = "http://utrecht.localhost"
BODILESS = frozenset(("get", "head", "delete"))

Objects = Mapping[type[Model], Any]


@dataclass(frozen=True, slots=True)
class Attack:
    """What is sent, with ``{key}`` where the key of the object stands; and the status it should get."""

    method: str
    path: str
    model: type[Model]
    body: Any = None
    expected: int | None = None
    headers: Mapping[str, str] | None = None
    files: Mapping[str, Any] | None = None
    """Sent as a zip, in place of a body."""

    def send(self, api: ApiClient, key: object) -> Response:
        if self.files is not None:
            return post_zip(api, _filled(self.path, key), packed(_filled(self.files, key)))
        return api.request(
            self.method.upper(), _filled(self.path, key), _filled(self.body, key), **(self.headers or {})
        )

    def __str__(self) -> str:
        return f"{self.method.upper()} {self.path} {self.body or self.files or ''}"


def told_apart(attack: Attack, api: ApiClient, theirs: Objects) -> str | None:
    """What gives Utrecht's object away; ``None`` where nothing does."""
    key = theirs[attack.model].pk
    existing, absent = attack.send(api, key), attack.send(api, uuid4())
    if attack.expected is not None and existing.status_code != attack.expected:
        return f"{attack}: answered {existing.status_code}"
    if existing.status_code != absent.status_code:
        return f"{attack}: {existing.status_code} where it exists, {absent.status_code} where not"
    if _without_keys(existing) != _without_keys(absent):
        return f"{attack}: the answers differ"
    return None


def attacks(resource: Any, action: str, ours: Objects) -> list[Attack]:
    """The attacks on one operation; ``KeyError`` where nobody thought of any."""
    return list(KINDS[action](resource, action, ours))


def request_of(resource: Any, action: str, ours: Objects) -> tuple[str, str]:
    """Method and path of an ordinary call of the operation, on an object of Haarlem."""
    operation = resource.operations[action]
    root = _root(resource, ours)
    path = (
        root
        if action in ON_COLLECTION or not _on_object(operation, action)
        else f"{root}/{_own(resource, ours)}"
    )
    return operation.method or METHODS[action], path + (f"/{operation.suffix}" if operation.suffix else "")


def _by_key(resource: Any, action: str, ours: Objects) -> Iterator[Attack]:
    operation = resource.operations[action]
    method = operation.method or METHODS[action]
    suffix = f"/{operation.suffix}" if operation.suffix else ""
    model = resource.model if resource.represents_model else resource.about
    path = f"{_root(resource, ours)}/{{key}}{suffix}"
    if not resource.represents_model:
        path = f"{resource.api.root}/{re.sub('<[^>]*>', '{key}', resource.path)}/{uuid4()}"
    body: Any = None if method in BODILESS else {}
    yield Attack(method, path, model, body, expected=NOT_FOUND)
    if action == "retrieve" and resource.expands:
        for step in _expandable(resource):
            yield Attack(method, f"{path}?expand={step}", model, expected=NOT_FOUND)


def _by_etag(resource: Any, action: str, ours: Objects) -> Iterator[Attack]:
    yield from _by_key(resource, action, ours)
    if resource.conditional and resource.represents_model:
        path = f"{_root(resource, ours)}/{{key}}"
        known = {"If-None-Match": "*"}
        yield Attack(METHODS[action], path, resource.model, expected=NOT_FOUND, headers=known)


def _by_url_in_body(resource: Any, action: str, ours: Objects) -> Iterator[Attack]:
    for name, target in _links(resource):
        url = f"{UTRECHT}{_collection(target)}/{{key}}"
        method, path = request_of(resource, action, ours)
        yield Attack(method, path, target, {name: url}, expected=400)
    for name, target in _lists_of_links(resource):
        url = f"{UTRECHT}{_collection(target)}/{{key}}"
        method, path = request_of(resource, action, ours)
        yield Attack(method, path, target, {name: [url]}, expected=400)
    if action != "partial_update":  # a PATCH of what cannot be written is a PATCH of nothing
        method, path = request_of(resource, action, ours)
        yield Attack(method, path, resource.model, {"url": "{key}", "uuid": "{key}"}, expected=400)


def _by_key_and_url(resource: Any, action: str, ours: Objects) -> Iterator[Attack]:
    yield from _by_key(resource, action, ours)
    yield from _by_url_in_body(resource, action, ours)


def _by_filter(resource: Any, action: str, ours: Objects) -> Iterator[Attack]:
    method, path = request_of(resource, action, ours)
    if not resource.represents_model:
        path = f"{resource.api.root}/{re.sub('<[^>]*>', '{key}', resource.path)}"
        yield Attack(method, path, resource.about, expected=NOT_FOUND)
        return
    for name, target in _link_filters(resource, action):
        url = f"{UTRECHT}{_collection(target)}/{{key}}"
        if method == "get":
            yield Attack(method, f"{path}?{name}={url}", target, expected=200)
        else:
            yield Attack(method, path, target, {name: [url] if name.endswith("__in") else url}, expected=200)
    if action == "search":
        yield Attack(method, path, resource.model, {"uuid__in": ["{key}"]}, expected=200)
    if action == "list" and resource.expands:
        steps = ",".join(_expandable(resource))
        yield Attack(method, f"{path}?expand={steps}", resource.model, expected=200)
    if action == "consumer":
        yield Attack(method, f"{path}?clientId={{key}}", resource.model, expected=NOT_FOUND)
    yield Attack(method, f"{path}?uuid={{key}}", resource.model)


def _by_zip(resource: Any, action: str, ours: Objects) -> Iterator[Attack]:
    method, path = request_of(resource, action, ours)
    theirs = f"{UTRECHT}{resource.root()}/{{key}}"
    types = {
        "ZaakType.json": [{"url": f"{UTRECHT}/catalogi/api/v1/zaaktypen/{uuid4()}", "catalogus": theirs}]
    }
    yield Attack(method, path, resource.model, files=types, expected=400)
    yield Attack(method, f"{path}?catalogus={theirs}", resource.model, files=types, expected=400)
    parts = {"RolType.json": [{"url": theirs, "zaaktype": theirs, "catalogus": theirs}]}
    yield Attack(method, path, resource.model, files=parts, expected=400)


def _by_key_and_neighbour(resource: Any, action: str, ours: Objects) -> Iterator[Attack]:
    yield from _by_key(resource, action, ours)
    method, path = request_of(resource, action, ours)
    url = f"{UTRECHT}{_collection(Catalogus)}/{{key}}"
    body = {"identificatie": "NIEUW", "beginGeldigheid": "2031-01-01", "catalogus": url}
    yield Attack(method, path, Catalogus, body, expected=400)


def _by_question(resource: Any, action: str, ours: Objects) -> Iterator[Attack]:
    _, path = request_of(resource, action, ours)
    for model in ours:
        for host in ("http://haarlem.localhost", UTRECHT):
            asked = f"clientId=wie&url={host}{_collection(model)}/{{key}}&operatie=retrieve"
            yield Attack("get", f"{path}?{asked}", model, expected=400)
    for model in ours:
        yield Attack("get", f"{path}?verzoek={{key}}", model, expected=NOT_FOUND)


KINDS: Mapping[str, Callable[[Any, str, Objects], Iterator[Attack]]] = {
    "list": _by_filter,
    "search": _by_filter,
    "consumer": _by_filter,
    "show": _by_question,
    "retrieve": _by_etag,
    "headers": _by_etag,
    "destroy": _by_key,
    "publish": _by_key,
    "export": _by_key,
    "import_zip": _by_zip,
    "kopie": _by_key_and_neighbour,
    "versie": _by_key_and_neighbour,
    "create": _by_url_in_body,
    "update": _by_key_and_url,
    "partial_update": _by_key_and_url,
}
"""By the kind of operation. A new kind has to think of how it is attacked."""


def _links(resource: Any) -> Iterator[tuple[str, type[Model]]]:
    for name, member in resource.representation.members.items():
        if isinstance(member, Link) and not member.read_only:
            yield name, member._target(resource.model)


def _lists_of_links(resource: Any) -> Iterator[tuple[str, type[Model]]]:
    for name, member in resource.representation.members.items():
        if isinstance(member, Links) and not member.read_only:
            yield name, member._target(resource.model)


def _link_filters(resource: Any, action: str) -> Iterator[tuple[str, type[Model]]]:
    for name, declared in resource.operations[action].filters.items():
        inner = declared.inner if isinstance(declared, Through) else declared
        inner = inner.one if isinstance(inner, AnyOf) else inner
        if isinstance(inner, LinkTo):
            yield name, inner.target
        elif isinstance(inner, UrlText):
            yield name, resource.model


def _expandable(resource: Any) -> list[str]:
    members = resource.representation.members.items()
    return [
        name
        for name, member in members
        if (target := member.target(resource.model)) is not None and registry.is_served(target)
    ]


def _collection(model: type[Model]) -> str:
    return registry.resource_for(model).root()


def _root(resource: Any, ours: Objects) -> str:
    if resource.represents_model or not resource.parent:
        return str(resource.root())
    return f"{resource.api.root}/{re.sub('<[^>]*>', str(ours[resource.about].pk), resource.path)}"


def _own(resource: Any, ours: Objects) -> object:
    return ours[resource.model].pk if resource.represents_model else uuid4()


def _on_object(operation: Any, action: str) -> bool:
    return operation.on_object if operation.suffix else action not in ON_COLLECTION


def _filled(value: Any, key: object) -> Any:
    if isinstance(value, str):
        return value.replace("{key}", str(key))
    if isinstance(value, dict):
        return {name: _filled(each, key) for name, each in value.items()}
    if isinstance(value, list):
        return [_filled(each, key) for each in value]
    return value


_UUID = re.compile(r"[0-9a-f]{8}(-[0-9a-f]{4}){3}-[0-9a-f]{12}")


def _without_keys(response: Response) -> str:
    """The body without the keys that either request sent, and without the number of the occurrence."""
    return _UUID.sub("", response.content.decode())
