"""What is published in versions: a version never changes, and holds from its day until the next one does."""

from __future__ import annotations

from collections.abc import Iterable
from datetime import date
from typing import Any, Self, TypeVar

from django.db import models
from django.db.models.functions import Lower

from tenants.accounts.person import Person
from tenants.registry.models import Organisation


class Named(models.QuerySet[Any]):
    def visible_to(self, person: Person) -> Self:
        """Those of one's own organisation: what another promises is its own affair."""
        return self.filter(organisation=person.organisation_id or 0)


class Versioned(models.Model):
    """What an organisation promises by, under a name."""

    organisation = models.ForeignKey(Organisation, models.PROTECT, related_name="+")
    name = models.CharField(max_length=100)

    objects = Named.as_manager()

    class Meta:
        abstract = True
        ordering = ("name", "pk")
        constraints = (models.UniqueConstraint("organisation", Lower("name"), name="one_%(class)s_per_name"),)

    def __str__(self) -> str:
        return self.name


class Version(models.Model):
    """The database refuses to change or delete one."""

    number = models.PositiveIntegerField()
    effective_from = models.DateField()
    reason = models.CharField(max_length=500)
    published_at = models.DateTimeField()
    published_by = models.CharField(max_length=254)

    class Meta:
        abstract = True
        ordering = ("-number",)


AnyVersion = TypeVar("AnyVersion", bound=Version)


def in_force(versions: Iterable[AnyVersion], day: date) -> AnyVersion | None:
    """The one that holds on a day; None before the first. Where two begin alike, the later one corrects."""
    begun = [each for each in versions if each.effective_from <= day]
    return max(begun, key=lambda each: (each.effective_from, each.number), default=None)
