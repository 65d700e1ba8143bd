"""What a report has to do with: an issue that everybody reads, access to a gemeente, a hotfix."""

from __future__ import annotations

from dataclasses import dataclass
from datetime import datetime
from urllib.parse import urlsplit

from django.db import transaction
from django.utils.translation import gettext

from access.models import Grant
from helpdesk.acting.recording import begin
from helpdesk.models import Hotfix, Ticket, TicketEvent, TicketGrant
from helpdesk.refusals import TicketRefused
from helpdesk.texts import said
from helpdesk.who import Who
from helpdesk.words import LONGEST_COMPONENT, LONGEST_REASON, Channel, Kind, Weight, What
from incidents.concerning import concerning
from incidents.models import Incident
from tenants.registry.bsn import mask

LONGEST_URL = 500
HTTPS = "https://"


@dataclass(frozen=True, slots=True)
class Fix:
    """A change outside of a release."""

    severity: Weight
    reason: str
    tested_on: str
    rollback: str
    upstream: str = ""


@transaction.atomic
def link_issue(ticket: Ticket, url: str, *, who: Who, now: datetime, seen: int | None = None) -> TicketEvent:
    """A public issue; empty takes the link away. Raises TicketRefused."""
    standing = begin(ticket, "link", who, now, seen)
    given = public_address(url)
    if given == standing.ticket.external_issue:
        raise TicketRefused(gettext("Dit staat al bij de melding."))
    before, standing.ticket.external_issue = standing.ticket.external_issue, given
    return standing.finish(
        standing.record(What.LINKED, given, channel=Channel.INTERN, before=before[:200], after=given[:200])
    )


@transaction.atomic
def link_grant(
    ticket: Ticket, grant: Grant, *, who: Who, now: datetime, seen: int | None = None
) -> TicketEvent:
    """Access to the same gemeente, that whoever links it sees. Raises TicketRefused."""
    standing = begin(ticket, "link", who, now, seen)
    if who.person is None or not Grant.objects.visible_to(who.person).filter(pk=grant.pk).exists():
        raise TicketRefused(gettext("Deze toegang ziet u niet."))
    if grant.municipality_id != standing.ticket.municipality_id:
        raise TicketRefused(gettext("Deze toegang is tot een andere gemeente."))
    _linked, is_new = TicketGrant.objects.get_or_create(ticket=standing.ticket, grant=grant)
    if not is_new:
        raise TicketRefused(gettext("Dit staat al bij de melding."))
    return standing.finish(standing.record(What.ACCESS, channel=Channel.INTERN, after=str(grant)))


@transaction.atomic
def link_incident(
    ticket: Ticket, incident: Incident | None, *, who: Who, now: datetime, seen: int | None = None
) -> TicketEvent:
    """One that concerns the same gemeente; None takes the link away. Raises TicketRefused."""
    standing = begin(ticket, "link", who, now, seen)
    linked = standing.ticket
    if incident is not None and not concerning(linked.municipality).filter(pk=incident.pk).exists():
        raise TicketRefused(gettext("Deze storing raakt deze gemeente niet."))
    if linked.incident_id == (None if incident is None else incident.pk):
        raise TicketRefused(gettext("Dit staat al bij de melding."))
    before, linked.incident = linked.incident, incident
    return standing.finish(
        standing.record(
            What.LINKED,
            channel=Channel.INTERN,
            before="" if before is None else before.number,
            after="" if incident is None else incident.number,
        )
    )


@transaction.atomic
def record_hotfix(
    ticket: Ticket, fix: Fix, *, who: Who, now: datetime, seen: int | None = None
) -> TicketEvent:
    """Both sides read that there is one, and why. Raises TicketRefused."""
    standing = begin(ticket, "record_hotfix", who, now, seen)
    reason = said(fix.reason, LONGEST_REASON, empty=gettext("Schrijf op waarom dit niet kan wachten."))
    tested_on = said(fix.tested_on, LONGEST_REASON, empty=gettext("Schrijf op waar dit is getest."))
    rollback = said(fix.rollback, LONGEST_REASON, empty=gettext("Schrijf op hoe u terug kunt."))
    Hotfix.objects.create(
        ticket=standing.ticket,
        severity=fix.severity,
        reason=mask(reason).text,
        tested_on=mask(tested_on).text,
        rollback=mask(rollback).text,
        upstream=public_address(fix.upstream),
        recorded_at=standing.now,
        recorded_by=who.email or who.name,
    )
    return standing.finish(standing.record(What.HOTFIX, reason, channel=Channel.INTERN))


@transaction.atomic
def change_details(  # noqa: PLR0913  # each is a word of what is kept
    ticket: Ticket,
    *,
    kind: Kind,
    component: str,
    contains_personal_data: bool,
    who: Who,
    now: datetime,
    seen: int | None = None,
) -> TicketEvent:
    """Raises TicketRefused."""
    standing = begin(ticket, "change_details", who, now, seen)
    kept = standing.ticket
    before = details_in_words(kept)
    kept.kind, kept.component = kind, mask(said(component, LONGEST_COMPONENT)).text
    kept.contains_personal_data = contains_personal_data
    after = details_in_words(kept)
    if before == after:
        raise TicketRefused(gettext("Er is niets gewijzigd."))
    return standing.finish(standing.record(What.DETAILS, channel=Channel.INTERN, before=before, after=after))


def details_in_words(ticket: Ticket) -> str:
    privacy = gettext("met persoonsgegevens") if ticket.contains_personal_data else ""
    told = [str(Kind(ticket.kind).label), ticket.component, privacy]
    return ", ".join(each for each in told if each)


def public_address(url: str) -> str:
    """An address that everybody can open, or nothing. Raises TicketRefused."""
    given = said(url, LONGEST_URL)
    if not given:
        return ""
    try:
        parts = urlsplit(given)
        is_public = (
            given.lower().startswith(HTTPS) and "." in (parts.hostname or "") and parts.username is None
        )
    except ValueError:
        is_public = False
    if not is_public or len(given.split()) != 1:
        raise TicketRefused(gettext("Geef een adres dat met https:// begint en dat iedereen kan openen."))
    return HTTPS + given[len(HTTPS) :]
