"""What people do in a hand-over on the vendor's console: each act in one transaction, with its line."""

from __future__ import annotations

from datetime import datetime

from django.db import transaction
from django.utils import timezone
from django.utils.translation import gettext

from handover.checklist import begin_checklist
from handover.inventory import inventory_of
from handover.mails import ask_for_answer
from handover.models import Entry, Handover, Task
from handover.performing import change_hands
from handover.refusals import Actor, HandoverRefused, Known, Stale, object_until, standing, why_not
from handover.states import AREA, TRANSITIONS, Side, State
from screens.formats import near
from tenants.accounts.log import note, note_for_both
from tenants.accounts.person import Person
from tenants.registry.context import require_public
from tenants.registry.models import Municipality

LOGGED = {
    "aanvragen": "overdracht aangevraagd",
    "aanvaarden": "overdracht aanvaard",
    "afwijzen": "overdracht afgewezen",
    "bevestigen": "overdracht bevestigd",
    "bezwaar": "bezwaar gemaakt",
    "stilzwijgend": "overdracht stilzwijgend bevestigd",
    "doorgaan": "doorgegaan ondanks bezwaar",
    "voorbereiden": "voorbereiding begonnen",
    "plannen": "overdracht gepland",
    "verzetten": "planning weggehaald",
    "overdragen": "overgedragen",
    "afronden": "overdracht afgerond",
    "afbreken": "overdracht afgebroken",
}
"""What the log calls each act."""


@transaction.atomic
def act(  # noqa: PLR0913  # each is a word of what is asked
    handover: Handover, key: str, *, seen: str, person: Person, now: datetime, words: str = ""
) -> Handover:
    """Bring it from the state that the person saw to the next one.

    Raises HandoverRefused, which is Stale where somebody was first: the row is locked, and the second of two
    finds what the first made of it.
    """
    require_public()
    locked = Handover.objects.select_for_update().get(pk=handover.pk)
    known = known_of(locked)
    if standing(locked, now) != seen:
        raise Stale(meanwhile(known, now))
    actor = Actor(person, locked.side_of(person))
    refusal = why_not(key, known, actor=actor, now=now)
    if refusal:
        raise HandoverRefused(refusal)
    municipality = _locked_municipality(locked)
    _confirm_silently(locked, now, municipality)
    before, locked.state = locked.state, TRANSITIONS[key].after
    if key == "aanvaarden":
        locked.accepted_at = now
    elif key == "voorbereiden":
        locked.inventory = inventory_of(locked, municipality, now)
        begin_checklist(locked)
    elif key == "overdragen":
        locked.performed_at = now
        change_hands(locked, municipality, person=person, now=now)
    locked.save()
    _enter(locked, key, at=now, person=person.user.email, words=words.strip())
    _note(locked, key, before, person=person, municipality=municipality)
    ask_for_answer(locked.pk, locked.state)
    return locked


@transaction.atomic
def do_task(task: Task, *, evidence: str, person: Person, now: datetime) -> None:
    """Tell how a task of one's own side was done. Raises HandoverRefused."""
    require_public()
    locked = Task.objects.select_for_update().get(pk=task.pk)
    handover = Handover.objects.get(pk=locked.handover_id)
    refusal = why_no_task(locked, handover, handover.side_of(person))
    if refusal:
        raise HandoverRefused(refusal)
    locked.done_at, locked.done_by, locked.evidence = now, person.user.email, evidence.strip()
    locked.save(update_fields=["done_at", "done_by", "evidence"])
    note_for_both(
        person=person,
        area=AREA,
        action="taak gedaan",
        subject=f"{handover}: {locked}",
        municipality=handover.municipality,
    )


def why_no_task(task: Task, handover: Handover, side: Side | None) -> str:
    """Empty for whoever may tell now that it was done."""
    if side is None or task.side != side:
        return gettext("Deze taak is van een andere partij: %(side)s.") % {
            "side": Side(task.side).label.lower()
        }
    if task.done_at is not None:
        return gettext("%(who)s rondde deze taak al af, %(when)s.") % {
            "who": task.done_by,
            "when": near(task.done_at, timezone.now()),
        }
    if handover.state not in {State.VOORBEREIDING, State.GEPLAND, State.OVERGEDRAGEN}:
        return gettext("De overdracht is %(state)s: aan de taken verandert niets meer.") % {
            "state": State(handover.state).label.lower()
        }
    return ""


def known_of(handover: Handover) -> Known:
    return Known(handover, list(handover.entries.all()), list(handover.tasks.all()))


def meanwhile(known: Known, now: datetime) -> str:
    """For whoever saw another state: what it is now, and who brought it there."""
    state = standing(known.handover, now).label.lower()
    last = known.entries[0] if known.entries else None
    if last is None or standing(known.handover, now) != known.handover.state:
        return gettext("De overdracht is intussen %(state)s.") % {"state": state}
    return gettext("De overdracht is intussen %(state)s, door %(who)s, %(when)s.") % {
        "state": state,
        "who": last.person,
        "when": near(last.at, now),
    }


def _locked_municipality(locked: Handover) -> Municipality:
    """But for its key: who writes down a reply meanwhile does not wait for this."""
    found = Municipality.objects.select_for_update(no_key=True).prefetch_related("domains", "allowed_hosts")
    return found.get(pk=locked.municipality_id)


def _confirm_silently(locked: Handover, now: datetime, municipality: Municipality) -> None:
    """Write down what time did, when somebody goes on from there."""
    until = object_until(locked)
    if standing(locked, now) == locked.state or until is None:
        return
    _enter(locked, "stilzwijgend", at=until)
    _note(locked, "stilzwijgend", locked.state, person=None, municipality=municipality)
    locked.state = State.BEVESTIGD


def _enter(locked: Handover, key: str, *, at: datetime, person: str = "", words: str = "") -> None:
    Entry.objects.create(
        municipality_id=locked.municipality_id,
        handover=locked,
        at=at,
        act=key,
        side=TRANSITIONS[key].side,
        person=person,
        words=words,
    )


def _note(
    locked: Handover, key: str, before: str, *, person: Person | None, municipality: Municipality
) -> None:
    """In the log of both; what time did stands in the vendor's, where the municipality reads it too."""
    action, subject = LOGGED[key], str(locked)
    changes = {"staat": [before, TRANSITIONS[key].after.value]}
    if person is None:
        note(
            person=None,
            area=AREA,
            action=action,
            subject=subject,
            municipality=municipality,
            changes=changes,
        )
        return
    note_for_both(
        person=person, area=AREA, action=action, subject=subject, municipality=municipality, changes=changes
    )
