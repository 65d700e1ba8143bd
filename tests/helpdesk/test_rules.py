"""The rules of a report and its clocks, each with what it prevents: a test of every line of that table."""

from __future__ import annotations

from collections.abc import Callable
from datetime import datetime, timedelta
from typing import Any

import pytest
from django.core import mail
from pytest_django import Settings

from contracts.models import Priority
from contracts.running import ClockKind, Outcome
from helpdesk import acting
from helpdesk.models import Ticket, TicketEvent
from helpdesk.passing import due_for, pass_time
from helpdesk.queue import Part, counts_for
from helpdesk.refusals import TicketRefused
from helpdesk.warning import warn, with_something_to_tell
from helpdesk.words import Channel, Status, What
from tenants.accounts.models import Membership
from tenants.registry.models import Municipality
from tests.errands import delivered
from tests.helpdesk.tickets import REPORTER, as_person, at, clock, fresh, level, make, who
from tests.people import House, member

MINUTE, HOUR = 60, 3600
K = ClockKind

pytestmark = pytest.mark.django_db


@pytest.fixture
def handler(vendor: House) -> Membership:
    return member(vendor, "helpdesk", "sam@leverancier.example")


@pytest.fixture
def chief(vendor: House) -> Membership:
    return member(vendor, "eigenaar", "jo@leverancier.example")


def days_later(moment: str, working_days: int) -> datetime:
    """In the morning of the first working day after so many of them; none of these is a holiday."""
    day, passed = at(moment), 0
    while passed <= working_days:
        day += timedelta(days=1)
        passed += day.weekday() < 5
    return day.replace(hour=9, minute=0)


# One pure function; stored with each event --------------------------------------------------------


def test_due_times_are_never_stale(haarlem: Municipality, handler: Membership) -> None:
    ticket = make(haarlem, handler, "di 14:05", version=level())
    assert (ticket.next_due_kind, ticket.next_due_at) == (K.RESPONSE, at("di 16:05"))

    acting.answer(ticket, "Wij kijken.", who=who(handler), now=at("di 14:52"))

    answered = fresh(ticket)
    assert (answered.next_due_kind, answered.next_due_at) == (K.WORKAROUND, at("wo 07:05"))
    assert clock(ticket, K.UPDATE).due_at == at("wo 07:52")
    assert clock(ticket, K.RESPONSE).outcome == Outcome.MET


def test_elapsed_pause_and_due_time_use_the_same_calendar(haarlem: Municipality, handler: Membership) -> None:
    """The worked example, as it is stored: eleven hours, of which a question took one and a bit."""
    ticket = make(haarlem, handler, "di 14:05", "P4", version=level())
    acting.ask(ticket, "Welke zaak?", who=who(handler), now=at("di 16:10"))
    acting.reply(ticket, "Deze.", who=REPORTER, now=at("di 17:30"), channel=Channel.MAIL)

    found = clock(ticket, K.RESOLUTION)

    assert found.due_at == at("wo 15:25")
    assert (found.used_seconds, found.paused_seconds) == (125 * MINUTE, 80 * MINUTE)


# Priority -----------------------------------------------------------------------------------------


def test_a_priority_change_keeps_start_and_pauses(haarlem: Municipality, handler: Membership) -> None:
    ticket = make(haarlem, handler, "ma 08:00", "P3", version=level())
    acting.ask(ticket, "Welke zaak?", who=who(handler), now=at("ma 10:00"))
    acting.reply(ticket, "Deze.", who=REPORTER, now=at("ma 12:00"))

    acting.change_priority(
        ticket, Priority.P2, "De hele balie staat stil.", who=who(handler), now=at("ma 14:00")
    )

    found = clock(ticket, K.RESOLUTION)
    assert (found.priority, found.used_seconds, found.paused_seconds) == ("P2", 4 * HOUR, 2 * HOUR)
    assert (found.started_at, found.due_at) == (at("ma 08:00"), at("ma 18:00"))


def test_lowering_needs_a_reason_that_the_gemeente_reads(haarlem: Municipality, handler: Membership) -> None:
    ticket = make(haarlem, handler, version=level())
    with pytest.raises(TicketRefused):
        acting.change_priority(ticket, Priority.P3, " ", who=who(handler), now=at("di 15:00"))
    assert fresh(ticket).priority == "P2"

    acting.change_priority(ticket, Priority.P3, "Het gaat om één zaak.", who=who(handler), now=at("di 15:00"))

    event = TicketEvent.objects.get(ticket=ticket, what=What.PRIORITY)
    assert (event.is_public, event.before, event.after) == (True, "P2", "P3")
    assert event.text == fresh(ticket).priority_reason == "Het gaat om één zaak."


def test_a_priority_that_the_matrix_says_needs_no_reason_beside_it(
    haarlem: Municipality, handler: Membership
) -> None:
    ticket = make(haarlem, handler, version=level())
    acting.change_priority(ticket, Priority.P3, "Eén zaak.", who=who(handler), now=at("di 15:00"))

    acting.change_priority(ticket, Priority.P2, "Toch meer.", who=who(handler), now=at("di 15:30"))

    assert fresh(ticket).priority_reason == ""


# The response -------------------------------------------------------------------------------------


def test_the_response_clock_stops_at_the_first_human_public_answer(
    haarlem: Municipality, handler: Membership
) -> None:
    """Neither a note nor what a machine sent is one."""
    ticket = make(haarlem, handler, "di 14:05", version=level())
    acting.note(ticket, "Eerst kijken.", who=who(handler), now=at("di 14:10"))
    acting.keep_automatic(ticket, "Ik ben er niet.", now=at("di 14:20"))
    assert clock(ticket, K.RESPONSE).stopped_at is None

    acting.answer(ticket, "Wij kijken.", who=who(handler), now=at("di 14:52"))

    assert clock(ticket, K.RESPONSE).used_seconds == 47 * MINUTE


def test_the_response_clock_never_pauses(haarlem: Municipality, handler: Membership) -> None:
    ticket = make(haarlem, handler, "di 08:00", "P3", version=level())
    acting.wait_for_third(ticket, "Op de maker.", who=who(handler), now=at("di 09:00"))

    found = clock(ticket, K.RESPONSE)

    assert (found.outcome, found.due_at) == (Outcome.RUNS, at("di 12:00"))


def test_what_we_opened_ourselves_has_no_response_clock(haarlem: Municipality, handler: Membership) -> None:
    ours = {"reporter_name": "", "reporter_email": ""}
    ticket = make(haarlem, handler, version=level(), **ours)
    assert not ticket.clocks.filter(kind=K.RESPONSE).exists()
    assert ticket.clocks.filter(kind=K.RESOLUTION).exists()


# Updates ------------------------------------------------------------------------------------------


def test_the_update_clock_runs_only_while_the_ball_is_with_us(
    haarlem: Municipality, handler: Membership
) -> None:
    ticket = make(haarlem, handler, "di 08:00", version=level())
    acting.ask(ticket, "Welke zaak?", who=who(handler), now=at("di 09:00"))
    assert not ticket.clocks.filter(kind=K.UPDATE).exists()

    acting.reply(ticket, "Deze.", who=REPORTER, now=at("di 10:00"))

    assert clock(ticket, K.UPDATE).due_at == at("di 14:00")


def test_the_update_clock_restarts_at_each_public_update(haarlem: Municipality, handler: Membership) -> None:
    ticket = make(haarlem, handler, "di 08:00", version=level())
    acting.answer(ticket, "Wij kijken.", who=who(handler), now=at("di 09:00"))
    acting.answer(ticket, "Wij kijken nog.", who=who(handler), now=at("di 11:00"))
    assert clock(ticket, K.UPDATE).due_at == at("di 15:00")


def test_an_update_never_hides_the_response(haarlem: Municipality, handler: Membership) -> None:
    ticket = make(haarlem, handler, "di 08:00", version=level())
    assert ticket.next_due_kind == K.RESPONSE


# Pauses -------------------------------------------------------------------------------------------


def test_the_resolution_pauses_only_with_a_concrete_question(
    haarlem: Municipality, handler: Membership
) -> None:
    ticket = make(haarlem, handler, version=level())
    with pytest.raises(TicketRefused, match="vraagteken"):
        acting.ask(ticket, "Wij wachten op u.", who=who(handler), now=at("di 15:00"))
    assert fresh(ticket).status == Status.NIEUW

    acting.ask(ticket, "Welke zaak sluit niet?", who=who(handler), now=at("di 15:00"))

    waits = fresh(ticket)
    assert (waits.status, waits.waiting_question) == (Status.WACHT_OP_MELDER, "Welke zaak sluit niet?")
    assert clock(ticket, K.RESOLUTION).outcome == Outcome.STILL


@pytest.mark.parametrize(
    ("priority", "outcome"), [("P1", Outcome.RUNS), ("P2", Outcome.RUNS), ("P3", Outcome.STILL)]
)
def test_a_third_party_stops_a_clock_only_where_that_is_agreed(
    haarlem: Municipality, handler: Membership, priority: str, outcome: Outcome
) -> None:
    """And of P1 that cannot be agreed at all."""
    ticket = make(haarlem, handler, "di 14:05", priority, version=level())
    acting.wait_for_third(ticket, "Op de maker.", who=who(handler), now=at("di 14:10"))
    assert clock(ticket, K.RESOLUTION).outcome == outcome


@pytest.mark.parametrize("channel", [Channel.PORTAAL, Channel.MAIL, Channel.API, Channel.TELEFOON])
def test_any_reply_of_the_melder_resumes_at_that_second(
    haarlem: Municipality, handler: Membership, channel: Channel
) -> None:
    ticket = make(haarlem, handler, "di 08:00", version=level())
    acting.ask(ticket, "Welke zaak?", who=who(handler), now=at("di 09:00"))

    by = who(handler) if channel is Channel.TELEFOON else REPORTER
    acting.reply(ticket, "Deze.", who=by, now=at("2026-11-24 09:30:17"), channel=channel)

    assert clock(ticket, K.RESOLUTION).paused_seconds == 30 * MINUTE + 17
    answered = fresh(ticket)
    assert (answered.status, answered.waiting_question) == (Status.IN_BEHANDELING, "")


def test_a_breached_clock_cannot_pause(haarlem: Municipality, handler: Membership) -> None:
    ticket = make(haarlem, handler, "ma 07:00", version=level())
    acting.ask(ticket, "Welke zaak?", who=who(handler), now=at("ma 16:00"))

    found = clock(ticket, K.RESOLUTION)

    assert (found.outcome, found.due_at, found.paused_seconds) == (Outcome.LATE, at("ma 15:00"), 0)
    acting.reply(ticket, "Deze.", who=REPORTER, now=at("di 09:00"))
    assert clock(ticket, K.RESOLUTION).outcome == Outcome.LATE


# What waits stays in sight --------------------------------------------------------------------------


def test_waiting_tickets_stay_in_the_counters(haarlem: Municipality, handler: Membership) -> None:
    acts: dict[Part, Callable[[Ticket, Any], Any]] = {
        Part.REPORTER: lambda ticket, how: acting.ask(ticket, "Welke zaak?", **how),
        Part.THIRD: lambda ticket, how: acting.wait_for_third(ticket, "Op de maker.", **how),
        Part.PLANNED: lambda ticket, how: acting.plan(ticket, "Straks.", label="2026.12", **how),
        Part.SOLVED: lambda ticket, how: acting.solve(
            ticket, "Klaar.", cause="Leeg.", solution="Gevuld.", **how
        ),
    }
    make(haarlem, handler)
    for act in acts.values():
        act(make(haarlem, handler), {"who": who(handler), "now": at("di 15:00")})

    counts = counts_for(as_person(handler))

    assert counts == {**dict.fromkeys([Part.OURS, *acts], 1), Part.OVER: 0}


def test_a_question_is_repeated_and_never_closed_silently(
    haarlem: Municipality,
    handler: Membership,
    django_capture_on_commit_callbacks: Callable[..., Any],
) -> None:
    ticket = make(haarlem, handler, "ma 08:00")
    acting.ask(ticket, "Welke zaak?", who=who(handler), now=at("ma 09:00"))
    delivered().clear()

    def on(working_days: int) -> list[str]:
        moment, done = days_later("ma 09:00", working_days), []
        for act, pk in due_for(moment):
            with django_capture_on_commit_callbacks(execute=True):
                assert pass_time(act, pk, moment)
            done.append(act)
        return done

    assert [on(days) for days in (2, 3, 4, 6, 7, 9, 10, 30)] == [
        [],
        ["remind"],
        [],
        [],
        ["remind"],
        [],
        ["propose"],
        [],
    ]
    assert fresh(ticket).status == Status.WACHT_OP_MELDER
    assert [letter.to for letter in mail.outbox] == [["lia@haarlem.example"]] * 3
    # what goes out by itself carries nothing of what was said
    assert "Welke zaak?" not in mail.outbox[0].body


def test_a_proposal_is_carried_out_by_a_person_five_working_days_later(
    haarlem: Municipality, handler: Membership
) -> None:
    ticket = make(haarlem, handler, "ma 08:00")
    acting.ask(ticket, "Welke zaak?", who=who(handler), now=at("ma 09:00"))
    for days in (3, 7, 10):
        moment = days_later("ma 09:00", days)
        assert [pass_time(act, pk, moment) for act, pk in due_for(moment)] == [True]

    with pytest.raises(TicketRefused, match="vijf werkdagen"):
        acting.close_unanswered(ticket, "Geen antwoord.", who=who(handler), now=days_later("ma 09:00", 14))
    acting.close_unanswered(ticket, "Geen antwoord.", who=who(handler), now=days_later("ma 09:00", 16))

    assert fresh(ticket).status == Status.GESLOTEN


def test_another_question_waits_anew(haarlem: Municipality, handler: Membership) -> None:
    ticket = make(haarlem, handler, "ma 08:00")
    acting.ask(ticket, "Welke zaak?", who=who(handler), now=at("ma 09:00"))
    acting.ask(ticket, "En welk zaaktype?", who=who(handler), now=at("do 09:00"))
    assert due_for(at("vr 09:00")) == []
    assert fresh(ticket).waiting_question == "En welk zaaktype?"


def test_nobody_is_reminded_at_night_or_in_a_weekend(haarlem: Municipality, handler: Membership) -> None:
    ticket = make(haarlem, handler, "ma 08:00")
    acting.ask(ticket, "Welke zaak?", who=who(handler), now=at("ma 09:00"))
    assert [due_for(at(moment)) for moment in ("vr 00:30", "vr 07:59", "za 12:00", "vr 18:00")] == [[]] * 4
    assert due_for(at("vr 08:00")) == [("remind", ticket.pk)]


# Warnings -----------------------------------------------------------------------------------------


def warned_at(moment: str) -> list[str]:
    now = at(moment)
    mail.outbox.clear()
    for pk in with_something_to_tell(now):
        warn(pk, now)
    return [letter.subject.split(": ")[1] for letter in mail.outbox]


@pytest.fixture
def sent(monkeypatch: pytest.MonkeyPatch) -> None:
    """At once: nothing commits here."""
    monkeypatch.setattr("helpdesk.warning.transaction.on_commit", lambda send, **_: send())


@pytest.mark.usefixtures("sent")
def test_warnings_come_at_parts_of_the_working_time_once_each(
    haarlem: Municipality, handler: Membership
) -> None:
    ticket = make(haarlem, handler, "di 07:00", "P4", version=level())
    acting.pick_up(ticket, who=who(handler), now=at("di 07:01"))
    acting.answer(ticket, "Wij kijken.", who=who(handler), now=at("di 07:02"))

    told = {
        moment: warned_at(moment) for moment in ("di 12:29", "di 12:30", "di 12:40", "di 15:15", "di 16:54")
    }

    assert told == {
        "di 12:29": [],
        "di 12:30": ["50 % van de tijd is gebruikt"],
        "di 12:40": [],
        "di 15:15": ["75 % van de tijd is gebruikt"],
        "di 16:54": ["90 % van de tijd is gebruikt"],
    }
    assert mail.outbox[-1].to == ["sam@leverancier.example"]


@pytest.mark.usefixtures("sent")
def test_a_warning_that_comes_too_late_in_the_day_waits_for_the_morning(
    haarlem: Municipality, handler: Membership
) -> None:
    ticket = make(haarlem, handler, "2026-11-24 12:29:50", "P4", version=level())
    acting.pick_up(ticket, who=who(handler), now=at("di 12:32"))
    acting.answer(ticket, "Wij kijken.", who=who(handler), now=at("di 12:33"))
    assert clock(ticket, K.RESOLUTION).warns_at[0] == at("2026-11-24 17:59:50")

    assert warned_at("2026-11-24 18:00:20") == []
    assert warned_at("wo 07:00") == ["50 % van de tijd is gebruikt"]


@pytest.mark.usefixtures("sent")
def test_what_runs_day_and_night_is_told_to_whoever_is_on_call(
    haarlem: Municipality, handler: Membership, settings: Settings
) -> None:
    settings.HELPDESK_ON_CALL = "piket@leverancier.example"
    ticket = make(haarlem, handler, "za 01:00", "P1", version=level(always=("P1",)))

    assert warned_at("za 01:08") == ["50 % van de tijd is gebruikt"]

    assert mail.outbox[-1].to == ["piket@leverancier.example"]
    assert str(ticket.pk) in mail.outbox[-1].subject
    assert "Zaken sluiten niet" not in mail.outbox[-1].body


@pytest.mark.usefixtures("sent")
def test_what_waits_for_the_morning_keeps_no_clock_of_the_night_waiting(
    haarlem: Municipality, handler: Membership, settings: Settings, monkeypatch: pytest.MonkeyPatch
) -> None:
    """With more of them than are looked at in one go, before and after it."""
    monkeypatch.setattr("helpdesk.warning.AT_A_TIME", 4)
    settings.HELPDESK_ON_CALL = "piket@leverancier.example"
    office, always = level(), level(always=("P1",))
    for _ in range(6):
        ticket = make(haarlem, handler, "2026-11-24 12:29:50", "P4", version=office)
        acting.pick_up(ticket, who=who(handler), now=at("di 12:32"))
        acting.answer(ticket, "Wij kijken.", who=who(handler), now=at("di 12:33"))
    assert warned_at("2026-11-24 18:00:20") == []
    night = make(haarlem, handler, "di 23:00", "P1", version=always)
    for _ in range(6):
        ticket = make(haarlem, handler, "2026-11-24 12:29:50", "P4", version=office)
        acting.pick_up(ticket, who=who(handler), now=at("di 12:32"))
        acting.answer(ticket, "Wij kijken.", who=who(handler), now=at("di 12:33"))

    assert warned_at("di 23:08") == ["50 % van de tijd is gebruikt"]
    for minute in range(9, 13):
        warned_at(f"di 23:{minute:02}")

    night.clocks.all().delete()
    # all that is left waits for seven o'clock, and is told then
    assert with_something_to_tell(at("wo 06:59")) == []
    monkeypatch.setattr("helpdesk.warning.AT_A_TIME", 100)
    assert len(warned_at("wo 07:00")) == 12


@pytest.mark.usefixtures("sent")
def test_what_is_too_late_says_so_in_the_rows(haarlem: Municipality, handler: Membership) -> None:
    ticket = make(haarlem, handler, "di 08:00", version=level())
    warned_at("di 10:01")
    assert clock(ticket, K.RESPONSE).outcome == Outcome.LATE
    assert warned_at("di 10:02") == []


# Corrections --------------------------------------------------------------------------------------


def test_a_wrong_pause_is_corrected_by_a_second_person_and_history_stays(
    haarlem: Municipality, handler: Membership, chief: Membership
) -> None:
    ticket = make(haarlem, handler, "ma 08:00", version=level())
    asked = acting.ask(ticket, "Hoe gaat het?", who=who(handler), now=at("ma 09:00"))
    assert clock(ticket, K.RESOLUTION).outcome == Outcome.STILL

    acting.correct(ticket, asked.pk, "Dit was geen vraag.", who=who(chief), now=at("ma 12:00"))

    found = clock(ticket, K.RESOLUTION)
    assert (found.outcome, found.used_seconds, found.paused_seconds) == (Outcome.RUNS, 4 * HOUR, 0)
    assert fresh(ticket).status == Status.IN_BEHANDELING
    kept = [(each.what, each.text) for each in ticket.events.in_order()]
    assert kept[1:] == [("vraag", "Hoe gaat het?"), ("correctie", "Dit was geen vraag.")]
    assert ticket.events.get(what=What.CORRECTED).is_public


def test_nobody_corrects_his_own_pause(haarlem: Municipality, chief: Membership) -> None:
    ticket = make(haarlem, chief, version=level())
    asked = acting.ask(ticket, "Hoe gaat het?", who=who(chief), now=at("di 15:00"))
    with pytest.raises(TicketRefused, match="collega"):
        acting.correct(ticket, asked.pk, "Geen vraag.", who=who(chief), now=at("di 16:00"))


def test_a_pause_is_corrected_once_and_with_a_reason(
    haarlem: Municipality, handler: Membership, chief: Membership
) -> None:
    ticket = make(haarlem, handler, version=level())
    asked = acting.ask(ticket, "Hoe gaat het?", who=who(handler), now=at("di 15:00"))
    with pytest.raises(TicketRefused, match="waarom"):
        acting.correct(ticket, asked.pk, "", who=who(chief), now=at("di 16:00"))
    acting.correct(ticket, asked.pk, "Geen vraag.", who=who(chief), now=at("di 16:00"))
    with pytest.raises(TicketRefused, match="nog niet is gecorrigeerd"):
        acting.correct(ticket, asked.pk, "Nog eens.", who=who(chief), now=at("di 16:30"))


def test_a_correction_of_an_earlier_pause_leaves_a_later_one(
    haarlem: Municipality, handler: Membership, chief: Membership
) -> None:
    ticket = make(haarlem, handler, "ma 08:00", version=level())
    first = acting.ask(ticket, "Hoe gaat het?", who=who(handler), now=at("ma 09:00"))
    acting.reply(ticket, "Goed.", who=REPORTER, now=at("ma 10:00"))
    acting.ask(ticket, "Welke zaak?", who=who(handler), now=at("ma 11:00"))

    acting.correct(ticket, first.pk, "Geen vraag.", who=who(chief), now=at("ma 12:00"))

    assert fresh(ticket).status == Status.WACHT_OP_MELDER
    assert clock(ticket, K.RESOLUTION).paused_seconds == HOUR
