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

    execute_from_command_line(sys.argv)


if __name__ == "__main__":
    main()
