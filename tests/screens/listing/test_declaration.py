"""Over the national selectielijst: some hundreds of rows that every test database has."""

from __future__ import annotations

import io
from dataclasses import replace
from typing import Any

import pytest
from django.db.models import QuerySet
from django.http import HttpResponse, QueryDict
from django.template import Context, Template
from django.test import RequestFactory
from openpyxl import load_workbook
from pytest_django import DjangoAssertNumQueries

from api.selectielijst.models import Resultaat, Waardering
from screens.listing import declaration
from screens.listing.columns import Column
from screens.listing.declaration import Bulk, Listing, TooManyToExport
from screens.listing.filters import Choose, Search
from screens.listing.found import Found

RESULTATEN = Listing(
    name="resultaten",
    caption="Resultaten",
    one="%(count)s resultaat",
    many="%(count)s resultaten",
    columns=[
        Column("naam", "Naam", url=lambda row: f"/resultaten/{row.pk}", sub=lambda row: row.omschrijving),
        Column(
            "jaar", "Jaar", field="procestype.jaar", numeric=True, show=lambda row: str(row.procestype.jaar)
        ),
        Column("waardering", "Waardering", show=lambda row: row.get_waardering_display(), fold="skip"),
        Column("nummers", "Nummers", field="pk", order=(), exported=False),
    ],
    order="naam",
    nothing="Nog geen resultaten",
    filters=[
        Search("q", "Naam", ["naam", "omschrijving"]),
        Choose("waardering", "Waardering", Waardering.choices),
        Choose("jaar", "Jaar", [("2017", "2017"), ("2020", "2020")], field="procestype__jaar"),
    ],
    bulk=[Bulk("Exporteer", lambda: "/resultaten/kies")],
    row_name=lambda row: row.naam,
)


@pytest.fixture
def rows(db: None) -> QuerySet[Resultaat]:
    rows = Resultaat.objects.select_related("procestype")
    assert rows.exists()  # and the connection has its schema, which takes a statement of its own
    return rows


def found(rows: QuerySet[Any], query: str = "") -> Found:
    return RESULTATEN.read(RequestFactory().get(f"/resultaten?{query}"), rows)


def names(shown: Found) -> list[str]:
    return [row.choice.name for row in shown.table.rows if row.choice]


def page_of(shown: Found) -> str:
    return Template("{% load screens %}{% list shown %}Voeg er een toe.{% endlist %}").render(
        Context({"shown": shown})
    )


def file(rows: QuerySet[Any], query: str) -> HttpResponse | None:
    return RESULTATEN.file(RequestFactory().get(f"/resultaten?{query}"), rows)


def test_a_page_takes_two_statements(
    rows: QuerySet[Resultaat], django_assert_num_queries: DjangoAssertNumQueries
) -> None:
    with django_assert_num_queries(2):
        page_of(found(rows))


def test_a_filtered_page_takes_one_more(
    rows: QuerySet[Resultaat], django_assert_num_queries: DjangoAssertNumQueries
) -> None:
    with django_assert_num_queries(3):
        page_of(found(rows, "jaar=2020&per_page=50"))


def test_rows_stand_under_headings_in_the_lists_own_order_alone(rows: QuerySet[Resultaat]) -> None:
    listing = replace(RESULTATEN, group=lambda row: row.naam[:1].upper())

    def groups(query: str = "") -> list[str]:
        table = listing.read(RequestFactory().get(f"/resultaten?{query}"), rows).table
        under = [row for group in table.groups for row in group.rows]
        assert under in ([], list(table.rows))
        return [group.word for group in table.groups]

    assert groups() == sorted({row.naam[:1].upper() for row in rows.order_by("naam", "pk")[:15]})
    assert groups("sort=jaar") == []


def test_the_first_page_is_in_the_declared_order(rows: QuerySet[Resultaat]) -> None:
    shown = found(rows)

    assert names(shown) == [row.naam for row in rows.order_by("naam", "pk")[:15]]
    assert shown.pager.words == f"1 tot en met 15 van {rows.count()}"
    assert [heading.direction for heading in shown.table.headings] == ["ascending", "", "", ""]


def test_a_heading_turns_its_order_around(rows: QuerySet[Resultaat]) -> None:
    shown = found(rows, "sort=-naam")

    assert names(shown)[0] == rows.order_by("-naam")[0].naam
    assert shown.table.headings[0].sort == "?sort=naam"


@pytest.mark.parametrize("sort", ["nergens", "procestype__naam", "nummers", "", "-"])
def test_an_order_that_is_not_declared_is_the_usual_one(rows: QuerySet[Resultaat], sort: str) -> None:
    assert names(found(rows, f"sort={sort}")) == names(found(rows))


def test_the_pages_hold_every_row_once(rows: QuerySet[Resultaat]) -> None:
    few = rows.filter(procestype__jaar=2020).order_by()[:40]
    kept = rows.filter(pk__in=[row.pk for row in few])
    pages = [found(kept, f"sort=waardering&page={page}") for page in (1, 2, 3)]
    keys = [row.choice.value for shown in pages for row in shown.table.rows if row.choice]

    assert sorted(keys) == sorted(str(row.pk) for row in kept)


@pytest.mark.parametrize("page", ["0", "-1", "x", "", "1.5"])
def test_a_page_that_is_none_is_the_first(rows: QuerySet[Resultaat], page: str) -> None:
    assert names(found(rows, f"page={page}")) == names(found(rows))


def test_a_page_beyond_the_last_is_the_last(rows: QuerySet[Resultaat]) -> None:
    assert not found(rows, "page=99999").pager.next


@pytest.mark.parametrize(
    ("asked", "given"), [("50", 50), ("15", 15), ("16", 15), ("1000000", 15), ("-1", 15)]
)
def test_the_length_of_a_page_is_one_of_ours(rows: QuerySet[Resultaat], asked: str, given: int) -> None:
    assert len(found(rows, f"per_page={asked}").table.rows) == given


def test_a_filter_narrows_and_shows_as_a_chip_that_takes_it_away(rows: QuerySet[Resultaat]) -> None:
    shown = found(rows, "jaar=2020&sort=-naam")

    assert shown.chips == [("Jaar: 2020", "?sort=-naam")]
    assert shown.found == f"{rows.filter(procestype__jaar=2020).count()} van {rows.count()} resultaten"
    assert shown.kept == [("sort", "-naam")]


def test_searching_looks_in_each_field_and_takes_no_pattern(rows: QuerySet[Resultaat]) -> None:
    assert found(rows, "q=VERLEEND").table.rows
    assert not found(rows, "q=%25").table.rows


@pytest.mark.parametrize("query", ["waardering=nergens", f"q={'x' * 101}"])
def test_a_filter_that_does_not_exist_finds_nothing(rows: QuerySet[Resultaat], query: str) -> None:
    page = page_of(found(rows, query))

    assert "Niets gevonden" in page
    assert 'href="?">wis de filters</a>' in page


def test_an_empty_list_says_what_to_do(rows: QuerySet[Resultaat]) -> None:
    page = page_of(found(rows.none()))

    assert "<strong>Nog geen resultaten</strong>Voeg er een toe." in page


def test_a_chip_is_escaped(rows: QuerySet[Resultaat]) -> None:
    assert "<script>" not in page_of(found(rows, "q=<script>"))


def test_an_export_is_the_list_as_it_is_filtered_and_ordered(rows: QuerySet[Resultaat]) -> None:
    response = file(rows, "export=csv&jaar=2020&sort=-naam")

    assert response
    lines = response.content.decode("utf-8-sig").splitlines()
    assert lines[0] == "Naam;Jaar;Waardering"
    assert len(lines) == rows.filter(procestype__jaar=2020).count() + 1
    assert lines[1].startswith(rows.filter(procestype__jaar=2020).order_by("-naam")[0].naam)


def test_an_export_to_a_spreadsheet(rows: QuerySet[Resultaat]) -> None:
    response = file(rows, "export=xlsx")

    assert response
    sheet = load_workbook(io.BytesIO(response.content)).active
    assert sheet
    assert sheet.max_row == rows.count() + 1


@pytest.mark.parametrize("query", ["", "export=", "export=exe"])
def test_no_export_where_none_is_asked(rows: QuerySet[Resultaat], query: str) -> None:
    assert file(rows, query) is None


def test_an_export_has_a_bound(rows: QuerySet[Resultaat], monkeypatch: pytest.MonkeyPatch) -> None:
    monkeypatch.setattr(declaration, "MOST_EXPORTED", rows.count())
    assert file(rows, "export=csv")

    monkeypatch.setattr(declaration, "MOST_EXPORTED", rows.count() - 1)
    with pytest.raises(TooManyToExport):
        file(rows, "export=csv")


def test_links_of_a_list_are_its_own_query(rows: QuerySet[Resultaat]) -> None:
    shown = found(rows, "q=verleend&page=1")

    assert QueryDict(shown.exports[0][1][1:]).dict() == {"q": "verleend", "export": "csv"}
