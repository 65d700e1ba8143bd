"""A hand-over as both consoles show it: whose turn it is, the checklist, the history, the states."""

from __future__ import annotations

from collections.abc import Callable, Mapping
from dataclasses import dataclass
from datetime import datetime
from typing import Any

from django.forms import Form
from django.utils import timezone
from django.utils.translation import gettext

from handover.acting import why_no_task
from handover.checklist import words_of
from handover.forms import ActForm, PlanForm, ReasonForm
from handover.models import Entry, Handover, Task
from handover.refusals import Actor, Known, object_until, standing, why_not
from handover.states import AREA, OVER, TRANSITIONS, Moves, Side, State, Transition
from screens.badges import Badge, Kind
from screens.formats import day, long_day, near, number
from screens.inline import Icon, link, strong
from screens.parts import Crumb, Event, TaskState
from screens.parts import Task as Line
from screens.tables import Cell, Heading, Row, Table
from tenants.accounts.side import side_of

BADGES = {
    State.CONCEPT: Kind.NEUTRAL,
    State.AANGEVRAAGD: Kind.WAIT,
    State.AANVAARD: Kind.WAIT,
    State.BEVESTIGD: Kind.INFO,
    State.GESCHIL: Kind.DANGER,
    State.VOORBEREIDING: Kind.BUSY,
    State.GEPLAND: Kind.INFO,
    State.OVERGEDRAGEN: Kind.WARNING,
    State.AFGEROND: Kind.SAFE,
    State.AFGEBROKEN: Kind.NEUTRAL,
    State.AFGEWEZEN: Kind.DANGER,
}
ICONS = {"bezwaar": Icon.STOP, "afbreken": Icon.X, "afwijzen": Icon.X, "stilzwijgend": Icon.CLOCK}
ASIDE = frozenset({"bezwaar", "afbreken", "afwijzen", "verzetten"})
"""Acts that are not the way on: they never stand as the main button."""
Reason = Callable[[str], str]


@dataclass(frozen=True)
class Offer:
    """A button of the page, or why it would be refused."""

    key: str
    words: str
    url: str
    kind: str
    refusal: str


@dataclass(frozen=True)
class Addresses:
    """Where the pages of this console are."""

    act: Callable[[str], str]
    task: Callable[[Task], str]


def badge_of(handover: Handover, now: datetime) -> Badge:
    state = standing(handover, now)
    return Badge(BADGES[state], state.label)


def title_of(handover: Handover) -> str:
    return gettext("Overdracht van %(naam)s") % {"naam": handover.municipality_name}


def page_of(known: Known, *, actor: Actor, addresses: Addresses) -> dict[str, Any]:
    """All that the page of one hand-over shows."""
    handover, now = known.handover, timezone.now()
    return {
        "handover": handover,
        "title": title_of(handover),
        "state": badge_of(handover, now),
        "facts": [
            str(handover.get_role_display()),
            gettext("van %(old)s naar %(new)s") % {"old": handover.from_name, "new": handover.to_name},
        ],
        "offers": offers(known, actor=actor, now=now, addresses=addresses),
        "turn": turn_of(known, actor, now),
        "objection": next((entry for entry in known.entries if entry.act == "bezwaar"), None),
        "lines": [_line(task, known, actor, addresses) for task in known.tasks],
        "inventory": _inventory(handover),
        "states": states_table(handover, now),
        "history": [event_of(entry, now) for entry in known.entries],
        "data": _data(handover, now),
        "signatures": _signatures(known, now),
    }


def offers(known: Known, *, actor: Actor, now: datetime, addresses: Addresses) -> list[Offer]:
    """What this side may do in this state, and what it could if not for a reason that is told."""
    state = standing(known.handover, now)
    return [
        Offer(
            key,
            str(transition.words),
            addresses.act(key),
            "secondary" if key in ASIDE else "primary",
            why_not(key, known, actor=actor, now=now),
        )
        for key, transition in TRANSITIONS.items()
        if transition.side is actor.side and state in transition.before
    ]


def turn_of(known: Known, actor: Actor, now: datetime) -> str:
    """Who has to do something now, as a sentence; nothing where it is over."""
    handover, state = known.handover, standing(known.handover, now)
    if state in OVER:
        return ""
    names = {
        Side.GEMEENTE: handover.municipality_name,
        Side.NEW: handover.to_name,
        Side.OLD: handover.from_name,
    }
    onward = next(
        (key, each)
        for key, each in TRANSITIONS.items()
        if state in each.before and key not in ASIDE and each.side is not Side.TIME
    )
    key, transition = onward
    if transition.side is actor.side:
        refusal = why_not(key, known, actor=actor, now=now)
        return refusal or gettext("U bent aan zet. %(means)s") % {"means": means_of(transition, handover)}
    waits = gettext("%(party)s is aan zet. %(means)s") % {
        "party": names[transition.side],
        "means": means_of(transition, handover),
    }
    until = object_until(handover)
    if state is State.AANVAARD and until is not None:
        waits += " " + gettext("De termijn loopt tot %(moment)s.") % {"moment": near(until, now)}
    return waits


def means_of(transition: Transition, handover: Handover | None) -> str:
    """What the act means in this hand-over; without one, in any."""
    alone = "" if _has_old_side(handover) else transition.means_without_old
    return str(alone or transition.means)


def _has_old_side(handover: Handover | None) -> bool:
    return handover is None or handover.from_organisation_id is not None


def states_table(handover: Handover | None, now: datetime) -> Table:
    """Each act of the one table in code; those of the state it is in stand out."""
    state = standing(handover, now) if handover else None
    words = (
        gettext("Handeling"),
        gettext("Van"),
        gettext("Naar"),
        gettext("Wie"),
        gettext("Wat dat betekent"),
    )
    return Table(
        caption=gettext("Wat in elke staat kan, en door wie"),
        headings=[Heading(word) for word in words],
        rows=[
            Row(
                [
                    Cell(strong(str(each.words)) if state in each.before else str(each.words)),
                    Cell(_before(each.before), label=words[1]),
                    Cell(str(each.after.label), label=words[2]),
                    Cell(_who(key), label=words[3]),
                    Cell(means_of(each, handover), wide=True),
                ]
            )
            for key, each in TRANSITIONS.items()
            if _has_old_side(handover) or not each.takes_an_old_side
        ],
    )


def _before(states: tuple[State, ...]) -> str:
    if len(states) > 1:
        return gettext("elke staat voor overgedragen")
    return str(states[0].label)


def _who(key: str) -> str:
    transition = TRANSITIONS[key]
    if transition.side is Side.TIME:
        return str(transition.side.label)
    console = "municipality" if transition.side is Side.GEMEENTE else "vendor"
    roles = side_of(console).table.who_may(AREA, transition.level)
    return f"{transition.side.label}: {roles.lower()}"


def event_of(entry: Entry, now: datetime) -> Event:
    transition = TRANSITIONS[entry.act]
    return Event(
        who=str(transition.done),
        when=near(entry.at, now),
        icon=ICONS.get(entry.act, Icon.CHECK),
        note=f"{entry.person}, {Side(entry.side).label.lower()}" if entry.person else str(Side.TIME.label),
        said=entry.words,
    )


def _line(task: Task, known: Known, actor: Actor, addresses: Addresses) -> Line:
    party = str(Side(task.side).label)
    if task.done_at is not None:
        done = gettext("%(who)s, %(when)s") % {
            "who": task.done_by,
            "when": near(task.done_at, timezone.now()),
        }
        more = f"{done}: {task.evidence}" if task.evidence else done
        return Line(words_of(task), TaskState.DONE, note=party, more=more)
    due = gettext("uiterlijk %(day)s") % {"day": day(task.due)} if task.due else ""
    if not due:
        due = gettext("na het moment") if task.after_the_moment else gettext("voor het moment")
    may = not why_no_task(task, known.handover, actor.side)
    more = link(gettext("Meld dat dit is gedaan"), addresses.task(task), hidden=words_of(task)) if may else ""
    return Line(words_of(task), TaskState.AHEAD, note=party, time=due, more=more)


def _inventory(handover: Handover) -> Table | None:
    names = {
        "applicaties": gettext("Applicaties"),
        "client_ids": gettext("Client-id's met een geheim"),
        "inlogsystemen": gettext("Inlogsystemen"),
        "hosts": gettext("Hosts"),
        "mensen_oude_partij": gettext("Mensen van de oude partij met toegang"),
        "accounts_oude_partij": gettext("Van hen ook met een account bij de gemeente"),
        "toegang": gettext("Lopende toegang van de oude partij"),
    }
    if not handover.inventory:
        return None
    return Table(
        caption=gettext("Wat er is, zonder geheimen"),
        headings=[
            Heading(gettext("Wat")),
            Heading(gettext("Aantal"), numeric=True),
            Heading(gettext("Namen")),
        ],
        rows=[
            Row(
                [
                    Cell(names.get(kind, kind)),
                    Cell(number(found["aantal"]), numeric=True, label=gettext("Aantal")),
                    Cell(", ".join(found["namen"]), wide=True),
                ]
            )
            for kind, found in handover.inventory.items()
        ],
    )


def _data(handover: Handover, now: datetime) -> list[tuple[str, str]]:
    rows = [
        (gettext("Rol"), str(handover.get_role_display())),
        (gettext("Van"), handover.from_name),
        (gettext("Naar"), handover.to_name),
        (gettext("Besluit"), f"{handover.decision}, {long_day(handover.decided_on)}"),
        (gettext("Kan vanaf"), near(handover.planned_at, now) if handover.planned_at else ""),
        (gettext("Overgedragen"), near(handover.performed_at, now) if handover.performed_at else ""),
        (gettext("Oude geheimen tot"), long_day(handover.overlap_until) if handover.overlap_until else ""),
    ]
    return [(word, value) for word, value in rows if value]


def _signatures(known: Known, now: datetime) -> list[tuple[str, str]]:
    """Two: of the gemeente and of who receives it."""
    signed = {entry.side: entry for entry in known.entries if TRANSITIONS[entry.act].is_signature}
    parties = {Side.GEMEENTE: known.handover.municipality_name, Side.NEW: known.handover.to_name}
    return [
        (
            name,
            f"{signed[side].person}, {near(signed[side].at, now)}"
            if side in signed
            else gettext("nog niet ondertekend"),
        )
        for side, name in parties.items()
    ]


def form_of(key: str, data: Mapping[str, Any] | None, seen: str) -> ActForm:
    """What is asked for this act, beside who does it; ``data`` is what was posted, if anything was."""
    kinds = {Moves.NOTHING: ActForm, Moves.REASON: ReasonForm, Moves.MOMENT: PlanForm}
    return kinds[TRANSITIONS[key].asks](data, initial={"seen": seen})


def act_page(key: str, known: Known, form: Form, *, back: str, crumbs: list[Crumb]) -> dict[str, Any]:
    transition, handover = TRANSITIONS[key], known.handover
    return {
        "words": str(transition.words),
        "means": means_of(transition, handover),
        "form": form,
        "back": back,
        "crumbs": crumbs,
        "facts": [str(handover)],
        "data": _data(handover, timezone.now()),
    }


def task_page(task: Task, known: Known, form: Form, *, back: str, crumbs: list[Crumb]) -> dict[str, Any]:
    return {
        "words": gettext("Meld dat dit is gedaan"),
        "means": words_of(task),
        "form": form,
        "back": back,
        "crumbs": crumbs,
        "facts": [str(known.handover)],
        "data": _data(known.handover, timezone.now()),
    }
