"""What each act does to a report, whose hand it takes, and what is refused: by the one table."""

from __future__ import annotations

from collections.abc import Callable
from datetime import timedelta
from typing import Any

import pytest
from django.core import mail
from django.db import DatabaseError, transaction
from django.utils import timezone
from pytest_django import Settings

from backoffice.models import LogLine
from contracts.models import Priority
from helpdesk import acting
from helpdesk.acting import Fix, To
from helpdesk.models import Hotfix, Ticket, TicketClock, TicketEvent, TicketGrant
from helpdesk.passing import due_for, pass_time
from helpdesk.refusals import TicketRefused, TicketStale
from helpdesk.states import ACTS, check, may
from helpdesk.who import TIME, Who, who_is, writer_of
from helpdesk.words import OPEN, OVER, STANDING, Channel, Kind, Side, Status, SupportLine, Weight, What
from tenants.accounts.models import Membership
from tenants.accounts.rights import Level
from tenants.registry.models import Municipality
from tests.access.grants import make_grant
from tests.errands import delivered
from tests.handover.moves import other_vendor
from tests.helpdesk.tickets import REPORTER, as_person, at, fresh, level, make, told, who
from tests.incidents.broken import make_incident
from tests.people import House, member, partner_organisation

NOW = at("wo 10:00")
BSN = "123456782"
ROLES = {
    "eigenaar": Level.APPROVE,
    "operatie": Level.CHANGE,
    "helpdesk": Level.CHANGE,
    "accountbeheer": Level.SEE,
    "financien": Level.NONE,
    "alleen-lezen": Level.SEE,
}

pytestmark = pytest.mark.django_db


@pytest.fixture
def handler(vendor: House) -> Membership:
    return member(vendor, "helpdesk", "sam@leverancier.example")


@pytest.fixture
def ticket(haarlem: Municipality, handler: Membership) -> Ticket:
    return make(haarlem, handler)


def everything(ticket: Ticket) -> list[Any]:
    return [
        Ticket.objects.values().get(pk=ticket.pk),
        list(TicketEvent.objects.filter(ticket=ticket).values()),
        list(TicketClock.objects.filter(ticket=ticket).values()),
        LogLine.objects.count(),
    ]


# The table ----------------------------------------------------------------------------------------


def in_state(ticket: Ticket, status: Status) -> Ticket:
    """Not written: as the table would see it."""
    ticket.status = status
    return ticket


def first_of(key: str) -> Status:
    return next(status for status in Status if status in ACTS[key].before)


@pytest.mark.parametrize("role", ROLES)
def test_a_role_does_what_its_level_lets_it(ticket: Ticket, vendor: House, role: str) -> None:
    person = who(member(vendor, role, f"{role}@rol.example"))
    of_vendor = {key for key, act in ACTS.items() if Side.LEVERANCIER in act.sides}
    done = {key for key in ACTS if may(in_state(ticket, first_of(key)), key, person)}
    assert done == {key for key in of_vendor if ROLES[role] >= ACTS[key].level}


@pytest.mark.parametrize("key", [key for key, act in ACTS.items() if act.sides != {Side.GEMEENTE}])
def test_an_act_is_refused_in_every_other_state(ticket: Ticket, vendor: House, key: str) -> None:
    act = ACTS[key]
    by = who(member(vendor, "eigenaar")) if Side.LEVERANCIER in act.sides else TIME
    assert {status for status in Status if may(in_state(ticket, status), key, by)} == act.before


def test_a_mail_does_nothing_but_reply(ticket: Ticket) -> None:
    done = {
        side: {key for key in ACTS if may(in_state(ticket, first_of(key)), key, by_mail(side))}
        for side in (Side.GEMEENTE, Side.LEVERANCIER)
    }
    assert done == {Side.GEMEENTE: {"reply"}, Side.LEVERANCIER: {"reply"}}


def by_mail(side: Side) -> Who:
    return writer_of("Lia", "lia@x.example", "X", side)


def test_every_state_is_left_or_over() -> None:
    left = {status for act in ACTS.values() if act.after is not None for status in act.before - act.keeps}
    assert left == set(STANDING)
    assert {*STANDING, *OVER} == set(Status)


def test_every_state_but_the_first_is_reached() -> None:
    reached = {act.after for act in ACTS.values() if act.after is not None}
    assert reached == set(Status) - {Status.NIEUW}


def test_whoever_was_second_is_told_what_the_first_did(ticket: Ticket, handler: Membership) -> None:
    acting.solve(ticket, "Klaar.", cause="Leeg.", solution="Gevuld.", who=who(handler), now=NOW)
    with pytest.raises(TicketStale, match="opgelost, Helpdesk"):
        acting.ask(ticket, "Welke zaak?", who=who(handler), now=NOW)


def test_a_page_that_is_old_is_told_what_happened_meanwhile(
    ticket: Ticket, vendor: House, handler: Membership
) -> None:
    seen = ticket.events.get().pk
    acting.reply(ticket, "Het is erger.", who=REPORTER, now=NOW)
    before = everything(ticket)

    with pytest.raises(TicketStale, match="de melder antwoordt"):
        acting.answer(ticket, "Wij kijken.", who=who(handler), now=NOW, seen=seen)

    assert everything(ticket) == before


def test_what_one_did_oneself_is_no_news(ticket: Ticket, handler: Membership) -> None:
    seen = ticket.events.get().pk
    acting.note(ticket, "Kijken.", who=who(handler), now=NOW)
    acting.answer(ticket, "Wij kijken.", who=who(handler), now=NOW, seen=seen)


def test_an_act_is_a_line_in_the_log_without_its_words(ticket: Ticket, handler: Membership) -> None:
    acting.answer(ticket, "Geheim van de smid", who=who(handler), now=NOW)
    line = LogLine.objects.get(action="melding beantwoord")
    assert (line.area, line.municipality, line.subject) == ("meldingen", "haarlem", f"melding {ticket.pk}")
    assert "smid" not in str(vars(line))


def test_events_follow_each_other_also_within_a_moment(ticket: Ticket, handler: Membership) -> None:
    """What is done in one order has happened in it, whatever the clocks of two machines say."""
    early = ticket.opened_at - timedelta(minutes=5)
    for words in ("een", "twee", "drie"):
        acting.answer(ticket, words, who=who(handler), now=early)
    moments = [each.at for each in ticket.events.order_by("pk")]
    assert moments == sorted(set(moments))


# Reporting ----------------------------------------------------------------------------------------


def test_who_may_not_see_a_gemeente_reports_nothing_there(
    haarlem: Municipality, utrecht: Municipality, vendor: House
) -> None:
    limited = member(vendor, "helpdesk", municipalities=("utrecht",))
    with pytest.raises(TicketRefused):
        acting.report(haarlem, told(), who=who(limited), now=NOW)
    assert acting.report(utrecht, told(), who=who(limited), now=NOW).municipality == utrecht


@pytest.mark.parametrize(
    "given", [{"subject": " "}, {"text": ""}, {"text": "x" * 20_001}, {"subject": "x" * 201}]
)
def test_a_report_that_says_nothing_or_too_much_is_refused(
    haarlem: Municipality, handler: Membership, given: dict[str, Any]
) -> None:
    with pytest.raises(TicketRefused):
        acting.report(haarlem, told(**given), who=who(handler), now=NOW)
    assert not Ticket.objects.exists()


def test_without_a_contract_a_report_has_no_clocks(ticket: Ticket) -> None:
    assert (ticket.contract, ticket.service_level_version, ticket.next_due_at) == (None, None, None)
    assert ticket.priority == "P2"
    assert not ticket.clocks.exists()


def test_a_bsn_is_masked_and_flagged(haarlem: Municipality, handler: Membership) -> None:
    ticket = acting.report(
        haarlem, told(subject=f"Zaak van {BSN}", text=f"BSN {BSN}"), who=who(handler), now=NOW
    )
    event = ticket.events.get()
    assert BSN not in ticket.subject + event.text
    assert (event.is_masked, ticket.contains_personal_data) == (True, True)


def test_a_bsn_is_masked_in_each_other_word_that_is_kept(haarlem: Municipality, handler: Membership) -> None:
    how: dict[str, Any] = {"who": who(handler), "now": NOW}
    ticket = acting.report(haarlem, told(component=f"Zaak van BSN {BSN}"), **how)
    assert (BSN in ticket.component, ticket.contains_personal_data) == (False, True)
    acting.change_priority(ticket, Priority.P1, f"Het gaat om BSN {BSN}", **how)
    plan = acting.plan(ticket, "Dat komt.", label=f"Na BSN {BSN}", **how)
    fix = Fix(Weight.HOOG, *[f"Voor BSN {BSN}"] * 3)
    acting.record_hotfix(ticket, fix, **how)

    hotfix, kept = Hotfix.objects.get(), fresh(ticket)
    words = [kept.priority_reason, kept.planned_label, plan.after]
    words += [hotfix.reason, hotfix.tested_on, hotfix.rollback]
    assert all(word and BSN not in word for word in words)


@pytest.mark.parametrize("act", [acting.answer, acting.note, acting.ask])
def test_a_bsn_in_what_we_write_is_masked_too(
    ticket: Ticket, handler: Membership, act: Callable[..., Any]
) -> None:
    event = act(ticket, f"Is BSN {BSN} van haar?", who=who(handler), now=NOW)
    assert BSN not in event.text + fresh(ticket).waiting_question
    assert (event.is_masked, fresh(ticket).contains_personal_data) == (True, True)


def test_tokens_are_unguessable_and_of_one_report(haarlem: Municipality, handler: Membership) -> None:
    tokens = {make(haarlem, handler).reply_token for _ in range(5)}
    assert (len(tokens), {len(each) for each in tokens}) == (5, {32})


# Talking ------------------------------------------------------------------------------------------


def test_a_reply_to_what_is_solved_leaves_it_so_and_keeps_it_open(
    ticket: Ticket, handler: Membership
) -> None:
    acting.solve(ticket, "Klaar.", cause="Leeg.", solution="", who=who(handler), now=at("wo 10:00"))
    acting.reply(ticket, "Nog niet helemaal.", who=REPORTER, now=at("wo 11:00"))

    later = at("2026-12-07 10:00")

    assert (fresh(ticket).status, fresh(ticket).solution) == (Status.OPGELOST, "Klaar.")
    assert due_for(later) == []
    acting.answer(ticket, "Nu wel.", who=who(handler), now=at("wo 12:00"))
    assert due_for(later) == [("close", ticket.pk)]


def test_a_dispute_resumes_and_a_confirmation_closes(ticket: Ticket, handler: Membership) -> None:
    how: dict[str, Any] = {"who": who(handler), "now": NOW, "channel": Channel.TELEFOON}
    acting.solve(ticket, "Klaar.", cause="Leeg.", solution="", who=who(handler), now=NOW)
    acting.dispute(ticket, "Het is niet weg.", **how)
    assert (fresh(ticket).status, fresh(ticket).solved_at) == (Status.IN_BEHANDELING, None)
    acting.solve(ticket, "Klaar.", cause="Leeg.", solution="", who=who(handler), now=NOW)

    acting.confirm(ticket, **how)

    assert fresh(ticket).status == Status.GESLOTEN
    assert fresh(ticket).closed_at is not None


def test_what_is_solved_closes_after_five_working_days_of_silence(
    ticket: Ticket, handler: Membership
) -> None:
    acting.solve(ticket, "Klaar.", cause="Leeg.", solution="", who=who(handler), now=at("wo 10:00"))
    assert due_for(at("2026-12-02 17:00")) == []

    assert due_for(at("2026-12-03 08:00")) == [("close", ticket.pk)]
    assert pass_time("close", ticket.pk, at("2026-12-03 08:00"))
    assert fresh(ticket).status == Status.GESLOTEN
    assert not pass_time("close", ticket.pk, at("2026-12-03 08:00"))


def test_the_reporter_is_told_beforehand_that_silence_closes(
    ticket: Ticket, handler: Membership, django_capture_on_commit_callbacks: Callable[..., Any]
) -> None:
    with django_capture_on_commit_callbacks(execute=True):
        acting.solve(ticket, "Klaar.", cause="Leeg.", solution="", who=who(handler), now=NOW)
    (letter,) = mail.outbox
    assert letter.to == ["lia@haarlem.example"]
    assert "vijf werkdagen" in letter.body
    assert f"/beheer/meldingen/{ticket.pk}/" in letter.body


def test_a_note_is_told_to_nobody(
    ticket: Ticket, handler: Membership, django_capture_on_commit_callbacks: Callable[..., Any]
) -> None:
    with django_capture_on_commit_callbacks(execute=True):
        acting.note(ticket, "Eerst kijken.", who=who(handler), now=NOW)
    assert mail.outbox == []


def test_the_owner_hears_of_a_reply_and_not_what_it_says(
    ticket: Ticket, handler: Membership, django_capture_on_commit_callbacks: Callable[..., Any]
) -> None:
    acting.pick_up(ticket, who=who(handler), now=NOW)
    with django_capture_on_commit_callbacks(execute=True):
        acting.reply(ticket, "Het staat stil.", who=REPORTER, now=NOW)
    (letter,) = mail.outbox
    assert letter.to == ["sam@leverancier.example"]
    assert "Het staat stil" not in f"{letter.subject}{letter.body}"


def test_an_owner_who_serves_the_gemeente_no_more_hears_nothing(
    ticket: Ticket,
    handler: Membership,
    settings: Settings,
    django_capture_on_commit_callbacks: Callable[..., Any],
) -> None:
    settings.HELPDESK_MAILBOX = "lijn@leverancier.example"
    acting.pick_up(ticket, who=who(handler), now=NOW)
    Municipality.objects.filter(pk=ticket.municipality_id).update(vendor=other_vendor())
    delivered().clear()
    with django_capture_on_commit_callbacks(execute=True):
        acting.reply(ticket, "Het staat stil.", who=REPORTER, now=NOW)
    assert [letter.to for letter in mail.outbox] == [["lijn@leverancier.example"]]


def test_what_was_planned_comes_back_at_its_moment(ticket: Ticket, handler: Membership) -> None:
    moment = at("do 09:00")
    acting.plan(ticket, "Morgen.", planned_for=moment, who=who(handler), now=NOW)
    assert due_for(moment - timedelta(seconds=1)) == []
    assert due_for(moment) == [("wake", ticket.pk)]

    assert pass_time("wake", ticket.pk, moment)

    assert (fresh(ticket).status, fresh(ticket).planned_for) == (Status.IN_BEHANDELING, None)


@pytest.mark.parametrize("given", [{}, {"planned_for": NOW}])
def test_a_plan_names_a_moment_that_comes_or_a_release(
    ticket: Ticket, handler: Membership, given: dict[str, Any]
) -> None:
    with pytest.raises(TicketRefused):
        acting.plan(ticket, "Straks.", **given, who=who(handler), now=NOW)


# Steering -----------------------------------------------------------------------------------------


def test_whoever_picks_it_up_is_seen_by_both_sides(ticket: Ticket, handler: Membership) -> None:
    event = acting.pick_up(ticket, who=who(handler), now=NOW)

    taken = fresh(ticket)
    assert (taken.owner, taken.owner_name, taken.status) == (handler.user, "Helpdesk", Status.IN_BEHANDELING)
    assert event.is_public
    assert event.after.startswith("Helpdesk, eerste lijn")
    with pytest.raises(TicketRefused, match="al van u"):
        acting.pick_up(ticket, who=who(handler), now=NOW)


def test_a_hand_over_takes_what_the_next_has_to_know(
    ticket: Ticket, vendor: House, handler: Membership
) -> None:
    other = member(vendor, "operatie", "jo@leverancier.example")
    to = To(SupportLine.SECOND, ticket.organisation, other.user)
    with pytest.raises(TicketRefused):
        acting.hand_over(ticket, to, " ", who=who(handler), now=NOW)

    acting.hand_over(ticket, to, "De eigenschap is leeg.", who=who(handler), now=NOW)

    handed = fresh(ticket)
    assert (handed.owner, handed.line, handed.owner_name) == (other.user, 2, "Operatie")
    note, event = ticket.events.order_by("pk")[1:]
    assert (note.what, note.is_public, note.text) == (What.NOTE, False, "De eigenschap is leeg.")
    assert (event.what, event.is_public, event.text) == (What.HANDED_OVER, True, "")


def test_a_hand_over_goes_to_who_serves_and_sees_the_gemeente(
    ticket: Ticket, vendor: House, handler: Membership
) -> None:
    partner = partner_organisation()
    elsewhere = member(vendor, "helpdesk", "el@leverancier.example", municipalities=("utrecht",))
    reader = member(vendor, "alleen-lezen", "le@leverancier.example")
    for to in (
        To(SupportLine.THIRD, partner),
        To(SupportLine.SECOND, ticket.organisation, elsewhere.user),
        To(SupportLine.SECOND, ticket.organisation, reader.user),
    ):
        with pytest.raises(TicketRefused):
            acting.hand_over(ticket, to, "Lees dit.", who=who(handler), now=NOW)
    assert fresh(ticket).line == SupportLine.FIRST


def test_a_hand_over_to_where_it_lies_is_none(ticket: Ticket, handler: Membership) -> None:
    to = To(SupportLine.FIRST, ticket.organisation)
    with pytest.raises(TicketRefused, match="daar al"):
        acting.hand_over(ticket, to, "Lees dit.", who=who(handler), now=NOW)


def test_a_partner_that_serves_the_gemeente_can_have_it(
    haarlem: Municipality, ticket: Ticket, handler: Membership, vendor: House
) -> None:
    haarlem.implementation_partner = partner_organisation()
    haarlem.save()
    of_partner = member(vendor, "helpdesk", "pa@partner.example", organisation=partner_organisation())

    to = To(SupportLine.SECOND, partner_organisation(), of_partner.user)
    acting.hand_over(ticket, to, "Voor jullie.", who=who(handler), now=NOW)

    assert (fresh(ticket).organisation_name, fresh(ticket).owner) == ("Partner", of_partner.user)


# Merging ------------------------------------------------------------------------------------------


def test_the_oldest_goes_on_whichever_page_one_is_on(haarlem: Municipality, handler: Membership) -> None:
    older = make(haarlem, handler, "di 08:00", "P3", version=level())
    newer = make(haarlem, handler, "di 09:00", "P2", version=level())

    kept = acting.merge(older, newer, who=who(handler), now=NOW)

    assert kept == older
    gone, goes_on = fresh(newer), fresh(older)
    assert (gone.status, gone.merged_into) == (Status.SAMENGEVOEGD, older)
    assert set(gone.clocks.values_list("outcome", flat=True)) <= {"vervallen", "te_laat"}
    assert (goes_on.priority, goes_on.status) == ("P2", Status.NIEUW)
    assert goes_on.clocks.get(kind="oplossing").started_at == at("di 08:00")
    assert gone.events.get(what=What.MERGED).after == older.number


def test_a_reply_to_what_was_merged_goes_where_it_goes_on(haarlem: Municipality, handler: Membership) -> None:
    older, newer = make(haarlem, handler, "di 08:00"), make(haarlem, handler, "di 09:00")
    acting.merge(newer, older, who=who(handler), now=NOW)

    event = acting.reply(newer, "En nu?", who=REPORTER, now=NOW)

    assert event.ticket == older


def test_both_reporters_hear_of_the_answer(
    haarlem: Municipality, handler: Membership, django_capture_on_commit_callbacks: Callable[..., Any]
) -> None:
    older = make(haarlem, handler, "di 08:00")
    newer = make(haarlem, handler, "di 09:00", reporter_name="Bo", reporter_email="bo@haarlem.example")
    acting.merge(newer, older, who=who(handler), now=NOW)
    delivered().clear()
    with django_capture_on_commit_callbacks(execute=True):
        acting.answer(older, "Wij kijken.", who=who(handler), now=NOW)
    assert [letter.to for letter in mail.outbox] == [["lia@haarlem.example"], ["bo@haarlem.example"]]


def test_reports_of_two_gemeenten_are_not_merged(
    haarlem: Municipality, utrecht: Municipality, handler: Membership
) -> None:
    ours, theirs = make(haarlem, handler), make(utrecht, handler)
    with pytest.raises(TicketRefused, match="dezelfde gemeente"):
        acting.merge(ours, theirs, who=who(handler), now=NOW)
    with pytest.raises(TicketRefused):
        acting.merge(ours, ours, who=who(handler), now=NOW)


# Linking ------------------------------------------------------------------------------------------


@pytest.mark.parametrize(
    "url",
    [
        "http://github.com/x/y/issues/1",
        "javascript:alert(1)",
        "https://localhost/x",
        "https://a:b@x.example/",
        "https://[x",
        "https://x.example/a b",
    ],
)
def test_an_issue_is_one_that_everybody_reads(ticket: Ticket, handler: Membership, url: str) -> None:
    with pytest.raises(TicketRefused, match="https://"):
        acting.link_issue(ticket, url, who=who(handler), now=NOW)


def test_an_issue_is_kept_with_a_scheme_in_small_letters(ticket: Ticket, handler: Membership) -> None:
    acting.link_issue(ticket, "HTTPS://github.com/x/Y", who=who(handler), now=NOW)
    assert fresh(ticket).external_issue == "https://github.com/x/Y"


def test_an_issue_is_linked_once_and_can_go(ticket: Ticket, handler: Membership) -> None:
    url = "https://github.com/x/y/issues/1"
    acting.link_issue(ticket, url, who=who(handler), now=NOW)
    assert fresh(ticket).external_issue == url
    with pytest.raises(TicketRefused, match="al bij"):
        acting.link_issue(ticket, url, who=who(handler), now=NOW)
    acting.link_issue(ticket, "", who=who(handler), now=NOW)
    assert fresh(ticket).external_issue == ""


def test_access_is_linked_of_the_same_gemeente_alone(
    haarlem: Municipality, utrecht: Municipality, ticket: Ticket, handler: Membership
) -> None:
    grant = make_grant(haarlem, now=timezone.now(), asker=handler)
    acting.link_grant(ticket, grant, who=who(handler), now=NOW)
    assert TicketGrant.objects.get().grant == grant
    with pytest.raises(TicketRefused, match="al bij"):
        acting.link_grant(ticket, grant, who=who(handler), now=NOW)
    theirs = make_grant(utrecht, now=timezone.now(), asker=handler)
    with pytest.raises(TicketRefused, match="andere gemeente"):
        acting.link_grant(ticket, theirs, who=who(handler), now=NOW)


def test_an_incident_is_linked_where_it_concerns_the_gemeente(
    haarlem: Municipality, utrecht: Municipality, ticket: Ticket, handler: Membership
) -> None:
    ours, theirs = make_incident(haarlem), make_incident(utrecht)
    with pytest.raises(TicketRefused, match="raakt deze gemeente niet"):
        acting.link_incident(ticket, theirs, who=who(handler), now=NOW)

    event = acting.link_incident(ticket, ours, who=who(handler), now=NOW)

    assert (fresh(ticket).incident, event.after, event.is_public) == (ours, ours.number, True)
    with pytest.raises(TicketRefused, match="al bij"):
        acting.link_incident(ticket, ours, who=who(handler), now=NOW)
    acting.link_incident(ticket, None, who=who(handler), now=NOW)
    assert fresh(ticket).incident is None


def test_a_hotfix_says_why_where_tried_and_how_back(ticket: Ticket, handler: Membership) -> None:
    fix = Fix(Weight.HOOG, "Zaken sluiten niet.", "Acceptatie.", "De vorige release.", "https://x.example/1")
    with pytest.raises(TicketRefused):
        acting.record_hotfix(
            ticket, Fix(Weight.HOOG, "Zaken sluiten niet.", "", "x"), who=who(handler), now=NOW
        )
    assert not Hotfix.objects.exists()

    event = acting.record_hotfix(ticket, fix, who=who(handler), now=NOW)

    assert (event.is_public, event.text) == (True, "Zaken sluiten niet.")
    assert Hotfix.objects.get().tested_on == "Acceptatie."


def test_details_are_changed_and_told(ticket: Ticket, handler: Membership) -> None:
    event = acting.change_details(
        ticket,
        kind=Kind.DATALEK,
        component="Zaken",
        contains_personal_data=True,
        who=who(handler),
        now=NOW,
    )
    assert (event.before, event.after) == ("Storing", "Datalek, Zaken, met persoonsgegevens")


# What the database holds to ------------------------------------------------------------------------


@pytest.mark.parametrize(
    "change", [{"text": "anders"}, {"is_public": False}, {"at": NOW}, {"what": "antwoord"}]
)
def test_an_event_does_not_change(ticket: Ticket, change: dict[str, Any]) -> None:
    with pytest.raises(DatabaseError, match="does not change"), transaction.atomic():
        TicketEvent.objects.filter(ticket=ticket).update(**change)


def test_an_event_is_not_deleted(ticket: Ticket) -> None:
    with pytest.raises(DatabaseError, match="does not change"), transaction.atomic():
        TicketEvent.objects.filter(ticket=ticket).delete()


def test_words_and_names_of_an_event_can_be_taken_out(ticket: Ticket) -> None:
    TicketEvent.objects.filter(ticket=ticket).update(text="", actor_name="")
    event = ticket.events.get()
    assert (event.text, event.actor_name, event.after) == ("", "", "P2")


def test_an_event_of_a_report_is_of_its_gemeente(ticket: Ticket, utrecht: Municipality) -> None:
    with pytest.raises(DatabaseError), transaction.atomic():
        TicketEvent.objects.create(
            ticket=ticket,
            municipality=utrecht,
            at=NOW,
            recorded_at=NOW,
            what=What.NOTE,
            side=Side.LEVERANCIER,
            channel=Channel.INTERN,
            is_public=False,
        )


@pytest.mark.parametrize("status", [status for status in OPEN if status != Status.NIEUW])
def test_what_is_open_can_be_solved(ticket: Ticket, handler: Membership, status: Status) -> None:
    waits = {"waiting_question": "Welke?"} if status == Status.WACHT_OP_MELDER else {}
    Ticket.objects.filter(pk=ticket.pk).update(status=status, **waits)
    acting.solve(ticket, "Klaar.", cause="Leeg.", solution="", who=who(handler), now=NOW)
    assert fresh(ticket).status == Status.OPGELOST


def test_a_program_of_the_vendor_acts_with_its_own_level(ticket: Ticket, handler: Membership) -> None:
    assert check(ticket, "answer", who_is(as_person(handler))).level is Level.CHANGE


@pytest.mark.parametrize("act", ["correct", "erase"])
def test_what_the_host_is_held_to_its_partner_does_not_decide(
    haarlem: Municipality, vendor: House, ticket: Ticket, act: str
) -> None:
    haarlem.implementation_partner = partner_organisation()
    haarlem.save()
    Ticket.objects.filter(pk=ticket.pk).update(status=next(iter(sorted(ACTS[act].before))))
    owner = member(vendor, "eigenaar", "ei@leverancier.example")
    of_partner = member(vendor, "eigenaar", "pa@partner.example", organisation=partner_organisation())

    assert may(fresh(ticket), act, who(owner))
    with pytest.raises(TicketRefused, match="alleen de leverancier"):
        check(fresh(ticket), act, who(of_partner))
