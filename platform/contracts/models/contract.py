"""What an organisation and a gemeente agreed, under one number; what they agreed stands in its versions."""

from __future__ import annotations

from typing import Any, ClassVar, Self

from django.db import models
from django.db.models import Q

from contracts.states import Side
from tenants.accounts.person import Person
from tenants.registry.models import Municipality, Organisation
from tenants.registry.vendor_rows import VendorRow, VendorRowManager


class ContractQuerySet(models.QuerySet["Contract"]):
    def visible_to(self, person: Person) -> Self:
        """Of one's own organisation; whoever is limited to some municipalities sees what covers one of them.

        What a gemeente agreed with another organisation is no business of the one that takes it over, nor of
        a partner that does a line of the work.
        """
        own = person.organisation_id
        if own is None:
            return self.none()
        found = self.filter(organisation=own)
        if person.schemas is None:
            return found
        seen = Municipality.objects.filter(schema_name__in=person.schemas)
        return found.filter(pk__in=_covers(Contract).filter(municipality__in=seen).values("contract"))


class ContractManager(VendorRowManager["Contract"].from_queryset(ContractQuerySet)):  # type: ignore[misc]  # made while running
    pass


class ContractCounter(models.Model):
    """The last number of a year that an organisation gave: its row is locked while the next one is given."""

    organisation = models.ForeignKey(Organisation, models.PROTECT, related_name="+")
    year = models.PositiveSmallIntegerField()
    last = models.PositiveIntegerField()

    class Meta:
        constraints = (models.UniqueConstraint("organisation", "year", name="one_counter_per_year"),)

    def __str__(self) -> str:
        return f"{self.organisation}, {self.year}"


class Contract(VendorRow):
    """Whose it is never changes. Notice is of the whole; what holds on a day is in ``contracts.in_force``."""

    organisation = models.ForeignKey(
        Organisation, models.PROTECT, related_name="contracts", help_text="Whoever drew it up, and hosts."
    )
    number = models.CharField(max_length=20)
    client = models.ForeignKey(
        Municipality,
        models.PROTECT,
        null=True,
        blank=True,
        related_name="+",
        help_text="An environment of the gemeente: the database takes the first that is covered, and lets it"
        " cover no other gemeente.",
    )
    client_name = models.CharField(max_length=200, help_text="The gemeente, as it was called then.")
    client_oin = models.CharField(max_length=20, blank=True, default="")
    client_rsin = models.CharField(max_length=9, blank=True, default="")
    client_kvk = models.CharField(max_length=8, blank=True, default="")
    notice_at = models.DateTimeField(null=True, blank=True)
    notice_side = models.CharField(max_length=11, choices=Side, blank=True, default="")
    notice_by = models.CharField(max_length=254, blank=True, default="")
    notice_reason = models.CharField(max_length=1000, blank=True, default="")
    ends_on = models.DateField(
        null=True, blank=True, help_text="Its last day, once notice was given or the gemeente left."
    )

    objects: ClassVar[ContractManager] = ContractManager()

    class Meta:
        ordering = ("-number", "-pk")
        constraints = (
            models.UniqueConstraint("organisation", "number", name="one_contract_per_number"),
            models.CheckConstraint(
                condition=Q(client_kvk="") | Q(client_kvk__regex=r"^\d{8}$"), name="client_kvk_is_plain"
            ),
            models.CheckConstraint(
                condition=Q(notice_at__isnull=True, notice_side="")
                | Q(ends_on__isnull=False, notice_at__isnull=False, notice_side__in=Side.values),
                name="notice_has_a_last_day",
            ),
        )

    def __str__(self) -> str:
        return self.number

    @classmethod
    def of(cls, municipality: Municipality) -> Q:
        return Q(pk__in=_covers(cls).filter(municipality=municipality.pk).values("contract"))


def shown_versions(municipality: Municipality) -> models.QuerySet[Any, Any]:
    """The versions that were offered to this municipality, read inside it."""
    return _covers(Contract).filter(municipality=municipality.pk).values("version")


def _covers(model: type[models.Model]) -> models.QuerySet[Any]:
    """The policy of that table shows each municipality its own; the vendor's code is refused inside one."""
    covers: Any = model._meta.get_field("covers").related_model
    found: models.QuerySet[Any] = covers.objects.behind_the_door()
    return found
