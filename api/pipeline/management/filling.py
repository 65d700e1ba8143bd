"""What the commands that fill a municipality in bulk have in common."""

from __future__ import annotations

from abc import abstractmethod
from argparse import ArgumentParser
from collections.abc import Callable
from datetime import date
from time import monotonic
from typing import Any

from django.core.management.base import BaseCommand, CommandError
from django.utils import timezone

from api.pipeline.sql.loading import YEAR
from tenants.registry.context import in_municipality
from tenants.registry.models import Municipality


class FillingCommand(BaseCommand):
    """Adds so many objects, spread over years; says how far it is, and how long it took."""

    one: str
    many: str

    def add_arguments(self, parser: ArgumentParser) -> None:
        parser.add_argument("--municipality", required=True, help="the schema, e.g. haarlem")
        parser.add_argument("--count", required=True, type=int)
        parser.add_argument("--years", type=int, default=10, help="over how many years they are spread")
        parser.add_argument("--seed", type=int, default=1, help=f"another number gives other {self.many}")

    def handle(self, *args: Any, **options: Any) -> None:
        municipality = Municipality.objects.filter(schema_name=options["municipality"]).first()
        if municipality is None:
            raise CommandError(f"There is no municipality {options['municipality']}.")
        if options["count"] < 1:
            raise CommandError(f"At least one {self.one}.")
        if options["years"] < 1:
            raise CommandError("At least one year.")
        started = monotonic()
        with in_municipality(municipality):
            self.prepare(**options)
            try:
                self.generate(
                    options["count"],
                    today=timezone.localdate(),
                    seed=options["seed"],
                    days=options["years"] * YEAR,
                    progress=lambda stored: self.stdout.write(f"{stored} {self.many}"),
                )
            except LookupError as error:
                raise CommandError(f"{municipality} has {error}.") from error
        self.stdout.write(f"Made {options['count']} {self.many} in {monotonic() - started:.1f} s.")

    def prepare(self, **options: Any) -> None:
        """What has to be there first, inside the municipality."""

    @abstractmethod
    def generate(
        self, count: int, *, today: date, seed: int, days: int, progress: Callable[[int], None]
    ) -> None:
        """Make them, inside the municipality; raises ``LookupError`` with what it lacks."""
