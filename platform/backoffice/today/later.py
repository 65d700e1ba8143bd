"""Straks: what is planned for the days that come, the first of it first."""

from __future__ import annotations

from collections.abc import Iterator
from dataclasses import dataclass
from datetime import datetime, timedelta

from django.urls import reverse
from django.utils.html import format_html
from django.utils.translation import gettext

from handover.models import Handover
from handover.showing import title_of as title_of_handover
from handover.states import AREA as HANDOVERS
from handover.states import State as HandoverState
from helpdesk.models import Ticket
from helpdesk.states import AREA as TICKETS
from helpdesk.words import Status as TicketStatus
from incidents.listings import address_of as address_of_incident
from incidents.listings import title_of as title_of_incident
from incidents.models import Incident
from screens.formats import near
from screens.inline import link, muted
from screens.parts import Task, TaskState
from service_reports.models import Maintenance
from service_reports.states import AREA as REPORTS
from tenants.accounts.person import Person
from tenants.accounts.rights import Level

WITHIN = timedelta(days=7)
SHOWN = 6


@dataclass(frozen=True, slots=True)
class Planned:
    at: datetime
    words: str
    url: str
    about: str


def later(person: Person, now: datetime) -> list[Task]:
    """Of each kind for who sees it, by one statement each."""
    found = [
        *_maintenance(person, now),
        *_reports(person, now),
        *_handovers(person, now),
        *_updates(person, now),
    ]
    return [
        Task(
            format_html("{} {}", link(each.words, each.url), muted(each.about)),
            TaskState.PLANNED,
            time=near(each.at, now),
        )
        for each in sorted(found, key=lambda each: each.at)[:SHOWN]
    ]


def _maintenance(person: Person, now: datetime) -> Iterator[Planned]:
    if not person.may(REPORTS, Level.SEE):
        return
    rows = Maintenance.objects.visible_to(person).filter(starts_at__range=(now, now + WITHIN))
    coming = rows.filter(called_off_at=None).select_related("municipality")
    for each in coming.order_by("starts_at", "pk")[:SHOWN]:
        address = reverse("maintenance", args=[each.pk])
        told = gettext("Onderhoud: %(reason)s") % {"reason": each.reason}
        yield Planned(each.starts_at, told, address, each.municipality.naam)


def _reports(person: Person, now: datetime) -> Iterator[Planned]:
    if not person.may(TICKETS, Level.SEE):
        return
    rows = Ticket.objects.visible_to(person).filter(status=TicketStatus.GEPLAND)
    coming = rows.filter(planned_for__range=(now, now + WITHIN)).select_related("municipality")
    for each in coming.order_by("planned_for", "pk")[:SHOWN]:
        told = f"{each.number} {each.subject}"
        address = reverse("melding", args=[each.pk])
        yield Planned(each.planned_for or now, told, address, each.municipality.naam)


def _handovers(person: Person, now: datetime) -> Iterator[Planned]:
    """Of municipalities that this person sees, among those of his organisation."""
    if not person.may(HANDOVERS, Level.SEE):
        return
    rows = Handover.objects.visible_to(person).filter(state=HandoverState.GEPLAND)
    for each in rows.filter(planned_at__range=(now, now + WITHIN)).order_by("planned_at", "pk")[:SHOWN]:
        address = reverse("overdracht", args=[each.pk])
        yield Planned(
            each.planned_at or now,
            title_of_handover(each),
            address,
            gettext("naar %(name)s") % {"name": each.to_name},
        )


def _updates(person: Person, now: datetime) -> Iterator[Planned]:
    if not person.may("storingen", Level.SEE):
        return
    rows = Incident.objects.mended_by(person).running()
    for each in rows.filter(next_update_at__range=(now, now + WITHIN)).order_by("next_update_at")[:SHOWN]:
        told = gettext("Update over %(title)s") % {"title": title_of_incident(each)}
        address = address_of_incident(each)
        yield Planned(each.next_update_at or now, told, address, gettext("aan alle gemeenten die het raakt"))
