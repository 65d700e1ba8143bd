"""One look into a municipality: the grant held, the read made and the visit written, all or none."""

from __future__ import annotations

from collections.abc import Callable
from dataclasses import dataclass
from typing import Generic, TypeVar

from django.db import transaction
from django.http import Http404
from django.utils import timezone
from django.utils.translation import gettext

from access.models import Grant, Scope
from access.refusals import AccessRefused
from access.states import AREA
from access.using import mark_used, usable_grant
from api.pipeline.words.refusals import NotFound
from backoffice.looking.reading import Reader
from tenants.accounts.log import note
from tenants.accounts.networks import UNKNOWN, address_of
from tenants.accounts.pages import PageRequest
from tenants.registry.context import in_municipality
from tenants.registry.models import Municipality
from tenants.visits.models import Action, Page
from tenants.visits.writing import Visitor, note_visit

Found = TypeVar("Found")


@dataclass(frozen=True, slots=True)
class Reveal:
    """A masked value that is to be shown once, and why."""

    member: str
    reason: str


@dataclass(frozen=True, slots=True)
class Look(Generic[Found]):
    """What was read, by which grant."""

    grant: Grant
    found: Found


def look(  # noqa: PLR0913  # what is asked, and what becomes of it
    request: PageRequest,
    pk: int,
    *,
    needs: Scope,
    page: Page,
    read: Callable[[Reader], Found],
    reveal: Reveal | None = None,
) -> Look[Found]:
    """Read with a grant that runs; what was read leaves this function only once the visit is committed.

    The row of the grant is locked: who stops it waits for the read, and once it has stopped nothing more is
    read. Raises AccessRefused where the grant does not run or lacks the scope ``needs``, and Http404 for what
    is not there or not covered, of which that it was asked is a visit too, and for the grant of another.
    """
    with transaction.atomic():
        grant = _held(request, pk, needs)
        with in_municipality(grant.municipality):
            reader = Reader(grant, timezone.localdate())
            found = _read(reader, read)
            note_visit(
                visitor=_visitor(request, grant),
                at=timezone.now(),
                page=page,
                seen=list(reader.seen) if found else [reader.asked],
                action=_action(grant, reveal) if found else Action.REFUSED,
                member=reveal.member if reveal else "",
                reason=reveal.reason if reveal else "",
            )
        mark_used(grant, person=request.person, now=timezone.now())
        if found and reveal is not None:
            _note_reveal(request, grant, reveal)
    if not found:
        raise Http404
    return Look(grant, found[0])


def _read(reader: Reader, read: Callable[[Reader], Found]) -> tuple[Found] | None:
    """None for what is not there and what may not be seen alike; nothing tells the two apart from here on."""
    try:
        return (read(reader),)
    except NotFound:
        return None


def peek(request: PageRequest, pk: int, *, needs: Scope) -> Grant:
    """The grant, where it would do now; nothing is read and nothing written. Raises as ``look``."""
    with transaction.atomic():
        return _held(request, pk, needs)


def _held(request: PageRequest, pk: int, needs: Scope) -> Grant:
    """Locked first and judged then, on the moment that it is ours: waiting for it may have taken a while.

    Two looks by one grant come after each other, for each writes when it was used last.
    """
    person = request.person
    own = Grant.objects.visible_to(person).filter(pk=pk, person_id=person.user.pk)
    if own.select_for_update(no_key=True).first() is None:
        raise Http404
    grant = usable_grant(person, pk, timezone.now())
    if needs not in grant.scopes:
        raise AccessRefused(
            gettext("Deze toegang omvat %(scope)s niet. Meer nodig? Dat is een nieuwe aanvraag.")
            % {"scope": Scope(needs).label.lower()}
        )
    if grant.municipality.status == Municipality.Status.BEEINDIGD:
        raise AccessRefused(gettext("Deze gemeente is beëindigd. Haar gegevens zijn hier niet meer te zien."))
    return grant


def _note_reveal(request: PageRequest, grant: Grant, reveal: Reveal) -> None:
    """In the vendor's log, which tells the municipality too; what is only looked on stands in the visits."""
    note(
        person=request.person,
        area=AREA,
        action="waarde getoond",
        subject=f"{grant.number} {reveal.member}",
        municipality=grant.municipality,
        changes={"reden": [None, reveal.reason]},
    )


def _action(grant: Grant, reveal: Reveal | None) -> Action:
    if reveal is not None:
        return Action.REVEALED
    return Action.MASKED if grant.mask_personal_data else Action.SEEN


def _visitor(request: PageRequest, grant: Grant) -> Visitor:
    user, organisation = request.person.user, request.person.membership.organisation
    address = address_of(request)
    return Visitor(
        grant=grant.number,
        name=user.name or user.email,
        email=user.email,
        organisation="" if organisation is None else organisation.name,
        ip=None if address == UNKNOWN else address,
    )
