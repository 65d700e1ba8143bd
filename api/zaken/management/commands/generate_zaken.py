"""``manage.py generate_zaken --municipality haarlem --count 1000000 --zaaktypen 50``."""

from __future__ import annotations

from argparse import ArgumentParser
from typing import Any

from api.pipeline.management.filling import FillingCommand
from api.zaken.demo.cases import generate
from api.zaken.demo.products import provide_zaaktypen


class Command(FillingCommand):
    """Fill a municipality with zaken that look real and are about nobody."""

    help = "Makes realistic zaken of the published zaaktypen, in bulk."
    one, many = "zaak", "zaken"

    def add_arguments(self, parser: ArgumentParser) -> None:
        super().add_arguments(parser)
        parser.add_argument(
            "--zaaktypen", type=int, default=0, help="publish more of them where there are fewer than so many"
        )

    def prepare(self, **options: Any) -> None:
        if options["zaaktypen"] and (made := provide_zaaktypen(options["zaaktypen"])):
            self.stdout.write(f"Made {made} zaaktypen.")

    def generate(self, count: int, **how: Any) -> None:
        generate(count, **how)
