"""The text that makes a schema at once, instead of one migration after the other.

It is the dump of a schema that was migrated for the purpose, under a name that occurs nowhere else. It is
made after the shared migrations and holds for exactly the migrations that it was made of; where there is
none that holds, a schema is migrated as ever. Both ways give the same schema.
"""

from __future__ import annotations

import os
import re
import shutil
import subprocess
from collections.abc import Iterator
from functools import cache
from hashlib import sha256
from pathlib import Path

import structlog
from django.apps import apps
from django.conf import settings
from psycopg2 import sql

from tenants.registry.connection import connection
from tenants.registry.context import require_public
from tenants.registry.models import SchemaText
from tenants.registry.names import validate_schema_name
from tenants.registry.schemas import drop_schema, make_schema, migrate_schema

TEMPLATE = "unmistakable_name_of_a_template"
DUMP_SECONDS = 120

# Two settings that pg_dump repeats on its way, and what keeps psql from reading commands out of the dump.
OF_THE_SESSION = re.compile(r"^(?:SET default_\w+ = .*;|\\unrestrict .*)$", re.MULTILINE)

logger = structlog.get_logger(__name__)


def execute_text(schema: str) -> bool:
    """Fill a schema that is empty; False where no text holds, and nothing was done."""
    validate_schema_name(schema)
    known = SchemaText.objects.filter(of_migrations=hash_of_migrations()).first()
    if known is None:
        return False
    name = sql.Identifier(schema).as_string(connection.connection)
    with connection.cursor() as cursor:
        # Without parameters, so that each % in it is one.
        cursor.execute(known.text.replace(TEMPLATE, name))
    return True


def renew_text() -> bool:
    """Make the text anew where the migrations are others; whether there is one that holds. For the owner."""
    require_public()
    of_migrations = hash_of_migrations()
    if SchemaText.objects.filter(of_migrations=of_migrations).exists():
        return True
    if shutil.which("pg_dump") is None:
        logger.warning("no_schema_text", reason="pg_dump is not installed")
        return False
    drop_schema(TEMPLATE)
    make_schema(TEMPLATE)
    try:
        migrate_schema(TEMPLATE)
        text = _contents(_dump())
    except subprocess.SubprocessError as failure:
        logger.warning("no_schema_text", exc_info=failure)
        return False
    finally:
        drop_schema(TEMPLATE)
    SchemaText.objects.update_or_create(defaults={"of_migrations": of_migrations, "text": text})
    return True


@cache
def hash_of_migrations() -> str:
    """Of which apps a municipality has, and of every migration: its name and what it says."""
    digest = sha256("\n".join(settings.TENANT_APPS).encode())
    for path in _migrations():
        digest.update(str(path.name).encode() + path.read_bytes())
    return digest.hexdigest()


def _migrations() -> Iterator[Path]:
    for app in apps.get_app_configs():
        yield from sorted((Path(app.path) / "migrations").glob("*.py"))


def _dump() -> str:
    options = connection.settings_dict
    command = [
        "pg_dump",
        f"--schema={TEMPLATE}",
        "--no-owner",
        "--no-privileges",
        "--rows-per-insert=1000",
        f"--dbname={options['NAME']}",
    ]
    environment = {
        **os.environ,
        "PGHOST": str(options["HOST"]),
        "PGPORT": str(options["PORT"]),
        "PGUSER": str(options["USER"]),
        "PGPASSWORD": str(options["PASSWORD"]),
    }
    dumped = subprocess.run(  # noqa: S603  # nothing in it is anybody's to choose
        command, env=environment, check=True, capture_output=True, text=True, timeout=DUMP_SECONDS
    )
    return dumped.stdout


def _contents(dump: str) -> str:
    """What follows on the making of the schema, which whoever executes it has done."""
    _, _, contents = dump.partition(f"CREATE SCHEMA {TEMPLATE};\n")
    return OF_THE_SESSION.sub("", contents)
