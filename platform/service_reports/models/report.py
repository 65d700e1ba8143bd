"""What was promised to a municipality in one month, and whether it was kept."""

from __future__ import annotations

from datetime import datetime
from typing import ClassVar, Self

from django.db import models
from django.db.models import Exists, F, OuterRef, Q
from django.db.models.functions import Lower
from django.db.models.lookups import Exact
from django.utils.translation import gettext_lazy as _

from tenants.accounts.person import Person, organisations_of
from tenants.registry.models import Municipality, Organisation
from tenants.registry.vendor_rows import VendorRow, VendorRowManager


class State(models.TextChoices):
    CONCEPT = "concept", _("Concept")
    GEDEELD = "gedeeld", _("Gedeeld")
    VASTGESTELD = "vastgesteld", _("Vastgesteld")
    BETWIST = "betwist", _("Betwist")
    VERVANGEN = "vervangen", _("Vervangen")


OPEN = (State.CONCEPT, State.GEDEELD)
WORKING_DAYS_TO_DISPUTE = 10


class ServiceReportQuerySet(models.QuerySet["ServiceReport"]):
    def visible_to(self, person: Person) -> Self:
        """Of one's own organisations, on municipalities that one sees.

        What one's own organisation made of its time stays its own once another serves the municipality.
        """
        own = organisations_of(person)
        if own is None:
            return self.none()
        seen = Q(municipality__in=Municipality.objects.visible_to(person))
        if person.schemas is None:
            seen |= Q(organisation=person.organisation_id)
        return self.filter(seen, organisation_id__in=own)

    def last_versions(self) -> Self:
        """Of each month the last version."""
        later = ServiceReport.objects.behind_the_door().filter(
            municipality=OuterRef("municipality"),
            organisation=OuterRef("organisation"),
            month=OuterRef("month"),
            version__gt=OuterRef("version"),
        )
        return self.filter(~Exists(later))

    def due(self, now: datetime) -> Self:
        """Shared so long ago that it is fixed, and not written down as such."""
        return self.filter(state=State.GEDEELD, fixes_at__lte=now)


class ServiceReportManager(VendorRowManager["ServiceReport"].from_queryset(ServiceReportQuerySet)):  # type: ignore[misc]  # made while running
    pass


class ServiceReport(VendorRow):
    """``figures`` is all that the report shows, as ``service_reports.snapshot`` reads it.

    ``state`` is what was last written; what time made of it meanwhile says ``state_at``.
    """

    municipality = models.ForeignKey(Municipality, models.PROTECT, related_name="+")
    organisation = models.ForeignKey(Organisation, models.PROTECT, related_name="+")
    municipality_name = models.CharField(max_length=200, help_text="As it was called then.")
    organisation_name = models.CharField(max_length=200)
    contract_number = models.CharField(max_length=20)
    month = models.DateField(help_text="Its first day.")
    version = models.PositiveSmallIntegerField(default=1)
    reason = models.CharField(max_length=500, default="", help_text="Why there is a later version.")
    figures = models.JSONField()

    state = models.CharField(max_length=20, choices=State, default=State.CONCEPT)
    made_at = models.DateTimeField()
    made_by = models.CharField(max_length=254, default="", help_text="Empty where it was made by itself.")
    shared_at = models.DateTimeField(null=True)
    shared_by = models.CharField(max_length=254, default="")
    fixes_at = models.DateTimeField(null=True, help_text="From then on silence has agreed.")
    vendor_agreed_at = models.DateTimeField(null=True)
    vendor_agreed_by = models.CharField(max_length=254, default="")
    municipality_agreed_at = models.DateTimeField(null=True)
    municipality_agreed_by = models.CharField(max_length=254, default="")
    disputed_at = models.DateTimeField(null=True)
    disputed_by = models.CharField(max_length=254, default="")
    dispute = models.CharField(max_length=2000, default="")
    fixed_at = models.DateTimeField(null=True)

    objects: ClassVar[ServiceReportManager] = ServiceReportManager()

    class Meta:
        ordering = ("-month", "municipality_name", "-version")
        indexes = (
            models.Index(fields=("municipality", "-month"), name="report_of_municipality"),
            models.Index(fields=("fixes_at",), name="report_to_fix", condition=Q(state="gedeeld")),
        )
        constraints = (
            models.UniqueConstraint(
                fields=("municipality", "organisation", "month", "version"), name="one_report_version"
            ),
            models.UniqueConstraint(
                fields=("municipality", "organisation", "month"),
                condition=Q(state__in=OPEN),
                name="one_open_report",
            ),
            models.CheckConstraint(condition=Q(month__day=1), name="report_month_begins"),
            models.CheckConstraint(condition=Q(state__in=State.values), name="report_state_is_known"),
            models.CheckConstraint(
                condition=Q(version=1) | (Q(version__gt=1) & ~Q(reason="")), name="later_version_says_why"
            ),
            models.CheckConstraint(
                condition=Q(state=State.CONCEPT, shared_at=None)
                | (~Q(state=State.CONCEPT) & Q(shared_at__isnull=False, fixes_at__gt=F("shared_at"))),
                name="shared_until_fixed",
            ),
            models.CheckConstraint(
                condition=~Q(state=State.BETWIST) | (Q(disputed_at__isnull=False) & ~Q(dispute="")),
                name="dispute_says_why",
            ),
            models.CheckConstraint(
                condition=Q(municipality_agreed_by="")
                | (
                    ~Q(Exact(Lower("municipality_agreed_by"), Lower("vendor_agreed_by")))
                    & ~Q(Exact(Lower("municipality_agreed_by"), Lower("shared_by")))
                ),
                name="nobody_agrees_for_both_sides",
            ),
            models.CheckConstraint(
                condition=Q(state=State.VASTGESTELD, fixed_at__isnull=False)
                | (~Q(state=State.VASTGESTELD) & Q(fixed_at=None)),
                name="fixed_report_has_moment",
            ),
        )

    def __str__(self) -> str:
        return f"{self.municipality_name} {self.month:%Y-%m}, {self.version}"

    def state_at(self, now: datetime) -> State:
        """Silence agrees at the very moment, though it is written down a little later."""
        state = State(self.state)
        is_over = self.fixes_at is not None and self.fixes_at <= now
        return State.VASTGESTELD if state is State.GEDEELD and is_over else state
