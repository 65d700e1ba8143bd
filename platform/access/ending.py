"""How access ends without anybody stopping it there and then: by time, and with who serves the gemeente."""

from __future__ import annotations

from collections.abc import Sequence
from datetime import datetime

from django.db import transaction

from access import mails
from access.models import Grant, State
from access.models.grant import PASSES_INTO, RUNNING, GrantQuerySet
from access.naming import subject_of
from access.states import ACTS, AREA
from tenants.accounts.log import note, note_for_both
from tenants.accounts.person import Person
from tenants.registry.context import in_municipality, require_public
from tenants.registry.models import Municipality

ENDED_BY_TIME = {State.VERLOPEN: "toegang verlopen", State.BEEINDIGD: ACTS["end"].logged}
"""What the logs call it, by the state that it came into."""
AT_A_TIME = 500


def over(now: datetime) -> Sequence[int]:
    """What ended by time and still has to be told."""
    require_public()
    return list(overdue(now).order_by("valid_until").values_list("pk", flat=True)[:AT_A_TIME])


def overdue(now: datetime) -> GrantQuerySet:
    """What runs by the row alone."""
    return Grant.objects.filter(state__in=RUNNING, valid_until__lte=now)


@transaction.atomic
def tell_over(pk: int, now: datetime) -> bool:
    """Write down what time did, and tell both sides; False where it was told, or is being told.

    Nothing depends on it: since its end nobody used the grant.
    """
    require_public()
    rows = Grant.objects.select_for_update(of=("self",), skip_locked=True).select_related("municipality")
    grant = rows.filter(pk=pk, state__in=RUNNING, valid_until__lte=now).first()
    if grant is None:
        return False
    grant.state = PASSES_INTO[State(grant.state)]
    grant.save(update_fields=["state"])
    action, subject = ENDED_BY_TIME[State(grant.state)], subject_of(grant)
    note(person=None, area=AREA, action=action, subject=subject, municipality=grant.municipality)
    mails.tell_asker("over", grant, grant.municipality)
    if grant.municipality.status != Municipality.Status.BEEINDIGD:
        with in_municipality(grant.municipality):
            note(person=None, area=AREA, action=action, subject=subject)
            mails.tell_administrators("ended", grant)
    return True


def end_with_service(
    organisation: int, municipality: Municipality, *, reason: str, person: Person, now: datetime
) -> None:
    """Who does not serve the gemeente any more loses what runs; what it asked lapses. In a transaction."""
    require_public()
    rows = Grant.objects.select_for_update(of=("self",)).select_related("municipality")
    held = rows.filter(municipality=municipality, organisation=organisation)
    for grant in held.running(now):
        act = ACTS["stop" if grant.state == State.TOEGESTAAN else "stop_emergency"]
        grant.state, grant.ended_at, grant.ended_by = act.after, now, str(person.user)
        grant.end_reason = reason
        grant.save(update_fields=["state", "ended_at", "ended_by", "end_reason"])
        note_for_both(
            person=person,
            area=AREA,
            action=act.logged,
            subject=subject_of(grant),
            municipality=municipality,
            changes={"reden": [None, reason]},
        )
        mails.tell_asker("over", grant, municipality)
        mails.tell_municipality("ended", grant)
    held.filter(state=State.AANGEVRAAGD, lapses_at__gt=now).update(lapses_at=now)
