"""An address that an organisation wants to be told at, what there is to tell, and what became of that."""

from __future__ import annotations

from datetime import datetime
from typing import Self
from uuid import uuid4

from django.contrib.postgres.fields import ArrayField
from django.db import models
from django.db.models import Exists, OuterRef, Q
from django.db.models.functions import Lower
from django.utils.translation import gettext_lazy as _

from tenants.accounts.models import User
from tenants.registry.models import Organisation

LONGEST_URL = 500


class WebhookQuerySet(models.QuerySet["Webhook"]):
    def of_organisations(self, organisations: frozenset[int] | None) -> Self:
        return self.none() if organisations is None else self.filter(organisation_id__in=organisations)

    def standing(self) -> Self:
        """Those that nobody ended; some of them may be switched off."""
        return self.filter(ended_at=None)

    def served(self) -> Self:
        """Those that are told what happens."""
        return self.standing().filter(switched_off_at=None)

    def with_work(self, now: datetime) -> Self:
        """Those to whom something is to be sent, and nobody is sending it."""
        free = Q(busy_until=None) | Q(busy_until__lte=now)
        due = Delivery.objects.sendable(now).filter(webhook=OuterRef("pk"))
        return self.served().filter(free, Exists(due))


class Webhook(models.Model):
    """Its secrets are sealed, since each message is signed by them: the former one too, for a while."""

    organisation = models.ForeignKey(Organisation, models.PROTECT, related_name="webhooks")
    name = models.CharField(max_length=100)
    url = models.CharField(max_length=LONGEST_URL)
    events = ArrayField(models.CharField(max_length=40))
    is_limited = models.BooleanField(default=False)
    municipalities = ArrayField(
        models.CharField(max_length=40),
        default=list,
        blank=True,
        help_text="Schemas of the municipalities of which a limited one hears.",
    )
    secret = models.TextField()
    former_secret = models.TextField(blank=True, default="")
    former_until = models.DateTimeField(null=True, blank=True)
    made_by = models.ForeignKey(User, models.SET_NULL, null=True, related_name="+")
    made_at = models.DateTimeField()
    failing_since = models.DateTimeField(
        null=True, blank=True, help_text="The first failure after the last time that something arrived."
    )
    switched_off_at = models.DateTimeField(null=True, blank=True)
    ended_at = models.DateTimeField(null=True, blank=True)
    busy_until = models.DateTimeField(
        null=True, blank=True, help_text="Until then somebody is sending to it, or it is left alone."
    )
    served_at = models.DateTimeField(null=True, blank=True)

    objects = WebhookQuerySet.as_manager()

    class Meta:
        ordering = ("name", "pk")
        constraints = (
            models.UniqueConstraint(
                "organisation",
                Lower("name"),
                condition=Q(ended_at=None),
                name="one_standing_webhook_per_name",
            ),
            models.CheckConstraint(
                condition=Q(is_limited=True) | Q(municipalities=[]), name="only_limited_webhooks_have_limits"
            ),
            models.CheckConstraint(
                condition=Q(former_secret="", former_until=None)
                | (~Q(former_secret="") & Q(former_until__isnull=False)),
                name="a_former_secret_ends",
            ),
        )

    def __str__(self) -> str:
        return self.name

    @property
    def schemas(self) -> frozenset[str] | None:
        """As of a person; None without limits."""
        return frozenset(self.municipalities) if self.is_limited else None


class WebhookEvent(models.Model):
    """What happened and was not spread yet: written with what happened, taken away once it is."""

    event = models.UUIDField(default=uuid4, unique=True)
    topic = models.CharField(max_length=20)
    what = models.CharField(max_length=20)
    subject = models.BigIntegerField()
    municipalities = ArrayField(models.BigIntegerField())
    organisation = models.BigIntegerField(null=True, blank=True)
    at = models.DateTimeField()

    class Meta:
        ordering = ("pk",)

    def __str__(self) -> str:
        return f"{self.topic}.{self.what} {self.subject}"


class DeliveryState(models.TextChoices):
    WACHT = "wacht", _("Wacht")
    BEZORGD = "bezorgd", _("Bezorgd")
    MISLUKT = "mislukt", _("Mislukt")


class DeliveryQuerySet(models.QuerySet["Delivery"]):
    def waiting(self) -> Self:
        return self.filter(state=DeliveryState.WACHT)

    def sendable(self, now: datetime) -> Self:
        """Those that are due, the first of each subject: what happened later is told later."""
        earlier = Delivery.objects.waiting().filter(
            webhook=OuterRef("webhook"),
            topic=OuterRef("topic"),
            subject=OuterRef("subject"),
            pk__lt=OuterRef("pk"),
        )
        return self.waiting().filter(~Exists(earlier), next_at__lte=now)


class Delivery(models.Model):
    """One event for one webhook. Its key gives the order; ``event`` is the same however often it is sent."""

    webhook = models.ForeignKey(Webhook, models.CASCADE, related_name="deliveries", db_index=False)
    event = models.UUIDField()
    topic = models.CharField(max_length=20)
    what = models.CharField(max_length=20)
    subject = models.BigIntegerField()
    municipalities = ArrayField(models.BigIntegerField())
    at = models.DateTimeField()
    state = models.CharField(max_length=10, choices=DeliveryState, default=DeliveryState.WACHT)
    attempts = models.PositiveSmallIntegerField(default=0)
    next_at = models.DateTimeField()
    last_at = models.DateTimeField(null=True, blank=True)
    last_status = models.PositiveSmallIntegerField(
        null=True, blank=True, help_text="What was answered; empty where nothing was."
    )
    last_ms = models.PositiveIntegerField(null=True, blank=True)

    objects = DeliveryQuerySet.as_manager()

    class Meta:
        ordering = ("-pk",)
        indexes = (
            models.Index(
                fields=("webhook", "topic", "subject", "id"),
                name="deliveries_that_wait",
                condition=Q(state=DeliveryState.WACHT),
            ),
            models.Index(fields=("at",), name="deliveries_by_age"),
        )
        constraints = (
            models.UniqueConstraint(fields=("webhook", "event"), name="an_event_once_per_webhook"),
            models.CheckConstraint(
                condition=Q(state__in=DeliveryState.values), name="delivery_state_is_known"
            ),
        )

    def __str__(self) -> str:
        return str(self.event)

    @property
    def kind(self) -> str:
        return f"{self.topic}.{self.what}"
