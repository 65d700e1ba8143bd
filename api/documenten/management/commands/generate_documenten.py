"""``manage.py generate_documenten --municipality haarlem --count 100000``."""

from __future__ import annotations

from argparse import ArgumentParser
from time import monotonic
from typing import Any

from django.core.management.base import BaseCommand, CommandError
from django.utils import timezone

from api.documenten.demo.archive import YEAR, generate
from tenants.registry.context import in_municipality
from tenants.registry.models import Municipality


class Command(BaseCommand):
    """Fill a municipality with documents that look real and are about nobody."""

    help = (
        "Makes documents of the published informatieobjecttypen, in bulk; some dozens of contents are stored."
    )

    def add_arguments(self, parser: ArgumentParser) -> None:
        parser.add_argument("--municipality", required=True, help="the schema, e.g. haarlem")
        parser.add_argument("--count", required=True, type=int)
        parser.add_argument("--years", type=int, default=10, help="over how many years they are spread")
        parser.add_argument("--seed", type=int, default=1, help="another number gives other documents")

    def handle(self, *args: Any, **options: Any) -> None:
        municipality = Municipality.objects.filter(schema_name=options["municipality"]).first()
        if municipality is None:
            raise CommandError(f"There is no municipality {options['municipality']}.")
        if options["count"] < 1:
            raise CommandError("At least one document.")
        if options["years"] < 1:
            raise CommandError("At least one year.")
        started = monotonic()
        with in_municipality(municipality):
            try:
                generate(
                    options["count"],
                    today=timezone.localdate(),
                    seed=options["seed"],
                    days=options["years"] * YEAR,
                    progress=lambda stored: self.stdout.write(f"{stored} documents"),
                )
            except LookupError as error:
                raise CommandError(f"{municipality} has {error}.") from error
        self.stdout.write(f"Made {options['count']} documents in {monotonic() - started:.1f} s.")
