"""The log of the console of one municipality, and what the vendor's log says of it."""

from django.db import models
from django.db.models import Q

from tenants.accounts.models import LogLine as Line
from tenants.registry.models import Municipality
from tenants.registry.vendor_rows import VendorRow


class LogLine(Line):
    """Who of its people did what."""

    class Meta(Line.Meta):
        abstract = False


class VendorLine(VendorRow):
    """A line of the vendor's log that concerns this municipality."""

    at = models.DateTimeField()
    person = models.CharField(max_length=254)
    organisation = models.CharField(max_length=200)
    area = models.CharField(max_length=40)
    action = models.CharField(max_length=60)
    subject = models.CharField(max_length=300)
    municipality = models.CharField(max_length=40)
    changes = models.JSONField(default=dict)

    class Meta:
        managed = False
        db_table = "backoffice_logline"

    def __str__(self) -> str:
        return f"{self.person}: {self.action} {self.subject}"

    @classmethod
    def of(cls, municipality: Municipality) -> Q:
        return Q(municipality=municipality.schema_name)
