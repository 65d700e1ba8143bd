from __future__ import annotations

from collections.abc import Callable, Sequence
from dataclasses import dataclass
from datetime import date
from typing import Any

import django_tables2
from django.utils.functional import Promise
from django_tables2.utils import Accessor

from screens.formats import day, number
from screens.inline import link, muted
from screens.tables import Cell

Record = Any  # a list may be of any model


def usual(value: object) -> str:
    """How a value is shown where its column does not say: numbers and days in their form."""
    if value is None or value == "":
        return ""
    if isinstance(value, int) and not isinstance(value, bool):
        return number(value)
    return day(value) if isinstance(value, date) else str(value)


@dataclass(frozen=True)
class Column:
    """``name`` stands in the URL that orders by it; ``field`` (dotted) is what is read, else ``name``.

    ``show`` makes the cell's text of the row; ``url`` makes it a link, ``sub`` gives the second line.
    ``order`` are the database's fields that it orders by; None means ``field``, () that it cannot order.
    ``plain`` makes the value of an export, which is otherwise the field's. ``fold`` is "wide" or "skip" on a
    narrow screen; ``narrow`` puts the label before the value there.
    """

    name: str
    label: str | Promise
    field: str = ""
    show: Callable[[Record], str] | None = None
    url: Callable[[Record], str] | None = None
    sub: Callable[[Record], str] | None = None
    plain: Callable[[Record], object] | None = None
    order: Sequence[str] | None = None
    numeric: bool = False
    nowrap: bool = False
    narrow: bool = True
    fold: str = ""
    exported: bool = True

    @property
    def path(self) -> str:
        return (self.field or self.name).replace(".", "__")

    @property
    def orderable(self) -> bool:
        return self.order is None or bool(self.order)

    def build(self) -> django_tables2.Column:
        """Ends in the key, so that equal values keep their place from page to page."""
        return django_tables2.Column(
            verbose_name=self.label,
            accessor=self.path,
            orderable=self.orderable,
            order_by=(*(self.order or [self.path]), "pk"),
        )

    def value(self, record: Record) -> object:
        return Accessor(self.path).resolve(record, quiet=True)

    def text(self, record: Record) -> str:
        return self.show(record) if self.show else usual(self.value(record))

    def exported_value(self, record: Record) -> object:
        return self.plain(record) if self.plain else self.value(record)

    def cell(self, record: Record, *, first: bool) -> Cell:
        words = self.text(record)
        return Cell(
            value=link(words, self.url(record)) if self.url else words,
            sub=self.sub(record) if self.sub else "",
            numeric=self.numeric,
            nowrap=self.nowrap,
            label="" if first or not self.narrow or not words else str(self.label),
            wide=self.fold == "wide",
            skip=self.fold == "skip",
        )


def nothing(words: str) -> str:
    """What stands in a cell without value."""
    return muted(words)
