#!/usr/bin/env python
"""Commands of the deployment; they use the owner's connection, which the web never has."""

import os
import sys
from pathlib import Path

ROOT = Path(__file__).resolve().parent


def main() -> None:
    sys.path[:0] = [str(ROOT), str(ROOT / "platform")]
    os.environ.setdefault("DJANGO_SETTINGS_MODULE", "zaakplein.settings")
    os.environ.setdefault("ZAAKPLEIN_DATABASE_LOGIN", "owner")

    from django.core.management import execute_from_command_line
    from django.db import OperationalError

    try:
        execute_from_command_line(sys.argv)
    except OperationalError as error:
        # Without a code it is no answer of PostgreSQL: the connection itself failed.
        if getattr(error.__cause__, "pgcode", None) or "--traceback" in sys.argv:
            raise
        sys.exit(f"No connection to the database: {str(error).strip()}\ninfra/up starts it.")


if __name__ == "__main__":
    main()
