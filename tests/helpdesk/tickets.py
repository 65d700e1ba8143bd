"""Reports as the vendor has them: made at a moment, under a level that counts office hours."""

from __future__ import annotations

from datetime import datetime
from typing import Any
from uuid import uuid4
from zoneinfo import ZoneInfo

from contracts.defaults import MATRIX
from contracts.models import Calendar, CalendarVersion, ServiceLevel, ServiceLevelVersion, Target
from helpdesk.acting import Report, report
from helpdesk.models import Ticket, TicketClock
from helpdesk.storing import store_clocks
from helpdesk.who import Who, who_is, writer_of
from helpdesk.words import Channel, Kind, Side, Weight
from tenants.accounts.models import Membership
from tenants.accounts.person import Person, person_of
from tenants.registry.context import for_vendor
from tenants.registry.models import Municipality, Organisation
from tests.people import vendor_organisation

HERE = ZoneInfo("Europe/Amsterdam")
OFFICE = [*([[[420, 1080]]] * 5), [], []]
"""Monday to Friday, 07:00 to 18:00."""
MINUTES: dict[str, dict[str, Any]] = {
    "P1": {"response": 15, "update": 60, "resolution": 120},
    "P2": {"response": 120, "update": 240, "workaround": 240, "resolution": 480},
    "P3": {"response": 240, "resolution": 960, "pauses_for_third_party": True},
    "P4": {"response": 660, "resolution": 660},
}
WEIGHTS = {
    "P1": (Weight.HOOG, Weight.HOOG),
    "P2": (Weight.HOOG, Weight.MIDDEL),
    "P3": (Weight.MIDDEL, Weight.MIDDEL),
    "P4": (Weight.LAAG, Weight.LAAG),
}
REPORTER = writer_of("Lia", "lia@haarlem.example", "Haarlem", Side.GEMEENTE)
"""Somebody who wrote a mail."""


def at(text: str) -> datetime:
    """A moment of the week of 23 November 2026, as di 14:05; or a whole one."""
    if text[:2].isdigit():
        return datetime.fromisoformat(text).replace(tzinfo=HERE)
    day = ("ma", "di", "wo", "do", "vr", "za", "zo").index(text[:2])
    return datetime.fromisoformat(f"2026-11-{23 + day} {text[3:]}").replace(tzinfo=HERE)


def level(*, always: tuple[str, ...] = (), organisation: Organisation | None = None) -> ServiceLevelVersion:
    """With office hours; the priorities of ``always`` count day and night."""
    organisation = organisation or vendor_organisation()
    published = {
        "number": 1,
        "effective_from": at("2024-01-01 00:00").date(),
        "reason": "x",
        "published_at": at("2024-01-01 00:00"),
        "published_by": "x",
    }
    office, round_the_clock = (
        Calendar.objects.create(organisation=organisation, name=f"{name} {uuid4()}")
        for name in ("Kantoor", "Altijd")
    )
    CalendarVersion.objects.create(calendar=office, week=OFFICE, **published)
    CalendarVersion.objects.create(calendar=round_the_clock, week=[[]] * 7, always=True, **published)
    version = ServiceLevelVersion.objects.create(
        level=ServiceLevel.objects.create(organisation=organisation, name=f"Plus {uuid4()}"),
        availability=99,
        window=office,
        rpo_minutes=60,
        rto_minutes=60,
        matrix=MATRIX,
        **published,
    )
    for priority, promised in MINUTES.items():
        calendar = round_the_clock if priority in always else office
        Target.objects.create(version=version, priority=priority, calendar=calendar, **promised)
    return version


def as_person(membership: Membership) -> Person:
    """Of the vendor."""
    with for_vendor():
        found = person_of(membership.user)
    assert found is not None
    return found


def who(membership: Membership) -> Who:
    return who_is(as_person(membership))


def told(priority: str = "P2", **given: Any) -> Report:
    impact, urgency = WEIGHTS[priority]
    return Report(
        **{
            "subject": "Zaken sluiten niet",
            "text": "Sinds vanmorgen sluiten zaken niet.",
            "kind": Kind.STORING,
            "impact": impact,
            "urgency": urgency,
            "channel": Channel.TELEFOON,
            "reporter_name": "Lia",
            "reporter_email": "lia@haarlem.example",
            **given,
        }
    )


def make(  # each is a word of what is made
    municipality: Municipality,
    by: Membership,
    moment: str = "di 14:05",
    priority: str = "P2",
    *,
    version: ServiceLevelVersion | None = None,
    **given: Any,
) -> Ticket:
    """Written down by somebody of the vendor; without a version nothing is promised."""
    now = at(moment)
    ticket = report(municipality, told(priority, **given), who=who(by), now=now)
    if version is not None:
        ticket.service_level_version = version
        ticket.save()
        store_clocks(ticket, now)
    return fresh(ticket)


def fresh(ticket: Ticket) -> Ticket:
    found: Ticket = Ticket.objects.select_related("municipality", "service_level_version").get(pk=ticket.pk)
    return found


def clock(ticket: Ticket, kind: str) -> TicketClock:
    """The last of its kind, as it is stored."""
    found = TicketClock.objects.filter(ticket=ticket, kind=kind).order_by("place").last()
    assert found is not None
    return found
