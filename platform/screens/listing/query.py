"""The query string of a list, changed in one place."""

from __future__ import annotations

from django.http import QueryDict

SORT, PAGE, PER_PAGE, EXPORT = "sort", "page", "per_page", "export"


def changed(query: QueryDict, **changes: str | None) -> str:
    """As a link on the same page: None takes a parameter away. Other pages than the first are left."""
    copy = query.copy()
    for name in (PAGE, EXPORT):
        copy.pop(name, None)
    for name, value in changes.items():
        if value is None:
            copy.pop(name, None)
        else:
            copy[name] = value
    return f"?{copy.urlencode()}"


def whole(query: QueryDict, name: str, default: int) -> int:
    """A positive number of the query, or the default for anything else."""
    given = query.get(name, "")
    return int(given) if given.isdecimal() and len(given) < 10 and int(given) else default  # noqa: PLR2004
