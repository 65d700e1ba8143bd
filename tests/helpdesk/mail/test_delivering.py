"""What becomes of a mail, by the address that it went to and by who seems to have written it."""

from __future__ import annotations

from pathlib import Path
from typing import Any

import pytest
from django.core.files.base import File
from pytest_django import Settings

from helpdesk import acting
from helpdesk.mail.addresses import UnknownRecipient, destination_of, reply_address
from helpdesk.models import Attachment, ReceivedMail, Ticket, TicketClock, TicketEvent
from helpdesk.models.received_mail import Outcome, Stranger
from helpdesk.words import LONGEST_TEXT, Channel, Kind, Side, Status, What
from tenants.accounts.models import Membership, User
from tenants.registry.connection import connection
from tenants.registry.context import in_municipality
from tenants.registry.models import Municipality
from tests.helpdesk.mail.letters import (
    HELPDESK,
    REPLIES,
    address_of,
    arrives,
    letter,
    make_ticket,
    recorded,
)
from tests.helpdesk.tickets import who
from tests.isolation.rows import digests
from tests.people import House, member

STRANGER = "Piet <piet@elders.example>"
BSN = "123456782"


def last(ticket: Ticket) -> TicketEvent:
    return ticket.events.order_by("pk").reverse()[0]


def files_under(place: Path) -> list[str]:
    return sorted(str(each.relative_to(place)) for each in place.rglob("*") if each.is_file())


def all_that_was_made() -> tuple[int, int, int]:
    return Ticket.objects.count(), TicketEvent.objects.count(), Attachment.objects.count()


# To a report ---------------------------------------------------------------------------------------


def test_the_reporter_replies_to_the_address_of_the_report(ticket: Ticket) -> None:
    done = arrives(letter("Het lukt nu.\n\n> Wat wij schreven"), address_of(ticket))
    event = last(ticket)

    assert (event.what, event.side, event.channel) == (What.REPLIED, Side.GEMEENTE, Channel.MAIL)
    assert (event.text, event.actor_name, event.is_public) == ("Het lukt nu.", "Kim de Vries", True)
    assert (done.mail.outcome, done.mail.event) == (Outcome.REPLY, event)
    assert "Wat wij schreven" in done.mail.text


def test_a_reply_to_a_question_gives_us_the_ball(ticket: Ticket, sam: Membership) -> None:
    acting.answer(ticket, "Wij kijken.", who=who(sam), now=ticket.opened_at)
    Ticket.objects.filter(pk=ticket.pk).update(status=Status.WACHT_OP_MELDER, waiting_question="Welke?")
    arrives(letter("De eerste."), address_of(ticket))

    ticket.refresh_from_db()
    assert ticket.status == Status.IN_BEHANDELING


def test_the_address_works_whatever_becomes_of_capitals(ticket: Ticket) -> None:
    arrives(letter(sender="KIM@Haarlem.Example"), f"<{address_of(ticket).upper()}>")

    assert last(ticket).what == What.REPLIED


def test_a_colleague_who_may_report_replies_too(ticket: Ticket, at_haarlem: House) -> None:
    member(at_haarlem, "archivaris", "bo@haarlem.example")
    arrives(letter(sender="bo@haarlem.example"), address_of(ticket))

    assert (last(ticket).what, last(ticket).actor_name) == (What.REPLIED, "Archivaris")


def test_who_only_reads_does_not_reply(ticket: Ticket, at_haarlem: House) -> None:
    member(at_haarlem, "lezer", "lars@haarlem.example")
    done = arrives(letter(sender="lars@haarlem.example"), address_of(ticket))

    assert (done.mail.outcome, done.mail.stranger) == (Outcome.WAITS, Stranger.NOT_OF_TICKET)


def test_a_reporter_who_left_is_a_stranger(ticket: Ticket, kim: Membership, haarlem: Municipality) -> None:
    with in_municipality(haarlem):
        User.objects.filter(pk=kim.user.pk).update(is_active=False)
    done = arrives(letter(), address_of(ticket))

    assert (done.mail.outcome, last(ticket).what) == (Outcome.WAITS, What.RECEIVED)


def test_what_seems_to_come_from_ourselves_is_a_note_and_stops_no_clock(
    ticket: Ticket, sam: Membership
) -> None:
    before = list(TicketClock.objects.filter(ticket=ticket).values_list("kind", "outcome"))
    arrives(letter("Opgelost, sluit maar.", sender="sam@leverancier.example"), address_of(ticket))
    event = last(ticket)
    ticket.refresh_from_db()

    assert (event.what, event.side, event.is_public, event.person_id) == (
        What.NOTE,
        Side.SYSTEEM,
        False,
        None,
    )
    assert ticket.status == Status.NIEUW
    assert list(TicketClock.objects.filter(ticket=ticket).values_list("kind", "outcome")) == before


def test_a_stranger_with_the_right_address_waits_and_changes_nothing(
    ticket: Ticket, files_apart: Path, haarlem: Municipality
) -> None:
    made = all_that_was_made()
    done = arrives(letter(sender=STRANGER, files=(("a.txt", b"abc"),)), address_of(ticket))

    assert all_that_was_made() == made
    assert (done.mail.outcome, done.mail.stranger) == (Outcome.WAITS, Stranger.NOT_OF_TICKET)
    assert (done.mail.municipality, done.mail.ticket) == (haarlem, ticket)
    assert [(each["name"], each["size"]) for each in done.mail.files] == [("a.txt", 3)]
    assert [path.split("/")[0] for path in files_under(files_apart)] == [".mail"]


def test_two_senders_are_nobody(ticket: Ticket) -> None:
    done = arrives(recorded("two_senders"), address_of(ticket))

    assert (done.mail.outcome, done.mail.stranger) == (Outcome.WAITS, Stranger.NO_SENDER)


def test_a_guessed_address_is_of_no_report(ticket: Ticket) -> None:
    done = arrives(letter(sender=STRANGER), f"melding+{'0' * 32}@leverancier.example")

    assert (done.mail.ticket, done.mail.stranger) == (None, Stranger.UNKNOWN)


def test_a_known_sender_without_the_address_changes_no_report_that_is_there(
    ticket: Ticket, kim: Membership
) -> None:
    events = ticket.events.count()
    arrives(letter(subject=f"Re: Melding {ticket.number}", In_Reply_To="<x@leverancier.example>"))

    assert ticket.events.count() == events


def test_a_mail_never_does_anything_at_another_municipality_than_that_of_its_report(
    of_utrecht: Ticket, kim: Membership, haarlem: Municipality, utrecht: Municipality
) -> None:
    made, rows = all_that_was_made(), (digests(haarlem), digests(utrecht))
    done = arrives(letter(), address_of(of_utrecht))

    assert all_that_was_made() == made
    assert (digests(haarlem), digests(utrecht)) == rows
    assert (done.mail.municipality, done.mail.outcome) == (utrecht, Outcome.WAITS)


def test_a_reply_to_what_is_closed_is_a_new_report_that_names_it(ticket: Ticket) -> None:
    Ticket.objects.filter(pk=ticket.pk).update(status=Status.GESLOTEN)
    events = ticket.events.count()
    done = arrives(letter("Het is er weer."), address_of(ticket))
    made = done.mail.ticket

    assert made is not None
    assert made != ticket
    assert made.municipality == ticket.municipality
    assert f"Vervolg op melding {ticket.number}" in last(made).text
    assert ticket.events.count() == events


def test_a_reply_to_what_was_merged_goes_to_where_that_goes_on(haarlem: Municipality, ticket: Ticket) -> None:
    other = make_ticket(haarlem)
    Ticket.objects.filter(pk=other.pk).update(status=Status.SAMENGEVOEGD, merged_into=ticket)
    done = arrives(letter("Nog iets."), address_of(other))

    assert (done.mail.ticket, last(ticket).text) == (ticket, "Nog iets.")


# To the helpdesk -----------------------------------------------------------------------------------


@pytest.mark.parametrize("to", [HELPDESK, REPLIES, HELPDESK.upper(), "helpdesk+iets@leverancier.example"])
def test_a_known_person_makes_a_report(kim: Membership, haarlem: Municipality, to: str) -> None:
    done = arrives(letter("Ik zie niets.", subject="Wit scherm"), to)
    made = done.mail.ticket

    assert made is not None
    assert (made.municipality, made.subject, made.channel) == (haarlem, "Wit scherm", Channel.MAIL)
    assert (made.reporter_name, made.reporter_email) == ("Catalogusbeheerder", "kim@haarlem.example")
    assert (made.kind, made.status) == (Kind.VRAAG, Status.NIEUW)
    assert (last(made).what, last(made).text) == (What.RECEIVED, "Ik zie niets.")


def test_a_mail_without_subject_and_text_is_a_report_too(kim: Membership) -> None:
    made = arrives(letter("", subject="")).mail.ticket

    assert made is not None
    assert made.subject == "Melding per e-mail"


@pytest.mark.parametrize("sender", [STRANGER, "lars@haarlem.example"])
def test_who_is_unknown_or_may_not_report_waits(at_haarlem: House, vendor: House, sender: str) -> None:
    member(at_haarlem, "lezer", "lars@haarlem.example")
    made = all_that_was_made()
    done = arrives(letter(sender=sender))

    assert all_that_was_made() == made
    assert (done.mail.outcome, done.mail.stranger) == (Outcome.WAITS, Stranger.UNKNOWN)
    assert done.mail.municipality is None


def test_who_belongs_to_two_gemeenten_waits(at_haarlem: House, at_utrecht: House) -> None:
    for house in (at_haarlem, at_utrecht):
        member(house, "beheerder", "kim@regio.example")

    assert arrives(letter(sender="kim@regio.example")).mail.stranger == Stranger.SEVERAL


def test_of_two_environments_of_a_gemeente_it_is_production(
    at_haarlem: House, at_utrecht: House, haarlem: Municipality, utrecht: Municipality
) -> None:
    for house in (at_haarlem, at_utrecht):
        member(house, "beheerder", "kim@haarlem.example")
    Municipality.objects.filter(pk=utrecht.pk).update(cbs_code="0392", environment="acceptatie")
    made = arrives(letter()).mail.ticket

    assert made is not None
    assert made.municipality == haarlem


def test_an_address_that_is_not_ours_is_refused() -> None:
    with pytest.raises(UnknownRecipient):
        arrives(letter(), "iemand@leverancier.example")


# Programs ------------------------------------------------------------------------------------------


def test_what_a_program_sent_to_a_report_is_an_internal_event_and_changes_nothing(
    ticket: Ticket, kim: Membership
) -> None:
    before = Ticket.objects.filter(pk=ticket.pk).values().get()
    done = arrives(letter("Ik ben er niet.", Auto_Submitted="auto-replied"), address_of(ticket))
    event = last(ticket)

    assert (event.what, event.is_public, event.side) == (What.AUTOMATIC, False, Side.SYSTEEM)
    assert Ticket.objects.filter(pk=ticket.pk).values().get() == before
    assert (done.mail.outcome, done.mail.text) == (Outcome.AUTOMATIC, "")


@pytest.mark.parametrize("name", ["automatic_report", "automatic_list_id", "automatic_return_path"])
def test_what_a_program_sent_to_the_helpdesk_makes_nothing(kim: Membership, name: str) -> None:
    made = all_that_was_made()

    assert arrives(recorded(name)).mail.outcome == Outcome.AUTOMATIC
    assert all_that_was_made() == made


@pytest.mark.parametrize("sender", [HELPDESK, "melding+x@leverancier.example"])
def test_what_comes_from_ourselves_does_nothing(ticket: Ticket, sender: str) -> None:
    made = all_that_was_made()

    assert arrives(letter(sender=sender), address_of(ticket)).mail.outcome == Outcome.OWN
    assert arrives(recorded("our_own"), address_of(ticket)).mail.outcome == Outcome.OWN
    assert all_that_was_made() == made


# Once ----------------------------------------------------------------------------------------------


def test_the_same_mail_does_something_once(ticket: Ticket) -> None:
    first = arrives(letter(), address_of(ticket))
    made = all_that_was_made()
    again = arrives(letter(), address_of(ticket))

    assert (first.again, again.again) == (False, True)
    assert first.mail == again.mail
    assert all_that_was_made() == made


def test_the_same_mail_to_two_reports_is_a_reply_to_each(ticket: Ticket, haarlem: Municipality) -> None:
    other = make_ticket(haarlem)
    for each in (ticket, other):
        arrives(letter(), address_of(each))

    assert [last(each).what for each in (ticket, other)] == [What.REPLIED, What.REPLIED]


def test_what_fails_half_way_leaves_nothing(
    ticket: Ticket, files_apart: Path, monkeypatch: pytest.MonkeyPatch
) -> None:
    made = all_that_was_made()
    monkeypatch.setattr(ReceivedMail, "save", _broken)
    with pytest.raises(OSError, match="vol"):
        arrives(letter(files=(("a.txt", b"abc"),)), address_of(ticket))

    assert all_that_was_made() == made
    assert not ReceivedMail.objects.exists()
    assert files_under(files_apart) == []


def _broken(mail: ReceivedMail, **given: Any) -> None:
    if not given.get("force_insert"):
        raise OSError("vol")
    super(ReceivedMail, mail).save(**given)


# What is kept --------------------------------------------------------------------------------------


def test_files_are_in_the_storage_of_the_municipality(ticket: Ticket, files_apart: Path) -> None:
    arrives(letter(files=(("scherm.png", b"abc"),)), address_of(ticket))
    (found,) = Attachment.objects.all()

    assert (found.name, found.size, found.is_public) == ("scherm.png", 3, True)
    assert found.event == last(ticket)
    assert files_under(files_apart) == [f"haarlem/{found.key}"]


def test_files_of_a_note_are_internal(ticket: Ticket, sam: Membership) -> None:
    arrives(letter(sender="sam@leverancier.example", files=(("a.txt", b"abc"),)), address_of(ticket))

    assert [each.is_public for each in Attachment.objects.all()] == [False]


def refuse(file: File[bytes]) -> str:
    return "Er zit een virus in." if b"EICAR" in file.read() else ""


def test_a_file_that_may_not_come_in_is_named_and_the_words_come_in(
    ticket: Ticket, settings: Settings
) -> None:
    settings.HELPDESK_ATTACHMENT_CHECK = f"{__name__}.refuse"
    files = (("goed.txt", b"abc"), ("fout.txt", b"EICAR"))
    done = arrives(letter(files=files), address_of(ticket))

    assert [each.name for each in Attachment.objects.all()] == ["goed.txt"]
    assert done.mail.left_out == ["fout.txt"]


DEPTHS: list[int] = []
"""In how many transactions files were looked through."""


def note_depth(_: File[bytes]) -> str:
    DEPTHS.append(len(connection.savepoint_ids))
    return ""


def test_files_are_looked_through_before_the_transaction(ticket: Ticket, settings: Settings) -> None:
    settings.HELPDESK_ATTACHMENT_CHECK = f"{__name__}.note_depth"
    DEPTHS.clear()

    arrives(letter(files=(("a.txt", b"abc"), ("b.txt", b"d"))), address_of(ticket))

    assert [len(connection.savepoint_ids)] * 2 == DEPTHS


def test_a_citizen_service_number_is_masked_wherever_it_stands(ticket: Ticket) -> None:
    content = letter(
        f"Het gaat om {BSN}.\n\n> eerder {BSN}",
        sender=f'"Kim {BSN}" <kim@haarlem.example>',
        subject=f"Zaak van {BSN}",
        files=((f"{BSN}.pdf", b"abc"),),
    )
    done = arrives(content, address_of(ticket))
    event = last(ticket)
    done.mail.refresh_from_db()

    kept = [event.text, event.actor_name, *map(str, done.mail.__dict__.values())]
    kept += [each.name for each in Attachment.objects.all()]
    assert not any(BSN in each for each in kept)
    assert done.mail.is_masked


def test_a_number_in_html_that_tags_part_is_masked_too(kim: Membership) -> None:
    content = letter(" ", html="<p>bsn <b>1234</b><i>56782</i></p>")
    made = arrives(content).mail.ticket

    assert made is not None
    assert "12345" not in last(made).text


def test_a_text_that_is_too_long_is_cut_and_kept_whole_beside_it(ticket: Ticket) -> None:
    done = arrives(letter("woord " * 10_000), address_of(ticket))

    assert len(last(ticket).text) <= LONGEST_TEXT
    assert last(ticket).text.endswith("niet getoond.)")
    assert len(done.mail.text) > LONGEST_TEXT


def test_each_report_has_an_address_that_leads_to_it(ticket: Ticket) -> None:
    assert reply_address(ticket) == address_of(ticket)
    assert destination_of(reply_address(ticket)).token == ticket.reply_token


def test_a_mail_of_the_largest_size_is_taken(ticket: Ticket) -> None:
    content = letter(files=(("groot.bin", b"x" * 25_000_000),)).as_bytes()
    done = arrives(content, address_of(ticket))

    assert len(content) > 33_000_000
    assert done.mail.outcome == Outcome.REPLY
    assert [each.size for each in Attachment.objects.all()] == [25_000_000]
