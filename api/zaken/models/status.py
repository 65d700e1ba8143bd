"""STATUS: a step that a zaak has reached."""

from __future__ import annotations

from uuid import uuid4

from django.db import models


class Status(models.Model):
    """A step of a zaak (Zaken 1.7.0, ``Status``).

    ``indicatie_laatst_gezette_status`` marks the one with the latest datum_status_gezet. Whoever
    adds a status keeps it true, so that the current status of a zaak is one lookup in an index.
    """

    uuid = models.UUIDField(primary_key=True, default=uuid4, editable=False)
    zaak = models.ForeignKey("zaken.Zaak", models.CASCADE, related_name="statussen", db_index=False)
    statustype = models.ForeignKey("catalogi.Statustype", models.PROTECT, related_name="statussen")
    datum_status_gezet = models.DateTimeField()
    statustoelichting = models.CharField(max_length=1000, blank=True, default="")
    indicatie_laatst_gezette_status = models.BooleanField(default=False)
    gezetdoor = models.ForeignKey(
        "zaken.Rol", models.SET_NULL, null=True, blank=True, related_name="statussen"
    )

    class Meta:
        indexes = (
            models.Index(
                fields=("zaak", "-datum_status_gezet", "uuid"),
                include=("indicatie_laatst_gezette_status",),
                name="status_history",
            ),
            models.Index(
                fields=("statustype", "zaak"),
                condition=models.Q(indicatie_laatst_gezette_status=True),
                name="status_current",
            ),
        )
        constraints = (
            models.UniqueConstraint(
                fields=("zaak",),
                condition=models.Q(indicatie_laatst_gezette_status=True),
                name="status_one_current",
            ),
        )

    def __str__(self) -> str:
        return f"{self.datum_status_gezet:%Y-%m-%d %H:%M}"
