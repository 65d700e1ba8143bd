"""What the vendor does with an incident: it begins, it is told of once for all, and whom it concerns.

Each is one transaction with its line in the log of the vendor. Municipalities read what is said on their own
pages; nothing is written in their schemas.
"""

from __future__ import annotations

from collections.abc import Collection, Mapping
from dataclasses import dataclass
from datetime import datetime, timedelta

from django.db import transaction
from django.utils.translation import gettext

from incidents.hearing import let_hear
from incidents.linked import linked
from incidents.models import (
    OVER,
    RUNNING,
    Concerned,
    ConcernedQuerySet,
    Incident,
    IncidentUpdate,
    Nature,
    Severity,
    State,
)
from incidents.refusals import IncidentRefused, IncidentStale
from incidents.states import ACTS, AREA, CONCERNS, Act, check, check_person, check_state, who_may
from incidents.tasks import tell_soon
from screens.formats import near
from tenants.accounts.log import note
from tenants.accounts.models import User
from tenants.accounts.person import Person
from tenants.accounts.rights import Level
from tenants.registry.bsn import mask
from tenants.registry.context import require_public
from tenants.registry.happenings import CREATED
from tenants.registry.models import Municipality

SOONEST_UPDATE = timedelta(minutes=5)
LATEST_UPDATE = timedelta(days=3)
"""Between these a next update is promised while it runs."""
LONGEST_AGO = timedelta(days=366)


@dataclass(frozen=True, slots=True)
class Said:
    """One update: what is told, and how it stands from then on."""

    text: str
    state: State
    severity: Severity
    nature: Nature
    next_update: timedelta | None = None
    """From now; None once it is over."""
    cause: str = ""
    prevention: str = ""
    seen: int = 0
    """The last update that the person had read."""
    is_answer: bool = False
    """Whether it is said to what is linked to the incident too."""


@dataclass(frozen=True, slots=True)
class Wish:
    """An incident that begins."""

    title: str
    component: str
    started_at: datetime
    detected_at: datetime
    said: Said


@transaction.atomic
def begin(wish: Wish, municipalities: Collection[Municipality], *, person: Person, now: datetime) -> Incident:
    """With its first update, which is told to the administrators of all concerned. Raises IncidentRefused."""
    require_public()
    organisation = person.membership.organisation
    if organisation is None or not person.may(AREA, Level.CHANGE):
        raise IncidentRefused(gettext("Een storing meldt: %(who)s.") % {"who": who_may()})
    if not municipalities:
        raise IncidentRefused(gettext("Kies welke gemeenten het raakt."))
    if not wish.started_at <= wish.detected_at <= now:
        raise IncidentRefused(gettext("Een storing begint voor zij ontdekt wordt, en niet in de toekomst."))
    if wish.started_at < now - LONGEST_AGO:
        raise IncidentRefused(gettext("Kies een moment in het afgelopen jaar."))
    said = wish.said
    _check_seen(municipalities, person)
    _check_said(said, ACTS["update"])
    _check_new(wish, person)
    incident = Incident.objects.create(
        organisation=organisation,
        organisation_name=organisation.name,
        created_by=person.behind,
        title=_kept(wish.title),
        component=_kept(wish.component),
        severity=said.severity,
        nature=said.nature,
        nature_since=None if said.nature is Nature.STORING else wish.detected_at,
        state=said.state,
        started_at=wish.started_at,
        detected_at=wish.detected_at,
        last_update_at=now,
        next_update_at=_promised(said, now),
    )
    _add(incident, municipalities, now)
    _write(incident, said, person, now)
    changes = {"ernst": [None, said.severity], "gemeenten": [None, len(municipalities)]}
    _note(incident, "storing gemeld", person, changes)
    let_hear(incident, CREATED)
    tell_soon()
    return incident


@transaction.atomic
def say(incident: Incident, key: str, said: Said, *, person: Person, now: datetime) -> Incident:
    """Post an update by one of the acts.

    Raises IncidentRefused, which is IncidentStale where somebody posted one that the person had not read.
    """
    act, locked = ACTS[key], _locked(incident)
    check(locked, act, person=person)
    _check_last(locked, said.seen, now)
    _check_said(said, act)
    if said.state not in (act.after or (locked.state,)):
        raise IncidentRefused(gettext("Kies een staat die hierop volgt."))
    before, asks_more = locked.state, said.nature not in {locked.nature, Nature.STORING}
    _stand(locked, said, act, now)
    _write(locked, said, person, now)
    _note(locked, act.logged, person, {"staat": [before, locked.state]})
    if said.is_answer:
        linked().answer(locked, said.text.strip(), person=person, now=now)
    if act.is_mailed or asks_more:  # of a datalek a municipality has to know at once
        _still(locked).update(to_tell=True)
        tell_soon()
    return locked


@transaction.atomic
def concern(
    incident: Incident, municipalities: Collection[Municipality], *, person: Person, now: datetime
) -> int:
    """That it concerns these too, and how many of them it did not yet. Raises IncidentRefused."""
    locked = _locked(incident)
    check_person(locked, person)
    check_state(locked, CONCERNS)
    _check_seen(municipalities, person)
    known = set(_still(locked).values_list("municipality", flat=True))
    added = [each for each in municipalities if each.pk not in known]
    if added:
        _add(locked, added, now)
        _note(locked, "gemeenten aan storing toegevoegd", person, {"gemeenten": [None, len(added)]})
        let_hear(locked)
        tell_soon()
    return len(added)


@transaction.atomic
def release(incident: Incident, held: Collection[int], *, person: Person, now: datetime) -> int:
    """That it does not concern these any more, who go on to see it; how many. Raises IncidentRefused."""
    locked = _locked(incident)
    check_person(locked, person)
    check_state(locked, CONCERNS)
    still = _still(locked)
    found = still.visible_to(person).filter(pk__in=held)
    count = found.count()
    if not count:
        raise IncidentStale(gettext("Kies gemeenten die het nu raakt."))
    if count == still.count():
        raise IncidentRefused(
            gettext("Een storing raakt minstens één gemeente. Meld vals alarm als er niets was.")
        )
    found.update(until=now, to_tell=False)
    _note(locked, "gemeenten van storing afgehaald", person, {"gemeenten": [count, None]})
    let_hear(locked)
    return count


def _add(incident: Incident, municipalities: Collection[Municipality], now: datetime) -> None:
    """One that it concerned before it concerns again."""
    again = Concerned.objects.filter(incident=incident, municipality__in=municipalities)
    known = set(again.values_list("municipality", flat=True))
    again.update(until=None, to_tell=True)
    Concerned.objects.bulk_create(
        Concerned(incident=incident, municipality=each, since=now, to_tell=True)
        for each in municipalities
        if each.pk not in known
    )


def _stand(incident: Incident, said: Said, act: Act, now: datetime) -> None:
    """How it stands is what was said last."""
    was_mended = incident.resolved_at is not None
    if said.nature is Nature.STORING:
        incident.nature_since = None
    elif said.nature != incident.nature:
        incident.nature_since = incident.nature_since or now
    incident.state, incident.severity, incident.nature = said.state, said.severity, said.nature
    if said.state == State.OPGELOST and not was_mended:
        incident.resolved_at = now
    elif said.state not in OVER:
        incident.resolved_at = None
    if act.says_cause:
        incident.cause = _kept(said.cause)
    if act.says_prevention:
        incident.prevention = _kept(said.prevention)
    incident.last_update_at, incident.next_update_at = now, _promised(said, now)
    incident.save(
        update_fields=[
            "state",
            "severity",
            "nature",
            "nature_since",
            "resolved_at",
            "cause",
            "prevention",
            "last_update_at",
            "next_update_at",
        ]
    )


def _write(incident: Incident, said: Said, person: Person, now: datetime) -> None:
    IncidentUpdate.objects.create(
        incident=incident,
        at=now,
        state=said.state,
        severity=said.severity,
        nature=said.nature,
        text=_kept(said.text),
        author_name=person.user.name or incident.organisation_name,
        next_update_at=incident.next_update_at,
    )


def _kept(words: str) -> str:
    """Without a BSN: all municipalities that it concerns read it."""
    return mask(words.strip()).text


def _promised(said: Said, now: datetime) -> datetime | None:
    return None if said.next_update is None else now + said.next_update


def _check_said(said: Said, act: Act) -> None:
    if not said.text.strip():
        raise IncidentRefused(gettext("Schrijf op wat de gemeenten moeten weten."))
    if act.says_cause and not said.cause.strip():
        raise IncidentRefused(gettext("Schrijf op wat de oorzaak was."))
    if act.says_prevention and not said.prevention.strip():
        raise IncidentRefused(gettext("Schrijf op wat herhaling voorkomt."))
    if (said.state in OVER) is not (said.next_update is None):
        raise IncidentRefused(gettext("Beloof een volgende update zolang het loopt, en daarna niet."))
    if said.next_update is not None and not SOONEST_UPDATE <= said.next_update <= LATEST_UPDATE:
        raise IncidentRefused(gettext("Beloof de volgende update binnen drie dagen."))


def _check_new(wish: Wish, person: Person) -> None:
    """A form that is sent twice is one incident: of two at once the second waits for the first."""
    if not wish.title.strip():
        raise IncidentRefused(gettext("Schrijf in één regel wat niet werkt."))
    if wish.said.state not in RUNNING:
        raise IncidentRefused(gettext("Een storing begint met een staat waarin zij loopt."))
    author = User.objects.select_for_update(no_key=True).get(pk=person.behind.pk)
    same = Incident.objects.running().filter(created_by=author, title=_kept(wish.title)).first()
    if same is not None:
        raise IncidentStale(
            gettext("U meldde dit al: %(number)s loopt. Plaats daar een update.") % {"number": same}
        )


def _check_last(incident: Incident, seen: int, now: datetime) -> None:
    last = incident.updates.order_by("-pk").first()
    if last is not None and last.pk != seen:
        raise IncidentStale(
            gettext("%(who)s plaatste %(when)s een update: %(state)s. Lees die eerst.")
            % {
                "who": last.author_name,
                "when": near(last.at, now),
                "state": str(last.get_state_display()).lower(),
            }
        )


def _check_seen(municipalities: Collection[Municipality], person: Person) -> None:
    keys = {each.pk for each in municipalities}
    if Municipality.objects.visible_to(person).serving().filter(pk__in=keys).count() != len(keys):
        raise IncidentRefused(gettext("Kies gemeenten die u ziet en die in gebruik zijn."))


def _still(incident: Incident) -> ConcernedQuerySet:
    return Concerned.objects.still().filter(incident=incident)


def _locked(incident: Incident) -> Incident:
    require_public()
    # what only refers to it waits for nobody
    return Incident.objects.select_for_update(of=("self",), no_key=True).get(pk=incident.pk)


def _note(incident: Incident, action: str, person: Person, changes: Mapping[str, object]) -> None:
    note(person=person, area=AREA, action=action, subject=incident.number, changes=changes)
