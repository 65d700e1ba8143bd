"""Using a grant: asked again at every request, so that it ends by itself."""

from __future__ import annotations

from datetime import datetime

from django.db import transaction
from django.utils.translation import gettext

from access import mails
from access.models import Grant
from access.naming import subject_of
from access.refusals import AccessRefused
from access.states import AREA
from tenants.accounts.log import note_for_both
from tenants.accounts.person import Person
from tenants.accounts.rights import Level


def usable_grant(person: Person, pk: int, now: datetime) -> Grant:
    """The grant by which this very person may look now, with its municipality.

    Raises AccessRefused, with words for the page: not his, not of his role, or not running.
    """
    grant = (
        Grant.objects.visible_to(person)
        .select_related("municipality")
        .filter(pk=pk, person_id=person.user.pk)
        .first()
    )
    if grant is None:
        raise AccessRefused(gettext("Deze toegang is niet van u. Vraag zelf toegang aan de gemeente."))
    if not person.may(AREA, Level.CHANGE):
        raise AccessRefused(gettext("Met uw rol gebruikt u geen toegang."))
    if not grant.is_running(now):
        raise AccessRefused(
            gettext("%(number)s is %(state)s. Vraag nieuwe toegang aan de gemeente.")
            % {"number": grant, "state": str(grant.state_at(now).label).lower()}
        )
    return grant


@transaction.atomic
def mark_used(grant: Grant, *, person: Person, now: datetime) -> None:
    """That it was used: the municipality hears of the first time. In public, and before what is read."""
    locked = Grant.objects.select_for_update(of=("self",)).select_related("municipality").get(pk=grant.pk)
    is_first = locked.first_used_at is None
    locked.last_used_at = now
    if is_first:
        locked.first_used_at = now
    locked.save(update_fields=["first_used_at", "last_used_at"])
    if is_first:
        note_for_both(
            person=person,
            area=AREA,
            action="toegang voor het eerst gebruikt",
            subject=subject_of(locked),
            municipality=locked.municipality,
        )
        mails.tell_municipality("first_use", locked)
