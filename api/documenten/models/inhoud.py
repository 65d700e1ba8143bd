"""INHOUD: bytes that a storage holds."""

from __future__ import annotations

from uuid import uuid4

from django.db import models
from django.db.models import Q


class Inhoud(models.Model):
    """Stored content: where it is, how large, and its checksum. No API shows it.

    The bytes are there, whole and verified, before the row is; a ``key`` is never used again. Versions that
    did not change their content share a row. ``opslag`` is the alias of a storage, ``sha256`` is in hex.
    """

    uuid = models.UUIDField(primary_key=True, default=uuid4, editable=False)
    opslag = models.CharField(max_length=50, default="default")
    key = models.CharField(max_length=255)
    omvang = models.PositiveBigIntegerField()
    sha256 = models.CharField(max_length=64)
    opgeslagen_op = models.DateTimeField(auto_now_add=True)

    class Meta:
        constraints = (
            models.UniqueConstraint(fields=("opslag", "key"), name="inhoud_key_unique"),
            # what refers to it says how large it is, and the database holds that to be true
            models.UniqueConstraint(fields=("uuid", "omvang"), name="inhoud_omvang"),
            models.CheckConstraint(condition=~Q(key=""), name="inhoud_has_key"),
            models.CheckConstraint(condition=Q(sha256__regex=r"^[0-9a-f]{64}$"), name="inhoud_has_sha256"),
        )

    def __str__(self) -> str:
        return f"{self.uuid} ({self.omvang} bytes)"
