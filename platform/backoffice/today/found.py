"""What waits for somebody: reports, incidents, disputes, work that failed, and invitations that end."""

from __future__ import annotations

from collections.abc import Iterator, Sequence
from datetime import datetime, timedelta

from django.db.models import QuerySet
from django.urls import reverse
from django.utils.translation import gettext

from backoffice.fleet import Seen
from backoffice.today.todo import SHOWN, Todo, roles_of
from backoffice.views.gemeenten import address_of as address_of_gemeente
from backoffice.work import AREA as JOBS
from backoffice.work import Jobs, address_of, jobs, kind_of, label_of, subject_of
from helpdesk.queue import clock_in_words, due_of, needs_somebody, next_clock
from helpdesk.states import AREA as TICKETS
from helpdesk.words import Kind
from incidents.listings import address_of as address_of_incident
from incidents.listings import title_of
from incidents.models import Incident
from screens.due import Due, DueKind
from screens.formats import near, remaining
from service_reports.models import ServiceReport
from service_reports.models import State as ReportState
from service_reports.showing import title_of as title_of_report
from service_reports.states import AREA as REPORTS
from tenants.accounts.models import Invitation
from tenants.accounts.person import Person, organisations_of
from tenants.accounts.rights import Level
from tenants.jobs.models import Job, Step
from tenants.registry.models import Municipality

ENDS_WITHIN = timedelta(days=2)


def of_tickets(person: Person, now: datetime) -> Iterator[Todo]:
    """Those that the person has, and those that nobody has, by the time that is left."""
    if not person.may(TICKETS, Level.SEE):
        return
    for ticket in needs_somebody(person, now)[:SHOWN]:
        kind = str(Kind(ticket.kind).label).lower()
        yield Todo(
            due=due_of(ticket, next_clock(ticket), now),
            words=f"{ticket.number} {ticket.subject}",
            url=reverse("melding", args=[ticket.pk]),
            sub=gettext("%(priority)s %(kind)s, klok: %(clock)s")
            % {"priority": ticket.priority, "kind": kind, "clock": clock_in_words(ticket).lower()},
            at=ticket.next_due_at or now,
            whom=ticket.municipality.naam,
            turn=ticket.owner_name or gettext("niemand"),
            next=gettext("Antwoorden") if ticket.owner_name else gettext("Oppakken"),
        )


def of_incidents(person: Person, now: datetime) -> Iterator[Todo]:
    """Those of which an update was promised that did not come, for who can post it."""
    if not person.may("storingen", Level.CHANGE):
        return
    for incident in Incident.objects.mended_by(person).overdue(now).order_by("next_update_at")[:SHOWN]:
        yield Todo(
            due=Due(DueKind.LATE, remaining(incident.next_update_at or now, now)),
            words=gettext("Update beloofd: %(title)s") % {"title": title_of(incident)},
            url=address_of_incident(incident),
            sub=str(incident.get_state_display()),
            at=incident.next_update_at or now,
            whom=gettext("alle gemeenten die het raakt"),
            turn=roles_of(person, "storingen", Level.CHANGE),
            next=gettext("Update plaatsen"),
        )


def of_disputes(person: Person, now: datetime) -> Iterator[Todo]:
    """Service reports that a municipality disputes and that have no later version, for who can make one."""
    if not person.may(REPORTS, Level.APPROVE):
        return
    seen = Municipality.objects.visible_to(person)
    own = ServiceReport.objects.filter(organisation=person.organisation_id or 0, municipality__in=seen)
    disputed = own.last_versions().filter(state=ReportState.BETWIST)
    for report in disputed.defer("figures").order_by("disputed_at")[:SHOWN]:
        moment = near(report.disputed_at or now, now)
        yield Todo(
            due=Due(DueKind.SOON, gettext("sinds %(moment)s") % {"moment": moment}),
            words=title_of_report(report),
            url=reverse("service_report", args=[report.pk]),
            sub=gettext("betwist door de gemeente"),
            at=report.disputed_at or now,
            whom=report.municipality_name,
            turn=roles_of(person, REPORTS, Level.APPROVE),
            next=gettext("Bekijken"),
        )


def of_jobs(failed: Sequence[Job], person: Person, now: datetime) -> Iterator[Todo]:
    for job in failed:
        step = next((step for step in job.steps.all() if step.state == Step.State.FAILED), None)
        at = (step.ended_at if step else None) or job.created_at
        yield Todo(
            due=Due(DueKind.LATE, gettext("sinds %(moment)s") % {"moment": near(at, now)}),
            words=f"{kind_of(job)}: {label_of(step, job.kind) if step else ''}",
            url=address_of(job),
            sub=step.error if step else "",
            at=at,
            whom=subject_of(job),
            turn=roles_of(person, JOBS, Level.CHANGE),
            next=gettext("Bekijken"),
        )


def of_silent(rows: Sequence[Seen], person: Person, now: datetime) -> Iterator[Todo]:
    for row in [row for row in rows if row.is_silent][:SHOWN]:
        yield Todo(
            due=Due(DueKind.LATE, gettext("nu")),
            words=gettext("Geen teken van leven"),
            url=address_of_gemeente(row),
            sub=str(row.get_environment_display()),
            at=now,
            whom=row.naam,
            turn=roles_of(person, "gemeenten", Level.CHANGE),
            next=gettext("Bekijken"),
        )


def of_stuck(rows: Sequence[Seen], person: Person, now: datetime) -> Iterator[Todo]:
    for row in [row for row in rows if row.is_stuck][:SHOWN]:
        yield Todo(
            due=Due(DueKind.SOON, gettext("nu")),
            words=gettext("De inrichting ligt stil"),
            url=address_of_gemeente(row),
            sub=str(row.get_environment_display()),
            at=now,
            whom=row.naam,
            turn=roles_of(person, "gemeenten", Level.CHANGE),
            next=gettext("Bekijken"),
        )


def of_invitations(ending: Sequence[Invitation], person: Person, now: datetime) -> Iterator[Todo]:
    for invitation in ending:
        yield Todo(
            due=Due(DueKind.SOON, remaining(invitation.expires_at, now)),
            words=gettext("Uitnodiging is nog niet aangenomen"),
            url=reverse("invitations"),
            sub=gettext("verstuurd %(moment)s") % {"moment": near(invitation.sent_at, now)},
            at=invitation.expires_at,
            whom=invitation.email,
            turn=roles_of(person, "medewerkers", Level.CHANGE),
            next=gettext("Opnieuw sturen"),
        )


def failed_jobs(person: Person) -> Jobs:
    found = jobs(person).filter(state=Job.State.FAILED)
    return found.prefetch_related("steps").order_by("created_at")[: SHOWN + 1]


def ending_invitations(person: Person, now: datetime) -> QuerySet[Invitation]:
    """Invitations that nobody took up yet, and that end soon."""
    own = organisations_of(person)
    found = Invitation.objects.of_organisations(own).open(now).filter(expires_at__lte=now + ENDS_WITHIN)
    return found.order_by("expires_at")[: SHOWN + 1]
