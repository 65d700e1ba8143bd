"""The month in which another vendor comes: each has a report of its own part, and no breach of the other."""

from __future__ import annotations

from datetime import UTC, date, datetime
from typing import Any
from zoneinfo import ZoneInfo

import pytest

from contracts.models import Priority
from contracts.moving import move_to_vendor
from contracts.running import ClockKind
from helpdesk import acting
from helpdesk.models import Ticket
from service_reports.making import figures_anew, make_concept, to_make
from service_reports.models import ServiceReport
from service_reports.snapshot import from_json
from tenants.accounts.models import Membership
from tenants.registry.models import Municipality, Organisation
from tests.helpdesk.tickets import as_person, level, told, who
from tests.people import House, browser_of, member, vendor_organisation
from tests.service_reports.reports import signed_contract

HERE = ZoneInfo("Europe/Amsterdam")
THIRD = datetime(2026, 11, 3, 9, tzinfo=UTC)
MOMENT = datetime(2026, 10, 15, 14, tzinfo=HERE)

pytestmark = pytest.mark.django_db


def at(day: int, hour: int, minute: int = 0) -> datetime:
    return datetime(2026, 10, day, hour, minute, tzinfo=HERE)


@pytest.fixture
def new() -> Organisation:
    return Organisation.objects.create(name="Dimpact", kind=Organisation.Kind.VENDOR)


@pytest.fixture
def people(new: Organisation) -> tuple[Membership, Membership]:
    """Of the former side, and of the new one."""
    vendor = House.of(None)
    return (
        member(vendor, "eigenaar", "oud@x.example"),
        member(vendor, "eigenaar", "nieuw@dimpact.example", organisation=new),
    )


@pytest.fixture
def tickets(haarlem: Municipality, new: Organisation, people: tuple[Membership, Membership]) -> list[Ticket]:
    """Late before the moment, half an hour old at it, and answered that morning; the first is solved."""
    old, always = vendor_organisation(), tuple(Priority.values)
    signed_contract(haarlem, start=date(2026, 1, 1), level=level(always=always))
    signed_contract(
        haarlem, start=date(2026, 10, 1), level=level(always=always, organisation=new), organisation=new
    )
    by, their = who(people[0]), who(people[1])
    made = [
        acting.report(haarlem, told("P2"), who=by, now=moment)
        for moment in (at(5, 8), at(15, 13, 30), at(15, 8))
    ]
    acting.answer(made[2], "Wij kijken.", who=by, now=at(15, 9))
    Municipality.objects.filter(pk=haarlem.pk).update(vendor=new)
    moved = Municipality.objects.get(pk=haarlem.pk)
    move_to_vendor(moved, old.pk, person=as_person(people[1]), now=MOMENT)
    acting.move_to_vendor(moved, old.name, now=MOMENT)
    acting.solve(made[0], "Klaar.", cause="Leeg.", solution="", who=their, now=at(15, 15))
    return made


def report_of(organisation: Organisation) -> Any:
    return from_json(ServiceReport.objects.get(organisation=organisation).figures)


def test_each_vendor_has_its_own_part_of_the_month(
    haarlem: Municipality, new: Organisation, tickets: list[Ticket]
) -> None:
    assert to_make(THIRD) == [haarlem.pk]

    make_concept(haarlem.pk, THIRD)

    old, their = report_of(vendor_organisation()), report_of(new)
    assert (old.first, old.last) == (date(2026, 10, 1), date(2026, 10, 14))
    assert (their.first, their.last) == (date(2026, 10, 15), date(2026, 10, 31))
    assert (old.promise.fee_cents, their.promise.fee_cents) == (4_516, 5_484)
    assert (old.met, old.late, old.reported, old.still_open) == (1, 5, 3, 3)
    assert (their.met, their.late, their.reported, their.solved, their.still_open) == (3, 6, 0, 1, 2)
    late, _, morning = (each.number for each in tickets)
    assert {(each.ticket, each.kind) for each in old.breaches} == {
        (late, ClockKind.RESPONSE),
        (late, ClockKind.WORKAROUND),
        (late, ClockKind.RESOLUTION),
        (morning, ClockKind.WORKAROUND),
        (morning, ClockKind.UPDATE),
    }
    assert late not in {each.ticket for each in their.breaches}
    assert min(each.due for each in their.breaches) > MOMENT
    assert to_make(THIRD) == []


def test_each_reads_its_own_report_alone(
    haarlem: Municipality, new: Organisation, people: tuple[Membership, Membership], tickets: list[Ticket]
) -> None:
    make_concept(haarlem.pk, THIRD)
    reports = {each.organisation_id: each for each in ServiceReport.objects.all()}
    own = reports[vendor_organisation().pk], reports[new.pk]

    for person, mine, other in zip(people, own, reversed(own), strict=True):
        browser = browser_of(House.of(None), person)
        assert browser.get(f"/rapporten/{mine.pk}/").status_code == 200
        assert browser.get(f"/rapporten/{other.pk}/").status_code == 404
    assert figures_anew(own[0])["figures"] == own[0].figures
    limited = member(House.of(None), "eigenaar", "li@x.example", municipalities=("utrecht",))
    assert not ServiceReport.objects.visible_to(as_person(limited)).exists()


def test_on_the_first_of_a_month_what_was_decided_before_the_moment_is_in_the_month_before(
    haarlem: Municipality, new: Organisation, people: tuple[Membership, Membership]
) -> None:
    """The former contract ends on its last day, and its vendor had the reports until the moment."""
    signed_contract(haarlem, start=date(2026, 1, 1), level=level(always=tuple(Priority.values)))
    first = datetime(2026, 11, 1, 14, tzinfo=HERE)
    acting.report(haarlem, told("P2"), who=who(people[0]), now=datetime(2026, 11, 1, 8, tzinfo=HERE))
    Municipality.objects.filter(pk=haarlem.pk).update(vendor=new)
    moved = Municipality.objects.get(pk=haarlem.pk)
    move_to_vendor(moved, vendor_organisation().pk, person=as_person(people[1]), now=first)
    acting.move_to_vendor(moved, "Leverancier", now=first)

    make_concept(haarlem.pk, THIRD)

    figures = report_of(vendor_organisation())
    assert (figures.last, figures.reported) == (date(2026, 10, 31), 1)
    assert {each.kind for each in figures.breaches} == {ClockKind.RESPONSE, ClockKind.WORKAROUND}
