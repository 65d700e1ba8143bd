"""The log of the console of one municipality, and what the vendor's log says of it."""

from django.db import models

from tenants.accounts.models import LogLine as Line


class LogLine(Line):
    """Who of its people did what."""

    class Meta(Line.Meta):
        abstract = False


class VendorLine(models.Model):
    """A line of the vendor's log that concerns this municipality: a view in public shows it no other."""

    at = models.DateTimeField()
    person = models.CharField(max_length=254)
    organisation = models.CharField(max_length=200)
    area = models.CharField(max_length=40)
    action = models.CharField(max_length=60)
    subject = models.CharField(max_length=300)
    changes = models.JSONField(default=dict)

    class Meta:
        managed = False
        db_table = "backoffice_lines_of_a_municipality"

    def __str__(self) -> str:
        return f"{self.person}: {self.action} {self.subject}"
