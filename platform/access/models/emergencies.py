"""Whether people of the vendor may come in without asking, when two of them say that it cannot wait."""

from __future__ import annotations

from django.db import models

from tenants.registry.models import Municipality
from tenants.registry.vendor_rows import VendorRow


class Emergencies(VendorRow):
    """The municipality's own setting; without a row it does not allow them."""

    municipality = models.OneToOneField(Municipality, models.CASCADE, related_name="+")
    allowed = models.BooleanField(default=False)

    def __str__(self) -> str:
        return f"{self.municipality_id}: {self.allowed}"
