"""What else is about an incident, in packages above: settings.INCIDENTS_LINKED says where that is.

An incident knows how many there are, and that what is said of it can be answered to each of them too.
"""

from __future__ import annotations

from collections.abc import Sequence
from datetime import datetime
from typing import Protocol, cast

from django.conf import settings
from django.utils.module_loading import import_string

from incidents.models import Incident
from tenants.accounts.person import Person


class Linked(Protocol):
    def shown(self, incident: Incident, *, person: Person) -> tuple[int, Sequence[tuple[str, str]]]:
        """How many this person sees, and the first of them: a link, and how it stands."""

    def count(self, incident: Incident, *, person: Person) -> int:
        """How many this person may answer at once; 0 where he may not, or where they are too many."""

    def answer(self, incident: Incident, text: str, *, person: Person, now: datetime) -> int:
        """Say it to each of these, in the transaction of the update; to how many. Raises IncidentRefused."""


def linked() -> Linked:
    return cast("Linked", import_string(settings.INCIDENTS_LINKED))
