"""What happened gives the clocks: the examples to the minute, and what people complain of elsewhere."""

from __future__ import annotations

from collections.abc import Mapping
from datetime import UTC, datetime, timedelta
from typing import Any
from zoneinfo import ZoneInfo

import pytest
from hypothesis import given, settings
from hypothesis import strategies as st

from contracts.clocks import Event, clocks, nothing_agreed
from contracts.running import Clock, ClockKind, Happening, LineKind, Outcome, Target
from contracts.working_time import Hours, working_seconds

HERE = ZoneInfo("Europe/Amsterdam")
OFFICE_HOURS = Hours(HERE, week=(*(((7 * 60, 18 * 60),),) * 5, (), ()))
ALWAYS = Hours(HERE, always=True)
MINUTE, HOUR = 60, 3600
H = Happening


def at(text: str) -> datetime:
    """A moment of the week of 23 November 2026, as di 14:05; or a whole one."""
    if text[:2].isdigit():
        return datetime.fromisoformat(text).replace(tzinfo=HERE)
    day = ("ma", "di", "wo", "do", "vr", "za", "zo").index(text[:2])
    return datetime.fromisoformat(f"2026-11-{23 + day} {text[3:]}").replace(tzinfo=HERE)


def target(hours: Hours = OFFICE_HOURS, **given: Any) -> Target:
    """In minutes; what is not given is not agreed."""
    pauses = {name: given.pop(name) for name in list(given) if name.startswith("pauses")}
    return Target(hours, {ClockKind[name.upper()]: minutes for name, minutes in given.items()}, **pauses)


TERMS = {
    "P1": target(ALWAYS, response=15, update=60, resolution=120),
    "P2": target(response=120, update=240, workaround=240, resolution=8 * 60),
    "P3": target(response=240, resolution=16 * 60, pauses_for_third_party=True),
    "P4": target(response=660, resolution=660),
}


def clock_of(
    kind: ClockKind, *events: Event, now: str, terms: Mapping[str, Target] = TERMS, last: bool = True
) -> Clock:
    found = [each for each in clocks(events, lambda _: terms, now=at(now)) if each.kind is kind]
    return found[-1 if last else 0]


def resolution(*events: Event, now: str, terms: Mapping[str, Target] = TERMS) -> Clock:
    return clock_of(ClockKind.RESOLUTION, *events, now=now, terms=terms)


def happens(moment: str, what: Happening, priority: str = "") -> Event:
    return Event(at(moment), what, priority)


def received(moment: str, priority: str = "P4") -> Event:
    return happens(moment, H.RECEIVED, priority)


# The examples -------------------------------------------------------------------------------------

QUESTION = (received("di 14:05"), happens("di 16:10", H.ASKED), happens("di 17:30", H.REPLIED))


def test_a_question_moves_what_is_due() -> None:
    assert resolution(*QUESTION, now="di 17:30").due == at("wo 15:25")


def test_the_explanation_tells_each_piece() -> None:
    lines = resolution(*QUESTION, now="wo 10:42").lines

    assert [(line.kind, line.start, line.counted // MINUTE, line.used // MINUTE) for line in lines] == [
        (LineKind.RUNS, at("di 14:05"), 125, 125),
        (LineKind.STILL, at("di 16:10"), 0, 125),
        (LineKind.RUNS, at("di 17:30"), 30, 155),
        (LineKind.OUTSIDE, at("di 18:00"), 0, 155),
        (LineKind.RUNS, at("wo 07:00"), 222, 377),
        (LineKind.LEFT, at("wo 10:42"), 283, 660),
    ]
    assert lines[-1].end == at("wo 15:25")


def test_a_higher_priority_keeps_start_and_pauses() -> None:
    found = resolution(
        received("ma 08:00", "P3"),
        happens("ma 10:00", H.ASKED),
        happens("ma 12:00", H.REPLIED),
        happens("ma 14:00", H.PRIORITY, "P2"),
        now="ma 14:00",
    )

    assert (found.used, found.paused) == (4 * HOUR, 2 * HOUR)
    assert found.due == at("ma 18:00")


def test_a_lower_priority_after_it_was_late_changes_no_outcome() -> None:
    found = resolution(received("ma 08:00", "P2"), happens("ma 17:00", H.PRIORITY, "P3"), now="ma 17:30")
    assert (found.outcome, found.priority, found.due) == (Outcome.LATE, "P2", at("ma 16:00"))


def test_a_lower_priority_in_time_gives_the_longer_target() -> None:
    found = resolution(received("ma 08:00", "P2"), happens("ma 16:00", H.PRIORITY, "P3"), now="ma 17:00")
    assert (found.outcome, found.due) == (Outcome.RUNS, at("di 13:00"))


def test_an_answer_in_the_evening_resumes_in_the_morning() -> None:
    found = resolution(
        received("di 14:05"), happens("di 16:05", H.ASKED), happens("di 18:30", H.REPLIED), now="di 19:00"
    )
    assert found.due == at("wo 16:00")
    assert [line.start for line in found.lines if line.kind is LineKind.LEFT] == [at("wo 07:00")]


def test_a_pause_outside_the_calendar_changes_nothing() -> None:
    paused = (happens("di 18:30", H.ASKED), happens("wo 06:30", H.REPLIED))

    found = resolution(received("di 14:05"), *paused, now="wo 08:00")

    plain = resolution(received("di 14:05"), now="wo 08:00")
    assert (found.due, found.used, found.paused) == (plain.due, plain.used, 0)


def test_what_we_opened_ourselves_has_no_first_response() -> None:
    found = clocks([happens("di 14:05", H.OPENED, "P2")], lambda _: TERMS, now=at("di 15:00"))
    assert {each.kind for each in found} == {ClockKind.UPDATE, ClockKind.WORKAROUND, ClockKind.RESOLUTION}


# What people complain of --------------------------------------------------------------------------


def test_an_automatic_answer_is_no_response() -> None:
    found = clock_of(
        ClockKind.RESPONSE, received("di 14:05"), happens("di 14:05", H.AUTOMATIC), now="di 15:00"
    )
    assert found.outcome is Outcome.RUNS


def test_an_internal_note_is_no_response() -> None:
    found = clock_of(ClockKind.RESPONSE, received("di 14:05"), happens("di 14:30", H.NOTE), now="di 15:00")
    assert found.outcome is Outcome.RUNS


def test_the_first_human_answer_is_the_response() -> None:
    found = clock_of(
        ClockKind.RESPONSE, received("di 14:05", "P2"), happens("di 14:52", H.ANSWERED), now="di 15:00"
    )
    assert (found.outcome, found.used) == (Outcome.MET, 47 * MINUTE)


def test_the_response_never_stands_still() -> None:
    """Also where we wait for a third party before anybody answered."""
    found = clock_of(
        ClockKind.RESPONSE, received("di 08:00", "P3"), happens("di 09:00", H.WAITS_FOR_THIRD), now="di 12:30"
    )
    assert found.outcome is Outcome.LATE


def test_an_update_never_hides_the_first_response() -> None:
    found = clocks([received("di 08:00", "P2")], lambda _: TERMS, now=at("di 09:00"))
    assert [each.kind for each in found] == [ClockKind.RESPONSE, ClockKind.WORKAROUND, ClockKind.RESOLUTION]


def test_no_update_is_owed_while_the_melder_has_to_answer() -> None:
    events = (received("di 08:00", "P2"), happens("di 09:00", H.ASKED))
    kinds = {each.kind for each in clocks(events, lambda _: TERMS, now=at("vr 09:00"))}
    assert ClockKind.UPDATE not in kinds


def test_a_reply_begins_another_update() -> None:
    events = (received("di 08:00", "P2"), happens("di 09:00", H.ASKED), happens("di 10:00", H.REPLIED))
    assert clock_of(ClockKind.UPDATE, *events, now="di 10:30").due == at("di 14:00")


def test_a_second_reply_gives_us_no_more_time() -> None:
    events = (received("di 08:00", "P2"), happens("di 09:00", H.ANSWERED), happens("di 12:00", H.REPLIED))
    assert clock_of(ClockKind.UPDATE, *events, now="di 12:30").due == at("di 13:00")


def test_each_public_answer_begins_another_update() -> None:
    events = (received("di 08:00", "P2"), happens("di 09:00", H.ANSWERED), happens("di 14:00", H.ANSWERED))

    first = clock_of(ClockKind.UPDATE, *events, now="di 15:00", last=False)

    assert first.outcome is Outcome.LATE
    assert clock_of(ClockKind.UPDATE, *events, now="di 15:00").due == at("di 18:00")


def test_a_pause_counts_in_working_time_as_what_is_due_does() -> None:
    """From Friday to Monday is one hour, and not three days."""
    events = (received("vr 15:00"), happens("vr 17:00", H.ASKED), happens("2026-11-30 07:00", H.REPLIED))

    found = resolution(*events, now="2026-11-30 07:00")

    assert (found.paused, found.due) == (HOUR, at("2026-11-30 16:00"))


def test_what_is_late_does_not_stand_still() -> None:
    found = resolution(received("ma 07:00", "P2"), happens("ma 16:00", H.ASKED), now="di 08:00")
    assert (found.outcome, found.paused) == (Outcome.LATE, 0)


def test_waiting_for_a_third_party_is_our_own_risk() -> None:
    found = resolution(received("ma 08:00", "P2"), happens("ma 09:00", H.WAITS_FOR_THIRD), now="ma 10:00")
    assert (found.outcome, found.paused) == (Outcome.RUNS, 0)


def test_where_it_is_agreed_a_third_party_stops_the_clock() -> None:
    found = resolution(received("ma 08:00", "P3"), happens("ma 09:00", H.WAITS_FOR_THIRD), now="ma 10:00")
    assert (found.outcome, found.paused, found.due) == (Outcome.STILL, HOUR, None)


def test_a_priority_that_allows_no_such_pause_ends_it() -> None:
    events = (received("ma 08:00", "P3"), happens("ma 09:00", H.WAITS_FOR_THIRD))
    found = resolution(*events, happens("ma 10:00", H.PRIORITY, "P2"), now="ma 11:00")
    assert (found.outcome, found.paused, found.due) == (Outcome.RUNS, HOUR, at("ma 17:00"))


def test_a_reply_ends_every_wait_at_that_second() -> None:
    events = (received("ma 08:00", "P3"), happens("ma 09:00", H.WAITS_FOR_THIRD))
    assert resolution(*events, happens("ma 09:30", H.REPLIED), now="ma 10:00").paused == 30 * MINUTE


def test_a_disputed_solution_resumes_and_does_not_restart() -> None:
    events = (received("ma 08:00", "P2"), happens("ma 10:00", H.SOLVED), happens("ma 13:00", H.DISPUTED))

    found = resolution(*events, now="ma 14:00")

    assert (found.used, found.paused, found.due) == (3 * HOUR, 3 * HOUR, at("di 08:00"))


def test_a_workaround_that_was_given_stays_given() -> None:
    events = (
        received("ma 08:00", "P2"),
        happens("ma 09:00", H.WORKAROUND),
        happens("ma 10:00", H.SOLVED),
        happens("ma 13:00", H.DISPUTED),
    )
    assert clock_of(ClockKind.WORKAROUND, *events, now="ma 14:00").outcome is Outcome.MET


def test_what_is_withdrawn_lapses() -> None:
    assert (
        resolution(received("ma 08:00"), happens("ma 09:00", H.WITHDRAWN), now="wo 09:00").outcome
        is Outcome.LAPSED
    )


def test_what_was_late_before_it_was_withdrawn_stays_late() -> None:
    found = resolution(received("ma 07:00", "P2"), happens("ma 15:01", H.WITHDRAWN), now="wo 09:00")
    assert found.outcome is Outcome.LATE


@pytest.mark.parametrize(
    ("moment", "outcome"), [("ma 15:00", Outcome.MET), ("2026-11-23 15:00:01", Outcome.LATE)]
)
def test_at_the_due_moment_itself_it_is_in_time(moment: str, outcome: Outcome) -> None:
    assert (
        resolution(received("ma 07:00", "P2"), happens(moment, H.SOLVED), now="wo 09:00").outcome is outcome
    )


def test_warnings_are_at_parts_of_the_working_time() -> None:
    found = resolution(received("vr 17:00"), now="vr 17:00")
    assert found.warnings == (
        (50, at("2026-11-30 11:30")),
        (75, at("2026-11-30 14:15")),
        (90, at("2026-11-30 15:54")),
    )


def test_no_warning_comes_after_the_end() -> None:
    found = resolution(received("ma 07:00", "P2"), happens("ma 11:30", H.SOLVED), now="wo 07:00")
    assert found.warnings == ((50, at("ma 11:00")),)


def test_a_clock_keeps_the_terms_of_its_start() -> None:
    """A calendar of another version holds for what starts after its date alone."""
    later = {**TERMS, "P4": target(ALWAYS, response=10, resolution=10)}
    events = [received("di 14:05"), happens("di 15:00", H.ANSWERED)]

    found = clocks(events, lambda start: later if start >= at("di 15:00") else TERMS, now=at("wo 08:00"))

    assert {each.seconds for each in found} == {660 * MINUTE}


def test_what_is_still_to_come_is_not_known_yet() -> None:
    found = resolution(received("di 14:05"), happens("di 16:00", H.SOLVED), now="di 15:00")
    assert found.outcome is Outcome.RUNS


def test_a_wait_that_was_wrong_was_none_from_its_own_moment() -> None:
    """Somebody else takes it back afterwards; what was said then stays an answer."""
    asked = Event(at("ma 09:00"), H.ASKED, key="2")
    corrected = Event(at("ma 12:00"), H.CORRECTED, key="3", corrects="2")

    before = resolution(received("ma 08:00", "P2"), asked, now="ma 11:00")
    found = resolution(received("ma 08:00", "P2"), asked, corrected, now="ma 13:00")

    assert (before.outcome, before.paused) == (Outcome.STILL, 2 * HOUR)
    assert (found.outcome, found.used, found.paused) == (Outcome.RUNS, 5 * HOUR, 0)
    update = clock_of(ClockKind.UPDATE, received("ma 08:00", "P2"), asked, corrected, now="ma 13:00")
    assert update.start == at("ma 09:00")


def test_a_wait_for_a_third_party_can_be_wrong_too() -> None:
    waits = Event(at("ma 09:00"), H.WAITS_FOR_THIRD, key="2")
    corrected = Event(at("ma 12:00"), H.CORRECTED, key="3", corrects="2")
    found = resolution(received("ma 08:00", "P3"), waits, corrected, now="ma 13:00")
    assert (found.outcome, found.paused) == (Outcome.RUNS, 0)


def test_a_correction_may_find_that_it_was_late_all_along() -> None:
    asked = Event(at("ma 09:00"), H.ASKED, key="2")
    corrected = Event(at("di 12:00"), H.CORRECTED, key="3", corrects="2")
    found = resolution(received("ma 08:00", "P2"), asked, corrected, now="di 12:00")
    assert (found.outcome, found.due) == (Outcome.LATE, at("ma 16:00"))


def test_a_correction_of_nothing_changes_nothing() -> None:
    corrected = Event(at("ma 09:00"), H.CORRECTED, key="2")
    found = resolution(received("ma 08:00", "P2"), happens("ma 08:30", H.ASKED), corrected, now="ma 10:00")
    assert found.outcome is Outcome.STILL


# Another vendor -----------------------------------------------------------------------------------

OTHERS = {"P2": target(response=60, update=120, resolution=4 * 60)}


def moves(moment: str, terms: Mapping[str, Target] | None = OTHERS) -> Event:
    return Event(
        at(moment), H.MOVED, key="moved", terms=nothing_agreed if terms is None else lambda _: terms or {}
    )


def told_of(*events: Event, now: str) -> list[tuple[int, ClockKind, Outcome, int]]:
    return [
        (each.stint, each.kind, each.outcome, each.used // HOUR)
        for each in clocks(events, lambda _: TERMS, now=at(now))
    ]


def test_what_one_vendor_owed_the_next_one_owes_anew() -> None:
    K, O = ClockKind, Outcome  # noqa: N806, E741  # a table is read by columns
    assert told_of(received("ma 08:00", "P2"), moves("ma 09:00"), now="ma 09:30") == [
        (0, K.RESPONSE, O.HANDED_OVER, 1),
        (0, K.WORKAROUND, O.HANDED_OVER, 1),
        (0, K.RESOLUTION, O.HANDED_OVER, 1),
        (1, K.RESPONSE, O.RUNS, 0),
        (1, K.RESOLUTION, O.RUNS, 0),
    ]
    answered = [received("ma 08:00", "P2"), happens("ma 09:00", H.ANSWERED), moves("ma 10:00")]
    assert told_of(*answered, now="ma 15:00") == [
        (0, K.RESPONSE, O.MET, 1),
        (0, K.WORKAROUND, O.HANDED_OVER, 2),
        (0, K.RESOLUTION, O.HANDED_OVER, 2),
        (0, K.UPDATE, O.HANDED_OVER, 1),
        (1, K.RESOLUTION, O.LATE, 5),
        (1, K.UPDATE, O.LATE, 5),
    ]


def test_what_is_handed_over_at_its_due_moment_is_no_breach_and_later_it_is() -> None:
    in_time = clock_of(
        ClockKind.RESOLUTION, received("ma 08:00", "P2"), moves("ma 16:00"), now="vr 12:00", last=False
    )
    late = clock_of(
        ClockKind.RESOLUTION, received("ma 08:00", "P2"), moves("ma 16:01"), now="vr 12:00", last=False
    )

    assert (in_time.outcome, in_time.stopped) == (Outcome.HANDED_OVER, at("ma 16:00"))
    assert (late.outcome, late.due, late.stopped) == (Outcome.LATE, at("ma 16:00"), at("ma 16:01"))


def test_a_wait_goes_along() -> None:
    asked = [received("ma 08:00", "P2"), happens("ma 09:00", H.ASKED), moves("ma 10:00")]

    found = resolution(*asked, happens("ma 12:00", H.REPLIED), now="ma 13:00")

    assert (found.start, found.used, found.paused) == (at("ma 10:00"), HOUR, 2 * HOUR)


def test_a_solution_that_another_gave_and_that_was_none_is_owed_by_who_has_it_now() -> None:
    solved = [received("ma 08:00", "P2"), happens("ma 09:00", H.SOLVED), moves("ma 10:00")]
    found = clocks([*solved, happens("ma 12:00", H.DISPUTED)], lambda _: TERMS, now=at("ma 13:00"))

    assert {(each.stint, each.kind, each.start) for each in found if each.stint} == {
        (1, ClockKind.RESOLUTION, at("ma 12:00")),
        (1, ClockKind.UPDATE, at("ma 12:00")),
    }
    assert {each.outcome for each in found if not each.stint} == {Outcome.MET}
    assert not [each for each in clocks(solved, lambda _: TERMS, now=at("ma 13:00")) if each.stint]


def test_without_a_contract_the_next_one_owes_nothing() -> None:
    found = clocks(
        [received("ma 08:00", "P2"), moves("ma 09:00", None), happens("ma 10:00", H.ANSWERED)],
        lambda _: TERMS,
        now=at("vr 09:00"),
    )
    assert {(each.stint, each.outcome) for each in found} == {(0, Outcome.HANDED_OVER)}
    again = [received("ma 08:00", "P2"), moves("ma 09:00"), happens("ma 10:00", H.ANSWERED)]
    assert {each.stint for each in clocks(again, nothing_agreed, now=at("vr 09:00"))} == {1}


def test_nobody_takes_back_what_a_former_vendor_waited_for() -> None:
    asked = Event(at("ma 09:00"), H.ASKED, key="2")
    corrected = Event(at("di 12:00"), H.CORRECTED, key="3", corrects="2")
    events = [received("ma 08:00", "P2"), asked, moves("di 11:00"), corrected]

    found = clock_of(ClockKind.RESOLUTION, *events, now="di 13:00", last=False)

    assert (found.outcome, found.used) == (Outcome.HANDED_OVER, HOUR)


# For any events -----------------------------------------------------------------------------------

START = datetime(2026, 10, 20, tzinfo=UTC)
SOME = st.tuples(
    st.timedeltas(timedelta(microseconds=1), timedelta(days=30)),
    st.sampled_from([each for each in Happening if each not in {H.RECEIVED, H.OPENED}]),
    st.sampled_from(sorted(TERMS)),
    st.integers(0, 11),
)


def numbered(some: list[tuple[timedelta, Happening, str, int]]) -> list[Event]:
    """With keys; a correction is about any of them."""
    return [
        Event(
            START + after,
            what,
            priority,
            key=str(place),
            corrects=str(other) if what is H.CORRECTED else "",
            terms=nothing_agreed if other % 2 else lambda _: TERMS,
        )
        for place, (after, what, priority, other) in enumerate(some)
    ]


MANY = st.lists(SOME, max_size=12).map(numbered)
FIRST = Event(START, H.RECEIVED, "P3")
NOW = START + timedelta(days=40)


@settings(deadline=None)
@given(MANY, st.randoms(use_true_random=False))
def test_the_order_of_saving_changes_nothing(events: list[Event], random: Any) -> None:
    saved = [FIRST, *events]
    shuffled = random.sample(saved, len(saved))
    assert clocks(shuffled, lambda _: TERMS, now=NOW) == clocks(saved, lambda _: TERMS, now=NOW)


@settings(deadline=None)
@given(MANY)
def test_used_and_paused_are_what_elapsed(events: list[Event]) -> None:
    found = clocks([FIRST, *events], lambda _: TERMS, now=NOW)

    assert found
    assert [each.used + each.paused for each in found] == [
        working_seconds(each.target.hours, each.start, each.stopped or NOW) for each in found
    ]


@settings(deadline=None)
@given(MANY)
def test_the_explanation_adds_up_without_a_gap(events: list[Event]) -> None:
    for found in clocks([FIRST, *events], lambda _: TERMS, now=NOW):
        told = [line for line in found.lines if line.kind is not LineKind.LEFT]
        assert sum(line.counted for line in told) == found.used
        assert [line.start for line in found.lines[1:]] == [line.end for line in found.lines[:-1]]


@settings(deadline=None)
@given(MANY, st.integers(0, 40 * 24 * 60))
def test_what_was_late_once_is_late_for_good(events: list[Event], minutes: int) -> None:
    """A correction makes other updates due than were; of what was promised once it takes nothing back."""
    then = START + timedelta(minutes=minutes)
    corrects = any(each.what is H.CORRECTED for each in events)

    def late(now: datetime) -> set[tuple[ClockKind, datetime]]:
        return {
            (each.kind, each.start)
            for each in clocks([FIRST, *events], lambda _: TERMS, now=now)
            if each.outcome is Outcome.LATE and not (corrects and each.kind is ClockKind.UPDATE)
        }

    assert late(then) <= late(NOW)
