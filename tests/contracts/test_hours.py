"""The ledger of hours: what is written stays, and nobody uses what is not there."""

from __future__ import annotations

import re
from datetime import date
from typing import Any

import pytest
from django.db import IntegrityError, transaction
from django.utils import timezone
from hypothesis import HealthCheck, given, settings
from hypothesis import strategies as st

from backoffice.models import LogLine
from contracts.contract_mails import tell_of_contract
from contracts.hours import (
    LOGGED,
    HoursRefused,
    HoursStale,
    balance_of,
    book,
    buy,
    correct,
    hours_and_minutes,
    last_entry,
    reckoned_of,
)
from contracts.hours_listing import supply_in_words
from contracts.models import Contract, HoursEntry, HoursKind
from contracts.models.hours import MOST_BOOKED, MOST_BOUGHT, Balance, Supply
from contracts.states import Side
from tenants.accounts.log_words import ACTIONS
from tenants.accounts.person import Person, person_of
from tenants.registry.context import for_vendor
from tenants.registry.models import Municipality
from tests.contracts.agreed import Cast, concluded
from tests.contracts.signed import day, signed_contract, unsigned_contract
from tests.errands import asked
from tests.helpdesk.mail.letters import make_ticket
from tests.people import House, member, partner_organisation

WORDS: dict[str, Any] = {"who": "S. Yilmaz", "why": "Koppeling nagekeken"}
REFUSES = pytest.raises(IntegrityError)


@pytest.fixture
def person(vendor: House) -> Person:
    found = person_of(member(vendor, "eigenaar", "eigenaar@leverancier.example").user)
    assert found is not None
    return found


@pytest.fixture
def contract(haarlem: Municipality) -> Contract:
    return signed_contract(haarlem)


def bought(contract: Contract, minutes: int, person: Person, on: date | None = None) -> HoursEntry:
    return buy(contract, minutes, **WORDS, on=on or day(0), person=person, now=timezone.now())


def booked(contract: Contract, minutes: int, person: Person, on: date | None = None) -> HoursEntry:
    return book(contract, minutes, **WORDS, on=on or day(0), person=person)


def undone(entry: HoursEntry, person: Person) -> HoursEntry:
    return correct(entry, why="Verkeerde klant", person=person, now=timezone.now())


def test_what_is_left_is_what_was_bought_less_what_was_booked(
    contract: Contract, person: Person, haarlem: Municipality
) -> None:
    bought(contract, 40 * 60, person)
    ticket = make_ticket(haarlem)
    entry = book(contract, 90, **WORDS, ticket_number=f"0{ticket}", on=day(-1), person=person)

    assert balance_of(contract) == 40 * 60 - 90
    assert (entry.minutes, entry.ticket_number, entry.who_name) == (-90, ticket.number, "S. Yilmaz")
    assert entry.recorded_by == str(person.user)
    line = LogLine.objects.filter(action="uren geboekt").get()
    assert (line.subject, line.changes["saldo in minuten"]) == (contract.number, [2400, 2310])
    assert "Koppeling" not in str(line.changes)


def test_all_that_is_left_can_be_booked_and_a_minute_more_cannot(contract: Contract, person: Person) -> None:
    bought(contract, 60, person)
    with pytest.raises(HoursRefused, match="nog 1:00 over"):
        booked(contract, 61, person)
    booked(contract, 60, person)
    assert balance_of(contract) == 0
    with pytest.raises(HoursRefused, match="nog 0:00 over"):
        booked(contract, 1, person)


def test_a_contract_may_allow_more(haarlem: Municipality, person: Person) -> None:
    contract = signed_contract(haarlem, overdraft=True)
    booked(contract, 90, person)
    assert balance_of(contract) == -90


@pytest.mark.parametrize("minutes", [0, -1, MOST_BOOKED + 1])
def test_a_booking_is_of_one_day(contract: Contract, person: Person, minutes: int) -> None:
    bought(contract, MOST_BOUGHT, person)
    with pytest.raises(HoursRefused, match="ten hoogste 24 uur"):
        booked(contract, minutes, person)
    assert booked(contract, MOST_BOOKED, person).minutes == -MOST_BOOKED


@pytest.mark.parametrize("minutes", [0, -1, MOST_BOUGHT + 1])
def test_what_is_bought_has_bounds(contract: Contract, person: Person, minutes: int) -> None:
    with pytest.raises(HoursRefused, match=r"ten hoogste 2\.000 uur"):
        bought(contract, minutes, person)
    assert bought(contract, MOST_BOUGHT, person).minutes == MOST_BOUGHT


@pytest.mark.parametrize("on", [-10, 0])
def test_hours_are_booked_from_the_first_day_of_the_contract_to_today(
    contract: Contract, person: Person, on: int
) -> None:
    bought(contract, 60, person)
    assert booked(contract, 30, person, day(on)).on == day(on)


@pytest.mark.parametrize(("on", "said"), [(-11, "liep het contract niet"), (1, "Kies vandaag")])
def test_no_hours_are_booked_on_another_day(contract: Contract, person: Person, on: int, said: str) -> None:
    bought(contract, 60, person)
    with pytest.raises(HoursRefused, match=said):
        booked(contract, 30, person, day(on))


@pytest.mark.parametrize(("end", "works"), [(-1, True), (-2, False)])
def test_the_last_day_of_a_contract_is_a_day_of_it(
    haarlem: Municipality, person: Person, end: int, *, works: bool
) -> None:
    contract = signed_contract(haarlem, end=day(end))
    bought(contract, 60, person)
    if works:
        assert booked(contract, 30, person, day(-1)).minutes == -30
    else:
        with pytest.raises(HoursRefused, match="liep het contract niet"):
            booked(contract, 30, person, day(-1))


@pytest.mark.parametrize(("on", "works"), [(-366, True), (-367, False)])
def test_what_is_older_than_a_year_is_not_written_down(
    contract: Contract, person: Person, on: int, *, works: bool
) -> None:
    if works:
        assert bought(contract, 60, person, day(on)).on == day(on)
    else:
        with pytest.raises(HoursRefused, match="afgelopen jaar"):
            bought(contract, 60, person, day(on))


def test_who_and_why_are_said(contract: Contract, person: Person) -> None:
    with pytest.raises(HoursRefused, match="wie het was"):
        buy(contract, 60, who=" ", why="x", on=day(0), person=person, now=timezone.now())
    with pytest.raises(HoursRefused, match="waarom"):
        buy(contract, 60, who="x", why=" ", on=day(0), person=person, now=timezone.now())
    assert HoursEntry.objects.count() == 0


def test_why_keeps_no_bsn(contract: Contract, person: Person) -> None:
    """111222333 passes the eleven test; the gemeente reads why, and so does whoever takes it over."""
    entry = buy(contract, 60, who="x", why="Voor BSN 111222333", on=day(0), person=person, now=timezone.now())
    undone = correct(entry, why="Niet voor 111222333", person=person, now=timezone.now())

    assert [entry.why, undone.why] == ["Voor BSN •••••••••", "Niet voor •••••••••"]


def test_nothing_is_bought_before_both_signed(haarlem: Municipality, person: Person) -> None:
    with pytest.raises(HoursRefused, match="nog niet getekend"):
        bought(unsigned_contract(haarlem), 60, person)


@pytest.mark.parametrize("wrong", ["999999999", "M-1", "9" * 19, "²", "other", "unseen"])
def test_a_report_is_there_and_of_this_gemeente(
    contract: Contract, person: Person, utrecht: Municipality, vendor: House, wrong: str
) -> None:
    """Of another gemeente, and of one that the person does not see, it is as absent as any."""
    bought(contract, 60, person)
    number, who = wrong, person
    if wrong == "other":
        number = make_ticket(utrecht).number
    if wrong == "unseen":
        number = make_ticket(contract.covers.get().municipality).number
        partner = member(vendor, "eigenaar", "p@partner.example", organisation=partner_organisation())
        found = person_of(partner.user)
        assert found is not None
        who = found
    with pytest.raises(HoursRefused, match="geen melding"):
        book(contract, 30, **WORDS, ticket_number=number, on=day(0), person=who)
    assert balance_of(contract) == 60


def test_what_is_sent_twice_is_booked_once(contract: Contract, person: Person) -> None:
    seen = bought(contract, 60, person).pk
    assert last_entry(contract) == seen
    book(contract, 20, **WORDS, on=day(0), person=person, seen=seen)
    with pytest.raises(HoursStale, match="nog 0:40 over"):
        book(contract, 20, **WORDS, on=day(0), person=person, seen=seen)
    assert balance_of(contract) == 40


# Little, and nothing ------------------------------------------------------------------------------


@pytest.mark.parametrize(
    ("used", "supply", "said"),
    [
        (0, Supply.ENOUGH, ""),
        (79, Supply.ENOUGH, ""),
        (80, Supply.LOW, "80"),
        (99, Supply.LOW, "99"),
        (100, Supply.OUT, "De uren zijn op"),
        (101, Supply.OUT, "meer geboekt dan gekocht"),
    ],
)
def test_who_used_four_fifths_is_warned_and_who_used_all(used: int, supply: Supply, said: str) -> None:
    balance = Balance(bought=100, left=100 - used)
    assert balance.supply is supply
    assert said in supply_in_words(balance)
    assert bool(said) is bool(supply_in_words(balance))


def test_what_was_bought_by_mistake_was_not_bought(contract: Contract, person: Person) -> None:
    undone(bought(contract, 600, person), person)
    assert reckoned_of(contract) == Balance(bought=0, left=0)
    bought(contract, 100, person)
    undone(booked(contract, 100, person), person)
    assert reckoned_of(contract) == Balance(bought=100, left=100)


def test_both_sides_hear_once_that_little_is_left_and_once_that_nothing_is(
    contract: Contract, person: Person
) -> None:
    bought(contract, 100, person)
    for minutes in (79, 1, 10, 10):
        booked(contract, minutes, person)
    version = contract.versions.get().pk
    assert asked("contract")[-2:] == [
        {"what": what, "pk": version, "by": "leverancier"} for what in ("hours-low", "hours-out")
    ]


@pytest.mark.parametrize("what", ["hours-low", "hours-out"])
def test_the_mail_of_hours_goes_to_both_and_says_no_figure(
    cast: Cast, mailoutbox: list[Any], what: str, django_capture_on_commit_callbacks: Any
) -> None:
    version = concluded(cast)
    mailoutbox.clear()
    with for_vendor(), django_capture_on_commit_callbacks(execute=True):
        tell_of_contract(what=what, pk=version.pk, by=Side.LEVERANCIER.value)
    letters = [each for each in mailoutbox if "uren" in each.subject]
    assert {address for each in letters for address in each.to} >= {
        cast.beheerder.user.email,
        cast.drafter.user.email,
    }
    assert not any(re.search(r"\d:\d\d|minuten", each.body.partition("http")[0]) for each in letters)


# Corrections --------------------------------------------------------------------------------------


def test_a_correction_is_a_counter_entry_with_its_reason(contract: Contract, person: Person) -> None:
    bought(contract, 60, person)
    wrong = booked(contract, 45, person, day(-3))

    counter = undone(wrong, person)

    assert (counter.minutes, counter.corrects, counter.why) == (45, wrong, "Verkeerde klant")
    assert balance_of(contract) == 60
    wrong.refresh_from_db()
    assert wrong.minutes == -45


def test_an_entry_is_corrected_once_and_a_correction_never(contract: Contract, person: Person) -> None:
    wrong = bought(contract, 60, person)
    counter = undone(wrong, person)
    with pytest.raises(HoursRefused, match="al gecorrigeerd"):
        undone(wrong, person)
    with pytest.raises(HoursRefused, match="corrigeert u niet"):
        undone(counter, person)
    assert balance_of(contract) == 0


def test_what_was_used_is_not_taken_back(contract: Contract, person: Person) -> None:
    wrong = bought(contract, 60, person)
    booked(contract, 1, person)
    with pytest.raises(HoursRefused, match="nog 0:59 over"):
        undone(wrong, person)


def test_every_act_has_its_words_in_the_log() -> None:
    assert LOGGED.keys() == set(HoursKind)
    assert set(LOGGED.values()) <= set(ACTIONS)


# The database, whoever writes ---------------------------------------------------------------------


def raw(contract: Contract, **given: Any) -> HoursEntry:
    return HoursEntry.objects.create(
        **{
            "contract": contract,
            "kind": "gekocht",
            "minutes": 60,
            "on": day(0),
            "who_name": "x",
            "why": "x",
            "recorded_by": "x",
            "recorded_at": timezone.now(),
            **given,
        }
    )


@pytest.mark.parametrize(
    "wrong",
    [
        {"kind": "geschonken"},
        {"minutes": 0},
        {"minutes": -1},
        {"minutes": MOST_BOUGHT + 1},
        {"kind": "geboekt", "minutes": 1},
        {"kind": "geboekt", "minutes": -61},
        {"kind": "geboekt", "minutes": -MOST_BOOKED - 1},
        {"kind": "geboekt", "minutes": -1, "on": day(-11)},
        {"kind": "gecorrigeerd", "minutes": -60},
    ],
)
def test_the_database_refuses_what_does_not_fit(contract: Contract, wrong: dict[str, Any]) -> None:
    raw(contract)
    with REFUSES, transaction.atomic():
        raw(contract, **wrong)


@pytest.mark.parametrize(("kind", "minutes"), [("gecorrigeerd", -59), ("gecorrigeerd", 60), ("gekocht", 60)])
def test_the_database_refuses_a_correction_that_is_no_opposite(
    contract: Contract, kind: str, minutes: int
) -> None:
    wrong = raw(contract)
    with REFUSES, transaction.atomic():
        raw(contract, kind=kind, minutes=minutes, corrects=wrong)


def test_the_database_refuses_the_correction_of_another_contract(
    contract: Contract, utrecht: Municipality
) -> None:
    wrong = raw(contract)
    other = signed_contract(utrecht)
    raw(other, minutes=120)
    with REFUSES, transaction.atomic():
        raw(other, kind="gecorrigeerd", minutes=-60, corrects=wrong)


def test_the_database_refuses_hours_of_what_was_not_signed(haarlem: Municipality) -> None:
    contract = unsigned_contract(haarlem)
    with REFUSES, transaction.atomic():
        raw(contract)


def test_the_database_keeps_what_was_written(contract: Contract) -> None:
    raw(contract)
    with REFUSES, transaction.atomic():
        HoursEntry.objects.update(minutes=1)
    with REFUSES, transaction.atomic():
        HoursEntry.objects.all()._raw_delete(using="default")


# In any order -------------------------------------------------------------------------------------

ACTS = st.lists(
    st.tuples(st.sampled_from(["koop", "boek", "corrigeer"]), st.integers(1, 300), st.integers(0, 9)),
    max_size=12,
)


@settings(max_examples=25, deadline=None, suppress_health_check=[HealthCheck.function_scoped_fixture])
@given(acts=ACTS)
def test_whatever_is_done_nobody_uses_what_is_not_there(
    haarlem: Municipality, person: Person, acts: list[tuple[str, int, int]]
) -> None:
    with transaction.atomic():
        ledger = signed_contract(haarlem)
        counted = 0
        for act, minutes, which in acts:
            counted += done(ledger, act, minutes, which, person)
            assert balance_of(ledger) == counted >= 0
        transaction.set_rollback(True)


def done(ledger: Contract, act: str, minutes: int, which: int, person: Person) -> int:
    """What it added to what is left; nothing where it was refused."""
    entries = list(HoursEntry.objects.filter(contract=ledger).order_by("pk"))
    try:
        if act == "corrigeer" and entries:
            return undone(entries[which % len(entries)], person).minutes
        return (bought if act == "koop" else booked)(ledger, minutes, person).minutes
    except HoursRefused:
        return 0


@pytest.mark.parametrize(
    ("minutes", "shown"), [(0, "0:00"), (59, "0:59"), (60, "1:00"), (-90, "−1:30"), (6000, "100:00")]
)
def test_minutes_read_as_hours(minutes: int, shown: str) -> None:
    assert hours_and_minutes(minutes) == shown
