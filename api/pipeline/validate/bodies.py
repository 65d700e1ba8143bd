"""Reading a body: of a bounded size, and JSON of a bounded depth without what PostgreSQL cannot hold."""

from __future__ import annotations

import json
from typing import Any

from django.http import HttpRequest, UnreadablePostError
from rest_framework.exceptions import UnsupportedMediaType

from api.pipeline.words.refusals import Invalid, Malformed, TooLarge
from api.pipeline.words.violations import OBJECT, Violation

MAX_DEPTH = 32


def read_json(request: HttpRequest, *, limit: int) -> Any:
    """The parsed body; raises what ``read_bytes`` and ``parse_json`` raise."""
    return parse_json(read_bytes(request, "application/json", limit=limit))


def read_bytes(request: HttpRequest, expected: str, *, limit: int) -> bytes:
    """The body as it is.

    Raises ``UnsupportedMediaType`` (415, not the expected one), ``TooLarge`` (413, more than ``limit``
    bytes) or ``Malformed`` (400).
    """
    media_type = (request.content_type or "").lower()
    if media_type != expected:
        raise UnsupportedMediaType(media_type or "")
    if _announced(request) > limit:
        raise TooLarge(f"Niet meer dan {limit} bytes.")
    try:
        # not request.body: its limit is one for all operations
        raw = request.read(limit + 1)
    except UnreadablePostError as error:
        raise Malformed from error
    if len(raw) > limit:
        raise TooLarge(f"Niet meer dan {limit} bytes.")
    return raw


def parse_json(raw: bytes) -> Any:
    """The value that the bytes say.

    Raises ``Malformed`` or ``Invalid`` (NUL characters, half a surrogate pair, absurd depth).
    """
    try:
        body = json.loads(raw, parse_constant=_refuse_constant)
    except (ValueError, RecursionError) as error:
        raise Malformed("De inhoud is geen geldige JSON.") from error
    problem = _problem_in(body, 0)
    if problem:
        raise Invalid([Violation(OBJECT, "invalid", problem)])
    return body


def _announced(request: HttpRequest) -> int:
    try:
        return int(request.META.get("CONTENT_LENGTH") or 0)
    except ValueError:
        return 0


def _refuse_constant(name: str) -> Any:
    message = f"{name} is no JSON"
    raise ValueError(message)


def _problem_in(value: Any, depth: int) -> str | None:
    if depth > MAX_DEPTH:
        return f"Niet dieper dan {MAX_DEPTH} niveaus."
    if isinstance(value, str):
        return _problem_in_text(value)
    if isinstance(value, dict):
        children = [*value.keys(), *value.values()]
    elif isinstance(value, list):
        children = value
    else:
        return None
    return next((problem for child in children if (problem := _problem_in(child, depth + 1))), None)


def _problem_in_text(text: str) -> str | None:
    if "\x00" in text:
        return "NUL-tekens zijn niet toegestaan."
    try:
        text.encode()
    except UnicodeEncodeError:
        return "Losse surrogaattekens zijn niet toegestaan."
    return None
