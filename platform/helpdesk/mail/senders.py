"""Who wrote a mail, as far as its address tells.

An address can be forged, also where the mail servers between check what they can (SPF, DKIM, DMARC). So an
address alone changes no report that is there: for that a mail also goes to the address of the report, which
only those have whom we wrote to. And what seems to come from our own people is a note for colleagues, since
the reporter has that address too: it stops no clock.
"""

from __future__ import annotations

from collections.abc import Iterator

from django.db.models import Q
from django.utils import timezone

from contracts.in_force import versions_of
from helpdesk.models import Ticket
from helpdesk.people import handlers_of
from helpdesk.states import AREA
from helpdesk.who import Who, writer_of
from helpdesk.words import Side
from tenants.accounts.models import Membership, User
from tenants.accounts.models.membership import today_here
from tenants.accounts.rights import Level
from tenants.accounts.side import side_of
from tenants.registry.context import in_municipality, require_public
from tenants.registry.models import Municipality, Organisation

OPEN_TO_MAIL = (Municipality.Status.ACTIEF, Municipality.Status.BEPERKT, Municipality.Status.IN_EXIT)


def writer_to(ticket: Ticket, address: str) -> Who | None:
    """Who writes to this report; None where it is nobody of it."""
    require_public()
    if not address:
        return None
    handler = handlers_of(ticket).filter(user__email__iexact=address).first()
    if handler is not None and handler.organisation is not None:
        user = handler.user
        return writer_of(user.name, user.email, handler.organisation.name, Side.LEVERANCIER)
    if ticket.municipality.status not in OPEN_TO_MAIL:
        return None
    known, person = _person_of(ticket.municipality, address)
    if person is not None:
        return writer_of(person.name, person.email, ticket.municipality.naam, Side.GEMEENTE)
    # who left the municipality is nobody of it any more, also of what he once reported
    reported = None if known else _reported_by(ticket, address)
    if reported is None:
        return None
    return writer_of(reported.reporter_name, address, ticket.municipality.naam, Side.GEMEENTE)


def _reported_by(ticket: Ticket, address: str) -> Ticket | None:
    """This one, or one that was merged into it, whose reporter hears of it too."""
    of_it = Ticket.objects.filter(Q(pk=ticket.pk) | Q(merged_into=ticket))
    return of_it.filter(reporter_email__iexact=address).first()


def municipalities_of(address: str, vendor: Organisation) -> list[tuple[Municipality, Who]]:
    """Where this is the address of somebody who may report: of each gemeente one environment.

    It goes through all of the vendor's municipalities, each inside itself: nobody keeps a list of all people.
    """
    require_public()
    if not address:
        return []
    found: dict[str, tuple[Municipality, Who]] = {}
    served = list(
        Municipality.objects.filter(vendor=vendor, status__in=OPEN_TO_MAIL).prefetch_related(
            "domains", "allowed_hosts"
        )
    )
    callers = _callers(served, address)
    for municipality in sorted(served, key=_order):
        gemeente = municipality.cbs_code or municipality.naam
        if gemeente in found:
            continue
        known, person = _person_of(municipality, address)
        if person is not None:
            name = person.name
        elif municipality.pk in callers and not known:
            name = ""
        else:
            continue
        found[gemeente] = (municipality, writer_of(name, address, municipality.naam, Side.GEMEENTE))
    return list(found.values())


def _order(municipality: Municipality) -> tuple[int, int]:
    """Production first: who says nothing of another environment means that."""
    return Municipality.Environment.values.index(municipality.environment), municipality.pk


def _person_of(municipality: Municipality, address: str) -> tuple[bool, User | None]:
    """Whether the municipality knows it, and who it is where that person may report now."""
    table = side_of("municipality").table
    roles = [role.key for role in table.roles if table.level(AREA, role.key) >= Level.CHANGE]
    with in_municipality(municipality):
        user = User.objects.filter(email__iexact=address).first()
        if user is None:
            return False, None
        held = Membership.objects.current(today_here()).filter(user=user, role__in=roles)
        return True, user if user.is_active and held.exists() else None


def has_left(municipality: Municipality, address: str) -> bool:
    """Whether this is of somebody who had an account there, and has no part in it any more."""
    if municipality.status not in OPEN_TO_MAIL:
        return False
    with in_municipality(municipality):
        user = User.objects.filter(email__iexact=address).first()
        if user is None:
            return False
        return not (user.is_active and Membership.objects.current(today_here()).filter(user=user).exists())


def _callers(municipalities: list[Municipality], address: str) -> set[int]:
    """Where a contract names this address among those who may report."""
    held = versions_of([each.pk for each in municipalities], timezone.localdate())
    return {pk for pk, version in held.items() if address in set(_addresses_in(version.callers))}


def _addresses_in(callers: str) -> Iterator[str]:
    return (word.strip("<>(),;:").lower() for word in callers.split() if "@" in word)
