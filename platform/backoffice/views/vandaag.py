"""Vandaag: what needs somebody now, each with the list or the page where it can be done."""

from __future__ import annotations

from collections import Counter
from collections.abc import Iterator, Mapping, Sequence
from datetime import datetime

from django.http import HttpResponseBase
from django.urls import reverse
from django.utils import timezone
from django.utils.translation import gettext, ngettext

from access.models import Kind as AccessKind
from access.models import State as AccessState
from access.states import AREA as ACCESS
from backoffice.counting import Counted, counts_of
from backoffice.fleet import Seen, fleet
from backoffice.today.access import of_access, waiting
from backoffice.today.ending import ending, of_contracts, of_indexations
from backoffice.today.found import (
    ending_invitations,
    failed_jobs,
    of_disputes,
    of_incidents,
    of_invitations,
    of_jobs,
    of_silent,
    of_stuck,
    of_tickets,
)
from backoffice.today.health import health
from backoffice.today.later import later
from backoffice.today.todo import SHOWN, in_order, table_of
from backoffice.work import AREA as JOBS
from backoffice.work import jobs
from contracts.states import VENDOR_AREA as CONTRACTS
from helpdesk.forecast import coming, late_in_words, today_in_words
from helpdesk.states import AREA as TICKETS
from screens.charts.fleet import Fleet as Squares
from screens.charts.fleet import Square
from screens.formats import clock, full_day, number
from screens.inline import Tone
from screens.parts import Count, Event
from tenants.accounts.pages import PageRequest, page
from tenants.accounts.person import Person
from tenants.accounts.rights import Level
from tenants.accounts.shell import show_page
from tenants.accounts.views.logbook import event_of, visible_lines
from tenants.jobs.models import Job
from tenants.registry.models import Municipality

LINES = 5
Status = Municipality.Status
SQUARES = {
    Status.ACTIEF: Square.DONE,
    Status.IN_INRICHTING: Square.READY,
    Status.BEPERKT: Square.WAITING,
    Status.IN_EXIT: Square.WAITING,
    Status.BEEINDIGD: Square.WAITING,
}


@page(area="gemeenten", level=Level.SEE)
def vandaag(request: PageRequest) -> HttpResponseBase:
    """Each part for who may see its area, of the municipalities that he sees."""
    person, now = request.person, timezone.now()
    rows = list(fleet(person, now).order_by("status", "naam", "rank"))
    failed = list(failed_jobs(person)) if person.may(JOBS, Level.SEE) else []
    invitations = list(ending_invitations(person, now)) if person.may("medewerkers", Level.CHANGE) else []
    counted = counts_of(person, _counted(person, now))
    todo = in_order(
        [
            *of_tickets(person, now),
            *of_incidents(person, now),
            *of_disputes(person, now),
            *of_jobs(failed[:SHOWN], person, now),
            *of_silent(rows, person, now),
            *of_stuck(rows, person, now),
            *of_access(person, now),
            *of_contracts(person, now),
            *of_indexations(person, now),
            *of_invitations(invitations[:SHOWN], person, now),
        ]
    )
    context = {
        "facts": [f"{full_day(now)}, {clock(now)}"],
        "counts": [
            *_counts_of_clocks(person, now),
            *_counts_of_agreements(counted),
            *_counts(person, rows, len(failed), len(invitations)),
        ],
        "first": todo[0].url if todo else "",
        "todo": table_of(todo),
        "later": later(person, now),
        "health": health(person, rows, counted.get("jobs"), now),
        "squares": _squares(rows),
        "lines": _lines(person) if person.may("logboek", Level.SEE) else [],
        "nothing": not todo,
    }
    return show_page(request, "backoffice/vandaag.html", context)


def _counted(person: Person, now: datetime) -> dict[str, Counted]:
    """What is counted for this person, by one statement."""
    found: dict[str, Counted] = {}
    if person.may(ACCESS, Level.SEE):
        found["access"] = (waiting(person, now), "pk")
    if person.may(CONTRACTS, Level.SEE):
        found["contracts"] = (ending(person, timezone.localdate(now)), "pk")
    if person.may(JOBS, Level.SEE):
        found["jobs"] = (jobs(person).filter(state__in=[Job.State.WAITING, Job.State.RUNNING]), "pk")
    return found


def _counts_of_agreements(counted: Mapping[str, int]) -> Iterator[Count]:
    if "access" in counted:
        asked = counted["access"]
        address = f"{reverse('toegang')}?staat={AccessState.AANGEVRAAGD}&soort={AccessKind.GEWOON}"
        words = ngettext("toegang wacht op gemeente", "toegangen wachten op gemeente", asked)
        yield Count(number(asked), words, address)
    if "contracts" in counted:
        soon = counted["contracts"]
        words = ngettext("contract loopt af", "contracten lopen af", soon)
        tone = Tone.WARN if soon else Tone.PLAIN
        yield Count(number(soon), words, f"{reverse('contracten')}?deel=loopt-af", tone)


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


def _counts_of_clocks(person: Person, now: datetime) -> Iterator[Count]:
    """As the forecast tells them, to which they lead."""
    if not person.may(TICKETS, Level.SEE):
        return
    found, address = coming(person, now), reverse("forecast")
    tone = Tone.BAD if found.late else Tone.PLAIN
    yield Count(number(found.late), late_in_words(found.late), address, tone)
    tone = Tone.WARN if found.today else Tone.PLAIN
    yield Count(number(found.today), today_in_words(found.today), address, tone)


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
