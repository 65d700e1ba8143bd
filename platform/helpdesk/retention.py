"""Reports lose their words, names and files when their time is over; numbers, states and clocks stay.

What was promised and whether it was kept can be shown as long as anybody asks; who said what cannot. A report
about a data breach, and what goes on in one, is kept: who has to account for it decides when that is over.
"""

from __future__ import annotations

from collections.abc import Sequence
from datetime import datetime

import structlog
from django.conf import settings
from django.core.files.storage import default_storage
from django.db import transaction
from django.db.models import Q
from django.utils import timezone
from django.utils.translation import gettext

from contracts.standing import add_months
from helpdesk.mail.files import let_go
from helpdesk.models import Attachment, ReceivedMail, Ticket, TicketEvent, TicketQuerySet
from helpdesk.models.received_mail import Outcome
from helpdesk.models.ticket import new_token
from helpdesk.refusals import TicketRefused, TicketStale
from helpdesk.states import ACTS, AREA, check
from helpdesk.who import who_is
from helpdesk.words import OVER, Kind, What
from incidents.models.incident import Nature
from tenants.accounts.log import note, note_for_both
from tenants.accounts.person import Person
from tenants.registry.context import in_municipality, require_public
from tenants.registry.models import Municipality

GONE = "(gewist)"
AT_A_TIME = 500
CLOCKS_READ = (What.RECEIVED, What.OPENED, What.PRIORITY, What.MERGED, What.TOOK_IN, What.RATED)
"""Of these what they changed is no name, and is needed to work out what was promised."""

logger = structlog.get_logger(__name__)


def cutoff(now: datetime) -> datetime:
    """What ended before this is erased."""
    return months_before(now, settings.HELPDESK_RETENTION_MONTHS)


def months_before(moment: datetime, months: int) -> datetime:
    """The same day and hour in Amsterdam, or the last day of a shorter month."""
    here = timezone.localtime(moment)
    day = add_months(here.date(), -months)
    return here.replace(year=day.year, month=day.month, day=day.day)


def held() -> Q:
    """What is about a data breach, or became part of a report that is."""
    own = Q(kind=Kind.DATALEK) | Q(incident__nature=Nature.DATALEK)
    return own | Q(merged_into__kind=Kind.DATALEK) | Q(merged__kind=Kind.DATALEK)


def why_held(ticket: Ticket) -> str:
    """Empty where nothing keeps it."""
    if Ticket.objects.filter(held(), pk=ticket.pk).exists():
        return gettext("Deze melding gaat over een datalek. Zij blijft bewaard.")
    return ""


def due(now: datetime) -> Sequence[int]:
    """Reports whose time is over, the longest ago first."""
    require_public()
    return list(_over(now).order_by("closed_at").values_list("pk", flat=True)[:AT_A_TIME])


@transaction.atomic
def erase_in_time(pk: int, now: datetime) -> bool:
    """False where somebody was first, or where it may not be any more. Both logs tell that it was done."""
    require_public()
    ticket = _locked(pk)
    if ticket is None or not _over(now).filter(pk=pk).exists():
        return False
    municipality = ticket.municipality
    _erase(ticket, now)
    subject = subject_of(ticket)
    note(person=None, area=AREA, action=ACTS["erase"].logged, subject=subject, municipality=municipality)
    if municipality.status != Municipality.Status.BEEINDIGD:
        with in_municipality(municipality):
            note(person=None, area=AREA, action=ACTS["erase"].logged, subject=subject)
    return True


@transaction.atomic
def erase_now(ticket: Ticket, *, person: Person, now: datetime) -> None:
    """By hand, before its time: of what has ended. Raises TicketRefused."""
    require_public()
    if not Ticket.objects.visible_to(person).filter(pk=ticket.pk).exists():
        raise TicketRefused(gettext("Deze melding ziet u niet."))
    locked = _locked(ticket.pk)
    if locked is None:
        raise TicketStale(gettext("Deze melding is al gewist."))
    act = check(locked, "erase", who_is(person))
    if why := why_held(locked):
        raise TicketRefused(why)
    _erase(locked, now)
    note_for_both(
        person=person,
        area=AREA,
        action=act.logged,
        subject=subject_of(locked),
        municipality=locked.municipality,
    )


def _over(now: datetime) -> TicketQuerySet:
    """One that goes on in another waits for the end of that."""
    before = cutoff(now)
    goes_on = Q(merged_into=None) | Q(merged_into__closed_at__lte=before)
    ended = Ticket.objects.filter(goes_on, status__in=OVER, closed_at__lte=before, erased_at=None)
    found: TicketQuerySet = ended.exclude(held())
    return found


def subject_of(ticket: Ticket) -> str:
    return gettext("melding %(number)s") % {"number": ticket.number}


def _locked(pk: int) -> Ticket | None:
    rows = Ticket.objects.select_for_update(of=("self",)).select_related("municipality")
    found: Ticket | None = rows.filter(pk=pk, erased_at=None).first()
    return found


def _erase(ticket: Ticket, now: datetime) -> None:
    _erase_events(ticket)
    _erase_files(ticket, now)
    _erase_mails(ticket, now)
    ticket.drafts.all().delete()
    ticket.hotfixes.update(reason=GONE, tested_on=GONE, rollback=GONE, upstream="", recorded_by=GONE)
    ticket.subject = ticket.reporter_name = GONE
    ticket.reporter_email = ticket.owner_name = ticket.waiting_question = ticket.priority_reason = ""
    ticket.cause = ticket.solution = ticket.external_issue = ticket.planned_label = ticket.component = ""
    ticket.owner, ticket.contains_personal_data = None, False
    # who still has the address of it writes to nobody any more
    ticket.reply_token = new_token()
    ticket.erased_at = now
    ticket.save()
    logger.info("report erased", ticket=ticket.pk, municipality=ticket.municipality.schema_name)


def _erase_events(ticket: Ticket) -> None:
    events = ticket.events.all()
    events.exclude(what__in=CLOCKS_READ).update(before="", after="")
    events.update(text="", actor_name="", person=None)
    # the report in which it goes on says what its subject was
    TicketEvent.objects.filter(ticket=ticket.merged_into_id, what=What.TOOK_IN, after=ticket.number).update(
        text=""
    )


def _erase_files(ticket: Ticket, now: datetime) -> None:
    files = Attachment.objects.filter(ticket=ticket, erased_at=None)
    keys, municipality = list(files.values_list("key", flat=True)), ticket.municipality
    files.update(name=GONE, erased_at=now)

    def delete() -> None:
        with in_municipality(municipality):
            for key in keys:
                default_storage.delete(key)

    if keys and municipality.status != Municipality.Status.BEEINDIGD:
        transaction.on_commit(delete, robust=True)


# Mails ---------------------------------------------------------------------------------------------


def erase_mails_in_time(now: datetime) -> int:
    """Mails of no report; what waited all that time for a decision is thrown away. Answers how many."""
    require_public()
    old = ReceivedMail.objects.filter(
        Q(ticket=None) | Q(outcome=Outcome.WAITS), erased_at=None, received_at__lte=cutoff(now)
    )
    with transaction.atomic():
        found = list(old.select_for_update(of=("self",), skip_locked=True).order_by("pk")[:AT_A_TIME])
        for mail in found:
            if mail.outcome == Outcome.WAITS:
                mail.outcome = Outcome.DISCARDED
            _erase_mail(mail, now)
    if found:
        logger.info("mails erased", count=len(found))
    return len(found)


def _erase_mails(ticket: Ticket, now: datetime) -> None:
    for mail in ReceivedMail.objects.filter(ticket=ticket, erased_at=None):
        if mail.outcome == Outcome.WAITS:
            mail.outcome = Outcome.DISCARDED
        _erase_mail(mail, now)


def _erase_mail(mail: ReceivedMail, now: datetime) -> None:
    """That it came stays, so that it does nothing when it comes again."""
    let_go(mail)
    mail.sender = mail.sender_name = mail.subject = mail.new_text = mail.text = ""
    mail.left_out, mail.erased_at = [], now
    mail.save()
