"""Which role a person has, where and until when."""

from __future__ import annotations

from datetime import date
from typing import Self

from django.contrib.postgres.fields import ArrayField
from django.db import models
from django.db.models import Q
from django.utils import timezone

from tenants.accounts.models.user import User
from tenants.registry.models import Organisation


class MembershipQuerySet(models.QuerySet["Membership"]):
    def current(self, today: date) -> Self:
        """Those that hold on this day: from their first until before their last."""
        ends = Q(until__isnull=True) | Q(until__gt=today)
        return self.filter(ends, ended_at__isnull=True, starts__lte=today)

    def of_organisations(self, organisations: frozenset[int] | None) -> Self:
        """None is a municipality, whose people are all of it."""
        if organisations is None:
            return self
        return self.filter(organisation_id__in=organisations)


class Membership(models.Model):
    """A person has one at a time; another role is another row, so that history stays.

    Only people of the vendor have an organisation and limits: a municipality is one organisation, and its
    schema holds no table of organisations to refer to.
    """

    user = models.ForeignKey(User, models.CASCADE, related_name="memberships")
    role = models.CharField(max_length=40)
    organisation = models.ForeignKey(Organisation, models.PROTECT, null=True, blank=True, db_constraint=False)
    is_limited = models.BooleanField(default=False)
    municipalities = ArrayField(
        models.CharField(max_length=40),
        default=list,
        blank=True,
        help_text="Schemas of the municipalities that a limited person sees.",
    )
    starts = models.DateField()
    until = models.DateField(null=True, blank=True, help_text="The first day on which it no longer holds.")
    ended_at = models.DateTimeField(null=True, blank=True)

    objects = MembershipQuerySet.as_manager()

    class Meta:
        constraints = (
            models.UniqueConstraint(
                fields=("user",), condition=Q(ended_at__isnull=True), name="one_membership_at_a_time"
            ),
            models.CheckConstraint(
                condition=Q(is_limited=True) | Q(municipalities=[]), name="only_limited_people_have_limits"
            ),
            models.CheckConstraint(
                condition=Q(until__isnull=True) | Q(until__gte=models.F("starts")),
                name="membership_ends_after_it_starts",
            ),
        )

    def __str__(self) -> str:
        return f"{self.user} ({self.role})"

    def holds(self, today: date) -> bool:
        """As `current` has it, of this one."""
        return self.ended_at is None and self.starts <= today and (self.until is None or today < self.until)


def today_here() -> date:
    """The day in Amsterdam, by which memberships begin and end."""
    return timezone.localdate()
