"""A key with which a program of an organisation calls the API, and what it was answered."""

from __future__ import annotations

from collections.abc import Iterable
from datetime import date, datetime, timedelta
from typing import Self

from django.contrib.postgres.fields import ArrayField
from django.db import models
from django.db.models import F, OuterRef, Q, Subquery
from django.db.models.functions import Lower

from tenants.accounts.models import Membership, User
from tenants.registry.models import Organisation

LONGEST = timedelta(days=366)
"""A year, also where it has the 29th of February."""


class TokenQuerySet(models.QuerySet["Token"]):
    def of_organisations(self, organisations: frozenset[int] | None) -> Self:
        return self.none() if organisations is None else self.filter(organisation_id__in=organisations)

    def with_maker(self, today: date) -> Self:
        """What its maker may on this day, in the key's organisation.

        ``role_of_maker`` is None where he has no role, ``limits_of_maker`` where he has no limits.
        """
        held = Membership.objects.current(today).filter(
            user=OuterRef("made_by"), user__is_active=True, organisation=OuterRef("organisation")
        )
        return self.annotate(
            role_of_maker=Subquery(held.values("role")[:1]),
            limits_of_maker=Subquery(held.filter(is_limited=True).values("municipalities")[:1]),
        )

    def standing(self) -> Self:
        """Those that nobody revoked; some of them may have ended."""
        return self.filter(revoked_at=None)


class Token(models.Model):
    """Of the secret only a digest is kept; the prefix, which is no secret, finds the row."""

    name = models.CharField(max_length=100)
    organisation = models.ForeignKey(Organisation, models.PROTECT, related_name="tokens")
    prefix = models.CharField(max_length=12, unique=True)
    digest = models.CharField(max_length=64)
    scopes = ArrayField(models.CharField(max_length=60))
    is_limited = models.BooleanField(default=False)
    municipalities = ArrayField(
        models.CharField(max_length=40),
        default=list,
        blank=True,
        help_text="Schemas of the municipalities that a limited key sees.",
    )
    made_by = models.ForeignKey(User, models.SET_NULL, null=True, related_name="+")
    made_at = models.DateTimeField()
    ends_at = models.DateTimeField(help_text="The first moment at which it no longer holds.")
    last_used_at = models.DateTimeField(null=True, help_text="Give or take a minute.")
    revoked_at = models.DateTimeField(null=True)

    objects = TokenQuerySet.as_manager()

    class Meta:
        ordering = ("name", "pk")
        constraints = (
            models.UniqueConstraint(
                "organisation",
                Lower("name"),
                condition=Q(revoked_at=None),
                name="one_standing_token_per_name",
            ),
            models.CheckConstraint(
                condition=Q(ends_at__gt=F("made_at"), ends_at__lte=F("made_at") + LONGEST),
                name="token_ends_within_a_year",
            ),
            models.CheckConstraint(
                condition=Q(is_limited=True) | Q(municipalities=[]), name="only_limited_tokens_have_limits"
            ),
        )

    def __str__(self) -> str:
        return self.name

    def sees(self, limits_of_maker: Iterable[str] | None) -> frozenset[str] | None:
        """The schemas that both it and its maker see; None without limits."""
        limits = [frozenset(self.municipalities)] if self.is_limited else []
        limits += [] if limits_of_maker is None else [frozenset(limits_of_maker)]
        return frozenset.intersection(*limits) if limits else None

    def holds(self, now: datetime) -> bool:
        return self.revoked_at is None and now < self.ends_at


class KeptAnswer(models.Model):
    """What a POST was answered, so that the same one sent again is not done again."""

    token = models.ForeignKey(Token, models.CASCADE, related_name="answers")
    key = models.CharField(max_length=255, help_text="The Idempotency-Key, as the caller chose it.")
    digest = models.CharField(max_length=64, help_text="Of the method, the path and the body.")
    at = models.DateTimeField()
    status = models.PositiveSmallIntegerField()
    headers = models.JSONField(default=dict)
    body = models.TextField()

    class Meta:
        constraints = (models.UniqueConstraint(fields=("token", "key"), name="one_answer_per_key"),)
        indexes = (models.Index(fields=("token", "at"), name="kept_answers_by_age"),)

    def __str__(self) -> str:
        return f"{self.status}"
