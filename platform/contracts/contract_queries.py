"""How contracts stand on a day, asked of the database: as ``contracts.standing`` reckons it of each."""

from __future__ import annotations

from datetime import date

from django.db.models import (
    BooleanField,
    Case,
    CharField,
    Count,
    Exists,
    F,
    OuterRef,
    Q,
    QuerySet,
    Subquery,
    Value,
    When,
)
from django.db.models.functions import Coalesce

from contracts.indexing import is_due, next_indexation
from contracts.models import Contract, ContractVersion, InForce
from contracts.standing import is_soon
from contracts.states import Standing, State
from tenants.accounts.person import Person

S = Standing
PARTS = {
    "actief": Q(standing_now__in=[S.ACTIEF, S.OPGEZEGD, S.GETEKEND]),
    "loopt-af": Q(soon=True),
    "concept": Q(open_state=State.CONCEPT),
    "aangeboden": Q(open_state=State.AANGEBODEN),
    "geeindigd": Q(standing_now__in=[S.BEEINDIGD, S.AFGEWEZEN, S.INGETROKKEN, S.VERLOPEN]),
}
"""The parts of the list; an addendum that is drawn up or offered is in one of its own beside what holds."""


def standing_on(contracts: QuerySet[Contract], day: date) -> QuerySet[Contract]:
    """With ``standing_now``, and ``open_state`` of the version that is still to become something."""
    held = InForce.objects.filter(contract=OuterRef("pk"))
    versions = ContractVersion.objects.filter(contract=OuterRef("pk"))
    newest = versions.order_by("-number")
    signed = versions.filter(state=State.GETEKEND)
    standing = Case(
        When(ends_on__lt=day, then=Value(S.BEEINDIGD)),
        When(ends_on__isnull=False, then=Value(S.OPGEZEGD)),
        When(Exists(_now(held, day)), then=Value(S.ACTIEF)),
        When(Exists(held.filter(since__gt=day)), then=Value(S.GETEKEND)),
        When(Exists(signed) & Exists(held), then=Value(S.BEEINDIGD)),
        When(Exists(signed), then=Value(S.GETEKEND)),
        When(newest_state=State.AANGEBODEN, newest_until__lt=day, then=Value(S.VERLOPEN)),
        default=F("newest_state"),
        output_field=CharField(),
    )
    offered = Q(state=State.AANGEBODEN, offer_until__gte=day)
    waiting = versions.filter(Q(state=State.CONCEPT) | offered)
    return contracts.annotate(
        newest_state=Subquery(newest.values("state")[:1]),
        newest_until=Subquery(newest.values("offer_until")[:1]),
        open_state=Coalesce(Subquery(waiting.values("state")[:1]), Value("")),
        standing_now=standing,
    )


def with_soon(contracts: QuerySet[Contract], day: date) -> QuerySet[Contract]:
    """With ``soon``: what ends, or whose last day of notice comes, within a few months."""
    held = _now(InForce.objects.filter(contract__in=contracts.values("pk")), day)
    one_of_each = held.order_by("contract_id").distinct("contract_id").select_related("contract", "version")
    soon = [each.contract_id for each in one_of_each if is_soon(each.contract, each.version, day)]
    found = Case(When(pk__in=soon, then=Value(True)), default=Value(False), output_field=BooleanField())
    return contracts.annotate(soon=found if soon else Value(False))


def due_indexations(person: Person, day: date) -> list[tuple[Contract, date]]:
    """Those that somebody is to see to now, each with the day from which the prices may be indexed."""
    own = Contract.objects.visible_to(person).filter(organisation=person.organisation_id or 0)
    held = _now(InForce.objects.filter(contract__in=own.values("pk")), day)
    with_clause = held.filter(version__indexation_from__isnull=False).values("contract")
    found = [
        (each, next_indexation(each, list(each.versions.all()), day))
        for each in own.filter(pk__in=with_clause).prefetch_related("versions")
        if is_due(each, list(each.versions.all()), day)
    ]
    return sorted(
        ((each, due) for each, due in found if due is not None), key=lambda pair: (pair[1], pair[0].pk)
    )


def counts_of(contracts: QuerySet[Contract]) -> dict[str, int]:
    """Of each part, and of all, by one statement."""
    found: dict[str, int] = contracts.aggregate(
        alle=Count("pk"), **{key.replace("-", "_"): Count("pk", filter=part) for key, part in PARTS.items()}
    )
    return found


def _now(rows: QuerySet[InForce], day: date) -> QuerySet[InForce]:
    return rows.filter(Q(until__isnull=True) | Q(until__gte=day), since__lte=day)
