"""The third line that a contract names, and that does not serve the gemeente: what it sees, and what not."""

from __future__ import annotations

from dataclasses import dataclass

import pytest
from django.core.files.uploadedfile import SimpleUploadedFile
from django.utils import timezone

from contracts.models import ContractParty, Line, Priority
from helpdesk import acting
from helpdesk.acting import To
from helpdesk.keeping import attach
from helpdesk.models import Attachment, Ticket
from helpdesk.refusals import TicketRefused
from helpdesk.words import Status, SupportLine, What
from tenants.accounts.models import Membership
from tenants.registry.models import Municipality, Organisation
from tests.contracts.agreed import agreed, made
from tests.helpdesk.tickets import as_person, fresh, told, who
from tests.people import Browser, House, browser_of, member

FIRST, THIRD = SupportLine.FIRST, SupportLine.THIRD

pytestmark = pytest.mark.django_db


@dataclass(frozen=True)
class Lent:
    """A report of Haarlem that the third line has, and one beside it; who handed it over, and who has it."""

    ticket: Ticket
    other: Ticket
    maker: Organisation
    host: Membership
    expert: Membership


@pytest.fixture
def maker(haarlem: Municipality) -> Organisation:
    """Of the third line in the contract of Haarlem, and of nothing else there."""
    found = Organisation.objects.create(name="Maker", kind=Organisation.Kind.IMPLEMENTATION_PARTNER)
    version = made(haarlem)
    ContractParty.objects.filter(version=version, line=Line.THIRD).update(organisation=found, name="Maker")
    agreed(version)
    return found


@pytest.fixture
def lent(haarlem: Municipality, maker: Organisation, vendor: House) -> Lent:
    host = member(vendor, "eigenaar", "sam@leverancier.example")
    expert = member(vendor, "eigenaar", "mo@maker.example", organisation=maker)
    ticket, other = (
        acting.report(haarlem, told(subject=subject), who=who(host), now=timezone.now())
        for subject in ("Dit is gedeeld", "Dit is niet gedeeld")
    )
    note = acting.note(ticket, "Zit in het product.", who=who(host), now=timezone.now())
    attach(note, [SimpleUploadedFile("log.txt", b"regel")], [""])
    hand(ticket, maker, host)
    return Lent(fresh(ticket), other, maker, host, expert)


def hand(ticket: Ticket, organisation: Organisation, by: Membership, line: SupportLine = THIRD) -> None:
    acting.hand_over(ticket, To(line, organisation), "Kijk jij?", who=who(by), now=timezone.now())


def seen_by(membership: Membership) -> set[int]:
    return set(Ticket.objects.visible_to(as_person(membership)).values_list("pk", flat=True))


def expert_of(lent: Lent) -> Browser:
    return browser_of(House.of(None), lent.expert)


def test_it_sees_that_report_with_notes_and_files_and_nothing_else(lent: Lent, haarlem: Municipality) -> None:
    assert seen_by(lent.expert) == {lent.ticket.pk}
    browser = expert_of(lent)
    page = browser.get(f"/meldingen/{lent.ticket.pk}/").content.decode()
    assert "Zit in het product." in page
    assert f"/gemeenten/{haarlem.pk}/" not in page
    file = Attachment.objects.get(ticket=lent.ticket)
    assert browser.get(f"/meldingen/{lent.ticket.pk}/bijlagen/{file.pk}/").status_code == 200
    queue = browser.get("/meldingen/").content.decode()
    assert "Dit is gedeeld" in queue
    assert "Dit is niet gedeeld" not in queue
    for path in (
        f"/meldingen/{lent.other.pk}/",
        f"/gemeenten/{haarlem.pk}/",
        f"/meldingen/{lent.ticket.pk}/bijlagen/{file.pk + 1}/",
    ):
        assert browser.get(path).status_code == 404
    assert "Haarlem" not in browser.get("/gemeenten/").content.decode()
    assert not Municipality.objects.visible_to(as_person(lent.expert)).exists()


def test_others_see_nothing_of_it(lent: Lent, vendor: House, utrecht: Municipality) -> None:
    stranger = Organisation.objects.create(name="Vreemd", kind=Organisation.Kind.VENDOR)
    limited = member(
        vendor, "eigenaar", "li@maker.example", organisation=lent.maker, municipalities=("utrecht",)
    )
    assert seen_by(member(vendor, "eigenaar", "x@vreemd.example", organisation=stranger)) == set()
    assert seen_by(limited) == set()


def test_it_answers_solves_and_gives_back_and_decides_nothing_else(lent: Lent) -> None:
    by = who(lent.expert)
    acting.pick_up(lent.ticket, who=by, now=timezone.now())
    acting.note(lent.ticket, "Regel 12 is fout.", who=by, now=timezone.now())
    acting.answer(lent.ticket, "Wij weten het.", who=by, now=timezone.now())
    assert fresh(lent.ticket).lent_to == lent.maker

    refused = "bedient"
    with pytest.raises(TicketRefused, match=refused):
        acting.change_priority(lent.ticket, Priority.P1, "Daarom.", who=by, now=timezone.now())
    with pytest.raises(TicketRefused, match=refused):
        acting.withdraw(lent.ticket, "Weg.", who=by, now=timezone.now())
    with pytest.raises(Ticket.DoesNotExist):
        acting.merge(lent.ticket, lent.other, who=by, now=timezone.now())
    page = expert_of(lent).get(f"/meldingen/{lent.ticket.pk}/").content.decode()
    assert "Draag de melding over" in page
    for words in ("Wijzig prioriteit", "Voeg samen", "Wis de melding", "Koppel storing"):
        assert words not in page


def test_whoever_gives_it_back_sees_it_no_more_and_what_was_done_stays(lent: Lent) -> None:
    browser = expert_of(lent)
    acting.note(lent.ticket, "Regel 12 is fout.", who=who(lent.expert), now=timezone.now())
    address = f"/meldingen/{lent.ticket.pk}/overdragen/"
    assert "sam@leverancier.example" not in browser.get(address).content.decode()
    given = {
        "seen": lent.ticket.events.latest("pk").pk,
        "line": FIRST.value,
        "organisation": lent.host.organisation_id,
        "person": "",
        "text": "Klaar.",
    }

    answer = browser.post(address, given)

    assert (answer.status_code, answer["Location"]) == (303, "/meldingen/")
    assert browser.get(f"/meldingen/{lent.ticket.pk}/").status_code == 404
    assert seen_by(lent.expert) == set()
    assert fresh(lent.ticket).lent_to is None
    host = browser_of(House.of(None), lent.host).get(f"/meldingen/{lent.ticket.pk}/").content.decode()
    assert "Regel 12 is fout." in host


def test_it_hands_it_to_nobody_in_particular_there(lent: Lent) -> None:
    to = To(FIRST, lent.ticket.municipality.vendor, lent.host.user)
    with pytest.raises(TicketRefused, match="Geef haar terug aan de organisatie"):
        acting.hand_over(lent.ticket, to, "Klaar.", who=who(lent.expert), now=timezone.now())


def test_who_takes_it_back_or_closes_it_ends_the_sight(lent: Lent, maker: Organisation) -> None:
    acting.pick_up(lent.ticket, who=who(lent.host), now=timezone.now())
    assert seen_by(lent.expert) == set()

    hand(lent.ticket, maker, lent.host)
    acting.withdraw(lent.ticket, "Niet nodig.", who=who(lent.host), now=timezone.now())
    assert fresh(lent.ticket).status == Status.INGETROKKEN
    assert seen_by(lent.expert) == set()


def test_who_is_not_named_gets_nothing(lent: Lent, haarlem: Municipality, utrecht: Municipality) -> None:
    """Neither another organisation, nor the third line of a neighbour."""
    stranger = Organisation.objects.create(name="Vreemd", kind=Organisation.Kind.VENDOR)
    with pytest.raises(TicketRefused, match="derde lijn volgens het contract"):
        hand(lent.other, stranger, lent.host)
    theirs = acting.report(utrecht, told(), who=who(lent.host), now=timezone.now())
    with pytest.raises(TicketRefused, match="derde lijn volgens het contract"):
        hand(theirs, lent.maker, lent.host)
    assert not Ticket.objects.filter(pk__in=[lent.other.pk, theirs.pk], lent_to__isnull=False).exists()


def test_both_sides_read_who_has_it(lent: Lent, kim: Membership, at_haarlem: House) -> None:
    handed = lent.ticket.events.get(what=What.HANDED_OVER)
    assert (handed.is_public, handed.after) == (True, "derde lijn, Maker")
    page = browser_of(at_haarlem, kim).get(f"/meldingen/{lent.ticket.pk}/").content.decode()
    assert "Maker" in page
    assert "Zit in het product." not in page


def test_it_goes_along_when_another_vendor_comes(lent: Lent, haarlem: Municipality) -> None:
    new = Organisation.objects.create(name="Dimpact", kind=Organisation.Kind.VENDOR)
    Municipality.objects.filter(pk=haarlem.pk).update(vendor=new)

    acting.move_to_vendor(Municipality.objects.get(pk=haarlem.pk), "Leverancier", now=timezone.now())

    assert seen_by(lent.expert) == set()
    assert fresh(lent.ticket).lent_to is None
