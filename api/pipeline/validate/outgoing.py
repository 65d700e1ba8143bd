"""How the APIs look at URLs elsewhere (x-gen-10).

A caller chooses the URL, so every hop goes through the guarded exchange, redirects included.
"""

import json
import math
import time
from http import HTTPStatus
from typing import Any
from urllib.parse import urljoin

from urllib3.util import Url

from api.pipeline.words.caller import Caller
from tenants.registry.exchange import MAX_BODY_BYTES, Answer, Asked, NoAnswer, NotAskable, ask, parsed
from tenants.registry.models import Municipality

TOTAL_SECONDS = 8.0  # for everything, redirects included
MAX_REDIRECTS = 3


class Unusable(Exception):
    """This URL can't serve as a reference; `code` is the standard's."""

    code: str


class BadUrl(Unusable):
    """Not allowed, not reachable, not in time, or not answered with 200."""

    code = "bad-url"


class InvalidResource(Unusable):
    """Answered with 200, but the body is empty, too large or no JSON."""

    code = "invalid-resource"


def problem_once(url: str, caller: Caller) -> str | None:
    """As `problem_with`, once in a request and never inside a transaction."""
    problem: str | None = caller.asked.once(
        url, lambda: problem_with(url, caller.municipality, until=caller.asked.deadline())
    )
    return problem


def problem_with(
    url: str,
    municipality: Municipality,
    required: frozenset[str] = frozenset(),
    *,
    until: float = math.inf,
) -> str | None:
    """Give the standard's code unless this URL has a JSON object with the required members."""
    try:
        value = fetch(url, municipality, until=until)
    except Unusable as unusable:
        return unusable.code
    is_complete = isinstance(value, dict) and required <= value.keys()
    return None if is_complete else InvalidResource.code


def fetch(url: str, municipality: Municipality, *, until: float = math.inf) -> Any:
    """GET the JSON at this URL, not waiting beyond a moment; raises `BadUrl` or `InvalidResource`."""
    deadline = min(time.monotonic() + TOTAL_SECONDS, until)
    for _ in range(MAX_REDIRECTS + 1):
        answer = _hop(_parsed(url), municipality, deadline)
        if answer.location is None:
            return _json_of(answer)
        url = _joined(url, answer.location)
    raise BadUrl("too many redirects")


def _parsed(url: str) -> Url:
    try:
        return parsed(url)
    except NotAskable as error:
        raise BadUrl(str(error)) from error


def _joined(url: str, location: str) -> str:
    try:
        return urljoin(url, location)
    except ValueError as error:
        raise BadUrl("redirected to what is not a URL") from error


def _json_of(answer: Answer) -> Any:
    if answer.status != HTTPStatus.OK:
        raise BadUrl("not answered with 200")
    if len(answer.body) > MAX_BODY_BYTES:
        raise InvalidResource("too large")
    try:
        return json.loads(answer.body)
    except (ValueError, RecursionError) as error:
        raise InvalidResource("not JSON") from error


def _hop(url: Url, municipality: Municipality, deadline: float) -> Answer:
    """One request; a redirect is not followed here."""
    allowed = frozenset((each.host, each.port) for each in municipality.allowed_hosts.all())
    try:
        return ask(Asked(url, allowed), deadline=deadline)
    except NoAnswer as error:
        raise BadUrl(str(error)) from error
