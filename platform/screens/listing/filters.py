"""The filters of a list, each a field of its filter bar."""

from __future__ import annotations

from collections.abc import Callable, Sequence
from dataclasses import dataclass
from datetime import date, datetime, time, timedelta
from functools import reduce
from operator import or_
from typing import Any

import django_filters
from django import forms
from django.db.models import Q, QuerySet
from django.utils import timezone
from django.utils.functional import Promise
from django.utils.translation import gettext_lazy as _

from screens.forms.controls import css

Words = str | Promise
Rows = QuerySet[Any]  # a list may be of any model
LONGEST_SEARCH = 100


@dataclass(frozen=True)
class Search:
    """Free text, found anywhere in one of ``fields``."""

    name: str
    label: Words
    fields: Sequence[str]
    wide = True

    def build(self) -> django_filters.Filter:
        widget = forms.TextInput({"type": "search"})
        return django_filters.CharFilter(
            label=self.label, method=self.narrow, max_length=LONGEST_SEARCH, widget=widget
        )

    def narrow(self, rows: Rows, name: str, value: str) -> Rows:
        return rows.filter(reduce(or_, (Q(**{f"{field}__icontains": value}) for field in self.fields)))


@dataclass(frozen=True)
class Choose:
    """One of ``choices``, pairs of value and words or a function that gives them, of ``field``."""

    name: str
    label: Words
    choices: Sequence[tuple[str, Words]] | Callable[[], Sequence[tuple[str, Words]]]
    field: str = ""
    wide = False

    def build(self) -> django_filters.Filter:
        return django_filters.ChoiceFilter(
            label=self.label, field_name=self.field or self.name, choices=self.choices, empty_label=_("Alle")
        )


@dataclass(frozen=True)
class Since:
    """From a day on, of a field that holds moments; ``until`` makes it up to and including that day."""

    name: str
    label: Words
    field: str
    until: bool = False
    wide = False

    def build(self) -> django_filters.Filter:
        return django_filters.DateFilter(
            label=self.label, method=self.narrow, widget=forms.DateInput({"type": "date"}, format="%Y-%m-%d")
        )

    def narrow(self, rows: Rows, name: str, value: date) -> Rows:
        if self.until:
            if value == date.max:  # which has no day after it
                return rows
            return rows.filter(**{f"{self.field}__lt": midnight(value + timedelta(days=1))})
        return rows.filter(**{f"{self.field}__gte": midnight(value)})


@dataclass(frozen=True)
class Part:
    """One of ``parts`` of the list, each a value, its words and what its rows keep."""

    name: str
    label: Words
    parts: Sequence[tuple[str, Words, Q]]
    wide = False

    def build(self) -> django_filters.Filter:
        return django_filters.ChoiceFilter(
            label=self.label,
            method=self.narrow,
            choices=[(value, words) for value, words, _condition in self.parts],
            empty_label=_("Alle"),
        )

    def narrow(self, rows: Rows, name: str, value: str) -> Rows:
        return rows.filter(next(condition for known, _words, condition in self.parts if known == value))


Filter = Search | Choose | Since | Part


def midnight(day: date) -> datetime:
    """Where that day begins in the zone of the deployment."""
    return timezone.make_aware(datetime.combine(day, time.min))


def filter_set(filters: Sequence[Filter]) -> type[django_filters.FilterSet]:
    built = {declared.name: declared.build() for declared in filters}
    return type("ListFilters", (django_filters.FilterSet,), built)


def control_of(field: forms.BoundField) -> str:
    return field.as_widget(attrs={"class": css(field.field.widget)})
