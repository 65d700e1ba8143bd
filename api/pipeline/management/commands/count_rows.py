"""Count what the database keeps counts of, and say or mend where these are wrong; again is harmless."""

from __future__ import annotations

from typing import Any

from django.core.management.base import BaseCommand, CommandError, CommandParser
from django.db import connection, transaction

from api.pipeline.declare.row_counts import counted_tables
from api.records.row_counts import TABLE, differences, mend
from tenants.registry.context import in_municipality
from tenants.registry.models import Municipality


class Command(BaseCommand):
    help = (
        "Compares the counts by type and level that triggers keep with the rows themselves, and mends them:"
        " after a restore of data alone, or while triggers were off. Nobody has to wait for it."
    )

    def add_arguments(self, parser: CommandParser) -> None:
        parser.add_argument("--municipality", required=True, metavar="SCHEMA")
        parser.add_argument("--check", action="store_true", help="mend nothing; fails where a count is wrong")

    def handle(self, *args: Any, **options: Any) -> None:  # Django's signature
        municipality = Municipality.objects.filter(schema_name=options["municipality"]).first()
        if municipality is None:
            raise CommandError(f"There is no municipality with schema {options['municipality']}.")
        with in_municipality(municipality):
            wrong = lacking() if options["check"] else mended()
        for kind, missing in wrong.items():
            self.stdout.write(f"{kind}: {missing} counts {'are wrong' if options['check'] else 'mended'}")
        if wrong and options["check"]:
            raise CommandError("Counts are wrong: without --check they are mended.")
        if not wrong:
            self.stdout.write(f"{municipality.naam}: every count is right.")


def lacking() -> dict[str, int]:
    """Of each kind, how many of its counts are wrong."""
    with connection.cursor() as cursor:
        cursor.execute(
            f"SELECT kind, count(*) FROM ({differences(counted_tables())}) AS wrong"  # noqa: S608
            " GROUP BY kind ORDER BY kind"
        )
        return dict(cursor.fetchall())


@transaction.atomic
def mended() -> dict[str, int]:
    """Likewise; they are right afterwards, whatever others write meanwhile."""
    with connection.cursor() as cursor:
        # two at once would both add what is missing
        cursor.execute(f"LOCK TABLE {TABLE} IN SHARE UPDATE EXCLUSIVE MODE")
    wrong = lacking()
    if wrong:
        with connection.cursor() as cursor:
            cursor.execute(mend(counted_tables()))
    return wrong
