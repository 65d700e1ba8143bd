"""Mail to people of either console: whose address it is, and that each gets a letter of his own."""

from __future__ import annotations

from collections.abc import Iterable

from django.db.models import Q

from tenants.accounts.models import Membership
from tenants.accounts.models.membership import today_here
from tenants.accounts.rights import Level
from tenants.accounts.side import side_of
from tenants.errands.letters import Written, write


def addresses(console: str, area: str, level: Level, *of: Q) -> list[str]:
    """Of those whose role reaches this level, among the people of the house that one is in."""
    table = side_of(console).table
    roles = [role.key for role in table.roles if table.level(area, role.key) >= level]
    members = Membership.objects.current(today_here()).filter(*of, role__in=roles, user__is_active=True)
    return list(members.order_by("user__email").values_list("user__email", flat=True))


def who_see(*schemas: str) -> Q:
    """Of the vendor's people those who see one of these municipalities, by its schema."""
    return Q(is_limited=False) | Q(municipalities__overlap=list(schemas))


def post(subject: str, body: str, whom: Iterable[str]) -> None:
    """To each by himself, in the transaction of what it tells of; a job sends it."""
    write(Written(to=address, subject=subject, body=body) for address in whom)
