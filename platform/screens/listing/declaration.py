from __future__ import annotations

from collections.abc import Callable, Iterator, Sequence
from dataclasses import dataclass
from functools import cached_property
from itertools import groupby

import django_filters
import django_tables2
from django import forms
from django.core.paginator import Page
from django.db.models import QuerySet
from django.http import HttpRequest, HttpResponse, QueryDict
from django.utils.functional import Promise
from django.utils.html import format_html
from django.utils.translation import gettext

from screens.formats import number
from screens.inline import Tone, link
from screens.listing.columns import Column, Record
from screens.listing.exports import CSV, XLSX, export
from screens.listing.filters import Filter, Rows, control_of, filter_set
from screens.listing.found import FilterField, Found, Pager
from screens.listing.query import EXPORT, PAGE, PER_PAGE, SORT, changed, whole
from screens.parts import Act
from screens.tables import Choice, Heading, Row, RowGroup, Table

Words = str | Promise
PAGE_SIZES = (15, 50)
MOST_EXPORTED = 10_000
READ_AT_ONCE = 2000


class TooManyToExport(Exception):
    """More rows than a file may have: the person has to filter first."""

    def __init__(self, count: int) -> None:
        super().__init__(count)
        self.count = count


def plain_tone(record: Record) -> Tone:  # noqa: ARG001  # what a listing of its own asks of a row
    return Tone.PLAIN


@dataclass(frozen=True)
class Bulk:
    """What can be done with chosen rows: their keys are posted to ``url`` as ``keuze``."""

    words: Words
    url: Callable[[], str]


@dataclass(frozen=True)
class Listing:
    """``name`` is that of its files, ``order`` the name of a column, with - for downwards.

    ``one`` and ``many`` count: "%(count)s gemeente", "%(count)s gemeenten". ``row_name`` names the selection
    box of a row for who cannot see it. ``group`` is the heading that a row stands under, in the list's own
    order alone.
    """

    name: str
    caption: Words
    one: Words
    many: Words
    columns: Sequence[Column]
    order: str
    nothing: Words
    filters: Sequence[Filter] = ()
    filter_label: Words = ""
    bulk: Sequence[Bulk] = ()
    row_name: Callable[[Record], str] = str
    tone: Callable[[Record], Tone] = plain_tone
    exports: bool = True
    group: Callable[[Record], str] | None = None

    @cached_property
    def table_class(self) -> type[django_tables2.Table]:
        columns: dict[str, object] = {column.name: column.build() for column in self.columns}
        return type("ListTable", (django_tables2.Table,), columns)

    @cached_property
    def filter_class(self) -> type[django_filters.FilterSet]:
        return filter_set(self.filters)

    def read(self, request: HttpRequest, rows: Rows, *, of: int | None = None) -> Found:
        """Two statements, the count and the page; where filters are on a third counts all.

        ``of`` is how many rows there are, where the page knows already.
        """
        return Reading(self, request.GET, rows, of).found()

    def file(self, request: HttpRequest, rows: Rows) -> HttpResponse | None:
        """The export that the request asks for, filtered and ordered as on the page, or None.

        Raises TooManyToExport.
        """
        kind = request.GET.get(EXPORT, "")
        if not self.exports or kind not in {CSV, XLSX}:
            return None
        return Reading(self, request.GET, rows).file(kind)

    def counted(self, count: int) -> str:
        words = self.one if count == 1 else self.many
        return str(words) % {"count": number(count)}


class Reading:
    """One request's look at a list."""

    def __init__(self, listing: Listing, query: QueryDict, rows: Rows, of: int | None = None) -> None:
        self.listing, self.query, self.rows, self.of = listing, query, rows, of
        self.filters = listing.filter_class(query, queryset=rows)
        self.table = listing.table_class(self.narrowed(), order_by=query.get(SORT, listing.order))
        if not self.table.order_by:
            self.table.order_by = listing.order

    def narrowed(self) -> Rows:
        """Nothing where a filter has a value that it does not know."""
        return self.filters.qs if self.filters.is_valid() else self.rows.none()

    def found(self) -> Found:
        size = whole(self.query, PER_PAGE, PAGE_SIZES[0])
        size = size if size in PAGE_SIZES else PAGE_SIZES[0]
        pages = self.table.paginate(page=1, per_page=size).paginator
        page = pages.get_page(whole(self.query, PAGE, 1))
        return Found(
            table=self.shown(page),
            pager=self.pager(page, size),
            found=self.counted(pages.count),
            nothing=str(self.listing.nothing),
            nothing_found=gettext("Niets gevonden"),
            advice=self.advice(),
            filter_label=str(self.listing.filter_label or self.listing.caption),
            filters=self.fields(),
            kept=[(name, self.query.get(name, "")) for name in (SORT, PER_PAGE) if name in self.query],
            chips=list(self.chips()),
            exports=self.export_links(),
            bulk=[Act(str(bulk.words), bulk.url()) for bulk in self.listing.bulk],
        )

    # The table ----------------------------------------------------------------------------------

    def shown(self, page: Page[Record]) -> Table:
        records = [bound.record for bound in page.object_list]
        return Table(
            caption=str(self.listing.caption),
            headings=[self.heading(column) for column in self.listing.columns],
            rows=[self.row(record) for record in records],
            groups=list(self.groups(records)),
            described_by="resultaat",
            selectable=bool(self.listing.bulk),
        )

    def groups(self, records: Sequence[Record]) -> Iterator[RowGroup]:
        """None where the list is in another order than that of its groups."""
        if self.listing.group is None or self.query.get(SORT, self.listing.order) != self.listing.order:
            return
        for word, group in groupby(records, key=self.listing.group):
            yield RowGroup(word, [self.row(record) for record in group])

    def heading(self, column: Column) -> Heading:
        bound = self.table.columns[column.name]
        direction = (
            ("descending" if bound.order_by_alias.is_descending else "ascending") if bound.is_ordered else ""
        )
        sort = changed(self.query, **{SORT: str(bound.order_by_alias.next)}) if column.orderable else ""
        return Heading(str(column.label), numeric=column.numeric, sort=sort, direction=direction)

    def row(self, record: Record) -> Row:
        return Row(
            [column.cell(record, first=place == 0) for place, column in enumerate(self.listing.columns)],
            tone=self.listing.tone(record),
            choice=Choice(str(record.pk), self.listing.row_name(record)) if self.listing.bulk else None,
        )

    def pager(self, page: Page[Record], size: int) -> Pager:
        words = gettext("%(first)s tot en met %(last)s van %(all)s") % {
            "first": number(page.start_index()),
            "last": number(page.end_index()),
            "all": number(page.paginator.count),
        }
        return Pager(
            words=words,
            sizes=[
                (other, changed(self.query, **{PER_PAGE: str(other)}))
                for other in PAGE_SIZES
                if other != size and page.paginator.count > PAGE_SIZES[0]
            ],
            previous=self.to_page(page.previous_page_number()) if page.has_previous() else "",
            next=self.to_page(page.next_page_number()) if page.has_next() else "",
        )

    def to_page(self, place: int) -> str:
        return changed(self.query, **{PAGE: str(place)})

    # The filters --------------------------------------------------------------------------------

    @property
    def form(self) -> forms.Form:
        form: forms.Form = self.filters.form
        return form

    def fields(self) -> list[FilterField]:
        bounds = [(declared, self.form[declared.name]) for declared in self.listing.filters]
        return [FilterField(bound, control_of(bound), declared.wide) for declared, bound in bounds]

    def chips(self) -> Iterator[tuple[str, str]]:
        for declared in self.listing.filters:
            value = self.query.get(declared.name, "").strip()
            if value:
                words = f"{declared.label}: {self.words_of(declared.name, value)}"
                yield words, changed(self.query, **{declared.name: None})

    def words_of(self, name: str, value: str) -> str:
        """A choice by its words; what is no choice as it was given."""
        choices = getattr(self.form.fields[name], "choices", [])
        return str(dict(choices).get(value, value))

    def cleared(self) -> str:
        return changed(self.query, **{declared.name: None for declared in self.listing.filters})

    def advice(self) -> str:
        return format_html(
            gettext("Controleer de spelling of {link}."), link=link(gettext("wis de filters"), self.cleared())
        )

    def counted(self, count: int) -> str:
        if not any(self.chips()):
            return self.listing.counted(count)
        return gettext("%(count)s van %(all)s") % {
            "count": number(count),
            "all": self.listing.counted(self.rows.count() if self.of is None else self.of),
        }

    # The files ----------------------------------------------------------------------------------

    def export_links(self) -> list[tuple[str, str]]:
        if not self.listing.exports:
            return []
        words = {CSV: gettext("Exporteer (CSV)"), XLSX: gettext("Exporteer (XLSX)")}
        return [(words[kind], changed(self.query, **{EXPORT: kind})) for kind in (CSV, XLSX)]

    def file(self, kind: str) -> HttpResponse:
        rows: QuerySet[Record] = self.table.data.data
        count = rows.count()
        if count > MOST_EXPORTED:
            raise TooManyToExport(count)
        columns = [column for column in self.listing.columns if column.exported]
        read: Iterator[Record] = rows.iterator(chunk_size=READ_AT_ONCE)
        return export(
            self.listing.name,
            kind,
            [str(column.label) for column in columns],
            ([column.exported_value(record) for column in columns] for record in read),
        )
