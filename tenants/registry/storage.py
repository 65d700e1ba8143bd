"""Files under a directory per municipality."""

from __future__ import annotations

from pathlib import Path
from uuid import uuid4

from django.conf import settings
from django.core.files.base import ContentFile
from django.core.files.storage import FileSystemStorage, default_storage

from tenants.registry.context import current_municipality

UNDER_WAY = "bezig"
"""Where a file is until it is whole."""


class MunicipalStorage(FileSystemStorage):
    """Every name is relative to the municipality's own directory; outside a municipality there is none."""

    @property
    def base_location(self) -> str:
        return self.location

    @property
    def location(self) -> str:
        """Raises MunicipalityRequired outside a municipality."""
        return str(Path(settings.MEDIA_ROOT).resolve() / current_municipality().schema_name)


def replace(name: str, content: bytes) -> None:
    """Keep it under exactly this name, inside a municipality: whoever reads finds the former or this one."""
    written = Path(default_storage.path(default_storage.save(f"{UNDER_WAY}/{uuid4()}", ContentFile(content))))
    place = Path(default_storage.path(name))
    place.parent.mkdir(parents=True, exist_ok=True)
    written.replace(place)
