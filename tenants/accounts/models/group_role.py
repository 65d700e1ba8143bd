"""Which role a group at an identity provider gives."""

from __future__ import annotations

from allauth.socialaccount.models import SocialApp
from django.db import models


class GroupRole(models.Model):
    connection = models.ForeignKey(SocialApp, models.CASCADE, related_name="group_roles")
    group = models.CharField(max_length=200)
    role = models.CharField(max_length=40)

    class Meta:
        constraints = (models.UniqueConstraint(fields=("connection", "group"), name="one_role_per_group"),)

    def __str__(self) -> str:
        return f"{self.group}: {self.role}"
