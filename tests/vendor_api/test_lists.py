"""What a list costs with the whole fleet; a page of a hundred as much as a page of one."""

from __future__ import annotations

from datetime import date

import pytest
from django.db import transaction
from django.test.utils import CaptureQueriesContext
from django.utils import timezone

from contracts.defaults import begin
from contracts.models import PriceKind
from contracts.price_publishing import PriceListTerms, PriceTerms, add_price_list
from contracts.publishing import Publishing
from tenants.accounts.log import note
from tenants.accounts.models import Membership
from tenants.accounts.person import person_of
from tenants.jobs.models import Job, Step
from tenants.registry.connection import connection
from tenants.registry.context import for_vendor
from tenants.registry.models import Domain, Municipality
from tests.access.grants import make_grant
from tests.contracts.signed import unsigned_contract
from tests.helpdesk.reported import make_report as make_ticket
from tests.incidents.broken import make_incident
from tests.people import House, member, vendor_organisation
from tests.service_reports.reports import make_service_report
from tests.vendor_api.conftest import Program
from vendor_api.http.lists import MOST_SIZE

FLEET = 342


@pytest.fixture
def full(haarlem: Municipality) -> None:
    vendor = vendor_organisation()
    owner = member(House.of(None), "eigenaar", "e@x.example", second_factor=False, password=None)
    with for_vendor():
        person = person_of(owner.user)
        assert person is not None
        begin(person=person, now=timezone.now())
        how = Publishing(timezone.localdate(), "x")
        prices = [PriceTerms(PriceKind.BASE, "Basis", 1, tier_from=0)]
        for number in range(3):
            terms = PriceListTerms(21, prices)
            add_price_list(f"Lijst {number}", terms, how, person=person, now=timezone.now())
    made = Municipality.objects.bulk_create(
        Municipality(schema_name=f"g{number}", naam=f"G {number}", vendor=vendor, status="actief")
        for number in range(FLEET - 2)
    )
    Domain.objects.bulk_create(
        Domain(tenant=each, domain=f"{each.schema_name}.localhost", is_primary=True) for each in made
    )
    jobs = Job.objects.bulk_create(
        Job(kind="onboarding", subject=each.schema_name, asked_by="x", municipality=each) for each in made
    )
    Step.objects.bulk_create(
        Step(job=job, position=place, name="role", connection="owner") for job in jobs for place in range(3)
    )
    people = [
        member(House.of(None), "helpdesk", f"p{number}@x.example", second_factor=False, password=None)
        for number in range(3)
    ]
    Membership.objects.bulk_create(
        Membership(
            user=each.user,
            role="helpdesk",
            organisation=vendor,
            is_limited=True,
            municipalities=[one.schema_name for one in made],
            starts=date(2026, 1, 1),
            ended_at=each.user.last_login or "2026-02-01T00:00:00Z",
        )
        for each in people
        for _ in range(100)
    )
    for number in range(3):
        unsigned_contract(haarlem)
        make_ticket(haarlem, timezone.now())
        make_incident(haarlem)
        make_service_report(haarlem, month=date(2026, 1 + number, 1))
    for _ in range(MOST_SIZE + 1):
        make_grant(haarlem, now=timezone.now(), state="geweigerd")
    with for_vendor(), transaction.atomic():
        for each in made[:150]:
            note(person=None, area="gemeenten", action="stap herhaald", subject="x", municipality=each)


@pytest.mark.parametrize(
    ("path", "most"),
    [
        ("/municipalities", 6),
        ("/access-grants", 6),
        ("/jobs", 6),
        ("/memberships", 7),
        ("/people", 6),
        ("/log-lines", 7),
        ("/calendars", 7),
        ("/service-levels", 8),
        ("/price-lists", 8),
        ("/contracts", 8),
        ("/tickets", 6),
        ("/incidents", 6),
        ("/service-reports", 6),
    ],
)
def test_a_page_costs_the_same_whatever_its_size(program: Program, full: None, path: str, most: int) -> None:
    program.get(path)  # which notes that the key was used
    costs = {}
    for size in (1, MOST_SIZE):
        with CaptureQueriesContext(connection) as statements:
            found = program.get(f"{path}?pageSize={size}").json()
        costs[size] = len(statements)
        assert len(found["results"]) == min(size, found["count"])

    assert costs[1] == costs[MOST_SIZE] <= most
