"""A report comes in: from somebody of a municipality, or opened by ourselves."""

from __future__ import annotations

from dataclasses import dataclass
from datetime import datetime

from django.db import transaction
from django.utils.translation import gettext

from contracts.in_force import version_at
from helpdesk.acting.recording import note_line
from helpdesk.agreed import priority_of
from helpdesk.hearing import let_hear
from helpdesk.holding import hold_vendor
from helpdesk.models import Ticket, TicketEvent
from helpdesk.refusals import TicketRefused
from helpdesk.states import AREA
from helpdesk.storing import store_clocks
from helpdesk.telling import tell
from helpdesk.texts import said
from helpdesk.who import LONGEST_NAME, Who
from helpdesk.words import (
    LONGEST_COMPONENT,
    LONGEST_SUBJECT,
    LONGEST_TEXT,
    Channel,
    Kind,
    Side,
    Status,
    Weight,
    What,
)
from tenants.accounts.rights import Level
from tenants.registry.bsn import Masked, mask
from tenants.registry.context import require_public
from tenants.registry.models import Municipality

LOGGED = "melding gemaakt"


@dataclass(frozen=True, slots=True)
class Report:
    """What is reported. Without a reporter it is we ourselves who open it, and owe no first response."""

    subject: str
    text: str
    kind: Kind
    impact: Weight
    urgency: Weight
    channel: Channel = Channel.PORTAAL
    component: str = ""
    reporter_name: str = ""
    reporter_email: str = ""
    contains_personal_data: bool = False

    @property
    def is_ours(self) -> bool:
        return not self.reporter_name and not self.reporter_email


@transaction.atomic
def report(municipality: Municipality, given: Report, *, who: Who, now: datetime) -> Ticket:
    """Raises TicketRefused."""
    require_public()
    hold_vendor(municipality.pk)
    municipality = Municipality.objects.select_related("vendor").get(pk=municipality.pk)
    _check(municipality, given, who)
    agreed = version_at(municipality.pk, now)
    version = None if agreed is None else agreed.service_level_version
    priority = priority_of(version, given.impact, given.urgency)
    subject = mask(said(given.subject, LONGEST_SUBJECT, empty=gettext("Geef de melding een onderwerp.")))
    text = mask(said(given.text, LONGEST_TEXT, empty=gettext("Schrijf op wat er aan de hand is.")))
    component = mask(said(given.component, LONGEST_COMPONENT))
    ticket = Ticket.objects.create(
        municipality=municipality,
        subject=subject.text,
        reporter_name=(given.reporter_name or given.reporter_email or who.name)[:LONGEST_NAME],
        reporter_email=given.reporter_email,
        channel=given.channel,
        kind=given.kind,
        impact=given.impact,
        urgency=given.urgency,
        priority=priority,
        component=component.text,
        status=Status.NIEUW,
        opened_at=now,
        organisation=municipality.vendor,
        organisation_name=municipality.vendor.name,
        contract=None if agreed is None else agreed.contract,
        service_level_version=version,
        contains_personal_data=given.contains_personal_data
        or bool(subject.found + text.found + component.found),
        last_public_at=now,
        last_public_by_side=who.side if given.is_ours else Side.GEMEENTE,
    )
    event = _first_event(ticket, given, text, who=who, now=now)
    store_clocks(ticket, now)
    note_line(ticket, LOGGED, who)
    tell(event)
    let_hear(event)
    return ticket


def _first_event(ticket: Ticket, given: Report, text: Masked, *, who: Who, now: datetime) -> TicketEvent:
    """Whose words they are: of the reporter, also where somebody of ours wrote them down."""
    is_ours = given.is_ours
    return TicketEvent.objects.create(
        ticket=ticket,
        municipality=ticket.municipality,
        at=now,
        recorded_at=now,
        what=What.OPENED if is_ours else What.RECEIVED,
        side=who.side if is_ours else Side.GEMEENTE,
        actor_name=who.name if is_ours else ticket.reporter_name,
        organisation_name=who.organisation if is_ours else ticket.municipality.naam,
        person_id=who.user_id,
        channel=given.channel,
        is_public=True,
        after=ticket.priority,
        text=text.text,
        is_masked=bool(text.found),
    )


def _check(municipality: Municipality, given: Report, who: Who) -> None:
    person = who.person
    if person is not None:
        if not person.may(AREA, Level.CHANGE):
            raise TicketRefused(gettext("Met uw rol maakt u geen melding."))
        if not Municipality.objects.visible_to(person).serving().filter(pk=municipality.pk).exists():
            raise TicketRefused(gettext("Deze gemeente ziet u niet."))
    elif given.is_ours:
        raise TicketRefused(gettext("Zeg wie dit meldt."))
