"""What people of a municipality do with access that the vendor asks: allow, refuse, stop, judge.

Each is one transaction on the municipality's own host. PostgreSQL lets its role change nothing but by the
functions of the door, which ask once more what is asked here; each act is a line in both logs.
"""

from __future__ import annotations

from collections.abc import Mapping
from dataclasses import dataclass
from datetime import datetime
from typing import cast
from uuid import UUID

from django.db import transaction
from django.utils.translation import gettext

from access import mails
from access.models import Emergencies, Grant, Kind, Scope
from access.models.grant import GrantQuerySet
from access.naming import subject_of
from access.refusals import AccessRefused, AccessStale
from access.states import AREA, check, how_it_stands
from tenants.accounts.log import note_for_both
from tenants.accounts.person import Person
from tenants.accounts.rights import Level
from tenants.registry.context import current_municipality
from tenants.registry.vendor_rows import vendor_rows


@dataclass(frozen=True, slots=True)
class Decision:
    """What is allowed of what was asked; never more."""

    scopes: tuple[Scope, ...]
    hours: int
    maximum: int
    zaaktypen: tuple[UUID, ...] = ()
    """Empty is all, where all was asked."""


@transaction.atomic
def allow(grant: Grant, decision: Decision, *, person: Person, now: datetime) -> Grant:
    """Raises AccessRefused, which is AccessStale where somebody was first."""
    standing = _standing(grant)
    act = check(standing, "allow", person=person, now=now)
    _check_narrower(standing, decision)
    _call(
        standing,
        "access_allow",
        list(decision.scopes),
        list(decision.zaaktypen),
        decision.maximum,
        decision.hours,
        str(person.user),
        now,
    )
    changes = {
        "uren": [standing.hours_asked, decision.hours],
        "onderdelen": [sorted(standing.scopes_asked), sorted(decision.scopes)],
        "zaaktypen": [len(standing.zaaktypen_asked) or None, len(decision.zaaktypen) or None],
        "vertrouwelijkheid": [standing.maximum_asked, decision.maximum],
    }
    _note(standing, act.logged, person, changes)
    return _told("decided", grant)


@transaction.atomic
def refuse(grant: Grant, reason: str, *, person: Person, now: datetime) -> Grant:
    """Raises AccessRefused."""
    standing = _standing(grant)
    act = check(standing, "refuse", person=person, now=now)
    if not reason.strip():
        raise AccessRefused(gettext("Geef een reden op: de aanvrager leest hem."))
    _call(standing, "access_refuse", reason.strip(), str(person.user), now)
    _note(standing, act.logged, person, {"reden": [None, reason.strip()]})
    return _told("decided", grant)


@transaction.atomic
def stop(grant: Grant, reason: str, *, person: Person, now: datetime) -> Grant:
    """End what runs, at once; a reason may be given. Raises AccessRefused."""
    standing = _standing(grant)
    act = check(standing, "stop_emergency" if standing.kind == Kind.NOOD else "stop", person=person, now=now)
    _call(standing, "access_stop", reason.strip(), str(person.user), now)
    _note(standing, act.logged, person, {"reden": [None, reason.strip() or None]})
    mails.tell_administrators("ended", _standing(grant))
    return _told("stopped", grant)


@transaction.atomic
def unmask(grant: Grant, *, person: Person, now: datetime) -> Grant:
    """Show personal data from here on, until it ends. Raises AccessRefused."""
    standing = _standing(grant)
    act = check(standing, "unmask", person=person, now=now)
    _call(standing, "access_unmask", str(person.user), now)
    _note(standing, act.logged, person)
    return _standing(grant)


@transaction.atomic
def judge(grant: Grant, words: str, *, agrees: bool, person: Person, now: datetime) -> Grant:
    """Agree to the account of an emergency, or dispute it with a reason. Raises AccessRefused."""
    standing = _standing(grant)
    act = check(standing, "agree" if agrees else "dispute", person=person, now=now)
    if not agrees and not words.strip():
        raise AccessRefused(gettext("Schrijf op wat u betwist."))
    _call(standing, "access_judge", agrees, words.strip(), str(person.user), now)
    _note(standing, act.logged, person, {"reden": [None, words.strip() or None]})
    return _told("judged", grant)


def emergencies_allowed() -> bool:
    """By the municipality that one is in."""
    return vendor_rows(current_municipality()).of(Emergencies).filter(allowed=True).exists()


@transaction.atomic
def set_emergencies(*, before: bool, after: bool, person: Person) -> None:
    """``before`` is what the person saw. Raises AccessRefused."""
    if person.side.has_organisations or not person.may(AREA, Level.APPROVE):
        raise AccessRefused(gettext("Dit bepaalt de gemeente zelf."))
    if before == after:
        return
    municipality = current_municipality()
    if not vendor_rows(municipality).call("access_set_emergencies", before, after):
        raise AccessStale(gettext("Een collega wijzigde dit zojuist. Bekijk het opnieuw."))
    note_for_both(
        person=person,
        area=AREA,
        action="noodtoegang toegestaan" if after else "noodtoegang verboden",
        subject=municipality.naam,
        municipality=municipality,
    )


def _check_narrower(grant: Grant, decision: Decision) -> None:
    """The approver takes away and never adds; the table holds to it whatever is said here."""
    asked = set(grant.zaaktypen_asked)
    adds = (
        not set(decision.scopes) <= set(grant.scopes_asked)
        or not 1 <= decision.hours <= grant.hours_asked
        or not 1 <= decision.maximum <= grant.maximum_asked
        or (asked and not set(decision.zaaktypen) <= asked)
        or (asked and not decision.zaaktypen)
    )
    if adds:
        raise AccessRefused(gettext("U geeft niet meer dan is gevraagd. Meer is een nieuwe aanvraag."))
    if not decision.scopes:
        raise AccessRefused(gettext("Kies wat u toestaat, of weiger de aanvraag."))


def grants() -> GrantQuerySet:
    """Those of the municipality that one is in."""
    return cast("GrantQuerySet", vendor_rows(current_municipality()).of(Grant))


def _standing(grant: Grant) -> Grant:
    return grants().get(pk=grant.pk)


def _call(grant: Grant, function: str, *given: object) -> None:
    """Raises AccessStale where somebody else was first: the function asks it of the row it locked."""
    if not vendor_rows(current_municipality()).call(function, grant.pk, *given):
        raise AccessStale(how_it_stands(_standing(grant), given[-1]))  # type: ignore[arg-type]  # the moment


def _note(grant: Grant, action: str, person: Person, changes: Mapping[str, object] | None = None) -> None:
    note_for_both(
        person=person,
        area=AREA,
        action=action,
        subject=subject_of(grant),
        municipality=current_municipality(),
        changes=changes,
    )


def _told(what: str, grant: Grant) -> Grant:
    """As it stands now; the asker hears of it."""
    standing = _standing(grant)
    mails.tell_asker(what, standing, current_municipality())
    return standing
