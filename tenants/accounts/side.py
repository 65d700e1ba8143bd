"""The two sides of the house: the vendor's console in public, a municipality's in its own schema."""

from __future__ import annotations

from collections.abc import Callable
from dataclasses import dataclass
from typing import cast

from django.apps import apps
from django.conf import settings
from django.utils.module_loading import import_string

from tenants.accounts.models import LogLine
from tenants.accounts.rights import PermissionTable
from tenants.registry.connection import connection
from tenants.registry.context import require_public
from tenants.registry.models import Municipality


@dataclass(frozen=True, slots=True)
class Side:
    """What differs between the consoles as far as their people are concerned."""

    table: PermissionTable
    log: str
    """The label of the model of its log."""
    urlconf: str
    name: Callable[[], str]
    """Whose console it is, as its people call it."""
    second_factor_required: Callable[[], bool]
    has_organisations: bool

    @property
    def log_model(self) -> type[LogLine]:
        return cast("type[LogLine]", apps.get_model(self.log))


def current_side() -> Side:
    """The municipality's inside one, else the vendor's; settings.CONSOLES says where each is declared."""
    if isinstance(connection.tenant, Municipality):
        return cast("Side", import_string(settings.CONSOLES["municipality"]))
    require_public()
    return cast("Side", import_string(settings.CONSOLES["vendor"]))
