"""What the gemeente does in a hand-over, inside its own schema: it begins, signs, plans and stops."""

from __future__ import annotations

from dataclasses import dataclass
from datetime import date, datetime

from django.db import transaction
from django.utils.translation import gettext

from handover.acting import LOGGED, meanwhile, why_no_task
from handover.breaking_off import follow
from handover.mails import ask_for_answer
from handover.models import COLUMNS, KINDS, Entry, Handover, Party, Role, Task
from handover.refusals import Actor, HandoverRefused, Known, Stale, standing, why_not
from handover.states import AREA, OVER, TRANSITIONS, Side
from tenants.accounts.log import note, note_for_both
from tenants.accounts.person import Person
from tenants.accounts.rights import Level
from tenants.registry.context import current_municipality
from tenants.registry.vendor_rows import VendorRows, vendor_rows


@dataclass(frozen=True, slots=True)
class Plan:
    """From when it may happen, and the last day on which what the old side knew may still work."""

    planned_at: datetime
    overlap_until: date


def rows() -> VendorRows:
    return vendor_rows(current_municipality())


def known_inside(handover: Handover) -> Known:
    """As ``acting.known_of``, for the gemeente."""
    entries = rows().of(Entry).filter(handover=handover.pk)
    return Known(handover, list(entries), list(rows().of(Task).filter(handover=handover.pk)))


def parties(role: str) -> list[Party]:
    """Who could take this role over: everybody of its kind but who has it."""
    held = held_by(role)
    return list(Party.objects.filter(kind=KINDS[Role(role)]).exclude(pk=held or 0).order_by("name"))


def held_by(role: str) -> int | None:
    holder: int | None = getattr(current_municipality(), f"{COLUMNS[Role(role)]}_id")
    return holder


@transaction.atomic
def begin(role: str, to: int, *, decision: str, decided_on: date, person: Person) -> int:
    """A concept, which nobody else sees yet. Raises HandoverRefused."""
    if not person.may(AREA, Level.APPROVE):
        raise HandoverRefused(gettext("Uw rol begint geen overdracht."))
    if rows().of(Handover).filter(role=role).exclude(state__in=OVER).exists():
        raise HandoverRefused(gettext("Er loopt al een overdracht van deze rol."))
    made = rows().call("handover_begin", role, to, decision, decided_on)
    if made is None:
        raise HandoverRefused(gettext("Deze partij kan deze rol niet overnemen. Kies een andere."))
    pk = int(str(made))
    begun = rows().of(Handover).get(pk=pk)
    note(  # of a concept the vendor knows nothing
        person=person,
        area=AREA,
        action="overdracht begonnen",
        subject=str(begun),
        changes={"staat": [None, begun.state]},
    )
    ask_for_answer(pk, begun.state)
    return pk


@transaction.atomic
def decide(  # noqa: PLR0913  # each is a word of what is asked
    handover: Handover,
    key: str,
    *,
    seen: str,
    person: Person,
    now: datetime,
    words: str = "",
    plan: Plan | None = None,
) -> None:
    """As ``acting.act``, for the gemeente. Raises HandoverRefused, Stale where somebody was first."""
    known = known_inside(handover)
    if standing(handover, now) != seen:
        raise Stale(meanwhile(known, now))
    refusal = why_not(key, known, actor=actor_inside(person, handover), now=now)
    if refusal:
        raise HandoverRefused(refusal)
    after = TRANSITIONS[key].after.value
    planned = (plan.planned_at, plan.overlap_until) if plan else (None, None)
    done = rows().call(
        "handover_step", handover.pk, handover.state, after, key, person.user.email, words.strip(), *planned
    )
    if not done:
        current = rows().of(Handover).get(pk=handover.pk)
        raise Stale(meanwhile(known_inside(current), now))
    note_for_both(
        person=person,
        area=AREA,
        action=LOGGED[key],
        subject=str(handover),
        municipality=current_municipality(),
        changes={"staat": [handover.state, after]},
    )
    ask_for_answer(handover.pk, after)
    follow(handover.pk, after)


@transaction.atomic
def tell_done(task: Task, handover: Handover, *, evidence: str, person: Person) -> None:
    """As ``acting.do_task``, for the gemeente. Raises HandoverRefused."""
    side = actor_inside(person, handover).side
    refusal = why_no_task(task, handover, side)
    if refusal:
        raise HandoverRefused(refusal)
    if not rows().call("handover_task_done", task.pk, person.user.email, evidence.strip()):
        current = rows().of(Task).get(pk=task.pk)
        raise Stale(why_no_task(current, rows().of(Handover).get(pk=handover.pk), side))
    note_for_both(
        person=person,
        area=AREA,
        action="taak gedaan",
        subject=f"{handover}: {task}",
        municipality=current_municipality(),
    )


def actor_inside(person: Person, handover: Handover) -> Actor:
    own = current_municipality().pk == handover.municipality_id
    return Actor(person, Side.GEMEENTE if own else None)
