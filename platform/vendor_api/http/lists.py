"""A page of a list, what it was asked by, and the links to the pages beside it."""

from __future__ import annotations

from collections.abc import Callable
from typing import Any

from django.db.models import QuerySet
from django.http import HttpRequest, HttpResponse, QueryDict
from rest_framework import serializers

from api.pipeline.words.refusals import Invalid, NotFound
from api.pipeline.words.violations import Violation
from vendor_api.http.answers import answer
from vendor_api.http.camel import Camel

DEFAULT_SIZE, MOST_SIZE, LAST_PAGE = 50, 100, 10_000
ONE_PAGE = "page"


class ListParameters(Camel):
    page = serializers.IntegerField(
        required=False, min_value=1, max_value=LAST_PAGE, default=1, help_text="Het nummer van de pagina."
    )
    page_size = serializers.IntegerField(
        required=False,
        min_value=1,
        max_value=MOST_SIZE,
        default=DEFAULT_SIZE,
        help_text="Hoeveel er op een pagina staan.",
    )


def asked(request: HttpRequest, declared: type[ListParameters]) -> dict[str, Any]:
    """The parameters, by the names of the fields; raises Invalid, also for one that nobody declared."""
    given: QueryDict = request.GET
    parameters = declared(data={name: given[name] for name in given})
    unknown = [
        Violation(name, "unknown-parameter", "Deze parameter bestaat niet.")
        for name in given
        if name not in parameters.fields
    ]
    if unknown:
        raise Invalid(unknown)
    parameters.is_valid(raise_exception=True)
    found: dict[str, Any] = parameters.validated_data
    return found


def page_of(
    request: HttpRequest,
    rows: QuerySet[Any] | list[Any],
    parameters: dict[str, Any],
    shown: Callable[[list[Any]], Any],
) -> HttpResponse:
    """``shown`` makes the members of the rows of a page. Raises NotFound past the last page."""
    page, size = parameters["page"], parameters["page_size"]
    count = len(rows) if isinstance(rows, list) else rows.count()
    start = (page - 1) * size
    if start and start >= count:
        raise NotFound("Deze pagina is er niet.")
    return answer(
        {
            "count": count,
            "next": _at(request, page + 1) if start + size < count and page < LAST_PAGE else None,
            "previous": _at(request, page - 1) if page > 1 else None,
            "results": shown(list(rows[start : start + size])),
        }
    )


def _at(request: HttpRequest, page: int) -> str:
    query = request.GET.copy()
    query[ONE_PAGE] = str(page)
    return request.build_absolute_uri(f"{request.path}?{query.urlencode()}")
