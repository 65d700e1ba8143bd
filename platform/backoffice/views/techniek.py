"""Techniek: how a municipality is doing, for the person with a grant that covers it."""

from __future__ import annotations

from datetime import datetime

from django.http import HttpResponseBase
from django.utils import timezone
from django.utils.translation import gettext

from access.models import Grant, Scope
from access.states import AREA
from backoffice.looking.looking import look
from backoffice.looking.tables import around
from backoffice.looking.techniek import LAST_WRITES, Held, Techniek, techniek_of
from backoffice.views.looking import by_grant
from screens.formats import duration, near, number, size
from screens.inline import mono, muted
from screens.tables import Cell, Heading, Row, Table
from tenants.accounts.pages import PageRequest, page
from tenants.accounts.rights import Level
from tenants.accounts.shell import show_page
from tenants.jobs.models import Job
from tenants.visits.models import Page


@page(area=AREA, level=Level.CHANGE)
@by_grant
def grant_techniek(request: PageRequest, pk: int) -> HttpResponseBase:
    seen = look(request, pk, needs=Scope.TECHNIEK, page=Page.TECHNIEK, read=techniek_of)
    grant, found, now = seen.grant, seen.found, timezone.now()
    context = {
        **around(grant),
        "facts": [size(found.size), str(grant.municipality.get_status_display())],
        "state": _state(grant, found, now),
        "hosts": _hosts(grant),
        "writers": _writers(found, now),
        "more_writers": max(0, found.applicaties - len(found.writers)),
        "held": _held(found),
    }
    return show_page(request, "backoffice/grant_techniek.html", context)


def _state(grant: Grant, found: Techniek, now: datetime) -> list[tuple[str, str]]:
    """What waits and what failed."""
    jobs = Job.objects.of(grant.municipality).open()
    failed = jobs.filter(state=Job.State.FAILED).count()
    rows = [
        (gettext("Berichten die wachten"), _count(found.messages)),
        (gettext("Oudste bericht"), near(found.oldest_message, now) if found.oldest_message else ""),
        (gettext("Achtergrondtaken die lopen"), number(jobs.count() - failed)),
        (gettext("Achtergrondtaken die mislukten"), number(failed)),
        (
            gettext("Laatste teken van leven"),
            gettext("nog geen")
            if found.silence is None
            else gettext("%(long)s geleden") % {"long": duration(found.silence)},
        ),
    ]
    return [(word, value) for word, value in rows if value]


def _hosts(grant: Grant) -> list[tuple[str, str]]:
    domains = sorted(grant.municipality.domains.all(), key=lambda each: (not each.is_primary, each.domain))
    return [
        (
            gettext("Hoofdadres") if domain.is_primary else gettext("Ook bereikbaar"),
            mono(domain.domain, breaks=True),
        )
        for domain in domains
    ]


def _writers(found: Techniek, now: datetime) -> Table | None:
    words = (gettext("Applicatie"), gettext("Client-id's"), gettext("Laatste schrijfactie"))
    if not found.writers:
        return None
    return Table(
        caption=gettext("Applicaties"),
        headings=[Heading(words[0]), Heading(words[1], numeric=True), Heading(words[2])],
        rows=[
            Row(
                [
                    Cell(writer.label),
                    Cell(number(writer.client_ids), numeric=True, label=words[1]),
                    Cell(
                        near(writer.last_write, now)
                        if writer.last_write
                        else muted(
                            gettext("geen onder de laatste %(count)s") % {"count": number(LAST_WRITES)}
                        ),
                        label=words[2],
                        nowrap=True,
                    ),
                ]
            )
            for writer in found.writers
        ],
    )


def _held(found: Techniek) -> Table:
    words = (gettext("Wat"), gettext("Aantal"), gettext("Op schijf"))
    return Table(
        caption=gettext("Wat er staat"),
        headings=[Heading(words[0]), Heading(words[1], numeric=True), Heading(words[2], numeric=True)],
        rows=[
            Row(
                [
                    Cell(mono(each.name, breaks=True)),
                    Cell(_count(each), numeric=True, label=words[1]),
                    Cell(size(each.size), numeric=True, label=words[2]),
                ]
            )
            for each in found.held
        ],
    )


def _count(held: Held) -> str:
    count = number(held.count)
    return count if held.exact else gettext("ongeveer %(count)s") % {"count": count}
