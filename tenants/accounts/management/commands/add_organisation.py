"""Bring an organisation aboard: the vendor's first owner, another vendor, or an implementation partner."""

from __future__ import annotations

from typing import Any

from django.conf import settings
from django.core.exceptions import ValidationError
from django.core.management.base import BaseCommand, CommandError, CommandParser
from django.core.validators import validate_email

from tenants.accounts.memberships import MembershipRefused
from tenants.accounts.organisations import Newcomer, add_organisation, invite_owner, invited_owner
from tenants.registry.models import Organisation
from tenants.registry.origin import origin_at


class Command(BaseCommand):
    help = (
        "Add an organisation and mail its first owner an invitation. One that stands already, and of which"
        " nobody came yet, gets another invitation."
    )

    def add_arguments(self, parser: CommandParser) -> None:
        parser.add_argument("name")
        parser.add_argument("--owner", required=True, metavar="ADDRESS", help="who is invited")
        parser.add_argument("--kind", choices=Organisation.Kind.values, default=Organisation.Kind.VENDOR)
        parser.add_argument("--kvk", metavar="NUMBER", help="eight digits")

    def handle(self, *args: Any, **options: Any) -> None:  # Django's signature
        owner, kind = options["owner"], Organisation.Kind(options["kind"])
        site = origin_at(settings.VENDOR_HOSTS[0])
        try:
            validate_email(owner)
            standing = Organisation.objects.filter(kind=kind, name__iexact=options["name"]).first()
            if standing is None:
                newcomer = Newcomer(options["name"], kind, options["kvk"])
                add_organisation(newcomer, owner, person=None, site=site)
            else:
                waiting = invited_owner(standing)
                seen = waiting.pk if waiting else None
                invite_owner(standing, owner, seen=seen, person=None, site=site)
        except ValidationError as error:
            raise CommandError(f"{owner!r} is no e-mail address.") from error
        except MembershipRefused as refusal:
            raise CommandError(str(refusal)) from refusal
        self.stdout.write(f"{owner} was invited as the owner of {options['name']}.")
