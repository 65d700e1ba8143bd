"""``manage.py seed_demo``: two municipalities with a catalogue, zaken, documents and an application each."""

from __future__ import annotations

import json
import secrets
from argparse import ArgumentParser
from dataclasses import dataclass
from typing import Any

from django.core.management.base import BaseCommand
from django.utils import timezone

from api.clients.client_ids import give
from api.clients.models import Applicatie, Credential
from api.zaken.demo.cases import generate
from api.zaken.demo.catalogue import seed_catalogue
from api.zaken.demo.documents import seed_documents
from tenants.accounts.demo import seed_people
from tenants.registry.context import in_municipality
from tenants.registry.gemeenten import gemeente
from tenants.registry.models import Municipality, Organisation
from tenants.registry.onboarding import DEFAULT_VENDOR, onboard, provide_vendor

VENDOR, VENDOR_KVK = "Stadhoek", "01234583"
CLIENT_ID = "demo"
SOME = 20
RECENT_DAYS = 120


@dataclass(frozen=True, slots=True)
class Example:
    """A municipality to show."""

    schema: str
    cbs_code: str
    address: str

    @property
    def hosts(self) -> list[str]:
        return [f"{self.schema}.localhost", self.address]


EXAMPLES = (Example("haarlem", "0392", "127.0.0.2"), Example("utrecht", "0344", "127.0.0.3"))


class Command(BaseCommand):
    """Make what a newcomer can look around in; again it changes nothing."""

    help = (
        "Onboards Haarlem and Utrecht with a catalogue, zaken, documents, people and an application with all"
        " rights."
    )

    def add_arguments(self, parser: ArgumentParser) -> None:
        parser.add_argument("--json", action="store_true", help="print what there is as JSON")

    def handle(self, *args: Any, **options: Any) -> None:
        organisation = _vendor()
        seeded = [self._seed(example, quiet=options["json"]) for example in EXAMPLES]
        vendor = seed_people("zaakplein", organisation_id=organisation.pk)
        if options["json"]:
            self.stdout.write(
                json.dumps({"vendor": {"people": vendor}, "municipalities": seeded}, ensure_ascii=False)
            )

    def _seed(self, example: Example, *, quiet: bool) -> dict[str, Any]:
        known = gemeente(example.cbs_code)
        naam = known.naam if known else example.schema.capitalize()
        onboarding = onboard(naam=naam, schema=example.schema, hosts=example.hosts, cbs_code=example.cbs_code)
        municipality = onboarding.municipality
        if known and municipality.inwoners is None:
            Municipality.objects.filter(pk=municipality.pk).update(inwoners=known.inwoners)
        done = list(onboarding.done)
        with in_municipality(municipality):
            secret = _application()
            people = seed_people(example.schema)
            if seed_catalogue():
                generate(
                    SOME,
                    today=timezone.localdate(),
                    seed=1,
                    days=RECENT_DAYS,
                    progress=lambda stored: done.append(f"Made a catalogue and {stored} zaken."),
                )
            if count := seed_documents(CLIENT_ID, origin=f"http://{example.hosts[0]}"):
                done.append(f"Made {count} documents.")
        if not quiet:
            self.stdout.write(f"{naam}: {' '.join(done) or 'stood already.'}")
        return {
            "name": naam,
            "schema": example.schema,
            "hosts": example.hosts,
            "client_id": CLIENT_ID,
            "secret": secret,
            "people": people,
        }


def _vendor() -> Organisation:
    """With an invented name, where nobody gave it one of its own."""
    vendor = provide_vendor()
    if vendor.name == DEFAULT_VENDOR:
        vendor.name, vendor.kvk = VENDOR, VENDOR_KVK
        vendor.save(update_fields=["name", "kvk"])
    return vendor


def _application() -> str:
    """The secret of the application with all rights, which is made once."""
    credential, made = Credential.objects.get_or_create(
        client_id=CLIENT_ID, defaults={"secret": secrets.token_urlsafe(32)}
    )
    if made:
        applicatie = Applicatie.objects.create(label="Demonstratie", heeft_alle_autorisaties=True)
        give(applicatie, [CLIENT_ID])
    return credential.secret
