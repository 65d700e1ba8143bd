"""Who calls, when, and where."""

from __future__ import annotations

from dataclasses import dataclass, field
from datetime import date, datetime

from django.utils import timezone

from api.clients.client import Client
from api.pipeline.words.asked import Asked
from tenants.registry.models import Municipality


@dataclass(slots=True)
class Caller:
    """Who calls, when, in which municipality, and what it says about it."""

    client: Client
    municipality: Municipality
    now: datetime
    origin: str
    """Scheme and host of the request, without a slash at the end."""
    toelichting: str = ""
    nlx_logrecord_id: str = ""
    asked: Asked = field(default_factory=Asked)

    @property
    def today(self) -> date:
        """The day of the call, in Europe/Amsterdam."""
        return timezone.localdate(self.now)
