"""What a newcomer finds of agreements and reports: the same after the second time as after the first."""

from __future__ import annotations

from datetime import datetime
from io import StringIO
from zoneinfo import ZoneInfo

import pytest
from django.core.management import CommandError, call_command
from django.utils import timezone

from backoffice.demo.agreements import agree
from backoffice.demo.helpdesk import report_all
from backoffice.demo.measured import measure_last_month
from contracts.hours import balance_of
from contracts.in_force import contract_of
from helpdesk.models import Ticket, TicketEvent
from helpdesk.words import Status
from service_reports.models import Minutes, ServiceReport, State
from service_reports.snapshot import from_json
from tenants.accounts.demo import seed_people
from tenants.registry.context import in_municipality
from tenants.registry.models import Municipality
from tests.people import vendor_organisation

AMSTERDAM = ZoneInfo("Europe/Amsterdam")


@pytest.fixture
def people(haarlem: Municipality, utrecht: Municipality) -> tuple[Municipality, Municipality]:
    seed_people("zaakplein", organisation_id=vendor_organisation().pk)
    for each in (haarlem, utrecht):
        with in_municipality(each):
            seed_people(each.schema_name)
    return haarlem, utrecht


def seed() -> str:
    said = StringIO()
    call_command("seed_helpdesk", stdout=said)
    return said.getvalue()


def test_each_has_a_contract_reports_in_every_state_and_a_report(
    people: tuple[Municipality, Municipality],
) -> None:
    seed()
    now = timezone.now()
    for each in people:
        contract = contract_of(each.pk, timezone.localdate(now))
        assert contract is not None
        assert balance_of(contract) == 35 * 60  # of forty hours, five were used
        assert Ticket.objects.filter(municipality=each, incident__isnull=False).count() <= 1
        assert ServiceReport.objects.get(municipality=each).state == State.GEDEELD
    states = set(Ticket.objects.values_list("status", flat=True))
    assert Ticket.objects.count() >= 12  # a dozen
    assert states == set(Status)


def test_again_it_adds_nothing(people: tuple[Municipality, Municipality]) -> None:
    seed()
    before = (Ticket.objects.count(), TicketEvent.objects.count(), ServiceReport.objects.count())
    said = seed()
    assert (Ticket.objects.count(), TicketEvent.objects.count(), ServiceReport.objects.count()) == before
    assert said == "Haarlem: stood already.\nUtrecht: stood already.\n"


@pytest.mark.parametrize(
    ("now", "hours"),
    [
        (datetime(2027, 4, 2, 9, tzinfo=AMSTERDAM), 743),
        (datetime(2026, 11, 2, 9, tzinfo=AMSTERDAM), 745),
        (datetime(2026, 11, 30, 9, tzinfo=AMSTERDAM), 745),
    ],
    ids=["the clock went forth", "the clock went back", "the end of the month"],
)
def test_on_any_day_last_month_is_whole_and_has_a_breach(
    people: tuple[Municipality, Municipality], now: datetime, hours: int
) -> None:
    utrecht = people[1]
    agree(utrecht, "Plus", now)
    report_all(utrecht, now)
    assert measure_last_month(utrecht, now)
    assert Minutes.objects.filter(municipality=utrecht).count() == hours
    figures = from_json(ServiceReport.objects.get(municipality=utrecht).figures)
    assert sum(each.gaps for each in figures.availability.days) == 0
    assert figures.breaches


def test_without_its_people_it_says_what_to_do_first(haarlem: Municipality) -> None:
    with pytest.raises(CommandError, match="run seed_demo first"):
        seed()
