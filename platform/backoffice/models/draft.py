"""A municipality that somebody is about to bring aboard: what the wizard was told so far."""

from __future__ import annotations

from typing import Self
from uuid import uuid4

from django.db import models
from django.db.models.functions import Now

from tenants.accounts.models import User
from tenants.jobs.models import Job


class DraftQuerySet(models.QuerySet["Draft"]):
    def of(self, user: User) -> Self:
        return self.filter(user=user)


class Draft(models.Model):
    """Kept here and not in the browser, so that nobody can skip a step or change what was checked.

    Once it was carried out it has its job, and leads there whatever is posted to it.
    """

    uuid = models.UUIDField(primary_key=True, default=uuid4, editable=False)
    user = models.ForeignKey(User, models.CASCADE, related_name="+")
    created_at = models.DateTimeField(db_default=Now())
    answers = models.JSONField(default=dict, help_text="By step, as they were checked.")
    archive = models.CharField(max_length=100, default="", help_text="Of a zip, in the storage of jobs.")
    job = models.ForeignKey(Job, models.SET_NULL, null=True, related_name="+")

    objects = DraftQuerySet.as_manager()

    class Meta:
        ordering = ("-created_at", "-pk")

    def __str__(self) -> str:
        return str(self.answers.get("gemeente", {}).get("naam", self.pk))
