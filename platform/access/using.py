"""Using a grant: asked again at every request, so that it ends by itself."""

from __future__ import annotations

from datetime import datetime

from django.utils.translation import gettext

from access.models import Grant
from access.refusals import AccessRefused
from tenants.accounts.person import Person


def usable_grant(person: Person, pk: int, now: datetime) -> Grant:
    """The grant by which this very person may look now. Raises AccessRefused; its words are for the page."""
    grant = (
        Grant.objects.visible_to(person)
        .select_related("municipality")
        .filter(pk=pk, person_id=person.user.pk)
        .first()
    )
    if grant is None:
        raise AccessRefused(gettext("Deze toegang is niet van u. Vraag zelf toegang aan de gemeente."))
    if not grant.is_running(now):
        raise AccessRefused(
            gettext("%(number)s is %(state)s. Vraag nieuwe toegang aan de gemeente.")
            % {"number": grant, "state": str(grant.state_at(now).label).lower()}
        )
    return grant
