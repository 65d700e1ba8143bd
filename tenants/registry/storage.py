"""Files under a directory per municipality."""

from __future__ import annotations

from pathlib import Path

from django.conf import settings
from django.core.files.storage import FileSystemStorage

from tenants.registry.context import current_municipality


class MunicipalStorage(FileSystemStorage):
    """Every name is relative to the municipality's own directory; outside a municipality there is none."""

    @property
    def base_location(self) -> str:
        return self.location

    @property
    def location(self) -> str:
        """Raises MunicipalityRequired outside a municipality."""
        return str(Path(settings.MEDIA_ROOT).resolve() / current_municipality().schema_name)
