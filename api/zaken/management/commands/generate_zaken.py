"""``manage.py generate_zaken --municipality haarlem --count 1000000 --zaaktypen 50``."""

from __future__ import annotations

from argparse import ArgumentParser
from time import monotonic
from typing import Any

from django.core.management.base import BaseCommand, CommandError
from django.utils import timezone

from api.zaken.demo.cases import YEAR, generate
from api.zaken.demo.products import provide_zaaktypen
from tenants.registry.context import in_municipality
from tenants.registry.models import Municipality


class Command(BaseCommand):
    """Fill a municipality with zaken that look real and are about nobody."""

    help = "Makes realistic zaken of the published zaaktypen, in bulk."

    def add_arguments(self, parser: ArgumentParser) -> None:
        parser.add_argument("--municipality", required=True, help="the schema, e.g. haarlem")
        parser.add_argument("--count", required=True, type=int)
        parser.add_argument(
            "--zaaktypen", type=int, default=0, help="publish more of them where there are fewer than so many"
        )
        parser.add_argument("--years", type=int, default=10, help="over how many years they are spread")
        parser.add_argument("--seed", type=int, default=1, help="another number gives other zaken")

    def handle(self, *args: Any, **options: Any) -> None:
        municipality = Municipality.objects.filter(schema_name=options["municipality"]).first()
        if municipality is None:
            raise CommandError(f"There is no municipality {options['municipality']}.")
        if options["count"] < 1:
            raise CommandError("At least one zaak.")
        if options["years"] < 1:
            raise CommandError("At least one year.")
        started = monotonic()
        with in_municipality(municipality):
            if options["zaaktypen"] and (made := provide_zaaktypen(options["zaaktypen"])):
                self.stdout.write(f"Made {made} zaaktypen.")
            try:
                generate(
                    options["count"],
                    today=timezone.localdate(),
                    seed=options["seed"],
                    days=options["years"] * YEAR,
                    progress=lambda stored: self.stdout.write(f"{stored} zaken"),
                )
            except LookupError as error:
                raise CommandError(f"{municipality} has {error}.") from error
        self.stdout.write(f"Made {options['count']} zaken in {monotonic() - started:.1f} s.")
