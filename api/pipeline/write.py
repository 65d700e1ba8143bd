"""One write on its way through the pipeline."""

from __future__ import annotations

from dataclasses import dataclass, field
from datetime import date, datetime
from typing import TYPE_CHECKING, Any

from django.db.models import Model
from django.utils import timezone

from api.clients.client import Client

if TYPE_CHECKING:
    from api.pipeline.resource import Resource


@dataclass(slots=True)
class Caller:
    """Who writes, when, in which municipality, and what it says about it."""

    client: Client
    municipality: Any
    now: datetime
    origin: str
    """Scheme and host of the request, without a slash at the end."""
    toelichting: str = ""
    nlx_logrecord_id: str = ""

    @property
    def today(self) -> date:
        """The day of the write, in Europe/Amsterdam."""
        return timezone.localdate(self.now)


@dataclass(slots=True)
class Write:
    """What guards, rules and effects are given.

    ``data`` holds the validated attributes by the name of the model's field; ``instance`` is the
    row as it stands in the database (locked), ``None`` when it is being created; after saving it
    is the saved row.
    """

    resource: type[Resource]
    action: str
    caller: Caller
    data: dict[str, Any]
    instance: Any = None
    before: str | None = None
    """The representation before the write, as JSON text."""
    tombstone: bool = False
    """Whether the trail may keep only that it happened, and nothing of what it was."""
    memo: dict[str, Any] = field(default_factory=dict)
    """What one function found out and a later one can use; never leaves this write."""

    @property
    def client(self) -> Client:
        return self.caller.client

    @property
    def creating(self) -> bool:
        return self.action == "create"

    def value(self, attribute: str) -> Any:
        """The value that the attribute will have: the new one where given, else the present one."""
        if attribute in self.data:
            return self.data[attribute]
        if self.instance is not None:
            return getattr(self.instance, attribute)
        column: Any = self.resource.model._meta.get_field(attribute)
        return column.get_default()

    def changes(self, attribute: str) -> bool:
        """Whether the write gives the attribute another value than it has."""
        if attribute not in self.data:
            return False
        return self.instance is None or self.data[attribute] != getattr(self.instance, attribute)

    @property
    def main(self) -> Model:
        """The object that this write belongs to: the zaak of a status, or the object itself."""
        return self.resource.main_of(self)
