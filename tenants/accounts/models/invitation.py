"""What was sent to somebody who may become a member."""

from __future__ import annotations

from datetime import datetime, timedelta
from typing import Self

from django.contrib.postgres.fields import ArrayField
from django.db import models
from django.db.models import Q
from django.db.models.functions import Lower

from tenants.accounts.models.user import User
from tenants.registry.models import Organisation

VALID_FOR = timedelta(days=7)


class InvitationQuerySet(models.QuerySet["Invitation"]):
    def open(self, now: datetime) -> Self:
        return self.filter(accepted_at__isnull=True, withdrawn_at__isnull=True, expires_at__gt=now)

    def of_organisations(self, organisations: frozenset[int] | None) -> Self:
        """None is a municipality, whose invitations are all of it."""
        if organisations is None:
            return self
        return self.filter(organisation_id__in=organisations)


class Invitation(models.Model):
    """It can be taken up once, before it expires. Of the word in its link only a digest is kept."""

    email = models.EmailField()
    name = models.CharField(
        max_length=200,
        default="",
        db_default="",
        blank=True,
        help_text="Where whoever invites gave it; else the person is asked for it.",
    )
    role = models.CharField(max_length=40)
    organisation = models.ForeignKey(Organisation, models.PROTECT, null=True, blank=True, db_constraint=False)
    is_limited = models.BooleanField(default=False)
    municipalities = ArrayField(models.CharField(max_length=40), default=list, blank=True)
    until = models.DateField(null=True, blank=True)
    digest = models.CharField(max_length=64, unique=True)
    invited_by = models.ForeignKey(User, models.SET_NULL, null=True, related_name="invitations_sent")
    sent_at = models.DateTimeField()
    expires_at = models.DateTimeField()
    accepted_at = models.DateTimeField(null=True, blank=True)
    withdrawn_at = models.DateTimeField(null=True, blank=True)

    objects = InvitationQuerySet.as_manager()

    class Meta:
        constraints = (
            models.UniqueConstraint(
                Lower("email"),
                condition=Q(accepted_at__isnull=True, withdrawn_at__isnull=True),
                name="one_open_invitation_per_email",
            ),
        )

    def __str__(self) -> str:
        return self.email
