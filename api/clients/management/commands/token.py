"""``manage.py token --municipality haarlem --client-id demo``: a token to try the APIs with."""

from __future__ import annotations

import time
from argparse import ArgumentParser
from typing import Any

import jwt
from django.core.management.base import BaseCommand, CommandError

from api.clients.models import Credential
from tenants.registry.context import in_municipality
from tenants.registry.models import Municipality


class Command(BaseCommand):
    """Print a token that is valid for an hour, and nothing else."""

    help = "Prints a token of a client of one municipality."

    def add_arguments(self, parser: ArgumentParser) -> None:
        parser.add_argument("--municipality", required=True, help="the schema, e.g. haarlem")
        parser.add_argument("--client-id", required=True)

    def handle(self, *args: Any, **options: Any) -> None:
        municipality = Municipality.objects.filter(schema_name=options["municipality"]).first()
        if municipality is None:
            raise CommandError(f"There is no municipality {options['municipality']}.")
        with in_municipality(municipality):
            credential = Credential.objects.filter(client_id=options["client_id"]).first()
        if credential is None:
            raise CommandError(f"{municipality} has no client {options['client_id']}.")
        client_id = credential.client_id
        claims = {"iss": client_id, "client_id": client_id, "iat": int(time.time())}
        self.stdout.write(jwt.encode(claims, credential.secret, algorithm="HS256"))
