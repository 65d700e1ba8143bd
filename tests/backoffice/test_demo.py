"""What a newcomer finds of agreements and reports: the same after the second time as after the first."""

from __future__ import annotations

from io import StringIO

import pytest
from django.core.management import CommandError, call_command
from django.utils import timezone

from contracts.in_force import contract_of, level_version_of
from helpdesk.models import Ticket, TicketEvent
from helpdesk.words import Status
from service_reports.models import ServiceReport, State
from tenants.accounts.demo import seed_people
from tenants.registry.context import in_municipality
from tenants.registry.models import Municipality
from tests.people import vendor_organisation


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
        assert contract_of(each.pk, timezone.localdate(now)) is not None
        assert level_version_of(each.pk, now) is not None
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


def test_without_its_people_it_says_what_to_do_first(haarlem: Municipality) -> None:
    with pytest.raises(CommandError, match="run seed_demo first"):
        seed()
