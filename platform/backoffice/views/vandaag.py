"""Vandaag: what needs somebody now, each with the list or the page where it can be done."""

from __future__ import annotations

from collections import Counter
from collections.abc import Iterator, Sequence
from dataclasses import dataclass
from datetime import datetime, timedelta

from django.db.models import QuerySet
from django.http import HttpResponseBase
from django.urls import reverse
from django.utils import timezone
from django.utils.translation import gettext, ngettext

from backoffice.fleet import Seen, fleet
from backoffice.views.gemeenten import address_of as address_of_gemeente
from backoffice.work import Jobs, address_of, jobs, kind_of, label_of, subject_of
from contracts.contract_queries import due_indexations
from contracts.states import VENDOR_AREA as CONTRACTS
from helpdesk.models import Ticket
from helpdesk.queue import clock_in_words, counts_of_today, needs_somebody, next_clock
from helpdesk.queue import due_of as due_of_ticket
from helpdesk.states import AREA as TICKETS
from helpdesk.words import Kind
from incidents.listings import address_of as address_of_incident
from incidents.listings import title_of
from incidents.models import Incident
from screens.charts.fleet import Fleet as Squares
from screens.charts.fleet import Square
from screens.due import Due, DueKind, due
from screens.formats import clock, full_day, near, number, remaining
from screens.formats import day as short_day
from screens.inline import Tone, link
from screens.parts import Count, Event
from screens.tables import Cell, Heading, Row, Table
from service_reports.models import ServiceReport
from service_reports.models import State as ReportState
from service_reports.showing import title_of as title_of_report
from service_reports.states import AREA as REPORTS
from tenants.accounts.models import Invitation
from tenants.accounts.pages import PageRequest, page
from tenants.accounts.person import Person, organisations_of
from tenants.accounts.rights import Level
from tenants.accounts.shell import show_page
from tenants.accounts.views.logbook import event_of, visible_lines
from tenants.jobs.models import Job, Step
from tenants.registry.models import Municipality

SHOWN = 10
LINES = 5
ENDS_WITHIN = timedelta(days=2)
Status = Municipality.Status
SQUARES = {
    Status.ACTIEF: Square.DONE,
    Status.IN_INRICHTING: Square.READY,
    Status.BEPERKT: Square.WAITING,
    Status.IN_EXIT: Square.WAITING,
    Status.BEEINDIGD: Square.WAITING,
}


@dataclass(frozen=True, slots=True)
class Todo:
    """Something that waits for somebody, with where it is done."""

    due: Due
    words: str
    url: str
    sub: str
    whom: str
    next: str


@page(area="gemeenten", level=Level.SEE)
def vandaag(request: PageRequest) -> HttpResponseBase:
    person, now = request.person, timezone.now()
    rows = list(fleet(person, now).order_by("status", "naam", "rank"))
    failed = list(_failed(person)) if person.may("taken", Level.SEE) else []
    ending = list(_ending(person, now)) if person.may("medewerkers", Level.CHANGE) else []
    tickets = needs_somebody(person, now) if person.may(TICKETS, Level.SEE) else []
    todo = [
        *_of_tickets(tickets[:SHOWN], now),
        *_of_incidents(person, now),
        *_of_disputes(person, now),
        *_of_indexations(person, now),
        *_of_jobs(failed[:SHOWN], now),
        *_of_silent(rows),
        *_of_stuck(rows),
        *_of_invitations(ending[:SHOWN], now),
    ]
    context = {
        "facts": [f"{full_day(now)}, {clock(now)}"],
        "counts": [
            *_counts_of_tickets(person, now),
            *_counts(person, rows, len(failed), len(ending)),
        ],
        "first": todo[0].url if todo else "",
        "todo": _table(todo),
        "squares": _squares(rows),
        "lines": _lines(person) if person.may("logboek", Level.SEE) else [],
        "nothing": not todo,
    }
    return show_page(request, "backoffice/vandaag.html", context)


def _failed(person: Person) -> Jobs:
    found = jobs(person).filter(state=Job.State.FAILED)
    return found.prefetch_related("steps").order_by("created_at")[: SHOWN + 1]


def _ending(person: Person, now: datetime) -> QuerySet[Invitation]:
    """Invitations that nobody took up yet, and that end soon."""
    own = organisations_of(person)
    found = Invitation.objects.of_organisations(own).open(now).filter(expires_at__lte=now + ENDS_WITHIN)
    return found.order_by("expires_at")[: SHOWN + 1]


def _counts(person: Person, rows: Sequence[Seen], failed: int, ending: int) -> Iterator[Count]:
    """Each leads to the list that it counts; what is nothing is shown too, so that it can be trusted."""
    if person.may("taken", Level.SEE):
        words = ngettext("taak is mislukt", "taken zijn mislukt", failed)
        yield Count(
            _most(failed), words, f"{reverse('taken')}?staat=failed", Tone.BAD if failed else Tone.PLAIN
        )
    gemeenten = reverse("gemeenten")
    silent = sum(row.is_silent for row in rows)
    by_status = Counter(row.status for row in rows)
    yield Count(
        number(silent),
        ngettext("omgeving geeft geen teken van leven", "omgevingen geven geen teken van leven", silent),
        f"{gemeenten}?aandacht=stil",
        Tone.BAD if silent else Tone.PLAIN,
    )
    for status, word in (
        (Status.IN_INRICHTING, gettext("in inrichting")),
        (Status.BEPERKT, gettext("beperkt")),
        (Status.IN_EXIT, gettext("in exit")),
    ):
        tone = Tone.WARN if status == Status.BEPERKT and by_status[status] else Tone.PLAIN
        yield Count(number(by_status[status]), word, f"{gemeenten}?staat={status}", tone)
    if person.may("medewerkers", Level.CHANGE):
        words = ngettext("uitnodiging eindigt binnenkort", "uitnodigingen eindigen binnenkort", ending)
        yield Count(_most(ending), words, reverse("invitations"), Tone.WARN if ending else Tone.PLAIN)


def _most(count: int) -> str:
    """Of rows of which one more was read than is shown."""
    return f"{number(SHOWN)}+" if count > SHOWN else number(count)


def _counts_of_tickets(person: Person, now: datetime) -> Iterator[Count]:
    """What is too late, and what will be by tonight if nobody does anything."""
    if not person.may(TICKETS, Level.SEE):
        return
    late, today = counts_of_today(person, now)
    address = reverse("forecast")
    words = ngettext("melding is te laat", "meldingen zijn te laat", late)
    yield Count(number(late), words, address, Tone.BAD if late else Tone.PLAIN)
    words = ngettext("klok loopt vandaag af", "klokken lopen vandaag af", today)
    yield Count(number(today), words, address, Tone.WARN if today else Tone.PLAIN)


def _of_tickets(tickets: Sequence[Ticket], now: datetime) -> Iterator[Todo]:
    """Those that the person has, and those that nobody has, by the time that is left."""
    for ticket in tickets:
        kind = str(Kind(ticket.kind).label).lower()
        yield Todo(
            due=due_of_ticket(ticket, next_clock(ticket), now),
            words=f"{ticket.number} {ticket.subject}",
            url=reverse("melding", args=[ticket.pk]),
            sub=gettext("%(priority)s %(kind)s, klok: %(clock)s")
            % {"priority": ticket.priority, "kind": kind, "clock": clock_in_words(ticket).lower()},
            whom=ticket.municipality.naam,
            next=gettext("Antwoorden") if ticket.owner_name else gettext("Oppakken"),
        )


def _of_incidents(person: Person, now: datetime) -> Iterator[Todo]:
    """Those of which an update was promised that did not come, for who can post it."""
    if not person.may("storingen", Level.CHANGE):
        return
    for incident in Incident.objects.mended_by(person).overdue(now).order_by("next_update_at")[:SHOWN]:
        yield Todo(
            due=Due(DueKind.LATE, remaining(incident.next_update_at or now, now)),
            words=gettext("Update beloofd: %(title)s") % {"title": title_of(incident)},
            url=address_of_incident(incident),
            sub=str(incident.get_state_display()),
            whom=gettext("alle gemeenten die het raakt"),
            next=gettext("Update plaatsen"),
        )


def _of_disputes(person: Person, now: datetime) -> Iterator[Todo]:
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
            whom=report.municipality_name,
            next=gettext("Bekijken"),
        )


def _of_indexations(person: Person, now: datetime) -> Iterator[Todo]:
    """Contracts of which the prices may be indexed within a few months, for who can make that version."""
    if not person.may(CONTRACTS, Level.CHANGE):
        return
    for contract, day in due_indexations(person, timezone.localdate(now))[:SHOWN]:
        yield Todo(
            due=Due(DueKind.SOON, gettext("vanaf %(day)s") % {"day": short_day(day)}),
            words=gettext("Prijzen indexeren: %(contract)s") % {"contract": contract},
            url=reverse("index_contract", args=[contract.pk]),
            sub=gettext("kondig het op tijd aan"),
            whom=contract.client_name,
            next=gettext("Indexeren"),
        )


def _of_jobs(failed: list[Job], now: datetime) -> Iterator[Todo]:
    for job in failed:
        step = next((step for step in job.steps.all() if step.state == Step.State.FAILED), None)
        at = (step.ended_at if step else None) or job.created_at
        yield Todo(
            due=Due(DueKind.LATE, gettext("sinds %(moment)s") % {"moment": near(at, now)}),
            words=f"{kind_of(job)}: {label_of(step, job.kind) if step else ''}",
            url=address_of(job),
            sub=step.error if step else "",
            whom=subject_of(job),
            next=gettext("Bekijken"),
        )


def _of_silent(rows: Sequence[Seen]) -> Iterator[Todo]:
    for row in [row for row in rows if row.is_silent][:SHOWN]:
        yield Todo(
            due=Due(DueKind.LATE, gettext("nu")),
            words=gettext("Geen teken van leven"),
            url=address_of_gemeente(row),
            sub=str(row.get_environment_display()),
            whom=row.naam,
            next=gettext("Bekijken"),
        )


def _of_stuck(rows: Sequence[Seen]) -> Iterator[Todo]:
    for row in [row for row in rows if row.is_stuck][:SHOWN]:
        yield Todo(
            due=Due(DueKind.SOON, gettext("nu")),
            words=gettext("De inrichting ligt stil"),
            url=address_of_gemeente(row),
            sub=str(row.get_environment_display()),
            whom=row.naam,
            next=gettext("Bekijken"),
        )


def _of_invitations(ending: list[Invitation], now: datetime) -> Iterator[Todo]:
    for invitation in ending:
        yield Todo(
            due=Due(DueKind.SOON, remaining(invitation.expires_at, now)),
            words=gettext("Uitnodiging is nog niet aangenomen"),
            url=reverse("invitations"),
            sub=gettext("verstuurd %(moment)s") % {"moment": near(invitation.sent_at, now)},
            whom=invitation.email,
            next=gettext("Opnieuw sturen"),
        )


def _table(todo: list[Todo]) -> Table:
    words = (gettext("Wanneer"), gettext("Wat"), gettext("Voor wie"), gettext("Volgende stap"))
    return Table(
        caption=gettext("Eerst doen"),
        headings=[Heading(word) for word in words],
        rows=[
            Row(
                [
                    Cell(due(each.due), wide=True),
                    Cell(link(each.words, each.url), sub=each.sub, wide=True),
                    Cell(each.whom),
                    Cell(link(each.next, each.url, hidden=each.whom), nowrap=True),
                ],
                tone=Tone.BAD if each.due.kind is DueKind.LATE else Tone.PLAIN,
            )
            for each in todo
        ],
    )


def _squares(rows: Sequence[Seen]) -> Squares:
    """Each environment a square."""
    drawn = [
        Square.FAILED if row.is_silent or row.has_failed or row.is_stuck else SQUARES[Status(row.status)]
        for row in rows
    ]
    shown = [
        (Square.DONE, gettext("%(count)s actief")),
        (Square.FAILED, gettext("%(count)s aandacht nodig")),
        (Square.READY, gettext("%(count)s in inrichting")),
        (Square.WAITING, gettext("%(count)s beperkt, in exit of beëindigd")),
    ]
    key = [(square, words % {"count": number(drawn.count(square))}) for square, words in shown]
    described = ", ".join(words for _square, words in key)
    total = gettext("%(count)s omgevingen") % {"count": number(len(rows))}
    return Squares(
        name=gettext("Kaart van alle omgevingen"), description=f"{total}: {described}", squares=drawn, key=key
    )


def _lines(person: Person) -> list[Event]:
    return [event_of(line) for line in visible_lines(person)[:LINES]]
