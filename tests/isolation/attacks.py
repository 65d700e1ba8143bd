"""Attacks on Haarlem with what is Utrecht's, made from the declarations of the resources.

Every attack is a pair of requests that differ in one thing: the one names an object that exists at
Utrecht, the other an object that exists nowhere. What gives the object away is for ``leaks`` to say.
"""

from __future__ import annotations

import re
from collections.abc import Callable, Iterator, Mapping
from dataclasses import dataclass
from typing import Any
from uuid import uuid4

from django.db.models import Model

from api.catalogi.models import Catalogus
from api.documenten.models import BestandsDeel, EnkelvoudigInformatieObject
from api.pipeline.represent.serializers import write_serializer
from api.pipeline.validate.filters import AmongThese, LinkTo, Through, UrlText
from api.pipeline.validate.values import UrlField
from api.pipeline.words import registry
from tests.api.catalogi.exchange.contents import packed, post_zip
from tests.api.client import ApiClient, Response
from tests.api.requests import BODILESS, BOUNDARY, LOCK, beside, part_of_content, request_of, root_of
from tests.isolation.places import linked_places, replaced, writable_relations
from tests.isolation.square import House

NOT_FOUND, FORBIDDEN = 404, 403
HAARLEM, UTRECHT = "http://haarlem.localhost", "http://utrecht.localhost"


@dataclass(frozen=True, slots=True)
class Attack:
    """What is sent, with ``{key}`` where the key of the object stands; and the status it should get."""

    method: str
    path: str
    model: type[Model]
    body: Any = None
    expected: int | None = None
    headers: Mapping[str, str] | None = None
    """With ``{etag}`` where the ETag of the object stands."""
    files: Mapping[str, Any] | None = None
    """Sent as a zip, in place of a body."""
    multipart: bytes | None = None
    """Sent as such, in place of a body."""
    refuses: str | None = None
    """The one member that is refused, where the rest of the body is right."""
    making: Any = None
    """The resource of which room is made for another object."""

    @property
    def only_reads(self) -> bool:
        return self.method in {"get", "head"}

    def send(self, api: ApiClient, key: object, etag: str = "") -> Response:
        filled = {"{key}": str(key), "{etag}": etag}
        path, body = _filled(self.path, filled), _filled(self.body, filled)
        if self.files is not None:
            return post_zip(api, path, packed(_filled(self.files, filled)))
        if self.multipart is not None:
            return api.multipart(self.method.upper(), path, self.multipart, BOUNDARY)
        return api.request(self.method.upper(), path, body, **_filled(self.headers or {}, filled))

    def __str__(self) -> str:
        return f"{self.method.upper()} {self.path} {self.body or self.files or ''}"


def attacks(resource: Any, action: str, ours: House) -> list[Attack]:
    """The attacks on one operation; ``KeyError`` where nobody thought of any."""
    return list(KINDS[action](resource, action, ours))


def _by_key(resource: Any, action: str, ours: House) -> Iterator[Attack]:
    operation = resource.operations[action]
    method = operation.method
    model = resource.model if resource.represents_model else resource.about
    path = root_of(resource, ours) + operation.path.replace("<uuid:uuid>", "{key}")
    if not resource.represents_model:
        path = f"{resource.api.root}/{re.sub('<[^>]*>', '{key}', resource.path)}/{uuid4()}"
    body: Any = None if method in BODILESS else {}
    yield Attack(method, path, model, body, expected=NOT_FOUND)
    if action == "retrieve" and resource.expands:
        for step in _expandable(resource):
            yield Attack(method, f"{path}?expand={step}", model, expected=NOT_FOUND)


def _by_etag(resource: Any, action: str, ours: House) -> Iterator[Attack]:
    yield from _by_key(resource, action, ours)
    if not resource.represents_model:
        return
    method, path = request_of(resource, action, ours)
    if resource.conditional:
        for known in ("*", "{etag}"):
            known_at = {"If-None-Match": known}
            theirs = f"{root_of(resource, ours)}/{{key}}"
            yield Attack(method, theirs, resource.model, expected=NOT_FOUND, headers=known_at)
        yield Attack(method, path, resource.model, expected=200, headers={"If-None-Match": "{etag}"})
    if action == "retrieve" and resource.expands:
        steps = ",".join(_expandable(resource))
        yield Attack(method, f"{path}?expand={steps}", resource.model, expected=200)


def _by_url_in_body(resource: Any, action: str, ours: House) -> Iterator[Attack]:
    """A body that is right but for one member, which names the neighbour's object in one of two ways."""
    method, path = request_of(resource, action, ours)
    valid, making = ours.body(resource), resource if action == "create" else None
    for place, target, refused in _named_places(resource, valid):
        for host in (UTRECHT, HAARLEM):
            body = replaced(valid, place, f"{host}{_collection(target)}/{{key}}")
            body = {place[0]: body[place[0]]} if action == "partial_update" else body
            body = {**body, **beside(resource, action)}
            name = ".".join(map(str, place)) if refused else None
            yield Attack(method, path, target, body, 400 if refused else None, refuses=name, making=making)
    own = {**valid, "url": f"{UTRECHT}{_collection(resource.model)}/{{key}}", "uuid": "{key}"}
    yield Attack(method, path, resource.model, own, expected=_success(action), making=making)


def _named_places(resource: Any, valid: Any) -> Iterator[tuple[tuple[Any, ...], type[Model], bool]]:
    """Where the body can name an object, of which model, and whether only one of this house will do."""
    fields = write_serializer(resource)().fields
    found = dict(linked_places(valid)) | dict(writable_relations(resource))
    for place, target in found.items():
        yield place, target, _is_relation(fields[place[0]], place)


def _is_relation(field: Any, place: tuple[Any, ...]) -> bool:
    """A URL that may point anywhere is kept as it was given."""
    for step in place[1:]:
        field = field.child if isinstance(step, int) else field.fields[step]
    return not isinstance(field, UrlField)


def _success(action: str) -> int:
    return 201 if action == "create" else 200


def _by_key_and_url(resource: Any, action: str, ours: House) -> Iterator[Attack]:
    yield from _by_key(resource, action, ours)
    theirs = f"{root_of(resource, ours)}/{{key}}"
    method, _ = request_of(resource, action, ours)
    yield Attack(method, theirs, resource.model, ours.body(resource), expected=NOT_FOUND)
    yield from _by_url_in_body(resource, action, ours)


def _by_filter(resource: Any, action: str, ours: House) -> Iterator[Attack]:
    method, path = request_of(resource, action, ours)
    if action == "list":
        yield Attack(
            method, path, resource.model if resource.represents_model else resource.about, expected=200
        )
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


def _by_zip(resource: Any, action: str, ours: House) -> Iterator[Attack]:
    method, path = request_of(resource, action, ours)
    theirs = f"{UTRECHT}{resource.root()}/{{key}}"
    types = {
        "ZaakType.json": [{"url": f"{UTRECHT}/catalogi/api/v1/zaaktypen/{uuid4()}", "catalogus": theirs}]
    }
    yield Attack(method, path, resource.model, files=types, expected=400)
    yield Attack(method, f"{path}?catalogus={theirs}", resource.model, files=types, expected=400)
    parts = {"RolType.json": [{"url": theirs, "zaaktype": theirs, "catalogus": theirs}]}
    yield Attack(method, path, resource.model, files=parts, expected=400)


def _by_key_and_neighbour(resource: Any, action: str, ours: House) -> Iterator[Attack]:
    yield from _by_key(resource, action, ours)
    method, path = request_of(resource, action, ours)
    url = f"{UTRECHT}{_collection(Catalogus)}/{{key}}"
    body = {"identificatie": "NIEUW", "beginGeldigheid": "2031-01-01", "catalogus": url}
    yield Attack(method, path, Catalogus, body, expected=400)


def _by_question(resource: Any, action: str, ours: House) -> Iterator[Attack]:
    _, path = request_of(resource, action, ours)
    for model in ours.objects:
        for host in (HAARLEM, UTRECHT):
            asked = f"clientId=wie&url={host}{_collection(model)}/{{key}}&operatie=retrieve"
            yield Attack("get", f"{path}?{asked}", model, expected=400)
    for model in ours.objects:
        yield Attack("get", f"{path}?verzoek={{key}}", model, expected=NOT_FOUND)


def _by_key_and_lock(resource: Any, action: str, ours: House) -> Iterator[Attack]:
    yield from _by_key(resource, action, ours)
    path = f"{root_of(resource, ours)}/{{key}}/{action}"
    yield Attack("post", path, resource.model, {"lock": LOCK}, expected=NOT_FOUND)


def _by_version(resource: Any, action: str, ours: House) -> Iterator[Attack]:
    yield from _by_key(resource, action, ours)
    path = f"{root_of(resource, ours)}/{{key}}/{action}"
    for asked in ("versie=1", "registratieOp=2031-01-01T00:00:00Z"):
        yield Attack("get", f"{path}?{asked}", resource.model, expected=NOT_FOUND)


def _by_number(resource: Any, action: str, ours: House) -> Iterator[Attack]:
    """What it gives names nothing; the number of a neighbour is one of nobody here."""
    _, path = request_of(resource, action, ours)
    yield Attack("post", path, EnkelvoudigInformatieObject, {"bronorganisatie": "{key}"}, expected=400)


def _by_parameter(resource: Any, action: str, ours: House) -> Iterator[Attack]:
    """It takes nothing, so it names nothing."""
    _, path = request_of(resource, action, ours)
    yield Attack("post", f"{path}?uuid={{key}}", resource.model, expected=400)


def _by_key_or_part(resource: Any, action: str, ours: House) -> Iterator[Attack]:
    if resource.model is not BestandsDeel:
        yield from _by_key_and_url(resource, action, ours)
        return
    path = f"{root_of(resource, ours)}/{{key}}"
    yield Attack("put", path, BestandsDeel, expected=NOT_FOUND, multipart=part_of_content())


KINDS: Mapping[str, Callable[[Any, str, House], Iterator[Attack]]] = {
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
    "update": _by_key_or_part,
    "download": _by_version,
    "lock": _by_key_and_lock,
    "unlock": _by_key_and_lock,
    "reserve": _by_number,
    "begin": _by_parameter,
    "upload": _by_key,
    "status": _by_key,
    "report": _by_key,
    "remove": _by_key,
    "partial_update": _by_key_and_url,
}
"""By the kind of operation. A new kind has to think of how it is attacked."""


def _link_filters(resource: Any, action: str) -> Iterator[tuple[str, type[Model]]]:
    for name, declared in resource.operations[action].filters.items():
        inner = declared.inner if isinstance(declared, Through) else declared
        inner = inner.one if isinstance(inner, AmongThese) else inner
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


def _filled(value: Any, filled: Mapping[str, str]) -> Any:
    if isinstance(value, str):
        for name, text in filled.items():
            value = value.replace(name, text)
        return value
    if isinstance(value, dict):
        return {name: _filled(each, filled) for name, each in value.items()}
    if isinstance(value, list):
        return [_filled(each, filled) for each in value]
    return value
