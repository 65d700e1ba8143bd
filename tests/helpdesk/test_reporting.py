"""What people of a municipality do with reports, through the door: by one table, with the same clocks."""

from __future__ import annotations

from datetime import timedelta
from typing import Any
from uuid import uuid4

import pytest
from django.core.files.base import ContentFile
from django.core.files.storage import default_storage
from django.db import DatabaseError, transaction
from django.utils import timezone
from psycopg2 import sql
from psycopg2.extras import Json

from backoffice.models import LogLine as VendorLog
from contracts.models import Priority
from contracts.running import ClockKind, Outcome
from helpdesk.acting import answer, ask, change_priority, correct, note, solve
from helpdesk.models import Attachment, Sending, Ticket, TicketClock, TicketEvent, Warned
from helpdesk.refusals import TicketRefused, TicketStale
from helpdesk.reporting import HAPPENS, REPORTED, Report, Said, report, say, tickets
from helpdesk.states import ACTS
from helpdesk.storing import clocks_of, rows_of
from helpdesk.words import Side, Status, What
from tenants.accounts.models import Membership
from tenants.accounts.person import person_of
from tenants.console.models import LogLine
from tenants.registry.connection import connection
from tenants.registry.context import for_vendor, in_municipality
from tenants.registry.models import Municipality
from tenants.registry.vendor_rows import vendor_rows
from tests.helpdesk.reported import at_vendor, bring, contract_for, person, reported, said, told, who
from tests.people import House, member

BSN = "123456782"
EMPTY = Json([])

pytestmark = pytest.mark.django_db


@pytest.fixture
def reporter(at_haarlem: House) -> Membership:
    return member(at_haarlem, "catalogusbeheerder", "lia@haarlem.example")


@pytest.fixture
def handler(vendor: House) -> Membership:
    return member(vendor, "helpdesk", "sam@leverancier.example")


@pytest.fixture
def contract(haarlem: Municipality) -> Any:
    return contract_for(haarlem, timezone.now())


def stored(ticket: Ticket) -> list[dict[str, Any]]:
    return list(TicketClock.objects.filter(ticket=ticket).order_by("place").values())


def assert_clocks_follow(ticket: Ticket) -> None:
    """What is stored is what the pure function says at the moment of the last event."""
    events = list(ticket.events.order_by("at"))
    found = rows_of(clocks_of(events, ticket.service_level_version, now=events[-1].at))
    names = (
        "place",
        "kind",
        "outcome",
        "used_seconds",
        "paused_seconds",
        "due_at",
        "stopped_at",
        "target_seconds",
    )
    assert [[row[name] for name in names] for row in stored(ticket)] == [
        [getattr(row, name) for name in names] for row in found
    ]


def everything() -> list[Any]:
    return [
        list(model.objects.order_by("pk").values())
        for model in (Ticket, TicketEvent, TicketClock, Attachment, Sending)
    ]


# Reporting ---------------------------------------------------------------------------------------


def test_a_report_has_the_priority_and_the_clocks_of_the_contract(
    haarlem: Municipality, reporter: Membership, contract: Any
) -> None:
    now = timezone.now()

    ticket = reported(haarlem, reporter, now=now)

    assert (ticket.priority, ticket.status, ticket.channel) == ("P2", Status.NIEUW, "portaal")
    assert ticket.service_level_version == contract.service_level_version
    assert ticket.contract == contract.contract
    assert ticket.organisation == haarlem.vendor
    assert (ticket.next_due_kind, ticket.next_due_at) == (ClockKind.RESPONSE, now + timedelta(hours=2))
    assert {row["kind"] for row in stored(ticket)} == {"reactie", "oplossing"}
    assert_clocks_follow(ticket)
    assert len(ticket.reply_token) == 32
    event = ticket.events.get()
    assert (event.what, event.side, event.actor_name, event.organisation_name, event.after) == (
        What.RECEIVED,
        Side.GEMEENTE,
        "Catalogusbeheerder",
        "Haarlem",
        "P2",
    )


def test_who_has_no_name_but_a_long_address_reports_and_answers(
    haarlem: Municipality, at_haarlem: House
) -> None:
    address = f"{'a' * 230}@haarlem.example"
    nameless = member(at_haarlem, "catalogusbeheerder", address)
    with in_municipality(haarlem):
        type(nameless.user).objects.update(name="")
        nameless.user.refresh_from_db()
    ticket = reported(haarlem, nameless)

    assert (ticket.reporter_name, ticket.reporter_email) == (address[:200], address)


def test_without_a_contract_nothing_is_promised(haarlem: Municipality, reporter: Membership) -> None:
    ticket = reported(haarlem, reporter)

    assert (ticket.service_level_version, ticket.contract, ticket.next_due_at) == (None, None, None)
    assert ticket.priority == "P2"
    assert stored(ticket) == []


def test_both_logs_name_the_report_and_nothing_that_it_says(
    haarlem: Municipality, reporter: Membership
) -> None:
    ticket = reported(haarlem, reporter, subject="Geheim woord", text="Geheim woord")

    vendors = VendorLog.objects.get(action=REPORTED)
    with in_municipality(haarlem):
        ours = LogLine.objects.get(action=REPORTED)
    assert {vendors.subject, ours.subject} == {f"melding {ticket.pk}"}
    assert "Geheim" not in f"{vendors.changes}{ours.changes}"


def test_what_is_sent_twice_is_done_once(haarlem: Municipality, reporter: Membership) -> None:
    once, now = uuid4(), timezone.now()
    with in_municipality(haarlem):
        sender = person_of(reporter.user)
        assert sender is not None
        first, second = (report(told(), once=once, person=sender, now=now) for _ in range(2))
        words = Said(text="Nog iets")
        again = uuid4()
        said_once = [say(first.ticket, "reply", words, once=again, person=sender, now=now) for _ in range(2)]

    assert first.ticket == second.ticket
    assert (first.again, second.again) == (False, True)
    assert [each.again for each in said_once] == [False, True]
    assert Ticket.objects.count() == 1
    assert TicketEvent.objects.count() == 2


def test_a_number_of_a_citizen_is_masked_and_told(haarlem: Municipality, reporter: Membership) -> None:
    with in_municipality(haarlem):
        sender = person_of(reporter.user)
        assert sender is not None
        given = told(subject=f"Zaak van {BSN}", text=f"Het gaat om {BSN}.", component=f"x {BSN}")
        done = report(given, once=uuid4(), person=sender, now=timezone.now())
        file = ContentFile(b"x", name=f"bsn {BSN}.txt")
        reply = say(
            done.ticket,
            "reply",
            Said(text="Zonder", files=[file]),
            once=uuid4(),
            person=sender,
            now=timezone.now(),
        )

    assert (done.masked, reply.masked) == (True, True)
    ticket = at_vendor(done.ticket.pk)
    assert ticket.contains_personal_data
    assert [event.is_masked for event in ticket.events.order_by("pk")] == [True, True]
    assert BSN not in str(everything())


@pytest.mark.parametrize("given", [{"subject": " "}, {"text": "\n"}, {"text": "x" * 20_001}])
def test_a_report_that_says_nothing_or_too_much_is_refused(
    haarlem: Municipality, reporter: Membership, given: dict[str, Any]
) -> None:
    with pytest.raises(TicketRefused):
        reported(haarlem, reporter, **given)

    assert everything() == [[], [], [], [], []]


def test_who_may_only_look_reports_nothing(haarlem: Municipality, at_haarlem: House) -> None:
    with pytest.raises(TicketRefused, match="beheerder"):
        reported(haarlem, member(at_haarlem, "lezer"))

    assert not Ticket.objects.exists()


def test_files_lie_with_the_municipality_and_go_where_the_report_is_not_written(
    haarlem: Municipality, reporter: Membership
) -> None:
    ticket = reported(haarlem, reporter, files=[ContentFile(b"inhoud", name="scherm.png")])
    with pytest.raises(TicketRefused):
        reported(haarlem, reporter, text=" ", files=[ContentFile(b"x", name="b")])

    file = ticket.attachments.get()
    assert (file.name, file.size, file.content_type, file.is_public) == ("scherm.png", 6, "image/png", True)
    assert file.event == ticket.events.get()
    with in_municipality(haarlem):
        assert default_storage.listdir("meldingen") == ([], [file.key.removeprefix("meldingen/")])


# What is said to a report that is there ----------------------------------------------------------

REACHED = [pytest.param(status, key, id=f"{status.value}-{key}") for status in Status for key in HAPPENS]


@pytest.mark.parametrize(("status", "key"), REACHED)
def test_each_state_lets_the_municipality_do_what_the_table_says(
    haarlem: Municipality, reporter: Membership, handler: Membership, contract: Any, status: Status, key: str
) -> None:
    ticket = bring(reported(haarlem, reporter), status, handler, reporter)
    assert ticket.status == status
    before = everything()

    if status in ACTS[key].before:
        after = said(ticket, key, reporter)
        assert after.status == ACTS[key].leads_to(status)
        last = after.events.order_by("-at")[0]
        assert (last.what, last.side) == (HAPPENS[key], Side.GEMEENTE)
        assert_clocks_follow(after)
    else:
        with pytest.raises(TicketStale, match=str(ticket.pk)):
            said(ticket, key, reporter)
        assert everything() == before


def test_an_answer_resumes_the_clock_at_that_second(
    haarlem: Municipality, reporter: Membership, handler: Membership, contract: Any
) -> None:
    start = timezone.now() - timedelta(hours=5)
    ticket = reported(haarlem, reporter, now=start)
    with for_vendor():
        ask(ticket, "Welke zaak?", who=who(handler), now=start + timedelta(hours=1))
    waiting = at_vendor(ticket.pk)
    assert waiting.waiting_question == "Welke zaak?"

    ticket = said(ticket, "reply", reporter, now=start + timedelta(hours=3))

    assert (ticket.status, ticket.waiting_question, ticket.waits_since) == ("in_behandeling", "", None)
    (solution,) = [row for row in stored(ticket) if row["kind"] == "oplossing"]
    assert (solution["outcome"], solution["used_seconds"], solution["paused_seconds"]) == (
        Outcome.RUNS,
        3600,
        7200,
    )
    assert solution["due_at"] == start + timedelta(hours=13)


def test_a_solution_that_is_disputed_goes_on_where_it_was(
    haarlem: Municipality, reporter: Membership, handler: Membership, contract: Any
) -> None:
    start = timezone.now() - timedelta(hours=9)
    ticket = reported(haarlem, reporter, now=start)
    with for_vendor():
        solve(ticket, "Klaar.", cause="x", solution="y", who=who(handler), now=start + timedelta(hours=2))

    ticket = said(ticket, "dispute", reporter, now=start + timedelta(hours=5))

    assert (ticket.status, ticket.solved_at) == ("in_behandeling", None)
    (solution,) = [row for row in stored(ticket) if row["kind"] == "oplossing"]
    assert (solution["outcome"], solution["used_seconds"]) == (Outcome.RUNS, 7200)
    assert solution["due_at"] == start + timedelta(hours=14)


def test_what_is_over_is_due_no_more(haarlem: Municipality, reporter: Membership, contract: Any) -> None:
    ticket = said(reported(haarlem, reporter), "withdraw", reporter)

    assert (ticket.next_due_at, ticket.next_due_kind) == (None, "")
    assert ticket.closed_at is not None
    assert {row["outcome"] for row in stored(ticket)} == {Outcome.LAPSED}


def test_one_mark_is_given_once(haarlem: Municipality, reporter: Membership, handler: Membership) -> None:
    ticket = bring(reported(haarlem, reporter), Status.GESLOTEN, handler, reporter)

    assert said(ticket, "rate", reporter, mark=4).satisfaction == 4
    with pytest.raises(TicketStale):
        said(ticket, "rate", reporter, mark=1)


def test_an_internal_event_changes_nothing_for_the_clocks_of_the_municipality(
    haarlem: Municipality, reporter: Membership, handler: Membership, contract: Any
) -> None:
    ticket = reported(haarlem, reporter)
    with for_vendor():
        note(ticket, "Onder ons.", who=who(handler), now=timezone.now())

    assert_clocks_follow(said(ticket, "reply", reporter))


def test_whoever_did_not_see_the_last_answer_is_told_of_it(
    haarlem: Municipality, reporter: Membership, handler: Membership
) -> None:
    ticket = reported(haarlem, reporter)
    seen = ticket.events.get().pk
    with for_vendor():
        answer(ticket, "Wij kijken.", who=who(handler), now=timezone.now())

    with pytest.raises(TicketStale, match="Lees het eerst"):
        said(ticket, "reply", reporter, seen=seen)
    assert said(ticket, "reply", reporter, seen=ticket.events.order_by("-pk")[0].pk)


def test_nobody_is_warned_again_of_what_the_vendor_warned_of(
    haarlem: Municipality, reporter: Membership, contract: Any
) -> None:
    start = timezone.now() - timedelta(hours=7)
    ticket = reported(haarlem, reporter, now=start)
    Warned.objects.create(
        ticket=ticket, kind="oplossing", started_at=start, percent=50, told_at=timezone.now()
    )

    said(ticket, "reply", reporter)

    solution = TicketClock.objects.get(ticket=ticket, kind="oplossing")
    assert solution.next_warning_at == solution.warns_at[1] == start + timedelta(hours=8, minutes=15)


def test_what_one_said_oneself_is_known(haarlem: Municipality, reporter: Membership) -> None:
    ticket = reported(haarlem, reporter)
    seen = ticket.events.get().pk
    said(ticket, "reply", reporter)

    assert said(ticket, "reply", reporter, seen=seen)


def test_a_correction_of_a_pause_counts_for_the_municipality_too(
    haarlem: Municipality, reporter: Membership, handler: Membership, vendor: House, contract: Any
) -> None:
    ticket = reported(haarlem, reporter)
    boss = member(vendor, "eigenaar", "baas@leverancier.example")
    with for_vendor():
        asked = ask(ticket, "Welke zaak?", who=who(handler), now=timezone.now())
        correct(ticket, asked.pk, "Dit was geen vraag.", who=who(boss), now=timezone.now())
        change_priority(ticket, Priority.P1, "Het is erger.", who=who(handler), now=timezone.now())

    assert_clocks_follow(said(ticket, "reply", reporter))


# The door itself, with raw SQL -------------------------------------------------------------------


def steps_of_the_door() -> set[tuple[str, str, str]]:
    with connection.cursor() as cursor:
        cursor.execute("SELECT pg_get_functiondef('public.helpdesk_step'::regproc)")
        (source,) = cursor.fetchone()
    rows = source.split("NOT IN (")[1].split("VALUES")[1].split(") OR")[0]
    return {tuple(part.strip(" '\n(),") for part in row.split(",")) for row in rows.strip().split("),")}


def test_the_door_knows_the_same_states_as_the_table() -> None:
    assert steps_of_the_door() == {
        (HAPPENS[key].value, before.value, ACTS[key].leads_to(before).value)
        for key in HAPPENS
        for before in ACTS[key].before
    }


def step(pk: int, seen: str, follows: str, act: str, **given: Any) -> object:
    words = {"words": "x", "mark": None, "clocks": EMPTY, "files": EMPTY, **given}
    return vendor_rows(given_municipality()).call(
        "helpdesk_step",
        uuid4(),
        pk,
        seen,
        follows,
        act,
        words["words"],
        False,
        "x",
        timezone.now(),
        words["mark"],
        None,
        "",
        words["clocks"],
        words["files"],
    )


def given_municipality() -> Municipality:
    found = connection.tenant
    assert isinstance(found, Municipality)
    return found


@pytest.mark.parametrize("status", Status)
def test_no_function_reaches_a_report_of_a_neighbour(
    haarlem: Municipality, utrecht: Municipality, reporter: Membership, handler: Membership, status: Status
) -> None:
    ticket = bring(reported(haarlem, reporter), status, handler, reporter)
    before = everything()

    with in_municipality(utrecht):
        assert vendor_rows(utrecht).call("helpdesk_lock", ticket.pk) is False
        for act, seen, follows in steps_of_the_door():
            mark = 1 if act == "waardering" else None
            assert step(ticket.pk, seen, follows, act, mark=mark) is None
        assert not tickets().filter(pk=ticket.pk).exists()

    assert everything() == before


@pytest.mark.parametrize(
    "wrong",
    [
        ("nieuw", "gesloten", "bevestigd", {}),
        ("nieuw", "opgelost", "opgelost", {}),
        ("nieuw", "in_behandeling", "antwoord", {}),
        ("nieuw", "nieuw", "notitie", {}),
        ("nieuw", "nieuw", "reactie", {"words": "  "}),
        ("nieuw", "nieuw", "reactie", {"mark": 3}),
        ("nieuw", "nieuw", "reactie", {"words": "x" * 20_001}),
        ("nieuw", "nieuw", "reactie", {"files": Json([{}] * 11)}),
        ("nieuw", "nieuw", "reactie", {"clocks": Json([{}] * 1001)}),
        (
            "nieuw",
            "nieuw",
            "reactie",
            {"files": Json([{"name": "x", "size": 99_000_000, "content_type": "x", "key": "meldingen/x"}])},
        ),
    ],
)
def test_the_door_refuses_what_no_municipality_does(
    haarlem: Municipality, reporter: Membership, wrong: tuple[str, str, str, dict[str, Any]]
) -> None:
    ticket, (seen, follows, act, given) = reported(haarlem, reporter), wrong
    before = everything()

    with in_municipality(haarlem), pytest.raises(DatabaseError), transaction.atomic():
        step(ticket.pk, seen, follows, act, **given)

    assert everything() == before


def test_a_report_names_no_contract_of_a_neighbour(
    haarlem: Municipality, utrecht: Municipality, reporter: Membership
) -> None:
    theirs = contract_for(utrecht, timezone.now())
    about = {
        "subject": "x",
        "kind": "vraag",
        "impact": "laag",
        "urgency": "laag",
        "priority": "P4",
        "component": "",
    }
    given = (uuid4(), Json(about), "x", False, "x", "x@x.example", timezone.now())

    for contract in (
        (theirs.contract_id, theirs.service_level_version_id),
        (None, theirs.service_level_version_id),
    ):
        with (
            in_municipality(haarlem),
            pytest.raises(DatabaseError, match="not agreed"),
            transaction.atomic(),
        ):
            vendor_rows(haarlem).call("helpdesk_report", *given, *contract, None, "", EMPTY, EMPTY)

    assert not Ticket.objects.exists()


@pytest.mark.parametrize("column", ["reply_token", "owner_id", "organisation_id"])
def test_what_is_hidden_cannot_be_read_at_the_municipality(haarlem: Municipality, column: str) -> None:
    with (
        in_municipality(haarlem),
        pytest.raises(DatabaseError, match="permission denied"),
        transaction.atomic(),
        connection.cursor() as cursor,
    ):
        cursor.execute(sql.SQL("SELECT {} FROM public.helpdesk_ticket").format(sql.Identifier(column)))


def test_an_internal_note_is_not_there_for_the_role_of_the_municipality(
    haarlem: Municipality, reporter: Membership, handler: Membership
) -> None:
    ticket = reported(haarlem, reporter)
    with for_vendor():
        hidden = note(ticket, "Onder ons.", who=who(handler), now=timezone.now())
        Attachment.objects.create(
            ticket=ticket,
            event=hidden,
            municipality=haarlem,
            is_public=False,
            name="intern.txt",
            size=1,
            content_type="text/plain",
            key="meldingen/intern",
        )

    with in_municipality(haarlem), connection.cursor() as cursor:
        cursor.execute("SELECT count(*) FROM public.helpdesk_ticketevent WHERE text LIKE '%Onder ons%'")
        assert cursor.fetchone() == (0,)
        cursor.execute("SELECT count(*) FROM public.helpdesk_attachment")
        assert cursor.fetchone() == (0,)


def test_somebody_of_the_vendor_does_not_act_for_a_municipality(
    haarlem: Municipality, handler: Membership, vendor: House
) -> None:
    given, stranger = Report("vraag", "x", "x", "laag", "laag"), person(handler, vendor)
    with in_municipality(haarlem), pytest.raises(TicketRefused):
        report(given, once=uuid4(), person=stranger, now=timezone.now())
