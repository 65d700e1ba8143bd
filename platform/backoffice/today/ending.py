"""Contracts that end, of which the last day of notice comes, or of which the prices may be indexed."""

from __future__ import annotations

from collections.abc import Iterator
from datetime import date, datetime, time, timedelta
from typing import Any

from django.db.models import QuerySet
from django.urls import reverse
from django.utils import timezone
from django.utils.translation import gettext

from backoffice.today.todo import SHOWN, Todo, roles_of
from contracts.contract_queries import deciding, due_indexations, with_soon
from contracts.models import Contract
from contracts.states import VENDOR_AREA
from contracts.working_days import working_days_until
from screens.due import Due, DueKind
from screens.formats import day, long_day, working_days_left
from tenants.accounts.person import Person
from tenants.accounts.rights import Level

Deciding = Any  # a contract with what contract_queries.deciding annotates
NOW = timedelta(days=30)
"""What is further away is counted and stands in the list: nobody has to do anything about it today."""
SOON_FROM = 5
"""Working days that are left."""


def ending(person: Person, on: date) -> QuerySet[Any]:
    """Of those that this person sees."""
    return with_soon(Contract.objects.visible_to(person), on).filter(soon=True)


def of_contracts(person: Person, now: datetime) -> Iterator[Todo]:
    """Those about which something has to be done within a month, the first of them first."""
    if not person.may(VENDOR_AREA, Level.SEE):
        return
    today = timezone.localdate(now)
    turn = roles_of(person, VENDOR_AREA, Level.CHANGE)
    rows = deciding(Contract.objects.visible_to(person), today).filter(decides_on__lte=today + NOW)
    for each in rows.order_by("decides_on", "pk")[:SHOWN]:
        yield _todo(each, turn, today)


def of_indexations(person: Person, now: datetime) -> Iterator[Todo]:
    """Contracts of which the prices may be indexed within a few months, for who can make that version."""
    if not person.may(VENDOR_AREA, Level.CHANGE):
        return
    turn = roles_of(person, VENDOR_AREA, Level.CHANGE)
    for contract, since in due_indexations(person, timezone.localdate(now))[:SHOWN]:
        yield Todo(
            due=Due(DueKind.SOON, gettext("vanaf %(day)s") % {"day": day(since)}),
            at=timezone.make_aware(datetime.combine(since, time.min)),
            words=gettext("Prijzen indexeren: %(contract)s") % {"contract": contract},
            url=reverse("index_contract", args=[contract.pk]),
            sub=gettext("kondig het op tijd aan"),
            whom=contract.client_name,
            turn=turn,
            next=gettext("Indexeren"),
        )


def _todo(contract: Deciding, turn: str, today: date) -> Todo:
    ends = contract.last_day is not None
    what = gettext("loopt af") if ends else gettext("opzegtermijn eindigt")
    until = gettext("laatste dag %(day)s") if ends else gettext("opzeggen kan tot en met %(day)s")
    left = working_days_until(today, contract.decides_on)
    return Todo(
        due=Due(
            DueKind.SOON if left <= SOON_FROM else DueKind.OK,
            working_days_left(left) if left else gettext("vandaag"),
        ),
        at=timezone.make_aware(datetime.combine(contract.decides_on, time.max)),
        words=gettext("Contract %(number)s: %(what)s") % {"number": contract.number, "what": what},
        url=reverse("contract", args=[contract.pk]),
        sub=until % {"day": long_day(contract.decides_on)},
        whom=contract.client_name,
        turn=turn,
        next=gettext("Bekijken"),
    )
