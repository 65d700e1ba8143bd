"""``manage.py create_credential --municipality haarlem --client-id zaaksysteem``."""

from __future__ import annotations

import secrets
import sys
from argparse import ArgumentParser
from typing import Any

from django.core.management.base import BaseCommand, CommandError
from django.db import transaction

from api.clients.client_ids import give
from api.clients.models import Applicatie, ClientId, Credential, IssuedClientId
from tenants.accounts.log import note
from tenants.registry.context import in_municipality
from tenants.registry.models import Municipality
from tenants.registry.states import COMMAND_LINE

SHORTEST = 32
"""Characters of a given secret: HS256 wants a key as long as its hash."""


class Command(BaseCommand):
    """Give an application a secret, and say what it may do; again with the same words changes nothing."""

    help = "Makes a client id for one municipality with a new secret, which is printed once, or a given one."

    def add_arguments(self, parser: ArgumentParser) -> None:
        parser.add_argument("--municipality", required=True, help="the schema, e.g. haarlem")
        parser.add_argument("--client-id", required=True)
        given = parser.add_mutually_exclusive_group()
        given.add_argument("--secret", help="others on this machine can read it while the command runs")
        given.add_argument("--secret-stdin", action="store_true", help="the first line of standard input")
        parser.add_argument("--allow-short", action="store_true", help=f"fewer than {SHORTEST} characters")
        kind = parser.add_mutually_exclusive_group()
        kind.add_argument("--superuser", action="store_true", help="an applicatie with all rights")
        kind.add_argument(
            "--no-application",
            action="store_true",
            help="no applicatie: it comes through the Autorisaties API",
        )

    def handle(self, *args: Any, **options: Any) -> None:
        client_id = options["client_id"]
        given = sys.stdin.readline().rstrip("\r\n") if options["secret_stdin"] else options["secret"]
        _check("client_id", client_id, least=1)
        if given is not None:
            _check("secret", given, least=1 if options["allow_short"] else SHORTEST)
        try:
            municipality = Municipality.objects.get(schema_name=options["municipality"])
        except Municipality.DoesNotExist as error:
            raise CommandError(f"There is no municipality {options['municipality']}.") from error
        with in_municipality(municipality), transaction.atomic():
            self.stdout.write(_give_secret(client_id, given) if given else _make_secret(client_id))
            if options["superuser"]:
                self.stdout.write(_give_all_rights(client_id))
            elif not ClientId.objects.filter(client_id=client_id).exists():
                self.stdout.write("No applicatie has this client id yet; until one does, it may do nothing.")


def _check(column: str, value: str, *, least: int) -> None:
    field: Any = Credential._meta.get_field(column)
    if not least <= len(value) <= field.max_length:
        raise CommandError(f"The {column} has {least} to {field.max_length} characters.")


def _make_secret(client_id: str) -> str:
    secret = secrets.token_urlsafe(SHORTEST)
    _, made = Credential.objects.get_or_create(client_id=client_id, defaults={"secret": secret})
    if made:
        _note("geheim gemaakt", client_id)
    else:
        return f"The credential of {client_id} stood already; give a secret to change it."
    return f"Made the credential of {client_id}. Its secret, which is told only now: {secret}"


def _give_secret(client_id: str, secret: str) -> str:
    credential, made = Credential.objects.get_or_create(client_id=client_id, defaults={"secret": secret})
    if made:
        _note("geheim gemaakt", client_id)
        return f"Made the credential of {client_id}."
    if credential.secret == secret:
        return f"The credential of {client_id} stood already."
    credential.secret = secret
    credential.save(update_fields=["secret"])
    _note("geheim gewijzigd", client_id)
    return f"Changed the secret of {client_id}."


def _note(action: str, client_id: str) -> None:
    """In the municipality's own log; never the secret."""
    note(person=None, by=COMMAND_LINE, area="applicaties", action=action, subject=client_id)


def _give_all_rights(client_id: str) -> str:
    known = ClientId.objects.filter(client_id=client_id).select_related("applicatie").first()
    if known is None:
        return _make_superuser(client_id)
    if known.applicatie.heeft_alle_autorisaties:
        return "Its applicatie has all rights already."
    known.applicatie.autorisaties.all().delete()
    known.applicatie.heeft_alle_autorisaties = True
    known.applicatie.save(update_fields=["heeft_alle_autorisaties"])
    _note("alle rechten gegeven", client_id)
    return "Gave its applicatie all rights."


def _make_superuser(client_id: str) -> str:
    """An applicatie for an id that nobody has; the one that had it before, where there was one (ac-001)."""
    issued = IssuedClientId.objects.filter(client_id=client_id).first()
    if issued is None:
        applicatie = Applicatie.objects.create(label=client_id, heeft_alle_autorisaties=True)
        give(applicatie, [client_id])
        _note("alle rechten gegeven", client_id)
        return "Made an applicatie with all rights."
    former = Applicatie.objects.filter(pk=issued.applicatie_uuid).first()
    if former is not None:
        reason = f"{client_id} belonged to the applicatie {former.pk}; give it back through the API."
        raise CommandError(reason)
    applicatie = Applicatie.objects.create(
        pk=issued.applicatie_uuid, label=client_id, heeft_alle_autorisaties=True
    )
    give(applicatie, [client_id])
    _note("alle rechten gegeven", client_id)
    return "Brought back its deleted applicatie, with all rights."
