"""``manage.py generate_documenten --municipality haarlem --count 100000``."""

from __future__ import annotations

from typing import Any

from api.documenten.demo.archive import generate
from api.pipeline.management.filling import FillingCommand


class Command(FillingCommand):
    """Fill a municipality with documents that look real and are about nobody."""

    help = (
        "Makes documents of the published informatieobjecttypen, in bulk; some dozens of contents are stored."
    )
    one, many = "document", "documents"

    def generate(self, count: int, **how: Any) -> None:
        generate(count, **how)
