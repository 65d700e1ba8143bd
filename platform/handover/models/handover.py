"""A gemeente gives a part of its service to another organisation on this deployment."""

from __future__ import annotations

from typing import ClassVar, Self

from django.db import models
from django.db.models import F, Q
from django.utils.translation import gettext_lazy as _

from handover.states import OVER, Side, State
from tenants.accounts.person import Person
from tenants.registry.models import Municipality, Organisation
from tenants.registry.vendor_rows import VendorRow, VendorRowManager


class Role(models.TextChoices):
    """What is given to another."""

    HOST = "host", _("Leverancier")
    IMPLEMENTATION_PARTNER = "implementation_partner", _("Implementatiepartner")


COLUMNS = {Role.HOST: "vendor", Role.IMPLEMENTATION_PARTNER: "implementation_partner"}
"""Where a municipality has who holds this role."""
KINDS = {
    Role.HOST: Organisation.Kind.VENDOR,
    Role.IMPLEMENTATION_PARTNER: Organisation.Kind.IMPLEMENTATION_PARTNER,
}


class Party(models.Model):
    """An organisation that a gemeente may choose, or has: a view in public shows its name and no more."""

    name = models.CharField(max_length=200)
    kind = models.CharField(max_length=30, choices=Organisation.Kind)

    class Meta:
        managed = False
        db_table = "handover_party"

    def __str__(self) -> str:
        return self.name


class HandoverQuerySet(models.QuerySet["Handover"]):
    def visible_to(self, person: Person) -> Self:
        """Of both sides, before and after, and of who hosts the gemeente; nobody else's."""
        own = person.organisation_id
        if own is None:
            return self.none()
        concerned = Q(from_organisation=own) | Q(to_organisation=own) | Q(municipality__vendor=own)
        found = self.filter(concerned).exclude(state=State.CONCEPT)
        if person.schemas is None:
            return found
        return found.filter(municipality__schema_name__in=person.schemas)

    def open(self) -> Self:
        return self.exclude(state__in=OVER)


class HandoverManager(VendorRowManager["Handover"].from_queryset(HandoverQuerySet)):  # type: ignore[misc]  # made while running
    pass


class Handover(VendorRow):
    """Once, in public. What each state lets whom do stands in ``handover.states``."""

    municipality = models.ForeignKey(Municipality, models.PROTECT, related_name="handovers")
    role = models.CharField(max_length=30, choices=Role)
    from_organisation = models.ForeignKey(Organisation, models.PROTECT, related_name="handed_over")
    to_organisation = models.ForeignKey(Organisation, models.PROTECT, related_name="taken_over")
    from_name = models.CharField(max_length=200, help_text="As it was called when this began.")
    to_name = models.CharField(max_length=200)
    municipality_name = models.CharField(max_length=200)
    decision = models.CharField(max_length=200, help_text="The document in which the gemeente decided it.")
    decided_on = models.DateField()
    state = models.CharField(max_length=20, choices=State, default=State.CONCEPT)
    begun_at = models.DateTimeField()
    accepted_at = models.DateTimeField(null=True, blank=True)
    planned_at = models.DateTimeField(null=True, blank=True)
    performed_at = models.DateTimeField(null=True, blank=True)
    overlap_until = models.DateField(
        null=True, blank=True, help_text="The last day on which what the old side knew may still work."
    )
    inventory = models.JSONField(default=dict, blank=True, help_text="Counts and names, never a secret.")

    objects: ClassVar[HandoverManager] = HandoverManager()

    class Meta:
        ordering = ("-begun_at", "-pk")
        constraints = (
            models.UniqueConstraint(
                fields=("municipality", "role"),
                condition=~Q(state__in=["afgerond", "afgebroken", "afgewezen"]),
                name="one_open_handover_of_a_role",
            ),
            models.CheckConstraint(
                condition=~Q(from_organisation=F("to_organisation")), name="handed_over_to_another"
            ),
            models.CheckConstraint(condition=Q(state__in=State.values), name="handover_state_is_known"),
            models.CheckConstraint(condition=Q(role__in=Role.values), name="handover_role_is_known"),
            models.CheckConstraint(
                condition=Q(performed_at__isnull=True) | Q(state__in=["overgedragen", "afgerond"]),
                name="performed_once_it_is_over",
            ),
        )

    def __str__(self) -> str:
        return f"{self.municipality_name}: {self.from_name} → {self.to_name}"

    def side_of(self, person: Person) -> Side | None:
        """On which side this person of the vendor's console stands; None for the host that looks on."""
        sides = {self.to_organisation_id: Side.NEW, self.from_organisation_id: Side.OLD}
        return sides.get(person.organisation_id or 0)
