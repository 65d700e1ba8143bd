"""Who is signed in, with the role that is held today: the one place that says what a person may."""

from __future__ import annotations

from dataclasses import dataclass

from django.db.models import QuerySet

from tenants.accounts.models import Membership, User
from tenants.accounts.models.membership import today_here
from tenants.accounts.rights import Level
from tenants.accounts.side import Side, current_side
from tenants.registry.models import Municipality, Organisation


@dataclass(frozen=True, slots=True)
class Person:
    """A user with the membership that holds now."""

    user: User
    membership: Membership
    side: Side

    @property
    def behind(self) -> User:
        """The human who answers for what is done: of a program that acts in this place, another one."""
        return self.user

    @property
    def is_program(self) -> bool:
        return self.behind is not self.user

    @property
    def role(self) -> str:
        return self.membership.role

    @property
    def role_name(self) -> str:
        return self.side.table.role_name(self.role)

    @property
    def organisation_id(self) -> int | None:
        return self.membership.organisation_id

    @property
    def schemas(self) -> frozenset[str] | None:
        """The municipalities that the person is limited to; None without limits."""
        return frozenset(self.membership.municipalities) if self.membership.is_limited else None

    @property
    def sees_the_fleet(self) -> bool:
        """Of the vendor itself and without limits: nothing of its console is of others."""
        own = self.membership.organisation if self.side.has_organisations else None
        return own is not None and own.kind == Organisation.Kind.VENDOR and self.schemas is None

    def level(self, area: str) -> Level:
        return self.side.table.level(area, self.role)

    def may(self, area: str, level: Level) -> bool:
        return self.level(area) >= level


def person_of(user: User) -> Person | None:
    """None where nobody gave the user a role, or where it ended."""
    if not user.is_active:
        return None
    side = current_side()
    held = Membership.objects.current(today_here()).filter(user=user)
    if side.has_organisations:
        held = held.select_related("organisation")
    membership = held.first()
    return None if membership is None else Person(user, membership, side)


def _partners_of_others(own: Organisation) -> QuerySet[Municipality, int | None]:
    others = Municipality.objects.exclude(vendor=own).exclude(implementation_partner=None)
    return others.values_list("implementation_partner", flat=True)


def organisations_of(person: Person) -> frozenset[int] | None:
    """The organisations whose people this person manages; None on the side of a municipality.

    One's own, and for the vendor the partners that work for it alone: one that also serves another vendor's
    municipalities manages its own people.
    """
    if not person.side.has_organisations:
        return None
    own = person.membership.organisation
    if own is None:
        return frozenset()
    if not person.sees_the_fleet:
        return frozenset({own.pk})
    partners = Organisation.objects.filter(
        kind=Organisation.Kind.IMPLEMENTATION_PARTNER, implementations__vendor=own
    ).exclude(pk__in=_partners_of_others(own))
    return frozenset({own.pk, *partners.values_list("pk", flat=True)})
