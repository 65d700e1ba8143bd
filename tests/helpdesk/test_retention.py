"""Reports lose their words, names and files in time; what was promised, and whether it was kept, stays."""

from __future__ import annotations

from collections.abc import Callable, Iterator
from dataclasses import replace
from datetime import UTC, datetime, timedelta
from pathlib import Path
from typing import Any

import pytest
from django.db.models import Model
from django.utils import timezone
from pytest_django import Settings

from backoffice.models import LogLine as VendorsLine
from helpdesk import acting
from helpdesk.models import Attachment, ReceivedMail, Ticket, TicketClock, TicketEvent
from helpdesk.models.received_mail import Outcome
from helpdesk.refusals import TicketRefused, TicketStale
from helpdesk.retention import (
    cutoff,
    due,
    erase_in_time,
    erase_mails_in_time,
    erase_now,
    months_before,
)
from helpdesk.tasks import erase_what_is_over
from helpdesk.who import who_is
from helpdesk.words import Kind, Status, Weight, What
from incidents.models.incident import Nature
from tenants.accounts.models import Membership
from tenants.accounts.person import Person, person_of
from tenants.console.models import LogLine
from tenants.registry.context import for_vendor, in_municipality
from tenants.registry.models import Municipality
from tests.helpdesk.mail.letters import address_of, arrives, letter, make_ticket, use_addresses
from tests.helpdesk.mail.test_delivering import files_under
from tests.incidents.broken import make_incident
from tests.people import House, browser_of, member

NOW = datetime(2026, 11, 26, 9, tzinfo=UTC)
SECRET = "Piet Geheim"
Commits = Callable[[], Any]


@pytest.fixture(autouse=True)
def addressed(settings: Settings, files_apart: Path) -> None:
    use_addresses(settings, files_apart)


@pytest.fixture
def commits(django_capture_on_commit_callbacks: Any) -> Commits:
    return lambda: django_capture_on_commit_callbacks(execute=True)


@pytest.fixture
def old(haarlem: Municipality, sam: Membership) -> Ticket:
    """Full of words and names, and closed two years and a day ago."""
    who = replace(who_is(person(sam)), name=SECRET)
    found = make_ticket(
        haarlem, subject=SECRET, text=SECRET, reporter_name=SECRET, reporter_email="geheim@haarlem.example"
    )
    arrives(
        letter(
            f"{SECRET}\n\n> {SECRET} eerder",
            sender="geheim@haarlem.example",
            files=((f"{SECRET}.txt", b"a"),),
        ),
        address_of(found),
    )
    arrives(letter(SECRET, sender="ander@x.example", message_id="<3@x.example>"), address_of(found))
    acting.answer(found, SECRET, who=who, now=timezone.now())
    acting.solve(found, SECRET, cause=SECRET, solution=SECRET, who=who, now=timezone.now())
    Ticket.objects.filter(pk=found.pk).update(component=SECRET)
    return closed(found, cutoff(NOW) - timedelta(days=1))


def closed(found: Ticket, at: datetime, status: Status = Status.GESLOTEN) -> Ticket:
    Ticket.objects.filter(pk=found.pk).update(status=status, closed_at=at)
    found.refresh_from_db()
    return found


def kept(found: Ticket) -> Iterator[str]:
    rows: list[Model] = [Ticket.objects.get(pk=found.pk)]
    for model in (TicketEvent, TicketClock, Attachment, ReceivedMail):
        rows += list(model.objects.filter(ticket=found))
    for row in rows:
        yield str(row.__dict__)


def boss(vendor: House) -> Person:
    return person(member(vendor, "eigenaar"))


def person(membership: Membership) -> Person:
    with for_vendor():
        found = person_of(membership.user)
    assert found is not None
    return found


# When ----------------------------------------------------------------------------------------------


@pytest.mark.parametrize(
    ("moment", "months", "before"),
    [
        ("2026-11-26", 24, "2024-11-26"),
        ("2026-01-31", 2, "2025-11-30"),
        ("2024-02-29", 12, "2023-02-28"),
        ("2026-01-15", 1, "2025-12-15"),
    ],
)
def test_months_are_counted_by_the_calendar(moment: str, months: int, before: str) -> None:
    noon = datetime.fromisoformat(f"{moment}T12:00+00:00")

    assert months_before(noon, months).date().isoformat() == before


def test_it_is_over_at_the_moment_itself_and_not_before(ticket: Ticket) -> None:
    closed(ticket, cutoff(NOW) + timedelta(microseconds=1))
    assert due(NOW) == []

    closed(ticket, cutoff(NOW))
    assert due(NOW) == [ticket.pk]


def test_the_term_is_a_setting(ticket: Ticket, settings: Settings) -> None:
    closed(ticket, NOW - timedelta(days=100))
    assert due(NOW) == []

    settings.HELPDESK_RETENTION_MONTHS = 3
    assert due(NOW) == [ticket.pk]


def test_each_is_asked_for_by_itself_however_many_are_due(
    old: Ticket, haarlem: Municipality, monkeypatch: pytest.MonkeyPatch
) -> None:
    later = closed(make_ticket(haarlem), cutoff(NOW) - timedelta(hours=1))
    monkeypatch.setattr("helpdesk.retention.AT_A_TIME", 1)

    assert due(NOW) == [old.pk]
    assert erase_in_time(later.pk, NOW)


@pytest.mark.parametrize("status", [Status.NIEUW, Status.IN_BEHANDELING, Status.OPGELOST])
def test_what_has_not_ended_is_kept(ticket: Ticket, status: Status) -> None:
    closed(ticket, cutoff(NOW) - timedelta(days=1), status)

    assert due(NOW) == []
    assert not erase_in_time(ticket.pk, NOW)


def test_what_is_about_a_data_breach_is_kept_and_what_became_part_of_it(haarlem: Municipality) -> None:
    breach, part = make_ticket(haarlem, kind=Kind.DATALEK), make_ticket(haarlem)
    closed(breach, cutoff(NOW) - timedelta(days=1))
    Ticket.objects.filter(pk=part.pk).update(
        status=Status.SAMENGEVOEGD, merged_into=breach, closed_at=cutoff(NOW) - timedelta(days=1)
    )

    assert due(NOW) == []
    assert not erase_in_time(part.pk, NOW)


def test_what_belongs_to_an_incident_that_is_a_data_breach_is_kept(
    ticket: Ticket, haarlem: Municipality
) -> None:
    closed(ticket, cutoff(NOW) - timedelta(days=1))
    breach = make_incident(haarlem, nature=Nature.DATALEK, nature_since=NOW)
    Ticket.objects.filter(pk=ticket.pk).update(incident=breach)
    assert due(NOW) == []

    Ticket.objects.filter(pk=ticket.pk).update(incident=make_incident(haarlem))
    assert due(NOW) == [ticket.pk]


def test_what_goes_on_in_another_waits_for_the_end_of_that(haarlem: Municipality) -> None:
    whole, part = make_ticket(haarlem), make_ticket(haarlem)
    Ticket.objects.filter(pk=part.pk).update(
        status=Status.SAMENGEVOEGD, merged_into=whole, closed_at=cutoff(NOW) - timedelta(days=1)
    )
    assert due(NOW) == []

    closed(whole, cutoff(NOW))
    assert set(due(NOW)) == {whole.pk, part.pk}


# What ----------------------------------------------------------------------------------------------


def test_what_went_on_in_another_leaves_no_words_there_and_hotfixes_none_at_all(
    haarlem: Municipality, sam: Membership, vendor: House
) -> None:
    who = who_is(person(sam))
    whole, part = make_ticket(haarlem), make_ticket(haarlem, subject=SECRET)
    fix = acting.Fix(Weight.HOOG, SECRET, SECRET, SECRET, "https://issues.example/geheim")
    acting.record_hotfix(part, fix, who=who, now=timezone.now())
    acting.merge(part, whole, who=who, now=timezone.now())

    erase_now(part, person=boss(vendor), now=timezone.now())

    assert not [row for row in [*kept(part), *kept(whole)] if SECRET in row]
    (hotfix,) = part.hotfixes.all()
    assert hotfix.upstream == ""
    taken_in = whole.events.get(what=What.TOOK_IN)
    assert (taken_in.text, taken_in.after) == ("", part.number)


def test_words_names_and_files_are_gone(old: Ticket, files_apart: Path, commits: Commits) -> None:
    with commits():
        assert erase_in_time(old.pk, NOW)

    assert not [row for row in kept(old) if SECRET in row or "geheim@" in row or "ander@" in row]
    assert files_under(files_apart) == []
    assert not ReceivedMail.objects.waiting().exists()


def test_numbers_states_and_clocks_stay(old: Ticket) -> None:
    clocks = list(TicketClock.objects.filter(ticket=old).values())
    events = list(old.events.order_by("pk").values_list("at", "what", "side", "is_public"))
    erase_in_time(old.pk, NOW)
    after = Ticket.objects.get(pk=old.pk)

    assert list(TicketClock.objects.filter(ticket=old).values()) == clocks
    assert list(old.events.order_by("pk").values_list("at", "what", "side", "is_public")) == events
    assert (after.status, after.closed_at, after.opened_at, after.priority) == (
        old.status,
        old.closed_at,
        old.opened_at,
        old.priority,
    )
    assert after.erased_at == NOW


def test_both_logs_tell_which_report_it_was(old: Ticket, haarlem: Municipality) -> None:
    erase_in_time(old.pk, NOW)

    line = VendorsLine.objects.filter(action="melding gewist").get()
    assert (line.subject, line.municipality) == (f"melding {old.pk}", "haarlem")
    with in_municipality(haarlem):
        assert LogLine.objects.filter(action="melding gewist").get().subject == f"melding {old.pk}"


def test_it_is_erased_once(old: Ticket) -> None:
    assert erase_in_time(old.pk, NOW)
    assert not erase_in_time(old.pk, NOW)


def test_who_writes_to_its_address_writes_to_no_report(old: Ticket) -> None:
    at = address_of(old)
    erase_in_time(old.pk, NOW)

    done = arrives(letter("Nog iets?", sender="geheim@haarlem.example", message_id="<9@x.example>"), at)
    assert (done.mail.ticket, done.mail.outcome) == (None, Outcome.WAITS)


def test_the_task_erases_what_is_over(old: Ticket, monkeypatch: pytest.MonkeyPatch) -> None:
    asked: list[int] = []
    monkeypatch.setattr("helpdesk.tasks.erase_one.apply_async", lambda args, **_: asked.extend(args))
    with for_vendor():
        erase_what_is_over()

    assert asked == ([old.pk] if due(timezone.now()) else [])


def test_mails_of_no_report_lose_their_words_too(db: None) -> None:
    mail = arrives(letter("Wie bent u?", sender="piet@elders.example")).mail
    ReceivedMail.objects.filter(pk=mail.pk).update(received_at=cutoff(NOW))

    assert erase_mails_in_time(NOW) == 1
    mail.refresh_from_db()
    assert (mail.outcome, mail.sender, mail.text, mail.subject) == (Outcome.DISCARDED, "", "", "")
    assert erase_mails_in_time(NOW) == 0


# By hand -------------------------------------------------------------------------------------------


def test_somebody_who_may_erases_what_has_ended(
    ticket: Ticket,
    vendor: House,
    commits: Commits,
) -> None:
    closed(ticket, NOW)
    browser, at = browser_of(vendor, member(vendor, "eigenaar")), f"/meldingen/{ticket.pk}/wissen/"

    assert browser.get(at).status_code == 200
    assert browser.post(at, {"typed": "2"}).status_code == 422
    ticket.refresh_from_db()
    assert ticket.erased_at is None
    assert browser.post(at, {"typed": str(ticket.pk)}).status_code == 303
    assert browser.post(at, {"typed": str(ticket.pk)}).status_code == 409
    assert browser.get(f"/meldingen/{ticket.pk}/").status_code == 200


def test_what_runs_is_not_erased_by_hand(ticket: Ticket, vendor: House) -> None:
    with pytest.raises(TicketStale):
        erase_now(ticket, person=boss(vendor), now=NOW)


def test_a_data_breach_is_not_erased_by_hand(haarlem: Municipality, vendor: House) -> None:
    breach = closed(make_ticket(haarlem, kind=Kind.DATALEK), NOW)

    with pytest.raises(TicketRefused, match="datalek"):
        erase_now(breach, person=boss(vendor), now=NOW)


def test_who_handles_reports_does_not_erase_them(ticket: Ticket, sam: Membership) -> None:
    closed(ticket, NOW)

    with pytest.raises(TicketRefused):
        erase_now(ticket, person=person(sam), now=NOW)


def test_who_does_not_see_it_does_not_erase_it(ticket: Ticket, vendor: House) -> None:
    closed(ticket, NOW)
    limited = member(vendor, "eigenaar", municipalities=("utrecht",))

    with pytest.raises(TicketRefused):
        erase_now(ticket, person=person(limited), now=NOW)
    assert browser_of(vendor, limited).get(f"/meldingen/{ticket.pk}/wissen/").status_code == 404
