"""Giving, changing and ending roles: each a function in one transaction, with a line in the log."""

from __future__ import annotations

from collections.abc import Iterable
from dataclasses import dataclass
from datetime import date

from allauth.usersessions.models import UserSession
from django.db import transaction
from django.db.models import Q
from django.utils import timezone
from django.utils.translation import gettext as _

from tenants.accounts.log import note
from tenants.accounts.models import Invitation, Membership, User
from tenants.accounts.models.membership import today_here
from tenants.accounts.person import Person, organisations_of, person_of
from tenants.accounts.side import Side, current_side
from tenants.registry.models import Municipality, Organisation

AREA = "medewerkers"


class MembershipRefused(ValueError):
    """A sentence that says why, and who can do it."""


class Stale(MembershipRefused):
    """Somebody else was first."""


@dataclass(frozen=True, slots=True)
class Grant:
    """What somebody is given: a role, and for people of the vendor where."""

    role: str
    organisation_id: int | None = None
    municipalities: tuple[str, ...] | None = None
    """Schemas; None is no limit, and an empty tuple sees none."""
    until: date | None = None


def check_grant(grant: Grant, *, person: Person) -> None:
    """Nobody gives what he does not have: no higher role, no wider view, no other organisation.

    Raises MembershipRefused.
    """
    table = person.side.table
    if not table.has_role(grant.role):
        raise MembershipRefused(_("Deze rol bestaat niet."))
    if not table.covers(person.role, grant.role):
        raise MembershipRefused(
            _("Uw rol geeft niet alles wat %(role)s geeft. Dit kan een %(highest)s.")
            % {"role": table.role_name(grant.role).lower(), "highest": str(table.highest.name).lower()}
        )
    if grant.until is not None and grant.until <= today_here():
        raise MembershipRefused(_("De laatste dag ligt niet in de toekomst."))
    own = organisations_of(person)
    if own is None:
        if grant.organisation_id is not None or grant.municipalities is not None:
            raise MembershipRefused(_("Een gemeente kent geen organisaties en geen beperking."))
        return
    if grant.organisation_id not in own:
        raise MembershipRefused(_("U geeft geen rol in deze organisatie."))
    _check_limits(grant, person)


def _check_limits(grant: Grant, person: Person) -> None:
    if grant.municipalities is None:
        if person.schemas is not None:
            raise MembershipRefused(_("U ziet zelf niet alle gemeenten. Kies welke gemeenten het zijn."))
        return
    asked = set(grant.municipalities)
    visible = Municipality.objects.visible_to(person).filter(schema_name__in=asked)
    if asked - set(visible.values_list("schema_name", flat=True)):
        raise MembershipRefused(_("U ziet niet al deze gemeenten zelf."))


@transaction.atomic
def give_membership(user: User, grant: Grant, *, person: Person | None, taken_up: bool = False) -> Membership:
    """Of the system where `person` is None: the first people, a group's role. `taken_up`: by the user."""
    membership = Membership.objects.create(user=user, starts=today_here(), **_columns(grant))
    note(
        person=person_of(user) if taken_up else person,
        area=AREA,
        action="uitnodiging aangenomen" if taken_up else "rol gegeven",
        subject=str(user),
        changes={"rol": [None, grant.role], "gemeenten": [None, _names(grant.municipalities)]},
    )
    return membership


@transaction.atomic
def change_membership(membership: Membership, grant: Grant, *, person: Person | None) -> Membership:
    """End this role and give another. Raises MembershipRefused, which is Stale where somebody was first."""
    locked = _locked(membership)
    if person is not None:
        check_target(locked, person=person)
        check_grant(grant, person=person)
    _keep_one_highest(locked, grant)
    locked.ended_at = timezone.now()
    locked.save(update_fields=["ended_at"])
    changed = Membership.objects.create(user=locked.user, starts=today_here(), **_columns(grant))
    note(
        person=person,
        area=AREA,
        action="rol gewijzigd",
        subject=str(locked.user),
        changes={
            "rol": [locked.role, grant.role],
            "gemeenten": [
                _names(locked.municipalities if locked.is_limited else None),
                _names(grant.municipalities),
            ],
        },
    )
    return changed


@transaction.atomic
def end_membership(membership: Membership, *, person: Person | None) -> None:
    """At once: the sessions end too. Raises MembershipRefused."""
    locked = _locked(membership)
    if person is not None:
        check_target(locked, person=person)
    _keep_one_highest(locked, None)
    locked.ended_at = timezone.now()
    locked.save(update_fields=["ended_at"])
    note(
        person=person,
        area=AREA,
        action="rol beëindigd",
        subject=str(locked.user),
        changes={"rol": [locked.role, None]},
    )
    _end_sessions(locked.user)


@transaction.atomic
def lose_municipality(organisation_id: int, municipality: Municipality) -> None:
    """Nobody of this organisation is limited to this municipality any more, nor invited to it.

    Whoever had no other loses the role: it would see nothing. The system does it, and asks nobody: that an
    organisation keeps somebody of the highest role says nothing of who has limits.
    """
    schema = municipality.schema_name
    limited = Q(organisation_id=organisation_id, is_limited=True, municipalities__contains=[schema])
    rows = Membership.objects.select_for_update(of=("self",)).select_related("user").order_by("pk")
    for held in rows.filter(limited, ended_at__isnull=True):
        goes_on = held.until is None or held.until > today_here()
        left = tuple(each for each in held.municipalities if each != schema) if goes_on else ()
        held.ended_at = timezone.now()
        held.save(update_fields=["ended_at"])
        if left:
            grant = Grant(held.role, organisation_id, left, held.until)
            Membership.objects.create(user=held.user, starts=today_here(), **_columns(grant))
        note(
            person=None,
            area=AREA,
            action="rol gewijzigd" if left else "rol beëindigd",
            subject=str(held.user),
            municipality=municipality,
            changes={
                "rol": [held.role, held.role if left else None],
                "gemeenten": [[municipality.naam], None],  # of the others nobody here may know
            },
        )
        if not left:
            _end_sessions(held.user)
    invitations = Invitation.objects.select_for_update().filter(limited, accepted_at__isnull=True)
    for invitation in invitations.filter(withdrawn_at__isnull=True):
        invitation.withdrawn_at = timezone.now()
        invitation.save(update_fields=["withdrawn_at"])
        note(
            person=None,
            area=AREA,
            action="uitnodiging ingetrokken",
            subject=invitation.email,
            municipality=municipality,
        )


def _end_sessions(user: User) -> None:
    sessions = list(UserSession.objects.filter(user=user))
    transaction.on_commit(lambda: [session.end() for session in sessions])


def _locked(membership: Membership) -> Membership:
    """All of the highest role too, in one order: two who end each other's leave one."""
    highest = current_side().table.highest.key
    rows = Membership.objects.select_for_update(of=("self",)).select_related("user").order_by("pk")
    open_rows = rows.filter(ended_at__isnull=True)
    locked = {row.pk: row for row in open_rows.filter(role=highest) | open_rows.filter(pk=membership.pk)}
    if membership.pk not in locked:
        raise Stale(_("Deze rol is intussen gewijzigd of beëindigd. Bekijk de lijst opnieuw."))
    return locked[membership.pk]


def check_target(membership: Membership, *, person: Person) -> None:
    """Nobody changes or ends his own role, a higher one, or one elsewhere. Raises MembershipRefused."""
    table = person.side.table
    if membership.user_id == person.user.pk:
        raise MembershipRefused(_("U wijzigt uw eigen rol niet. Vraag het een collega met dit recht."))
    own = organisations_of(person)
    if own is not None and membership.organisation_id not in own:
        raise MembershipRefused(_("U wijzigt geen rol in een andere organisatie."))
    if not table.covers(person.role, membership.role):
        raise MembershipRefused(
            _("U wijzigt geen rol die meer mag dan de uwe. Dit kan een %(highest)s.")
            % {"highest": str(table.highest.name).lower()}
        )


def _keep_one_highest(membership: Membership, grant: Grant | None) -> None:
    """In each organisation that has one, somebody keeps the highest role without limits or an end."""
    side = current_side()
    if membership.role != side.table.highest.key or _is_lasting_highest(grant, side):
        return
    organisation = membership.organisation_id
    where = Q(organisation__isnull=True) if organisation is None else Q(organisation_id=organisation)
    others = Membership.objects.current(today_here()).filter(
        where,
        role=side.table.highest.key,
        until__isnull=True,
        is_limited=False,
        user__is_active=True,
    )
    if not others.exclude(pk=membership.pk).exists():
        raise MembershipRefused(
            _("Dit is de laatste %(highest)s. Geef eerst een collega deze rol.")
            % {"highest": str(side.table.highest.name).lower()}
        )


def _is_lasting_highest(grant: Grant | None, side: Side) -> bool:
    return (
        grant is not None
        and grant.role == side.table.highest.key
        and grant.municipalities is None
        and grant.until is None
    )


def _columns(grant: Grant) -> dict[str, object]:
    return {
        "role": grant.role,
        "organisation_id": grant.organisation_id,
        "is_limited": grant.municipalities is not None,
        "municipalities": sorted(grant.municipalities or ()),
        "until": grant.until,
    }


def _names(schemas: Iterable[str] | None) -> list[str] | None:
    """What they are called now; a municipality, which has no limits, asks for none."""
    if schemas is None:
        return None
    found = Municipality.objects.filter(schema_name__in=list(schemas)).order_by("naam")
    return list(found.values_list("naam", flat=True))


def organisation_choices(person: Person) -> list[Organisation]:
    """The organisations in which this person may give a role; none on the side of a municipality."""
    own = organisations_of(person)
    return [] if own is None else list(Organisation.objects.filter(pk__in=own).order_by("name"))
