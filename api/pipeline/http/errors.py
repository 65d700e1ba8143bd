"""Errors as ``application/problem+json`` in the two shapes of the standard (rules, section 1.2)."""

from __future__ import annotations

import json
from collections.abc import Callable, Iterator
from typing import Any

import structlog
from django.db import Error as DatabaseError
from django.http import Http404, HttpRequest, HttpResponse
from rest_framework import exceptions

from api.pipeline.http.order import Places, in_order
from api.pipeline.words.refusals import Conflict, Invalid, Refusal, Unavailable
from api.pipeline.words.violations import OBJECT, Violation
from tenants.registry.postgresql.outages import is_crossed, is_outage, reason_of
from tenants.registry.problem import RETRY_AFTER_SECONDS, members
from tenants.registry.storage import StorageSilent

logger = structlog.get_logger(__name__)

MEDIA_TYPE = "application/problem+json"
MOST_SHOWN = 100
"""How many violations an answer tells one by one."""

# the framework's own speak of this request, and a title is the same for all
_TITLES = {405: "Methode niet toegestaan.", 415: "Dit mediatype wordt niet ondersteund."}


def problem(
    *, status: int, code: str, title: str, detail: str, violations: list[Violation] | None = None
) -> HttpResponse:
    """A ``Fout``, or a ``ValidatieFout`` where violations are given."""
    body = members(status=status, code=code, title=title, detail=detail)
    if violations is not None:
        body["invalidParams"] = [
            {"name": each.name, "code": each.code, "reason": each.reason} for each in _shown(violations)
        ]
    return HttpResponse(json.dumps(body, ensure_ascii=False), status=status, content_type=MEDIA_TYPE)


def answer_to(error: Exception, places: Callable[[], Places] = dict) -> HttpResponse | None:
    """The answer to an expected error; ``None`` for one that should rise.

    ``places`` says where what was sent has its members, which gives their violations an order.
    """
    if isinstance(error, exceptions.ValidationError):
        error = Invalid(flatten(error.detail))
    if isinstance(error, Invalid):
        error.violations = in_order(error.violations, places())
    if isinstance(error, DatabaseError):
        return _database(error)
    if isinstance(error, StorageSilent):
        logger.warning("storage_unavailable", exc_info=error)
        return _problem_of(Unavailable("De opslag van documenten antwoordt niet, of neemt niets meer aan."))
    if isinstance(error, Refusal):
        return _problem_of(error)
    if isinstance(error, exceptions.APIException):
        return _framework(error)
    if isinstance(error, Http404):
        return not_found(None)
    return None


def flatten(detail: Any, path: str = "") -> Iterator[Violation]:
    """The nested errors of a serializer as violations, in the order of the schema."""
    if isinstance(detail, dict):
        for name, below in detail.items():
            step = OBJECT if name == "non_field_errors" else str(name)
            yield from flatten(below, f"{path}.{step}" if path else step)
    elif isinstance(detail, list):
        for index, below in enumerate(detail):
            if isinstance(below, dict | list):
                yield from flatten(below, f"{path}.{index}" if path else str(index))
            else:
                yield Violation(path or OBJECT, below.code, str(below))
    else:
        yield Violation(path or OBJECT, detail.code, str(detail))


def not_found(_request: HttpRequest | None, exception: Exception | None = None) -> HttpResponse:  # noqa: ARG001 - Django names it
    """404 for a path that does not exist."""
    return problem(status=404, code="not_found", title="Niet gevonden.", detail="Niet gevonden.")


def server_error(_request: HttpRequest) -> HttpResponse:
    """500 without a word about the cause; the log has it, under the same request id."""
    title = "Er is een onverwachte fout opgetreden."
    return problem(status=500, code="error", title=title, detail=title)


def _shown(violations: list[Violation]) -> list[Violation]:
    left = len(violations) - MOST_SHOWN
    if left <= 0:
        return violations
    return [*violations[:MOST_SHOWN], Violation(OBJECT, "and-more", f"En nog {left} andere.")]


def _problem_of(refusal: Refusal) -> HttpResponse:
    answer = problem(
        status=refusal.status,
        code=refusal.code,
        title=refusal.title,
        detail=refusal.detail,
        violations=refusal.violations if isinstance(refusal, Invalid) else None,
    )
    if isinstance(refusal, Unavailable):
        answer["Retry-After"] = str(RETRY_AFTER_SECONDS)
    return answer


def _database(error: DatabaseError) -> HttpResponse | None:
    if is_crossed(error):
        return _problem_of(Conflict())
    if not is_outage(error):
        return None
    logger.warning("database_unavailable", exc_info=error)
    return _problem_of(Unavailable(reason_of(error)))


def _framework(error: exceptions.APIException) -> HttpResponse:
    code: Any = error.get_codes()
    return problem(
        status=error.status_code,
        code=code if isinstance(code, str) else "error",
        title=_TITLES.get(error.status_code, str(error.default_detail)),
        detail=str(error.detail),
    )
