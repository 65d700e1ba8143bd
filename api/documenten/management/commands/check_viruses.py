"""What becomes of content that cannot be looked through for viruses, and what came in; again is harmless."""

from __future__ import annotations

from collections.abc import Iterator
from typing import Any

from django.core.management.base import BaseCommand, CommandError, CommandParser
from django.db import transaction
from django.db.models import Count, Sum

from api.documenten.content.rechecking import infected, waiting
from api.documenten.models.keuzes import Ongecontroleerd
from tenants.accounts.log import note
from tenants.registry.context import in_municipality
from tenants.registry.models import Municipality
from tenants.registry.states import COMMAND_LINE

MOST_SHOWN = 100


class Command(BaseCommand):
    help = "Says what came in without being looked through for viruses, and whether that is allowed."

    def add_arguments(self, parser: CommandParser) -> None:
        parser.add_argument("--municipality", required=True, metavar="SCHEMA")
        how = parser.add_mutually_exclusive_group()
        how.add_argument(
            "--pass-unchecked",
            action="store_true",
            help="what the scanner cannot look through comes in, is marked, and is looked through later",
        )
        how.add_argument("--refuse-unchecked", action="store_true", help="it is refused, as at first")

    def handle(self, *args: Any, **options: Any) -> None:  # Django's signature
        municipality = Municipality.objects.filter(schema_name=options["municipality"]).first()
        if municipality is None:
            raise CommandError(f"There is no municipality with schema {options['municipality']}.")
        if options["pass_unchecked"] or options["refuse_unchecked"]:
            pass_unchecked(municipality, passes=options["pass_unchecked"])
        for line in standing(municipality):
            self.stdout.write(line)


@transaction.atomic
def pass_unchecked(municipality: Municipality, *, passes: bool) -> None:
    """From the next request on; the log tells of a change."""
    if municipality.passes_unchecked == passes:
        return
    municipality.passes_unchecked = passes
    municipality.save(update_fields=["passes_unchecked"])
    note(
        person=None,
        by=COMMAND_LINE,
        area="gemeenten",
        action=f"ongecontroleerde inhoud {'toegelaten' if passes else 'geweigerd'}",
        subject=f"{municipality.naam} ({municipality.environment})",
        municipality=municipality,
    )


def standing(municipality: Municipality) -> Iterator[str]:
    """How things are: of contents their keys and sizes, nothing that is in them."""
    does = "comes in and is marked" if municipality.passes_unchecked else "is refused"
    yield f"What cannot be looked through {does} at {municipality.naam}."
    with in_municipality(municipality):
        counted = waiting().values("reden").annotate(count=Count("pk"), size=Sum("inhoud__omvang"))
        for each in counted.order_by("reden"):
            why = Ongecontroleerd(each["reden"]).value
            yield f"{each['count']} contents of {each['size']} bytes wait ({why})."
        for mark in infected().order_by("gemarkeerd_op")[:MOST_SHOWN]:
            yield f"A virus ({mark.virus}) is in content {mark.pk}, which is not given any more."
