"""Something that is broken for several municipalities at once: one row, of the organisation that mends it."""

from __future__ import annotations

from datetime import datetime
from typing import ClassVar, Self

from django.db import models
from django.db.models import F, Func, OuterRef, Q, Subquery
from django.utils.translation import gettext_lazy as _

from tenants.accounts.models import User
from tenants.accounts.person import Person, organisations_of
from tenants.registry.models import Municipality, Organisation
from tenants.registry.vendor_rows import VendorRow, VendorRowManager


class State(models.TextChoices):
    ONDERZOEK = "onderzoek", _("Onderzoek")
    OORZAAK_BEKEND = "oorzaak_bekend", _("Oorzaak bekend")
    HERSTEL = "herstel", _("Herstel")
    OPGELOST = "opgelost", _("Opgelost")
    GEEVALUEERD = "geevalueerd", _("Geëvalueerd")
    VALS_ALARM = "vals_alarm", _("Vals alarm")


class Severity(models.TextChoices):
    KLEIN = "klein", _("Klein")
    GROOT = "groot", _("Groot")
    KRITIEK = "kritiek", _("Kritiek")


class Nature(models.TextChoices):
    """Which terms of the law run besides."""

    STORING = "storing", _("Storing")
    BEVEILIGING = "beveiliging", _("Beveiligingsincident")
    DATALEK = "datalek", _("Datalek")


RUNNING = (State.ONDERZOEK, State.OORZAAK_BEKEND, State.HERSTEL)
OVER = (State.OPGELOST, State.GEEVALUEERD, State.VALS_ALARM)
MENDED = (State.OPGELOST, State.GEEVALUEERD)


def _concerns_seen_by(person: Person) -> Q:
    """By a subquery: joined to whom it concerns, an incident would stand there once for each of them."""
    return Q(pk__in=Municipality.objects.visible_to(person).values("incidents__incident"))


class IncidentQuerySet(models.QuerySet["Incident"]):
    def running(self) -> Self:
        return self.filter(state__in=RUNNING)

    def overdue(self, now: datetime) -> Self:
        """Of which an update was promised that did not come."""
        return self.running().filter(next_update_at__lte=now)

    def during(self, start: datetime, end: datetime) -> Self:
        """That ran in this time, if only for a moment; a false alarm never ran. ``end`` is not in it."""
        return (
            self.exclude(state=State.VALS_ALARM)
            .filter(started_at__lt=end)
            .filter(Q(resolved_at__isnull=True) | Q(resolved_at__gt=start))
        )

    def mended_by(self, person: Person) -> Self:
        """Those of one's own organisation, and of these the ones that one sees."""
        found = self.filter(organisation=person.organisation_id or 0)
        return found if person.schemas is None else found.filter(_concerns_seen_by(person))

    def with_seen_count(self, person: Person) -> Self:
        """With how many municipalities each concerns, of those that the person sees, as ``seen_count``."""
        seen = Municipality.objects.visible_to(person).filter(
            incidents__incident=OuterRef("pk"), incidents__until__isnull=True
        )
        count = seen.order_by().annotate(all=Func(F("pk"), function="COUNT")).values("all")
        return self.annotate(seen_count=Subquery(count))

    def visible_to(self, person: Person) -> Self:
        """Of one's own organisations, and of others where a municipality is concerned that one sees."""
        own = organisations_of(person)
        if own is None:
            return self.none()
        concerns = _concerns_seen_by(person)
        return self.filter(concerns | Q(organisation__in=own) if person.schemas is None else concerns)


class IncidentManager(VendorRowManager["Incident"].from_queryset(IncidentQuerySet)):  # type: ignore[misc]  # made while running
    pass


class Incident(VendorRow):
    """How it stands is what its last update said; nobody changes it in another way."""

    hidden = ("organisation", "created_by")

    organisation = models.ForeignKey(Organisation, models.PROTECT, related_name="incidents")
    organisation_name = models.CharField(max_length=200, help_text="As it was called when this began.")
    created_by = models.ForeignKey(User, models.PROTECT, related_name="+")
    title = models.CharField(max_length=200)
    component = models.CharField(max_length=100, blank=True, default="", help_text="What is broken.")
    severity = models.CharField(max_length=10, choices=Severity)
    nature = models.CharField(max_length=20, choices=Nature, default=Nature.STORING)
    nature_since = models.DateTimeField(null=True, help_text="Since when it is more than a storing.")
    state = models.CharField(max_length=20, choices=State, default=State.ONDERZOEK)
    started_at = models.DateTimeField()
    detected_at = models.DateTimeField()
    resolved_at = models.DateTimeField(null=True)
    last_update_at = models.DateTimeField()
    next_update_at = models.DateTimeField(null=True, help_text="By when the next update is promised.")
    cause = models.CharField(max_length=4000, blank=True, default="")
    prevention = models.CharField(max_length=4000, blank=True, default="", help_text="What keeps it away.")

    objects: ClassVar[IncidentManager] = IncidentManager()

    class Meta:
        ordering = ("-started_at", "-pk")
        indexes = (
            models.Index(fields=("-started_at",), name="incidents_by_start"),
            models.Index(
                fields=("next_update_at",), name="incidents_running", condition=Q(state__in=RUNNING)
            ),
        )
        constraints = (
            models.CheckConstraint(condition=Q(state__in=State.values), name="incident_state_is_known"),
            models.CheckConstraint(condition=Q(severity__in=Severity.values), name="severity_is_known"),
            models.CheckConstraint(condition=Q(nature__in=Nature.values), name="nature_is_known"),
            models.CheckConstraint(
                condition=Q(detected_at__gte=F("started_at")), name="detected_once_it_began"
            ),
            models.CheckConstraint(
                condition=Q(state__in=MENDED, resolved_at__gte=F("started_at"))
                | (~Q(state__in=MENDED) & Q(resolved_at__isnull=True)),
                name="what_is_mended_says_when",
            ),
            models.CheckConstraint(
                condition=~Q(state__in=MENDED) | ~Q(cause=""), name="what_is_mended_says_why"
            ),
            models.CheckConstraint(
                condition=~Q(state=State.GEEVALUEERD) | ~Q(prevention=""),
                name="what_is_evaluated_says_what_keeps_it_away",
            ),
            models.CheckConstraint(
                condition=Q(state__in=RUNNING, next_update_at__isnull=False)
                | Q(state__in=OVER, next_update_at__isnull=True),
                name="what_runs_promises_an_update",
            ),
            models.CheckConstraint(
                condition=Q(nature=Nature.STORING, nature_since__isnull=True)
                | (~Q(nature=Nature.STORING) & Q(nature_since__isnull=False)),
                name="terms_of_law_have_a_begin",
            ),
        )

    def __str__(self) -> str:
        return self.number

    @classmethod
    def of(cls, municipality: Municipality) -> Q:
        return Q(concerned__municipality=municipality.pk)

    @property
    def number(self) -> str:
        """As people call it: ST-0012."""
        return f"ST-{self.pk:04}"

    @property
    def is_running(self) -> bool:
        return self.state in RUNNING

    def is_overdue(self, now: datetime) -> bool:
        """Whether the update that was promised did not come."""
        return self.is_running and self.next_update_at is not None and self.next_update_at <= now
