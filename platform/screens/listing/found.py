from __future__ import annotations

from collections.abc import Sequence
from dataclasses import dataclass

from django import forms

from screens.parts import Act
from screens.tables import Table


@dataclass(frozen=True)
class Pager:
    """``sizes`` are the other lengths of a page, with their links."""

    words: str
    sizes: Sequence[tuple[int, str]]
    previous: str = ""
    next: str = ""


@dataclass(frozen=True)
class FilterField:
    bound: forms.BoundField
    control: str
    wide: bool


@dataclass(frozen=True)
class Found:
    """One page of a list, for its template. ``chips`` are the filters that are on, with their way off."""

    table: Table
    pager: Pager
    found: str
    nothing: str
    nothing_found: str
    advice: str
    filter_label: str
    filters: Sequence[FilterField]
    kept: Sequence[tuple[str, str]]
    chips: Sequence[tuple[str, str]]
    exports: Sequence[tuple[str, str]]
    bulk: Sequence[Act]
