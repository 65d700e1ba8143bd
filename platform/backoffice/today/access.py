"""Access that was asked and that waits for somebody: for the gemeente, for a colleague, or for who had it."""

from __future__ import annotations

from collections.abc import Iterator
from datetime import datetime
from typing import Any

from django.db.models import Q, QuerySet
from django.urls import reverse
from django.utils.translation import gettext

from access.models import Grant, Kind, State
from access.states import AREA
from backoffice.today.todo import SHOWN, Todo
from screens.due import Due, DueKind
from screens.formats import near, remaining
from tenants.accounts.person import Person
from tenants.accounts.rights import Level

Asked = Any  # a grant with the state that holds now


def waiting(person: Person, now: datetime) -> QuerySet[Grant]:
    """What a gemeente was asked and did not answer yet."""
    found: QuerySet[Grant] = Grant.objects.visible_to(person).waiting(now)
    return found


def of_access(person: Person, now: datetime) -> Iterator[Todo]:
    """An emergency is confirmed by a colleague, and afterwards accounted for by who looked."""
    if not person.may(AREA, Level.SEE):
        return
    asked = Q(state_now=State.AANGEVRAAGD)
    to_account_for = Q(state_now=State.BEEINDIGD, kind=Kind.NOOD)
    rows = Grant.objects.visible_to(person).at(now).filter(asked | to_account_for)
    for each in rows.select_related("municipality").order_by("lapses_at", "pk")[:SHOWN]:
        yield _todo(each, now)


def _todo(grant: Asked, now: datetime) -> Todo:
    turn, words = _turn(grant)
    over = grant.state_now == State.BEEINDIGD
    ended = grant.ended_at or grant.valid_until or now
    return Todo(
        due=Due(DueKind.SOON, gettext("sinds %(moment)s") % {"moment": near(ended, now)})
        if over
        else Due(DueKind.OK, remaining(grant.lapses_at, now)),
        at=ended if over else grant.lapses_at,
        words=f"{grant}: {words}",
        url=reverse("grant", args=[grant.pk]),
        sub=gettext("gevraagd door %(who)s, %(when)s")
        % {"who": grant.person_name, "when": near(grant.asked_at, now)},
        whom=grant.municipality.naam,
        turn=turn,
        next=gettext("Bekijken"),
    )


def _turn(grant: Asked) -> tuple[str, str]:
    """Who has to do something, and what it is."""
    if grant.kind == Kind.GEWOON:
        return gettext("de gemeente"), gettext("toegang wacht op gemeente")
    if grant.state_now == State.AANGEVRAAGD:
        return gettext("een collega"), gettext("noodtoegang wacht op een tweede persoon")
    return grant.person_name, gettext("noodtoegang is nog niet verantwoord")
