"""That one person of the vendor may look into one municipality: what was asked, and what became of it."""

from __future__ import annotations

from datetime import datetime
from typing import ClassVar, Self

from django.contrib.postgres.fields import ArrayField
from django.db import models
from django.db.models import Case, F, Q, Value, When
from django.db.models.functions import Lower
from django.db.models.lookups import Exact
from django.utils.translation import gettext_lazy as _

from api.clients.vertrouwelijkheid import Vertrouwelijkheidaanduiding
from tenants.accounts.models import User
from tenants.accounts.person import Person, organisations_of
from tenants.registry.models import Municipality, Organisation
from tenants.registry.vendor_rows import VendorRow, VendorRowManager


class Scope(models.TextChoices):
    TECHNIEK = "techniek", _("Techniek")
    INSTELLINGEN = "instellingen", _("Instellingen")
    ZAAKGEGEVENS = "zaakgegevens", _("Zaakgegevens")


class Kind(models.TextChoices):
    GEWOON = "gewoon", _("Toegang")
    NOOD = "nood", _("Noodtoegang")


class State(models.TextChoices):
    AANGEVRAAGD = "aangevraagd", _("Aangevraagd")
    TOEGESTAAN = "toegestaan", _("Toegestaan")
    GEWEIGERD = "geweigerd", _("Geweigerd")
    INGETROKKEN_DOOR_AANVRAGER = "ingetrokken_door_aanvrager", _("Ingetrokken door aanvrager")
    VERVALLEN = "vervallen", _("Vervallen")
    INGETROKKEN = "ingetrokken", _("Ingetrokken")
    TERUGGEGEVEN = "teruggegeven", _("Teruggegeven")
    VERLOPEN = "verlopen", _("Verlopen")
    NOODTOEGANG = "noodtoegang", _("Noodtoegang")
    BEEINDIGD = "beeindigd", _("Beëindigd")
    VERANTWOORD = "verantwoord", _("Verantwoord")
    AKKOORD = "akkoord", _("Akkoord")
    BETWIST = "betwist", _("Betwist")


RUNNING = (State.TOEGESTAAN, State.NOODTOEGANG)
PASSES_INTO = {
    State.AANGEVRAAGD: State.VERVALLEN,
    State.TOEGESTAAN: State.VERLOPEN,
    State.NOODTOEGANG: State.BEEINDIGD,
}
"""What a state becomes by time alone: at that very moment, though it is written down a little later."""
LONGEST_HOURS = 72


class GrantQuerySet(models.QuerySet["Grant"]):
    def at(self, now: datetime) -> Self:
        """With the state that holds now as ``state_now``: what lapsed or ended by time says so."""
        lapsed = Q(state=State.AANGEVRAAGD, lapses_at__lte=now)
        over = Q(valid_until__lte=now)
        return self.annotate(
            state_now=Case(
                When(lapsed, then=Value(State.VERVALLEN)),
                When(Q(state=State.TOEGESTAAN) & over, then=Value(State.VERLOPEN)),
                When(Q(state=State.NOODTOEGANG) & over, then=Value(State.BEEINDIGD)),
                default=F("state"),
                output_field=models.CharField(),
            )
        )

    def running(self, now: datetime) -> Self:
        return self.filter(state__in=RUNNING, valid_until__gt=now)

    def waiting(self, now: datetime) -> Self:
        """For the municipality to decide on."""
        return self.filter(state=State.AANGEVRAAGD, kind=Kind.GEWOON, lapses_at__gt=now)

    def visible_to(self, person: Person) -> Self:
        """Of one's own organisations, on municipalities that one sees."""
        own = organisations_of(person)
        if own is None:
            return self.none()
        seen = Municipality.objects.visible_to(person)
        return self.filter(organisation_id__in=own, municipality__in=seen)


class GrantManager(VendorRowManager["Grant"].from_queryset(GrantQuerySet)):  # type: ignore[misc]  # made while running
    pass


class Grant(VendorRow):
    """Who asked and who decided are names: each side's people live in a schema of its own.

    ``state`` is what was last written; what time made of it meanwhile says ``state_at``.
    """

    hidden = ("person", "organisation")

    kind = models.CharField(max_length=10, choices=Kind, default=Kind.GEWOON)
    municipality = models.ForeignKey(Municipality, models.CASCADE, related_name="grants")
    person = models.ForeignKey(User, models.PROTECT, related_name="grants")
    organisation = models.ForeignKey(Organisation, models.PROTECT, related_name="grants")
    person_name = models.CharField(max_length=200)
    person_email = models.EmailField()
    organisation_name = models.CharField(max_length=200)
    asked_by_email = models.EmailField(
        default="",
        db_default="",
        help_text="Who answers for the program that asked; empty where a person asked himself.",
    )

    reason = models.CharField(max_length=500)
    ticket = models.CharField(max_length=40)
    scopes_asked = ArrayField(models.CharField(max_length=20, choices=Scope))
    scopes = ArrayField(models.CharField(max_length=20, choices=Scope))
    zaaktypen_asked = ArrayField(models.UUIDField(), default=list, help_text="Empty is all.")
    zaaktypen = ArrayField(models.UUIDField(), default=list, help_text="Empty is all.")
    maximum_asked = models.PositiveSmallIntegerField(choices=Vertrouwelijkheidaanduiding)
    maximum = models.PositiveSmallIntegerField(choices=Vertrouwelijkheidaanduiding)
    hours_asked = models.PositiveSmallIntegerField()
    hours_allowed = models.PositiveSmallIntegerField(null=True)
    mask_personal_data = models.BooleanField(default=True)

    state = models.CharField(max_length=30, choices=State, default=State.AANGEVRAAGD)
    asked_at = models.DateTimeField()
    lapses_at = models.DateTimeField(help_text="When a request that nobody answered is no request any more.")
    decided_at = models.DateTimeField(null=True)
    decided_by = models.CharField(max_length=254, default="")
    decision_reason = models.CharField(max_length=500, default="")
    valid_from = models.DateTimeField(null=True)
    valid_until = models.DateTimeField(null=True)
    first_used_at = models.DateTimeField(null=True)
    last_used_at = models.DateTimeField(null=True)
    ended_at = models.DateTimeField(null=True)
    ended_by = models.CharField(max_length=254, default="")
    end_reason = models.CharField(max_length=500, default="")
    account = models.CharField(max_length=2000, default="", help_text="Of an emergency, afterwards.")
    accounted_at = models.DateTimeField(null=True)
    accounted_by = models.CharField(max_length=254, default="")
    judged_at = models.DateTimeField(null=True)
    judged_by = models.CharField(max_length=254, default="")
    judgement = models.CharField(max_length=500, default="")

    objects: ClassVar[GrantManager] = GrantManager()

    class Meta:
        ordering = ("-asked_at", "-pk")
        indexes = (
            models.Index(fields=("municipality", "-asked_at"), name="access_of_municipality"),
            models.Index(fields=("person", "valid_until"), name="access_of_person"),
            models.Index(fields=("valid_until",), name="access_running", condition=Q(state__in=RUNNING)),
        )
        constraints = (
            models.UniqueConstraint(
                fields=("municipality", "person"),
                condition=Q(state=State.AANGEVRAAGD),
                name="one_request_waits",
            ),
            models.CheckConstraint(
                condition=Q(scopes__contained_by=F("scopes_asked")), name="no_scope_added"
            ),
            models.CheckConstraint(
                condition=Q(asked_by_email="") | ~Q(Exact(Lower("decided_by"), Lower("asked_by_email"))),
                name="nobody_decides_what_his_program_asked",
            ),
            models.CheckConstraint(
                condition=Q(zaaktypen_asked=[])
                | (Q(zaaktypen__contained_by=F("zaaktypen_asked")) & ~Q(zaaktypen=[])),
                name="no_zaaktype_added",
            ),
            models.CheckConstraint(condition=Q(maximum__lte=F("maximum_asked")), name="no_higher_level"),
            models.CheckConstraint(
                condition=Q(hours_allowed__isnull=True) | Q(hours_allowed__lte=F("hours_asked")),
                name="no_longer_than_asked",
            ),
            models.CheckConstraint(
                condition=Q(hours_asked__range=(1, LONGEST_HOURS)), name="access_is_for_hours"
            ),
            models.CheckConstraint(condition=~Q(scopes_asked=[]), name="something_is_asked"),
            models.CheckConstraint(
                condition=~Q(state__in=RUNNING) | Q(valid_until__isnull=False, valid_from__isnull=False),
                name="what_runs_ends",
            ),
        )

    def __str__(self) -> str:
        return self.number

    @property
    def number(self) -> str:
        """As people call it: TG-0311."""
        return f"TG-{self.pk:04}"

    def state_at(self, now: datetime) -> State:
        """As ``GrantQuerySet.at`` has it."""
        state = State(self.state)
        ends = self.lapses_at if state is State.AANGEVRAAGD else self.valid_until
        if state in PASSES_INTO and ends is not None and ends <= now:
            return PASSES_INTO[state]
        return state

    def over_at(self, now: datetime) -> datetime | None:
        """When it ended by time, whatever followed; None where it runs, or somebody ended it before."""
        until = self.valid_until
        return until if until is not None and until <= now and self.ended_at is None else None

    def is_running(self, now: datetime) -> bool:
        return self.state_at(now) in RUNNING
