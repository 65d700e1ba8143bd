"""A request that nobody answered lapses at its moment; soon after, that is written down and told, once."""

from __future__ import annotations

from collections.abc import Sequence
from datetime import datetime, timedelta

from django.db import transaction

from access import mails
from access.models import Grant, Kind, State
from access.naming import subject_of
from access.states import AREA
from tenants.accounts.log import note
from tenants.registry.context import in_municipality, require_public
from tenants.registry.models import Municipality

AT_A_TIME = 500
TOLD_WITHIN = timedelta(days=7)
"""After so long nobody is told any more: it would be no news."""
LAPSED = "toegang vervallen"


def lapsed(now: datetime) -> Sequence[int]:
    """What still has to be told."""
    require_public()
    waiting = Grant.objects.filter(state=State.AANGEVRAAGD, lapses_at__lte=now)
    return list(waiting.order_by("lapses_at").values_list("pk", flat=True)[:AT_A_TIME])


@transaction.atomic
def tell_lapsed(pk: int, now: datetime) -> bool:
    """To whoever asked, and to those who could have decided; False where it was told, or is being told.

    Of an emergency no municipality was asked.
    """
    require_public()
    rows = Grant.objects.select_for_update(of=("self",), skip_locked=True).select_related("municipality")
    grant = rows.filter(pk=pk, state=State.AANGEVRAAGD, lapses_at__lte=now).first()
    if grant is None:
        return False
    grant.state = State.VERVALLEN
    grant.save(update_fields=["state"])
    subject, is_news = subject_of(grant), now - grant.lapses_at < TOLD_WITHIN
    note(person=None, area=AREA, action=LAPSED, subject=subject, municipality=grant.municipality)
    if is_news:
        mails.tell_asker("lapsed", grant, grant.municipality)
    if grant.municipality.status != Municipality.Status.BEEINDIGD:
        with in_municipality(grant.municipality):
            note(person=None, area=AREA, action=LAPSED, subject=subject)
            if is_news and grant.kind == Kind.GEWOON:
                mails.tell_administrators("unanswered", grant)
    return True
