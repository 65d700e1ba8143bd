"""The hours of a contract on its page, and who else sees them."""

from __future__ import annotations

from typing import Any

import pytest
from django.db import DatabaseError, connection, transaction
from django.test.utils import CaptureQueriesContext
from django.utils import timezone

from contracts.hours import buy
from contracts.models import Contract, HoursEntry
from tenants.accounts.person import person_of
from tenants.registry.context import in_municipality
from tenants.registry.models import Municipality
from tenants.registry.vendor_rows import vendor_rows
from tests.contracts.signed import day, signed_contract
from tests.handover.moves import other_vendor
from tests.helpdesk.mail.letters import make_ticket
from tests.people import Browser, House, browser_of, member

XSS = "<img src=x onerror=alert(1)>"


@pytest.fixture
def contract(haarlem: Municipality) -> Contract:
    return signed_contract(haarlem)


@pytest.fixture
def boss(vendor: House) -> Browser:
    return browser_of(vendor, member(vendor, "eigenaar", "eigenaar@leverancier.example"))


def page_of(contract: Contract, rest: str = "") -> str:
    return f"/contracten/{contract.pk}/uren/{rest}"


def text(answer: Any) -> str:
    return str(answer.content.decode())


def purchase(**given: str) -> dict[str, str]:
    return {"hours": "40", "on": day(0).isoformat(), "who": "P. de Wit", "why": "HLM-26-004417", **given}


def booking(**given: str) -> dict[str, str]:
    return {
        "minutes": "1:30",
        "on": day(0).isoformat(),
        "who": "S. Yilmaz",
        "ticket_number": "",
        "why": "Koppeling",
        **given,
    }


@pytest.fixture
def bought(boss: Browser, contract: Contract) -> Browser:
    assert boss.post(page_of(contract, "kopen/"), purchase()).status_code == 303
    return boss


def test_hours_are_bought_booked_and_corrected(bought: Browser, contract: Contract) -> None:
    number = make_ticket(contract.covers.get().municipality).number
    assert bought.post(page_of(contract, "boeken/"), booking(ticket_number=number)).status_code == 303
    shown = text(bought.get(page_of(contract)))
    assert "Saldo 38:30 uur" in shown
    assert "−1:30" in shown
    assert number in shown

    wrong = HoursEntry.objects.get(kind="geboekt")
    assert bought.post(page_of(contract, f"{wrong.pk}/"), {"why": "Dubbel"}).status_code == 303
    shown = text(bought.get(page_of(contract)))
    assert "Saldo 40:00 uur" in shown
    assert f"Tegenregel van regel {wrong.pk}" in shown
    assert "telt niet meer" in shown


@pytest.mark.parametrize(
    ("given", "said"),
    [
        ({"minutes": "40:01"}, "ten hoogste 24 uur"),
        ({"minutes": "1,5"}, "zoals 0:30"),
        ({"minutes": ""}, "Hoe lang?"),
        ({"on": day(1).isoformat()}, "Kies vandaag"),
        ({"on": day(-11).isoformat()}, "liep het contract niet"),
        ({"who": " "}, "Wie deed het werk?"),
        ({"why": "x" * 501}, "500"),
        ({"ticket_number": "M-1"}, "nummer van de melding"),
        ({"ticket_number": "999999"}, "geen melding 999999"),
        ({"seen": "1"}, "Intussen schreef iemand"),
    ],
)
def test_what_is_wrong_is_said_and_nothing_is_booked(
    bought: Browser, contract: Contract, given: dict[str, str], said: str
) -> None:
    answer = bought.post(page_of(contract, "boeken/"), booking(**given))
    assert answer.status_code == 422
    assert said in text(answer)
    assert HoursEntry.objects.count() == 1


def test_without_hours_it_is_said_what_to_do(boss: Browser, contract: Contract) -> None:
    answer = boss.post(page_of(contract, "boeken/"), booking())
    assert answer.status_code == 422
    assert "Koop eerst uren bij" in text(answer)


@pytest.mark.parametrize("hours", ["", "0", "2001", "veel"])
def test_what_is_wrong_with_a_purchase_is_said(boss: Browser, contract: Contract, hours: str) -> None:
    assert boss.post(page_of(contract, "kopen/"), purchase(hours=hours)).status_code == 422
    assert HoursEntry.objects.count() == 0


def test_no_text_becomes_markup(bought: Browser, contract: Contract) -> None:
    bought.post(page_of(contract, "boeken/"), booking(who=XSS, why=XSS))
    entry = HoursEntry.objects.get(kind="geboekt")
    pages = (page_of(contract), page_of(contract, f"{entry.pk}/"))
    assert not any(XSS in text(bought.get(page)) for page in pages)


def test_the_entry_of_another_contract_is_not_there(
    bought: Browser, contract: Contract, utrecht: Municipality
) -> None:
    other = signed_contract(utrecht)
    entry = HoursEntry.objects.get()
    assert bought.get(page_of(other, f"{entry.pk}/")).status_code == 404
    assert bought.post(page_of(other, f"{entry.pk}/"), {"why": "x"}).status_code == 404


def test_who_may_only_look_books_nothing(bought: Browser, contract: Contract, vendor: House) -> None:
    reader = browser_of(vendor, member(vendor, "helpdesk"))
    assert reader.get(page_of(contract)).status_code == 200
    assert "Corrigeer" not in text(reader.get(page_of(contract)))
    for page in ("boeken/", "kopen/", f"{HoursEntry.objects.get().pk}/"):
        assert reader.post(page_of(contract, page), {}).status_code == 403


def test_the_ledger_goes_out_as_a_file(bought: Browser, contract: Contract) -> None:
    bought.post(page_of(contract, "boeken/"), booking(who="=HYPERLINK(1)"))
    answer = bought.get(page_of(contract), export="csv")
    content = b"".join(answer.streaming_content) if answer.streaming else answer.content
    assert "−1:30" in content.decode("utf-8-sig")
    assert ";=HYPERLINK" not in content.decode("utf-8-sig")
    assert ",=HYPERLINK" not in content.decode("utf-8-sig")


# Neighbours ---------------------------------------------------------------------------------------


def test_another_vendor_and_who_is_limited_to_another_gemeente_see_nothing(
    bought: Browser, contract: Contract, vendor: House
) -> None:
    stranger = member(vendor, "eigenaar", "ander@x.example", organisation=other_vendor())
    limited = member(vendor, "eigenaar", "utrecht@x.example", municipalities=("utrecht",))
    entry = HoursEntry.objects.get()
    for someone in (stranger, limited):
        browser = browser_of(vendor, someone)
        for page in ("", "boeken/", "kopen/", f"{entry.pk}/"):
            assert browser.get(page_of(contract, page)).status_code == 404


def test_a_municipality_reads_its_own_hours_and_no_others(
    bought: Browser, contract: Contract, vendor: House, haarlem: Municipality, utrecht: Municipality
) -> None:
    other = signed_contract(utrecht)
    person = person_of(member(vendor, "eigenaar", "tweede@leverancier.example").user)
    assert person is not None
    buy(other, 60, who="x", why="x", on=day(0), person=person, now=timezone.now())

    for municipality, own in ((haarlem, contract), (utrecht, other)):
        with in_municipality(municipality):
            assert [each.contract_id for each in vendor_rows(municipality).of(HoursEntry)] == [own.pk]
            with connection.cursor() as cursor:
                cursor.execute("SELECT contract_id FROM public.contracts_hoursentry")
                assert cursor.fetchall() == [(own.pk,)]


@pytest.mark.parametrize(
    "statement",
    [
        "DELETE FROM public.contracts_hoursentry",
        "UPDATE public.contracts_hoursentry SET minutes = 1",
        "INSERT INTO public.contracts_hoursentry (minutes) VALUES (1)",
    ],
)
def test_a_municipality_writes_no_hours(bought: Browser, haarlem: Municipality, statement: str) -> None:
    with (
        in_municipality(haarlem),
        pytest.raises(DatabaseError, match="permission denied"),
        transaction.atomic(),
        connection.cursor() as cursor,
    ):
        cursor.execute(statement)


def test_a_municipality_sees_its_ledger_on_its_own_host(
    bought: Browser, contract: Contract, at_haarlem: House, at_utrecht: House
) -> None:
    path = f"/contract/{contract.pk}/uren/"
    ours = browser_of(at_haarlem, member(at_haarlem, "beheerder"))
    theirs = browser_of(at_utrecht, member(at_utrecht, "beheerder"))

    assert "Saldo 40:00 uur" in text(ours.get(path))
    assert "Corrigeer" not in text(ours.get(path))
    assert theirs.get(path).status_code == 404


def test_a_ledger_asks_as_much_for_many(bought: Browser, contract: Contract) -> None:
    bought.get(page_of(contract))
    with CaptureQueriesContext(connection) as few:
        assert bought.get(page_of(contract)).status_code == 200
    for _ in range(5):
        bought.post(page_of(contract, "boeken/"), booking())
    bought.get(page_of(contract))
    with CaptureQueriesContext(connection) as many:
        assert "6 regels" in text(bought.get(page_of(contract)))
    assert len(many) == len(few)
