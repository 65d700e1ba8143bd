"""What people of the vendor do: asking for access, taking back, giving back, and emergencies.

Each is one transaction, with its line in the log of the vendor and in that of the municipality.
"""

from __future__ import annotations

from collections.abc import Mapping
from dataclasses import dataclass, field
from datetime import datetime, timedelta
from uuid import UUID

from django.db import IntegrityError, transaction
from django.utils import timezone
from django.utils.translation import gettext

from access import mails
from access.lapsing import tell_lapsed
from access.models import Emergencies, Grant, Kind, Scope, State
from access.models.grant import LONGEST_HOURS
from access.naming import subject_of
from access.refusals import AccessRefused, AccessStale
from access.states import AREA, check
from api.clients.vertrouwelijkheid import Vertrouwelijkheidaanduiding
from tenants.accounts.log import note_for_both
from tenants.accounts.person import Person
from tenants.accounts.rights import Level
from tenants.registry.context import require_public
from tenants.registry.models import Municipality

WORKING_DAYS_TO_ANSWER = 3
TO_CONFIRM = timedelta(hours=1)
"""How long an emergency waits for the second person."""
LONGEST_EMERGENCY_HOURS = 4
MOST_ZAAKTYPEN = 100
FRIDAY = 4


@dataclass(frozen=True, slots=True)
class Wish:
    """What somebody asks."""

    reason: str
    ticket: str
    scopes: tuple[Scope, ...]
    hours: int
    maximum: Vertrouwelijkheidaanduiding = Vertrouwelijkheidaanduiding.ZAAKVERTROUWELIJK
    zaaktypen: tuple[UUID, ...] = field(default=())
    """Empty is all."""
    emergency: bool = False


@transaction.atomic
def ask(
    municipality: Municipality, wish: Wish, *, person: Person, now: datetime, by: Person | None = None
) -> Grant:
    """One request of a person waits at a municipality at a time; `by` is a program that asks for him.

    Who looks is a person in any case, and what he may not ask himself nobody asks for him. Raises
    AccessRefused.
    """
    require_public()
    _check_wish(municipality, wish, person)
    if by is not None:
        _check_program(municipality, wish, by, person)
    standing = Grant.objects.filter(municipality=municipality, person=person.user, state=State.AANGEVRAAGD)
    for over in standing.filter(lapses_at__lte=now):
        tell_lapsed(over.pk, now)
    try:
        with transaction.atomic():
            grant = _make(municipality, wish, person, now, by)
    except IntegrityError as error:
        raise AccessStale(
            gettext("Deze gemeente is al om toegang gevraagd: %(number)s wacht nog. Trek die eerst in.")
            % {"number": standing.first()}
        ) from error
    _note(
        grant,
        "noodtoegang gevraagd" if wish.emergency else "toegang gevraagd",
        by or person,
        {"reden": [None, grant.reason], "melding": [None, grant.ticket], "uren": [None, grant.hours_asked]},
    )
    if not wish.emergency:
        mails.tell_municipality("asked", grant)
    return grant


@transaction.atomic
def retract(grant: Grant, *, person: Person, now: datetime) -> Grant:
    """Take a request back. Raises AccessRefused."""
    locked = _locked(grant)
    act = check(locked, "retract", person=person, now=now)
    locked.state, locked.ended_at, locked.ended_by = State.INGETROKKEN_DOOR_AANVRAGER, now, str(person.user)
    locked.save(update_fields=["state", "ended_at", "ended_by"])
    _note(locked, act.logged, person)
    return locked


@transaction.atomic
def give_back(grant: Grant, *, person: Person, now: datetime) -> Grant:
    """End what runs, at once. Raises AccessRefused."""
    locked = _locked(grant)
    act = check(locked, "end" if locked.kind == Kind.NOOD else "give_back", person=person, now=now)
    locked.state, locked.ended_at, locked.ended_by = act.after or locked.state, now, str(person.user)
    locked.save(update_fields=["state", "ended_at", "ended_by"])
    _note(locked, act.logged, person)
    mails.tell_municipality("ended", locked)
    return locked


@transaction.atomic
def confirm(grant: Grant, *, person: Person, now: datetime) -> Grant:
    """Let a colleague in at once, without the municipality, which hears of it. Raises AccessRefused."""
    locked = _locked(grant)
    act = check(locked, "confirm", person=person, now=now)
    _check_emergencies(locked.municipality)
    locked.state, locked.decided_at, locked.decided_by = State.NOODTOEGANG, now, str(person.user)
    locked.hours_allowed = locked.hours_asked
    locked.valid_from, locked.valid_until = now, now + timedelta(hours=locked.hours_asked)
    locked.save(
        update_fields=["state", "decided_at", "decided_by", "hours_allowed", "valid_from", "valid_until"]
    )
    _note(locked, act.logged, person, {"aanvrager": [None, locked.person_email]})
    mails.tell_municipality("emergency", locked)
    return locked


@transaction.atomic
def account(grant: Grant, words: str, *, person: Person, now: datetime) -> Grant:
    """Say afterwards what the emergency was and what was done. Raises AccessRefused."""
    locked = _locked(grant)
    act = check(locked, "account", person=person, now=now)
    if not words.strip():
        raise AccessRefused(gettext("Schrijf op wat er was en wat u deed."))
    locked.state, locked.account = State.VERANTWOORD, words.strip()
    locked.accounted_at, locked.accounted_by = now, str(person.user)
    locked.save(update_fields=["state", "account", "accounted_at", "accounted_by"])
    _note(locked, act.logged, person)
    mails.tell_municipality("accounted", locked)
    return locked


def lapses_at(asked: datetime) -> datetime:
    """Three working days on, at the same time of the day in Amsterdam; a weekend does not count."""
    moment, counted = timezone.localtime(asked), 0
    while counted < WORKING_DAYS_TO_ANSWER:
        moment += timedelta(days=1)
        counted += moment.weekday() <= FRIDAY
    return moment


def allows_emergencies(municipality: Municipality) -> bool:
    return Emergencies.objects.filter(municipality=municipality, allowed=True).exists()


def _check_wish(municipality: Municipality, wish: Wish, person: Person) -> None:
    if not person.may(AREA, Level.CHANGE):
        raise AccessRefused(gettext("Met uw rol vraagt u geen toegang."))
    if not Municipality.objects.visible_to(person).serving().filter(pk=municipality.pk).exists():
        raise AccessRefused(gettext("Deze gemeente ziet u niet."))
    longest = LONGEST_EMERGENCY_HOURS if wish.emergency else LONGEST_HOURS
    if not 1 <= wish.hours <= longest:
        raise AccessRefused(gettext("Kies hoogstens %(hours)s uur.") % {"hours": longest})
    if not (wish.reason.strip() and wish.ticket.strip() and wish.scopes):
        raise AccessRefused(gettext("Zeg waarom, voor welke melding en wat u wilt zien."))
    if len(wish.zaaktypen) > MOST_ZAAKTYPEN:
        raise AccessRefused(gettext("Noem er hoogstens %(most)s.") % {"most": MOST_ZAAKTYPEN})
    if wish.emergency:
        _check_emergencies(municipality)


def _check_program(municipality: Municipality, wish: Wish, program: Person, person: Person) -> None:
    """It asks for somebody of its own organisation, where it sees the municipality, and in no emergency."""
    if wish.emergency:
        raise AccessRefused(gettext("Noodtoegang vraagt een mens."))
    if not program.may(AREA, Level.CHANGE) or program.organisation_id != person.organisation_id:
        raise AccessRefused(
            gettext("Toegang vraagt een programma alleen voor mensen van de eigen organisatie.")
        )
    if not Municipality.objects.visible_to(program).filter(pk=municipality.pk).exists():
        raise AccessRefused(gettext("Deze gemeente ziet u niet."))


def _check_emergencies(municipality: Municipality) -> None:
    if not allows_emergencies(municipality):
        raise AccessRefused(
            gettext("%(name)s staat geen noodtoegang toe. Vraag gewone toegang.")
            % {"name": municipality.naam}
        )


def _make(municipality: Municipality, wish: Wish, person: Person, now: datetime, by: Person | None) -> Grant:
    organisation = person.membership.organisation
    if organisation is None:
        raise AccessRefused(gettext("U hoort bij geen organisatie."))
    return Grant.objects.create(
        kind=Kind.NOOD if wish.emergency else Kind.GEWOON,
        municipality=municipality,
        person=person.user,
        organisation=organisation,
        person_name=person.user.name or person.user.email,
        person_email=person.user.email,
        organisation_name=organisation.name,
        asked_by_email="" if by is None else by.behind.email,
        reason=wish.reason.strip(),
        ticket=wish.ticket.strip(),
        scopes_asked=list(wish.scopes),
        scopes=list(wish.scopes),
        zaaktypen_asked=list(wish.zaaktypen),
        zaaktypen=list(wish.zaaktypen),
        maximum_asked=wish.maximum,
        maximum=wish.maximum,
        hours_asked=wish.hours,
        asked_at=now,
        lapses_at=now + TO_CONFIRM if wish.emergency else lapses_at(now),
    )


def _locked(grant: Grant) -> Grant:
    require_public()
    return Grant.objects.select_for_update(of=("self",)).select_related("municipality").get(pk=grant.pk)


def _note(grant: Grant, action: str, person: Person, changes: Mapping[str, object] | None = None) -> None:
    note_for_both(
        person=person,
        area=AREA,
        action=action,
        subject=subject_of(grant),
        municipality=grant.municipality,
        changes=changes,
    )
