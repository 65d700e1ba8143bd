"""Hours for a report: booked by who handles it, off the contract of its gemeente, and read by both sides."""

from __future__ import annotations

from typing import Any

import pytest
from django.utils import timezone

from contracts.hours import balance_of, buy
from contracts.models import Contract, HoursEntry
from helpdesk import acting
from helpdesk.acting import Work
from helpdesk.models import Ticket
from helpdesk.refusals import TicketRefused, TicketStale
from tenants.accounts.models import Membership
from tenants.registry.models import Municipality
from tests.contracts.signed import day, signed_contract
from tests.helpdesk.mail.letters import make_ticket
from tests.helpdesk.reported import person
from tests.helpdesk.tickets import who
from tests.people import Browser, House, browser_of, member, partner_organisation

NOW = timezone.now
XSS = "<img src=x onerror=alert(1)>"


@pytest.fixture
def contract(haarlem: Municipality, vendor: House) -> Contract:
    """With ten hours."""
    made = signed_contract(haarlem)
    boss = member(vendor, "eigenaar", "eigenaar@leverancier.example")
    kept: dict[str, Any] = {"who": "Inkoop", "why": "Strippenkaart", "on": day(0)}
    buy(made, 600, **kept, person=person(boss, vendor), now=NOW())
    return made


@pytest.fixture
def reported(contract: Contract, haarlem: Municipality) -> Ticket:
    return make_ticket(haarlem)


@pytest.fixture
def browser(vendor: House, sam: Membership) -> Browser:
    return browser_of(vendor, sam)


def page_of(ticket: Ticket, rest: str = "") -> str:
    return f"/meldingen/{ticket.pk}/{rest}"


def work(**given: Any) -> Work:
    return Work(**{"minutes": 90, "on": day(0), "why": "Koppeling nagekeken", **given})


def sent(browser: Browser, ticket: Ticket, **given: Any) -> Any:
    last = HoursEntry.objects.order_by("-pk").values_list("pk", flat=True).first() or 0
    body = {"seen": last, "minutes": "1:30", "why": "Koppeling", "on": day(0).isoformat(), **given}
    return browser.post(page_of(ticket, "uren/"), body)


def text(answer: Any) -> str:
    return str(answer.content.decode())


def test_hours_are_booked_from_a_report_and_read_by_both_sides(
    reported: Ticket, contract: Contract, browser: Browser, at_haarlem: House, kim: Membership
) -> None:
    """Whoever handles it has no right over contracts, and needs none."""
    assert f'href="{page_of(reported, "uren/")}"' in text(browser.get(page_of(reported)))
    form = text(browser.get(page_of(reported, "uren/")))
    assert "Saldo 10:00 uur" in form
    assert "Let op de strippenkaart" not in form

    assert sent(browser, reported, why=XSS).status_code == 303

    entry = HoursEntry.objects.get(kind="geboekt")
    assert (entry.contract, entry.minutes, entry.ticket_number) == (contract, -90, reported.number)
    assert entry.recorded_by == "sam@leverancier.example"
    ours = text(browser.get(page_of(reported)))
    assert "8:30" in ours  # said once, with what is left
    boss = browser_of(at_haarlem, member(at_haarlem, "beheerder", "hoofd@haarlem.example"))
    theirs, ledger = text(boss.get(page_of(reported))), text(boss.get(f"/contract/{contract.pk}/uren/"))
    assert all("Uren voor deze melding" in page and "1:30" in page for page in (ours, theirs))
    assert reported.number in ledger
    assert not any(XSS in page for page in (ours, theirs, ledger))


def test_little_and_nothing_are_told_where_hours_are_booked(
    reported: Ticket, contract: Contract, browser: Browser
) -> None:
    sent(browser, reported, minutes="8:00")
    assert "is 80" in text(browser.get(page_of(reported, "uren/")))
    sent(browser, reported, minutes="2:00")
    assert "De uren zijn op" in text(browser.get(page_of(reported, "uren/")))
    refused = sent(browser, reported, minutes="0:01")
    assert (refused.status_code, balance_of(contract)) == (422, 0)
    assert "nog 0:00 over" in text(refused)


@pytest.mark.parametrize(
    ("given", "said"),
    [
        ({"minutes": "24:01"}, "ten hoogste 24 uur"),
        ({"minutes": "anderhalf"}, "zoals 0:30"),
        ({"on": day(1).isoformat()}, "Kies vandaag"),
        ({"on": day(-11).isoformat()}, "geen contract"),
        ({"why": "x" * 501}, "500"),
        ({"why": " "}, "Wat deed u"),
        ({"seen": "0"}, "Intussen schreef iemand"),
    ],
)
def test_what_is_wrong_is_said_and_nothing_is_booked(
    reported: Ticket, browser: Browser, given: dict[str, str], said: str
) -> None:
    answer = sent(browser, reported, **given)
    assert answer.status_code == 422
    assert said in text(answer)
    assert not HoursEntry.objects.filter(kind="geboekt").exists()


def test_who_was_second_reads_what_is_left_and_may_go_on(
    reported: Ticket, contract: Contract, browser: Browser, sam: Membership
) -> None:
    seen = HoursEntry.objects.get().pk
    acting.book_hours(reported, work(seen=seen), who=who(sam), now=NOW())
    with pytest.raises(TicketStale, match="nog 8:30 over"):
        acting.book_hours(reported, work(seen=seen), who=who(sam), now=NOW())
    stale = sent(browser, reported, seen=str(seen))
    last = HoursEntry.objects.order_by("-pk").values_list("pk", flat=True).first()
    assert f'name="seen" value="{last}"' in text(stale)
    assert balance_of(contract) == 510


def test_a_report_without_a_contract_takes_no_hours(of_utrecht: Ticket, browser: Browser) -> None:
    assert "uren/" not in text(browser.get(page_of(of_utrecht)))
    assert browser.get(page_of(of_utrecht, "uren/")).status_code == 409
    assert sent(browser, of_utrecht).status_code == 409


def test_what_went_on_in_another_report_takes_no_hours(
    reported: Ticket, haarlem: Municipality, sam: Membership
) -> None:
    other = make_ticket(haarlem)
    acting.merge(other, reported, who=who(sam), now=NOW())
    other.refresh_from_db()
    with pytest.raises(TicketStale, match="gaat verder"):
        acting.book_hours(other, work(), who=who(sam), now=NOW())
    acting.book_hours(reported, work(), who=who(sam), now=NOW())


def test_a_partner_sees_the_report_and_none_of_its_hours(
    reported: Ticket, contract: Contract, haarlem: Municipality, vendor: House, sam: Membership
) -> None:
    """What is left is between the gemeente and whoever has the contract."""
    acting.book_hours(reported, work(), who=who(sam), now=NOW())
    partner = partner_organisation()
    Municipality.objects.filter(pk=haarlem.pk).update(implementation_partner=partner)
    theirs = member(vendor, "eigenaar", "p@partner.example", organisation=partner)
    browser = browser_of(vendor, theirs)

    shown = text(browser.get(page_of(reported)))
    assert "Uren voor deze melding" not in shown
    assert "uren/" not in shown
    assert browser.get(page_of(reported, "uren/")).status_code == 409
    with pytest.raises(TicketRefused, match="die het contract heeft"):
        acting.book_hours(reported, work(), who=who(theirs), now=NOW())
    assert balance_of(contract) == 510


def test_hours_of_another_gemeente_are_on_no_page_of_this_one(
    reported: Ticket, contract: Contract, utrecht: Municipality, vendor: House, at_utrecht: House
) -> None:
    """Not even where somebody once wrote down the number of a report that was not theirs."""
    theirs = make_ticket(utrecht, reporter_email="lia@utrecht.example", reporter_name="Lia")
    HoursEntry.objects.create(
        contract=contract,
        kind="geboekt",
        minutes=-45,
        on=day(0),
        who_name="x",
        why="Van Haarlem",
        ticket_number=theirs.number,
        recorded_by="x",
        recorded_at=NOW(),
    )
    boss = browser_of(vendor, member(vendor, "eigenaar", "alles@leverancier.example"))
    inside = browser_of(at_utrecht, member(at_utrecht, "beheerder", "hoofd@utrecht.example"))

    for browser in (boss, inside):
        shown = browser.get(page_of(theirs))
        assert shown.status_code == 200
        assert "Van Haarlem" not in text(shown)


def test_who_reads_along_books_nothing(reported: Ticket, vendor: House, contract: Contract) -> None:
    reader = member(vendor, "alleen-lezen", "leest@leverancier.example")
    with pytest.raises(TicketRefused, match="Uw rol is"):
        acting.book_hours(reported, work(), who=who(reader), now=NOW())
    assert sent(browser_of(vendor, reader), reported).status_code == 403
    assert balance_of(contract) == 600
