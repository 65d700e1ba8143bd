"""Each attempt to sign in."""

from __future__ import annotations

from django.db import models
from django.utils.translation import gettext_lazy as _

from tenants.accounts.models.user import User


class SignIn(models.Model):
    """Who, when, from about where and with what outcome.

    What was typed is not kept: people type passwords where their address belongs. So an attempt on an
    unknown address has no person.
    """

    class Outcome(models.TextChoices):
        SIGNED_IN = "signed_in", _("Ingelogd")
        SIGNED_OUT = "signed_out", _("Uitgelogd")
        REFUSED = "refused", _("Geweigerd")
        UNKNOWN = "unknown", _("Geweigerd: onbekend")
        CODE_REFUSED = "code_refused", _("Code geweigerd")

    user = models.ForeignKey(User, models.CASCADE, null=True, related_name="sign_ins")
    at = models.DateTimeField()
    outcome = models.CharField(max_length=20, choices=Outcome)
    method = models.CharField(max_length=60, help_text="Password, passkey or the name of a provider.")
    network = models.CharField(max_length=45, help_text="The address without its last part.")

    class Meta:
        ordering = ("-at", "-pk")
        indexes = (models.Index(fields=("-at",), name="sign_in_at"),)

    def __str__(self) -> str:
        return f"{self.at:%Y-%m-%d %H:%M} {self.outcome}"
