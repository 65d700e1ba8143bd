"""The queue: the least time left first, in a bounded number of statements, of what one sees."""

from __future__ import annotations

from datetime import timedelta
from typing import Any

import pytest
from django.db import connection
from django.test.utils import CaptureQueriesContext
from django.utils import timezone

from helpdesk import acting
from helpdesk.models import Ticket, TicketClock
from helpdesk.queue import (
    Group,
    Part,
    counted,
    counts_for,
    due_of,
    group_of,
    next_clock,
    rows_for,
    used_percent,
)
from helpdesk.similar import similar_to
from helpdesk.time_left import end_of_day
from helpdesk.words import Status
from screens.due import DueKind
from tenants.accounts.models import Membership
from tenants.registry.models import Municipality
from tests.helpdesk.tickets import as_person, at, clock, level, make, who
from tests.people import Browser, House, browser_of, member

STATEMENTS = 12

pytestmark = pytest.mark.django_db


@pytest.fixture
def handler(vendor: House) -> Membership:
    return member(vendor, "helpdesk", "sam@leverancier.example")


@pytest.fixture
def browser(vendor: House, handler: Membership) -> Browser:
    return browser_of(vendor, handler)


def row(ticket: Ticket, handler: Membership) -> Ticket:
    found: Ticket = rows_for(as_person(handler)).get(pk=ticket.pk)
    return found


def statements(browser: Browser, path: str, **query: Any) -> int:
    with CaptureQueriesContext(connection) as caught:
        assert browser.get(path, **query).status_code == 200
    return len([each for each in caught if not each["sql"].startswith(("SET", "SAVEPOINT", "RELEASE"))])


def test_the_least_time_left_comes_first(
    haarlem: Municipality, utrecht: Municipality, handler: Membership, browser: Browser
) -> None:
    version = level()
    later = make(haarlem, handler, "di 14:05", "P4", version=version)
    first = make(utrecht, handler, "di 14:06", "P2", version=version)
    without = make(haarlem, handler, "di 14:00", "P1")

    page = browser.get("/meldingen/").content.decode()

    places = [page.index(f'/meldingen/{each.pk}/"') for each in (first, later, without)]
    assert places == sorted(places)


def test_each_row_stands_under_how_soon_it_is_due(haarlem: Municipality, handler: Membership) -> None:
    now = at("wo 10:00")
    ticket = make(haarlem, handler, "di 14:05", version=level())
    for due, group in (
        (now - timedelta(seconds=1), Group.LATE),
        (now, Group.TODAY),
        (end_of_day(now) - timedelta(seconds=1), Group.TODAY),
        (end_of_day(now), Group.LATER),
        (None, Group.LATER),
    ):
        ticket.next_due_at = due
        assert group_of(ticket, now) is group
    assert end_of_day(at("2026-11-25 23:30")) == at("2026-11-26 00:00")


def test_headings_count_all_that_was_found(
    haarlem: Municipality, handler: Membership, browser: Browser
) -> None:
    """Also where the page shows fewer."""
    for _ in range(17):
        make(haarlem, handler, "2026-01-05 08:00", version=level())
    page = browser.get("/meldingen/").content.decode()
    assert counted(Group.LATE, 17) in page
    assert "1 tot en met 15 van 17" in page


def test_time_left_is_told_as_people_read_it(haarlem: Municipality, handler: Membership) -> None:
    ticket = make(haarlem, handler, "di 08:00", "P3", version=level())
    acting.answer(ticket, "Wij kijken.", who=who(handler), now=at("di 09:00"))
    shown = row(ticket, handler)

    def told(moment: str) -> tuple[DueKind, str]:
        due = due_of(shown, next_clock(shown), at(moment))
        return due.kind, due.words.replace("\u00a0", " ")

    assert shown.next_due_at == at("wo 13:00")
    assert told("di 10:00") == (DueKind.OK, "nog 1 werkdag")
    assert told("wo 10:30") == (DueKind.SOON, "nog 2 u 30 min")
    assert told("wo 13:01") == (DueKind.LATE, "1 min te laat")


def test_a_bar_follows_the_parts_that_are_stored(haarlem: Municipality, handler: Membership) -> None:
    make(haarlem, handler, "di 07:00", "P4", version=level())
    found = TicketClock.objects.get(kind="oplossing")
    assert [
        round(used_percent(found, at(moment))) for moment in ("di 07:00", "di 12:30", "di 15:15", "di 18:00")
    ] == [
        0,
        50,
        75,
        100,
    ]


def test_what_stands_still_says_so(haarlem: Municipality, handler: Membership) -> None:
    ticket = make(haarlem, handler, "di 08:00", version=level())
    acting.ask(ticket, "Welke zaak?", who=who(handler), now=at("di 09:00"))
    shown = row(ticket, handler)
    assert due_of(shown, next_clock(shown), at("wo 08:00")).kind is DueKind.STILL
    assert clock(ticket, "oplossing").due_at is None


@pytest.mark.parametrize("part", Part)
def test_every_part_is_a_page_of_few_statements(
    haarlem: Municipality, handler: Membership, browser: Browser, part: Part
) -> None:
    version = level()
    for place in range(20):
        ticket = make(haarlem, handler, "di 08:00", version=version)
        if place % 2:
            acting.ask(ticket, "Welke zaak?", who=who(handler), now=at("di 09:00"))
    path = "/meldingen/" if part is Part.OURS else f"/meldingen/{part}/"
    browser.get(path)
    assert statements(browser, path, q="zaken", prioriteit="P2", lijn="1", van="niemand") <= STATEMENTS


def test_more_rows_take_no_more_statements(
    haarlem: Municipality, handler: Membership, browser: Browser
) -> None:
    make(haarlem, handler, version=level())
    browser.get("/meldingen/")
    one = statements(browser, "/meldingen/")
    for _ in range(10):
        make(haarlem, handler, version=level())
    assert statements(browser, "/meldingen/") == one <= STATEMENTS


def test_filters_narrow_to_number_words_gemeente_and_owner(
    haarlem: Municipality, utrecht: Municipality, handler: Membership, browser: Browser
) -> None:
    mine = make(haarlem, handler, subject="Notificaties komen niet aan")
    acting.pick_up(mine, who=who(handler), now=timezone.now())
    other = make(utrecht, handler, priority="P4")

    def found(**query: str) -> set[int]:
        page = browser.get("/meldingen/", **query).content.decode()
        return {each.pk for each in (mine, other) if f'/meldingen/{each.pk}/"' in page}

    assert found() == {mine.pk, other.pk}
    assert found(q="notificaties") == {mine.pk}
    assert found(q=str(other.pk)) == {other.pk}
    assert found(q="utrecht") == {other.pk}
    assert found(prioriteit="P4") == {other.pk}
    assert found(van="mij") == {mine.pk}
    assert found(van="niemand") == {other.pk}
    assert found(lijn="2") == set()


def test_of_another_gemeente_nothing_is_counted_or_shown(
    haarlem: Municipality, utrecht: Municipality, vendor: House, handler: Membership
) -> None:
    make(haarlem, handler, subject="Geheim van Haarlem")
    make(utrecht, handler, subject="Iets van Utrecht")
    limited = member(vendor, "helpdesk", "ut@leverancier.example", municipalities=("utrecht",))

    page = browser_of(vendor, limited).get("/meldingen/").content.decode()

    assert "Iets van Utrecht" in page
    assert "Geheim van Haarlem" not in page
    assert counts_for(as_person(limited))[Part.OURS] == 1


def test_the_first_of_nobody_becomes_mine(
    haarlem: Municipality, handler: Membership, browser: Browser
) -> None:
    version = level()
    make(haarlem, handler, "di 14:05", "P4", version=version)
    first = make(haarlem, handler, "di 14:05", "P2", version=version)

    answer = browser.post("/meldingen/eerste/")

    assert answer["Location"] == f"/meldingen/{first.pk}/"
    assert Ticket.objects.get(pk=first.pk).owner == handler.user


def test_where_nobody_is_needed_that_is_told(browser: Browser) -> None:
    assert browser.post("/meldingen/eerste/").status_code == 409
    assert browser.get("/meldingen/eerste/").status_code == 405


def test_a_part_that_is_none_is_not_found(browser: Browser) -> None:
    assert browser.get("/meldingen/onbekend/").status_code == 404
    assert browser.get("/meldingen/aan-zet/").status_code == 404


def test_what_looks_alike_is_found_by_words_and_within_ones_own_reach(
    haarlem: Municipality, utrecht: Municipality, vendor: House, handler: Membership
) -> None:
    asked = make(haarlem, handler, subject="Archiefactiedatum ontbreekt bij een zaak")
    solved = make(utrecht, handler, subject="Archiefactiedatum ontbreekt bij eigenschap")
    make(haarlem, handler, subject="Hoe voeg ik een reviewer toe?")
    acting.solve(solved, "Klaar.", cause="Leeg.", solution="", who=who(handler), now=timezone.now())
    limited = member(vendor, "helpdesk", "ha@leverancier.example", municipalities=("haarlem",))

    assert list(similar_to(asked, as_person(handler))) == [solved]
    assert list(similar_to(asked, as_person(limited))) == []


def test_the_forecast_tells_what_ends_today_and_this_week(
    haarlem: Municipality, handler: Membership, browser: Browser
) -> None:
    ticket = make(haarlem, handler, version=level())
    now = timezone.now()
    Ticket.objects.filter(pk=ticket.pk).update(status=Status.IN_BEHANDELING)
    TicketClock.objects.filter(ticket=ticket).update(due_at=now - timedelta(minutes=5))

    page = browser.get("/meldingen/dreigt/").content.decode()

    assert "3 klokken te laat" in page
    assert f"/meldingen/{ticket.pk}/" in page
    assert statements(browser, "/meldingen/dreigt/") <= STATEMENTS


def test_the_forecast_counts_no_fewer_than_there_are(
    haarlem: Municipality, handler: Membership, browser: Browser, monkeypatch: pytest.MonkeyPatch
) -> None:
    monkeypatch.setattr("helpdesk.forecast.MOST", 2)
    monkeypatch.setattr("helpdesk.views.forecast.MOST", 2)
    ticket = make(haarlem, handler, version=level())
    TicketClock.objects.filter(ticket=ticket).update(due_at=timezone.now() - timedelta(minutes=5))

    page = browser.get("/meldingen/dreigt/").content.decode()

    assert "3 klokken te laat, hier de eerste 2" in page
    assert page.count(f'href="/meldingen/{ticket.pk}/"') == 2
