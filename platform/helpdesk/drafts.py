"""Answers and notes that are not sent yet: each seen by who wrote it, and by nobody else."""

from __future__ import annotations

from collections.abc import Mapping
from datetime import datetime, timedelta
from typing import Any

from django.db import transaction

from helpdesk.acting.recording import lock
from helpdesk.models import AnswerDraft, Ticket
from helpdesk.states import check
from helpdesk.who import who_is
from helpdesk.words import LONGEST_TEXT
from tenants.accounts.person import Person
from tenants.registry.bsn import mask
from tenants.registry.context import require_public

KEPT = timedelta(days=30)
"""Whoever did not send it by then has forgotten it."""
TEXTS = ("text", "cause", "solution")


def draft_of(ticket: Ticket, person: Person) -> AnswerDraft | None:
    """One's own, of a report that one sees."""
    found: AnswerDraft | None = AnswerDraft.objects.filter(ticket=ticket, person=person.user).first()
    return found


@transaction.atomic
def keep(ticket: Ticket, given: Mapping[str, Any], *, person: Person, now: datetime) -> bool:
    """In the place of the one before. False where nothing was written: then there is none any more.

    What looks like a burgerservicenummer is not kept. Raises TicketRefused for who may not answer or note.
    """
    locked = lock(ticket, who_is(person))
    check(locked, "note", who_is(person))
    texts = {name: mask(str(given.get(name) or "").strip()).text[:LONGEST_TEXT] for name in TEXTS}
    if locked.erased_at is not None or not any(texts.values()):
        let_go(locked, person)
        return False
    kept = {**texts, "next": given.get("next") or "", "internal": bool(given.get("internal")), "kept_at": now}
    AnswerDraft.objects.update_or_create(ticket=locked, person=person.user, defaults=kept)
    return True


def let_go(ticket: Ticket, person: Person) -> None:
    """It was sent, or thrown away."""
    AnswerDraft.objects.filter(ticket=ticket, person=person.user).delete()


def throw_away_old(now: datetime) -> int:
    """How many."""
    require_public()
    count, _each = AnswerDraft.objects.filter(kept_at__lte=now - KEPT).delete()
    return count
