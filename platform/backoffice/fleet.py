"""The municipalities that a person of the vendor may see, and how each of them is."""

from __future__ import annotations

from datetime import datetime
from typing import Any

from django.contrib.postgres.aggregates import StringAgg
from django.db.models import (
    BooleanField,
    Case,
    Count,
    Exists,
    ExpressionWrapper,
    F,
    IntegerField,
    OuterRef,
    Q,
    QuerySet,
    Subquery,
    Value,
    When,
)
from django.db.models.functions import Coalesce

from api.zaken.models import Zaak
from tenants.accounts.person import Person
from tenants.jobs.models import Job, JobQuerySet
from tenants.onboarding.asking import KIND
from tenants.registry.estimates import EstimatedRows
from tenants.registry.gemeenten import gemeente
from tenants.registry.models import Domain, Municipality, StateChange
from tenants.registry.states import DOORS, Door
from tenants.registry.tasks import patience, silent

Status = Municipality.Status
Seen = Any  # a municipality with what is annotated below
Fleet = QuerySet[Any]  # of such

NEEDS_ATTENTION = Q(is_silent=True) | Q(has_failed=True) | Q(is_stuck=True)
ANSWERS = [status for status, doors in DOORS.items() if doors.api_read is Door.OPEN]


def fleet(person: Person, now: datetime) -> Fleet:
    """Each environment is a row: whether it is silent, has work that failed or is half set up, with more."""
    rows = Municipality.objects.visible_to(person)
    names = Domain.objects.filter(tenant=OuterRef("pk")).order_by().values("tenant")
    return rows.annotate(
        is_silent=_is_one_of(silent_schemas(person, now)),
        has_failed=Exists(Job.objects.filter(municipality=OuterRef("pk"), state=Job.State.FAILED)),
        is_stuck=ExpressionWrapper(
            Q(status=Status.IN_INRICHTING) & ~Exists(_setting_up()), output_field=BooleanField()
        ),
        host=Subquery(Domain.objects.filter(tenant=OuterRef("pk"), is_primary=True).values("domain")[:1]),
        hostnames=Subquery(names.annotate(all=StringAgg("domain", " ")).values("all")),
        zaken=EstimatedRows(Zaak),
        rank=Case(
            *[
                When(environment=word, then=place)
                for place, word in enumerate(Municipality.Environment.values)
            ],
            output_field=IntegerField(),
        ),
    )


def _setting_up() -> JobQuerySet:
    """The open job that sets a municipality up: it has the municipality only after its first steps."""
    asked = Job.objects.open().filter(kind=KIND)
    return asked.filter(Q(municipality=OuterRef("pk")) | Q(subject=OuterRef("schema_name")))


def is_being_set_up(municipality: Municipality) -> bool:
    asked = Job.objects.open().filter(kind=KIND)
    return asked.filter(Q(municipality=municipality) | Q(subject=municipality.schema_name)).exists()


def silent_schemas(person: Person, now: datetime) -> frozenset[str]:
    """Of the municipalities that should answer, those that no job has reached for minutes.

    One that opened only just now may still wait for its first.
    """
    opened = StateChange.objects.filter(municipality=OuterRef("pk"), at__gt=now - patience())
    answering = Municipality.objects.visible_to(person).filter(~Exists(opened), status__in=ANSWERS)
    return silent(answering.values_list("schema_name", flat=True), now)


def counts(rows: Fleet) -> dict[str, int]:
    """How many there are, of each kind that has a tab."""
    return rows.aggregate(
        all=Count("pk"),
        gemeenten=Count(Coalesce(F("cbs_code"), F("naam")), distinct=True),
        attention=Count("pk", filter=NEEDS_ATTENTION),
        **{state.value: Count("pk", filter=Q(status=state)) for state in Status},
    )


def province_of(municipality: Municipality) -> str:
    """Empty for a samenwerkingsverband."""
    known = gemeente(municipality.cbs_code) if municipality.cbs_code else None
    return known.provincie if known else ""


def same_gemeente(rows: Fleet, municipality: Municipality) -> Fleet:
    """Every environment of it that the person sees."""
    known: Fleet = rows.filter(
        pk__in=Municipality.objects.same_gemeente(municipality).order_by().values("pk")
    )
    return known.order_by("rank", "pk")


def _is_one_of(schemas: frozenset[str]) -> ExpressionWrapper[Any]:
    if not schemas:
        return ExpressionWrapper(Value(False), output_field=BooleanField())
    return ExpressionWrapper(Q(schema_name__in=schemas), output_field=BooleanField())
