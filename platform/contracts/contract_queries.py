"""How contracts stand on a day, asked of the database: as ``contracts.standing`` reckons it of each."""

from __future__ import annotations

from datetime import date
from typing import Any

from django.db.models import (
    Case,
    CharField,
    Count,
    DateField,
    Exists,
    Expression,
    ExpressionWrapper,
    F,
    Func,
    IntegerField,
    OuterRef,
    Q,
    QuerySet,
    Subquery,
    Value,
    When,
)
from django.db.models.functions import Cast, Coalesce, ExtractYear, Least

from contracts.indexing import due_indexation
from contracts.models import Contract, ContractVersion, InForce, Renewal
from contracts.standing import MONTHS, WARN_MONTHS, add_months
from contracts.states import Standing, State
from tenants.accounts.person import Person

S = Standing
Annotated = QuerySet[Any]  # rows with what is annotated below
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


def with_soon(contracts: QuerySet[Contract], day: date) -> Annotated:
    """With ``soon``: what ends, or whose last day of notice comes, within a few months."""
    found: Annotated = contracts.annotate(soon=Exists(soon_in_force(day).filter(contract=OuterRef("pk"))))
    return found


def deciding(contracts: QuerySet[Contract], day: date) -> Annotated:
    """Those that are soon, with ``decides_on``, the day until which something can be done about it.

    ``last_day`` is that of the contract, and empty where it renews itself.
    """
    held = soon_in_force(day).filter(contract=OuterRef("pk")).order_by("decides_on")
    found: Annotated = contracts.annotate(
        decides_on=Subquery(held.values("decides_on")[:1]), last_day=Subquery(held.values("last_day")[:1])
    )
    return found.filter(decides_on__isnull=False)


def soon_in_force(day: date) -> Annotated:
    """Of what holds on this day, as ``contracts.standing`` reckons it of each.

    Where a contract renews itself it is the last day of notice that counts.
    """
    limit = add_months(day, WARN_MONTHS)
    rows: Annotated = _now(InForce.objects.all(), day).annotate(
        last_day=Case(
            When(version__renewal=Renewal.YEARLY, then=F("contract__ends_on")),
            # the least of these that is there
            default=Least(F("version__end"), F("contract__ends_on")),
            output_field=DateField(),
        ),
        first_notice=_notice(Value(0)),
        # of the years that these few months lie in, the day until which notice can be given
        notice_now=_notice(_years_until(day.year)),
        notice_next=_notice(_years_until(limit.year)),
    )
    rows = rows.annotate(
        decides_on=Coalesce(
            "last_day",
            Case(When(notice_now__gte=day, then=F("notice_now")), default=F("notice_next")),
            output_field=DateField(),
        )
    )
    in_sight = Q(notice_now__range=(day, limit)) | Q(notice_next__range=(day, limit))
    renews = Q(last_day=None, first_notice__lte=limit)
    return rows.filter(Q(last_day__lte=limit) | (renews & in_sight))


class _Later(Func):
    """A day so many months later, or the last one of a month that is shorter: as ``add_months`` has it."""

    template = "(%(expressions)s))::date"
    arg_joiner = " + make_interval(months => "
    output_field = DateField()


def _notice(years: Expression) -> Expression:
    """Until when notice is given for the end of this many years later."""
    months = ExpressionWrapper(years * Value(MONTHS), output_field=IntegerField())
    before = ExpressionWrapper(F("version__notice_months") * Value(-1), output_field=IntegerField())
    return _Later(_Later(F("version__end"), months), before)


def _years_until(year: int) -> Expression:
    """After the end as it was agreed, how many years until notice falls in this one."""
    first = Cast(ExtractYear(_notice(Value(0))), IntegerField())
    return ExpressionWrapper(Value(year) - first, output_field=IntegerField())


def due_indexations(person: Person, day: date) -> list[tuple[Contract, date]]:
    """Those that somebody is to see to now, each with the day from which the prices may be indexed."""
    own = Contract.objects.visible_to(person)
    held = _now(InForce.objects.filter(contract__in=own.values("pk")), day)
    with_clause = held.filter(version__indexation_from__isnull=False).values("contract")
    found = [
        (each, due)
        for each in own.filter(pk__in=with_clause).prefetch_related("versions")
        if (due := due_indexation(each, list(each.versions.all()), day)) is not None
    ]
    return sorted(found, key=lambda pair: (pair[1], pair[0].pk))


def counts_of(contracts: QuerySet[Contract]) -> dict[str, int]:
    """Of each part, and of all, by one statement."""
    found: dict[str, int] = contracts.aggregate(
        alle=Count("pk"), **{key.replace("-", "_"): Count("pk", filter=part) for key, part in PARTS.items()}
    )
    return found


def _now(rows: QuerySet[InForce], day: date) -> QuerySet[InForce]:
    return rows.filter(Q(until__isnull=True) | Q(until__gte=day), since__lte=day)
