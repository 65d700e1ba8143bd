"""What a person of the vendor saw of a municipality, in the municipality's own schema."""

from __future__ import annotations

from django.contrib.postgres.fields import ArrayField
from django.db import models
from django.utils.translation import gettext_lazy as _

LONGEST_REASON = 500


class Page(models.TextChoices):
    """Which page it was."""

    ZAKEN = "zaken", _("Zaken")
    ZAAK = "zaak", _("Zaak")
    ZAAKTYPEN = "zaaktypen", _("Zaaktypen")
    ZAAKTYPE = "zaaktype", _("Zaaktype")
    TECHNIEK = "techniek", _("Techniek")


class Action(models.TextChoices):
    """How it was shown."""

    SEEN = "gezien", _("gezien")
    MASKED = "gezien_gemaskeerd", _("gezien, gemaskeerd")
    REVEALED = "waarde_getoond", _("waarde getoond")
    REFUSED = "niet_getoond", _("gevraagd, niet getoond")


class Visit(models.Model):
    """One page that was answered, written before it was; the database lets nobody change it.

    It names people by text: what they were called then. ``objects_seen`` are the paths of all that the page
    showed something of, the main one first, and never what they hold; ``member`` is the name of a value that
    was masked and shown once, for the ``reason`` that was given. Of what was refused it has the path and the
    member that were asked for, and does not tell whether they are there.
    """

    grant = models.CharField(max_length=20)
    at = models.DateTimeField()
    person = models.CharField(max_length=254)
    email = models.CharField(max_length=254)
    organisation = models.CharField(max_length=200)
    page = models.CharField(max_length=20, choices=Page)
    objects_seen = ArrayField(models.CharField(max_length=200))
    action = models.CharField(max_length=20, choices=Action)
    member = models.CharField(max_length=120, blank=True, default="")
    reason = models.CharField(max_length=LONGEST_REASON, blank=True, default="")
    ip = models.GenericIPAddressField(null=True)

    class Meta:
        ordering = ("-at", "-pk")
        indexes = (
            models.Index(fields=("-at", "-id"), name="visit_at"),
            models.Index(fields=("grant", "-at"), name="visit_grant"),
        )
        constraints = (
            models.CheckConstraint(
                condition=models.Q(action=Action.REVEALED, member__gt="", reason__gt="")
                | models.Q(action=Action.REFUSED)
                | models.Q(action__in=[Action.SEEN, Action.MASKED], member="", reason=""),
                name="visit_reveals_for_a_reason",
            ),
        )

    def __str__(self) -> str:
        return f"{self.person}: {self.page} {self.action}"
