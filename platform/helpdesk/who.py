"""Who does something to a report: a person of either side, somebody who wrote a mail, or time itself."""

from __future__ import annotations

from dataclasses import dataclass

from helpdesk.words import Side
from tenants.accounts.person import Person

LONGEST_NAME = 200
"""As it is kept with what was done; an address that stands for a name may be longer."""


@dataclass(frozen=True, slots=True)
class Who:
    """As it stands with what was done. ``person`` is whoever signed in; None for a mail, and for time."""

    name: str
    email: str
    organisation: str
    side: Side
    person: Person | None = None

    @property
    def user_id(self) -> int | None:
        """Of the vendor's people alone: those of a municipality live in another schema."""
        is_of_vendor = self.side is Side.LEVERANCIER and self.person is not None
        return self.person.user.pk if is_of_vendor and self.person is not None else None


TIME = Who(name="", email="", organisation="", side=Side.SYSTEEM)
"""What is done by itself, as a reminder."""


def who_is(person: Person) -> Who:
    """Of either console."""
    user = person.user
    organisation = person.membership.organisation if person.side.has_organisations else None
    return Who(
        name=(user.name or user.email)[:LONGEST_NAME],
        email=user.email,
        organisation=person.side.name() if organisation is None else organisation.name,
        side=Side.LEVERANCIER if person.side.has_organisations else Side.GEMEENTE,
        person=person,
    )


def writer_of(name: str, email: str, organisation: str, side: Side) -> Who:
    """Somebody who is known by the address of a mail, and did not sign in."""
    return Who(name=(name or email)[:LONGEST_NAME], email=email, organisation=organisation, side=side)
