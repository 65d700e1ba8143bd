"""``manage.py seed_helpdesk``: what was agreed with the municipalities of the demo, and what they report."""

from __future__ import annotations

from typing import Any

from django.core.management.base import BaseCommand, CommandError
from django.utils import timezone

from backoffice.demo.agreements import agree
from backoffice.demo.helpdesk import report_all
from backoffice.demo.measured import measure_last_month
from backoffice.demo.people import NobodyThere
from tenants.registry.models import Municipality

LEVELS = {"haarlem": "Plus", "utrecht": "Plus"}


class Command(BaseCommand):
    """Make what a newcomer can look around in; again it changes nothing."""

    help = "Gives those of seed_demo a signed contract, reports in every state, and last month's report."

    def handle(self, *_args: Any, **_options: Any) -> None:  # Django's signature
        now = timezone.now()
        municipalities = Municipality.objects.filter(schema_name__in=LEVELS).order_by("schema_name")
        try:
            for municipality in municipalities:
                agreed = agree(municipality, LEVELS[municipality.schema_name], now)
                told = report_all(municipality, now)
                measured = measure_last_month(municipality, now)
                done = agreed or told or measured
                self.stdout.write(
                    f"{municipality}: {told} reports." if done else f"{municipality}: stood already."
                )
        except NobodyThere as missing:
            raise CommandError(f"Nobody is {missing}; run seed_demo first.") from missing
