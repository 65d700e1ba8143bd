"""The names of schemas and of the database roles that may reach them."""

from __future__ import annotations

import re
from hashlib import sha256

from django.core.exceptions import ValidationError

PUBLIC = "public"
RESERVED = frozenset({PUBLIC, "extensions", "information_schema", "template"})
SCHEMA_NAME = r"^[a-z][a-z0-9_]{0,39}$"

MAX_IDENTIFIER_BYTES = 63
DIGEST_LENGTH = 12


def validate_schema_name(name: str) -> None:
    """Refuse what is no plain lower-case identifier, or is somebody else's."""
    if not re.fullmatch(SCHEMA_NAME, name):
        raise ValidationError(
            f"{name!r} is no schema name: lower-case letters, digits and _, a letter first, 40 at most."
        )
    if name in RESERVED or name.startswith("pg_"):
        raise ValidationError(f"{name!r} is reserved.")


def role_name(database: str, schema: str) -> str:
    """The role of a schema. Roles are shared by all databases of a cluster, so the database is part of it."""
    name = f"{database}_{schema}"
    if len(name.encode()) <= MAX_IDENTIFIER_BYTES:
        return name
    digest = sha256(name.encode()).hexdigest()[:DIGEST_LENGTH]
    readable = name.encode()[: MAX_IDENTIFIER_BYTES - DIGEST_LENGTH - 1].decode(errors="ignore")
    return f"{readable}_{digest}"
