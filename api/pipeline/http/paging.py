"""Pages of a list: ``page`` from 1, ``pageSize`` up to 500; exact counts (rules, section 1.1)."""

from __future__ import annotations

from collections.abc import Mapping
from dataclasses import dataclass
from urllib.parse import urlencode

from django.http import QueryDict

from api.pipeline.words.refusals import Invalid, NotFound
from api.pipeline.words.violations import Violation

DEFAULT_SIZE = 100
MAX_SIZE = 500
MAX_PAGE = 10**9
PARAMETERS = ("page", "pageSize")


@dataclass(frozen=True, slots=True)
class Page:
    """Which page of which size."""

    number: int
    size: int

    @property
    def offset(self) -> int:
        return (self.number - 1) * self.size

    def links(self, count: int, url: str, query: QueryDict) -> tuple[str | None, str | None]:
        """The URLs of the next and the previous page; raises ``NotFound`` past the last."""
        if self.number > 1 and self.offset >= count:
            raise NotFound("Deze pagina bestaat niet.")
        following = self._url(self.number + 1, url, query) if self.offset + self.size < count else None
        previous = self._url(self.number - 1, url, query) if self.number > 1 else None
        return following, previous

    def _url(self, number: int, url: str, query: QueryDict) -> str:
        others = [(name, value) for name, values in query.lists() for value in values if name != "page"]
        pairs = [*others, ("page", str(number))] if number > 1 else others
        return f"{url}?{urlencode(pairs)}" if pairs else url


def read(query: Mapping[str, str]) -> Page:
    """The page that the query asks for.

    Raises ``NotFound`` for a page that cannot exist, ``Invalid`` for a size that is not offered.
    """
    size = _number(query.get("pageSize"), DEFAULT_SIZE)
    if size is None or not 1 <= size <= MAX_SIZE:
        raise Invalid([Violation("pageSize", "invalid", f"Een getal van 1 tot en met {MAX_SIZE}.")])
    number = _number(query.get("page"), 1)
    if number is None or not 1 <= number <= MAX_PAGE:
        raise NotFound("Deze pagina bestaat niet.")
    return Page(number, size)


def _number(text: str | None, default: int) -> int | None:
    if text is None:
        return default
    return int(text) if text.isascii() and text.isdigit() and len(text) <= 12 else None  # noqa: PLR2004
