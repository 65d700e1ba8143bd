"""What every act has alike: the lock, the event, the clocks, the line in the log, and who hears of it."""

from __future__ import annotations

from collections.abc import Mapping
from dataclasses import dataclass
from datetime import datetime, timedelta

from django.utils import timezone
from django.utils.translation import gettext

from contracts.models import ServiceLevelVersion
from contracts.terms import terms_of
from helpdesk.hearing import let_hear
from helpdesk.models import Ticket, TicketEvent
from helpdesk.refusals import TicketStale
from helpdesk.serving import serves
from helpdesk.states import AREA, Act, check
from helpdesk.storing import TermsOf, store_clocks
from helpdesk.telling import tell
from helpdesk.who import Who
from helpdesk.words import OF_THE_REPORTER, PUBLIC_WORDS, Channel, Side, Status, What
from screens.formats import near
from tenants.accounts import log
from tenants.registry.bsn import mask
from tenants.registry.context import require_public

NEXT = timedelta(microseconds=1)


@dataclass(slots=True)
class Standing:
    """A report that is locked, as it stands, with the act that is done to it."""

    ticket: Ticket
    act: Act
    who: Who
    now: datetime
    """Later than all that happened before, so that what is done in this order has happened in it."""
    read: TermsOf = terms_of

    def record(  # noqa: PLR0913  # each is a word of what happened
        self,
        what: What,
        text: str = "",
        *,
        is_public: bool = True,
        channel: Channel = Channel.PORTAAL,
        before: str = "",
        after: str = "",
        corrects: TicketEvent | None = None,
        former_level: ServiceLevelVersion | None = None,
    ) -> TicketEvent:
        ticket, who, at = self.ticket, self.who, self.now
        self.now = at + NEXT
        kept = mask(text)
        ticket.contains_personal_data = ticket.contains_personal_data or bool(kept.found)
        if what in PUBLIC_WORDS:
            ticket.last_public_at = at
            ticket.last_public_by_side = Side.GEMEENTE if what in OF_THE_REPORTER else who.side
        return TicketEvent.objects.create(
            ticket=ticket,
            municipality_id=ticket.municipality_id,
            at=at,
            recorded_at=at,
            what=what,
            side=who.side,
            actor_name=who.name,
            organisation_name=who.organisation,
            organisation_id=None if is_public else self._whose_words(),
            person_id=who.user_id,
            channel=channel,
            is_public=is_public,
            before=before,
            after=after,
            text=kept.text,
            is_masked=bool(kept.found),
            corrects=corrects,
            former_level=former_level,
        )

    def _whose_words(self) -> int | None:
        """Of whoever says it; of a mail and of a third line those of the vendor for whom it is done."""
        own = self.who.person.organisation_id if self.who.user_id and self.who.person else None
        return own if serves(own, self.ticket.municipality) else self.ticket.municipality.vendor_id

    def finish(self, event: TicketEvent, changes: Mapping[str, object] | None = None) -> TicketEvent:
        """Write the report down as it stands now, and its clocks, and tell of it."""
        ticket = self.ticket
        status = self.act.leads_to(ticket.status)
        if status != ticket.status:
            come_into(ticket, status, event.at)
        ticket.save()
        store_clocks(ticket, event.at, self.read)
        note_line(ticket, self.act.logged, self.who, changes)
        tell(event)
        let_hear(event)
        return event


def come_into(ticket: Ticket, status: Status, at: datetime) -> None:
    """What belongs to a state is of that state alone."""
    ticket.status = status
    waits = status in {Status.WACHT_OP_MELDER, Status.WACHT_OP_DERDE, Status.GEPLAND}
    ticket.waits_since = at if waits else None
    if status != Status.WACHT_OP_MELDER:
        ticket.waiting_question = ""
    if status != Status.GEPLAND:
        ticket.planned_for, ticket.planned_label = None, ""
    if status == Status.OPGELOST:
        ticket.solved_at = at
    elif status == Status.IN_BEHANDELING:
        ticket.solved_at = None
    if status in {Status.GESLOTEN, Status.INGETROKKEN, Status.SAMENGEVOEGD}:
        ticket.closed_at = at


def lock(ticket: Ticket, who: Who) -> Ticket:
    """Raises Ticket.DoesNotExist for what a person does not see.

    The row first, by itself: whoever had to wait for it reads as it is by then whom it belongs to.
    """
    require_public()
    list(Ticket.objects.select_for_update().filter(pk=ticket.pk).values_list("pk"))
    rows = Ticket.objects.all() if who.person is None else Ticket.objects.visible_to(who.person)
    locked: Ticket = rows.select_related("municipality", "service_level_version").get(pk=ticket.pk)
    return locked


def begin(ticket: Ticket, key: str, who: Who, now: datetime, seen: int | None = None) -> Standing:
    """Lock it, and see whether this may be done. ``seen`` is the last event that whoever acts saw.

    Raises TicketRefused, which is TicketStale where somebody else was first.
    """
    locked = lock(ticket, who)
    last = locked.events.order_by("-pk").first()
    if seen is not None and last is not None and last.pk > seen:
        _check_seen(locked, who, seen)
    act = check(locked, key, who)
    after_all = now if last is None else max(now, last.at + NEXT)
    return Standing(locked, act, who, after_all)


def _check_seen(ticket: Ticket, who: Who, seen: int) -> None:
    """What others did meanwhile, told to whoever did not see it yet; what one did oneself is known."""
    meanwhile = [
        each
        for each in ticket.events.filter(pk__gt=seen).order_by("pk")
        if each.person_id is None or each.person_id != who.user_id
    ]
    if meanwhile:
        told = "; ".join(what_happened(each) for each in meanwhile)
        raise TicketStale(
            gettext("Intussen gebeurde er iets bij deze melding: %(told)s. Lees het eerst.") % {"told": told}
        )


def what_happened(event: TicketEvent) -> str:
    return gettext("%(what)s, %(who)s, %(when)s") % {
        "what": str(event.get_what_display()).lower(),
        "who": event.actor_name or gettext("het systeem"),
        "when": near(event.at, timezone.now()),
    }


def note_line(ticket: Ticket, action: str, who: Who, changes: Mapping[str, object] | None = None) -> None:
    """Which report, and never what it says; a name stands in the log where somebody signed in."""
    log.note(
        person=who.person,
        area=AREA,
        action=action,
        subject=gettext("melding %(number)s") % {"number": ticket.number},
        municipality=ticket.municipality,
        changes=changes,
        by=who.name or log.SYSTEM,
    )
