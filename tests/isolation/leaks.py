"""What an attack brings out: a municipality that keeps its neighbours out has no leak.

It answers alike to what exists next door and to what exists nowhere, shows no key of the
neighbour, and leaves every row of both as it was.
"""

from __future__ import annotations

import re
from collections.abc import Iterator, Mapping
from pathlib import Path
from tempfile import TemporaryDirectory
from typing import Any
from uuid import uuid4

from django.test import override_settings

from api.documenten.content.parts import MULTIPART
from api.documenten.importing.table import COLUMNS
from api.documenten.importing.table import MEDIA_TYPE as CSV
from api.documenten.models import EnkelvoudigInformatieObject
from tests.api.catalogi.exchange.contents import exported, post_zip
from tests.api.client import Response
from tests.api.requests import BODILESS, BOUNDARY, LOCK, part_of_content, request_of
from tests.isolation.attacks import FORBIDDEN, Attack, attacks
from tests.isolation.rows import digests
from tests.isolation.square import House, Square, undone

LEAST_ERROR = 400
ZIP = "application/zip"

UNLOCKED_ONLY = ("destroy", "lock")
"""What is not done with a document that somebody holds."""

ASKED: Mapping[str, Any] = {
    "destroy": None,
    "lock": {},
    "unlock": {"lock": LOCK},
    "begin": None,
    "remove": None,
    "reserve": {"bronorganisatie": "517439943"},
    "publish": {},
    "kopie": {"identificatie": "KOPIE", "beginGeldigheid": "2031-01-01"},
    "versie": {"beginGeldigheid": "2031-01-01"},
}
"""What an ordinary write sends, where that is not the object."""


def writes(resource: Any, action: str) -> bool:
    """Whether the operation changes what is kept; a search only looks as if it does."""
    return not resource.operations[action].reads


def leaks(square: Square, resource: Any, action: str) -> list[str]:
    """All that the attacks on one operation bring out."""
    with undone():
        tried = attacks(resource, action, square.haarlem)
        found = [f"{attack}: {problem}" for attack in tried for problem in brought_out(square, attack)]
        found += _changed_rows(square)
    return found if tried else ["nobody thought of an attack"]


def brought_out(square: Square, attack: Attack) -> Iterator[str]:
    """What one attack brings out."""
    theirs = square.utrecht[attack.model]
    etag = square.utrecht.etag(attack.model) if attack.headers else ""
    if attack.only_reads:
        attack.send(square.utrecht.api, theirs.pk, etag)  # what they keep for each other would be kept now
    existing, written = _sent(square, attack, theirs.pk, etag)
    absent, _ = _sent(square, attack, uuid4(), etag)
    yield from written
    if attack.expected is not None and existing.status_code != attack.expected:
        yield f"answered {existing.status_code} {existing.content[:500]!r}"
    if existing.status_code != absent.status_code:
        yield f"{existing.status_code} where it exists, {absent.status_code} where not"
    if _without_own(existing) != _without_own(absent):
        yield "the answers differ"
    if shown := square.utrecht.keys_in(existing.content.decode()) - {str(theirs.pk)}:
        yield f"shows {shown}"
    if attack.refuses and not _refuses(existing, attack.refuses):
        yield f"refused something else: {existing.content[:500]!r}"


def refuses_token(square: Square, resource: Any, action: str) -> bool:
    """Whether a token of Utrecht is one of nobody at Haarlem."""
    haarlem, utrecht = square.haarlem, square.utrecht
    method, path = request_of(resource, action, haarlem)
    body: Any = None if method in BODILESS else {}
    with undone():
        answer = haarlem.api.request(
            method.upper(), path, body, Authorization=f"Bearer {utrecht.api.token()}"
        )
        unchanged = haarlem.is_unchanged
    refused = answer.status_code == FORBIDDEN
    said = method == "head" or (refused and answer.json()["code"] == "invalid-client-identifier")
    return refused and said and unchanged


def stays_at_home(square: Square, resource: Any, action: str) -> bool:
    """Whether an ordinary write of Haarlem writes nothing next door."""
    with undone():
        answer = _written(square.haarlem, resource, action)
        assert answer.status_code < LEAST_ERROR, answer.content
        return square.utrecht.is_unchanged


def _written(house: House, resource: Any, action: str) -> Response:
    method, path = request_of(resource, action, house)
    if resource.operations[action].takes == ZIP:
        kept = exported(house.api, resource.path_of(house[resource.model]))
        return post_zip(house.api, path, kept)
    if resource.operations[action].takes == CSV:
        return post_table(house, path)
    if resource.operations[action].takes == MULTIPART:
        return house.api.multipart(method.upper(), path, part_of_content(), BOUNDARY)
    if resource.model is EnkelvoudigInformatieObject and action in UNLOCKED_ONLY:
        house.unlock()
    body = ASKED[action] if action in ASKED else house.body(resource)
    if action == "create":
        house.vacate(resource)
    return house.api.request(method.upper(), path, body)


def post_table(house: House, path: str) -> Response:
    """A table of one row, which no worker comes to read."""
    rows = f"{','.join(COLUMNS)}\n{',' * (len(COLUMNS) - 1)}\n"
    with TemporaryDirectory() as root, override_settings(IMPORT_ROOT=root, MEDIA_ROOT=root):
        (Path(root) / house.api.municipality.schema_name).mkdir()
        return house.api.http.generic(
            "POST",
            path,
            rows.encode(),
            content_type=CSV,
            headers={"Authorization": f"Bearer {house.api.token()}"},
            SERVER_NAME=house.api.host,
        )


def _sent(square: Square, attack: Attack, key: object, etag: str) -> tuple[Response, list[str]]:
    """The answer, and what was written that should not be."""
    haarlem = square.haarlem
    if attack.only_reads:  # what these write shows at the end
        return attack.send(haarlem.api, key, etag), []
    with undone():
        if attack.making is not None:
            haarlem.vacate(attack.making)
        before = digests(haarlem.api.municipality) if attack.making is not None else haarlem.before
        answer = attack.send(haarlem.api, key, etag)
        written = [] if square.utrecht.is_unchanged else ["wrote at the neighbour"]
        if answer.status_code >= LEAST_ERROR and digests(haarlem.api.municipality) != before:
            written.append("refused, and wrote")
    return answer, written


def _changed_rows(square: Square) -> Iterator[str]:
    for house in (square.haarlem, square.utrecht):
        if not house.is_unchanged:
            yield f"rows of {house.api.municipality} changed"


def _refuses(answer: Response, name: str) -> bool:
    refused = [each["name"] for each in answer.json().get("invalidParams", ())]
    return any(name.startswith(each) or each.startswith(name) for each in refused) and len(refused) == 1


_OWN = re.compile(r"[0-9a-f]{8}(-[0-9a-f]{4}){3}-[0-9a-f]{12}|\d{4}-\d\d-\d\dT[\d:.]+Z")


def _without_own(response: Response) -> str:
    """The body without the keys of this request, the number of the occurrence, and the moment."""
    return _OWN.sub("", response.content.decode())
