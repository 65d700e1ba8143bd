"""From a shape to a request: each placeholder becomes what the cast has, or a text that fits its member."""

from __future__ import annotations

import json
from dataclasses import dataclass
from http import HTTPStatus
from typing import Any
from urllib.parse import urlencode, urlsplit

from tests.api.client import ApiClient, Response
from tests.api.traffic.cast import ABSENT, ELSEWHERE, NAME, TEXT, Cast
from tests.api.traffic.shapes import Shape
from tests.factories.catalogi import AFGEHANDELD, INRICHTEN, NIET_DOORGEGAAN

SELECTIELIJST = {
    "/api/v1/procestypen": INRICHTEN,
    "/api/v1/resultaattypeomschrijvingen": AFGEHANDELD,
    "/api/v1/resultaten": NIET_DOORGEGAAN,
}

TEXTS = {
    "aoaHuisletter": "A",
    "aoaIdentificatie": "0363200000218908",
    "aoaPostcode": "1012NP",
    "geslachtsaanduiding": "m",
    "identificatie": NAME,
    "kardinaliteit": "1",
    "omschrijvingGeneriek": "initiator",
    "omschrijving_generiek": "initiator",
    "type": "Point",
    "uuid": ABSENT,
    "voorletters": "J.",
    "voorvoegselGeslachtsnaam": "van der",
    "zaaktypeIdentificatie": NAME,
}
"""By member, where not any text is right."""


CRS = {"Accept-Crs": "EPSG:4326", "Content-Crs": "EPSG:4326"}


@dataclass(frozen=True, slots=True)
class Request:
    method: str
    url: str
    body: Any
    headers: dict[str, str]

    def send(self, client: ApiClient) -> Response:
        """As it stands: a header that is lacking stays so."""
        return client.http.generic(
            self.method,
            self.url,
            b"" if self.body is None else json.dumps(self.body).encode(),
            content_type="application/json",
            headers={"Authorization": f"Bearer {client.token()}", **self.headers},
            SERVER_NAME=client.host,
        )


def fill(shape: Shape, cast: Cast) -> Request:
    places = cast.concept if shape.api == "catalogi" else cast.published
    query = urlencode([(name, _text(value, name, places)) for name, value in shape.query])
    return Request(
        method=shape.method,
        url=_target(shape, cast) + (f"?{query}" if query else ""),
        body=_value(shape.body, "", places),
        headers={} if shape.status == HTTPStatus.PRECONDITION_FAILED else CRS,
    )


def _target(shape: Shape, cast: Cast) -> str:
    """What is not there for a 404; a published type where deleting it is refused."""
    if shape.collection == shape.path:
        return shape.path
    refused = shape.method == "DELETE" and shape.status == HTTPStatus.BAD_REQUEST
    places = cast.published if refused else cast.published | cast.concept
    absent = shape.status == HTTPStatus.NOT_FOUND or shape.collection not in places
    place = f"{shape.collection}/{ABSENT}" if absent else urlsplit(places[shape.collection]).path
    return shape.path.replace(f"{shape.collection}/<uuid>", place)


def _value(value: Any, member: str, places: dict[str, str]) -> Any:
    if isinstance(value, dict):
        return {name: _value(each, name, places) for name, each in value.items()}
    if isinstance(value, list):
        return [_value(each, member, places) for each in value]
    return _text(value, member, places) if isinstance(value, str) else value


def _text(value: str, member: str, places: dict[str, str]) -> str:
    if value.startswith("<base>"):
        return _address(value.removeprefix("<base>"), places)
    return value.replace("<tekst>", TEXTS.get(member, TEXT)).replace("<base64>", "SGFhcmxlbQ==")


def _address(path: str, places: dict[str, str]) -> str:
    """Of an object of the cast, of the selectielijst, or of something on another host."""
    collection = path.partition("/<uuid>")[0]
    known = places | SELECTIELIJST
    return known.get(collection, ELSEWHERE + path.replace("<uuid>", ABSENT))
