"""Django's connection under its own type: it knows search_path, role and login."""

from __future__ import annotations

from typing import TYPE_CHECKING, cast

from django.db import connection as proxy

if TYPE_CHECKING:
    from tenants.registry.postgresql.base import DatabaseWrapper

connection = cast("DatabaseWrapper", proxy)
