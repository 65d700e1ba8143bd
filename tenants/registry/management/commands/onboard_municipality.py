"""Bring a municipality aboard; again is harmless."""

from __future__ import annotations

import json
from typing import Any

from django.core.management.base import BaseCommand, CommandError, CommandParser

from tenants.registry.models import Municipality
from tenants.registry.onboarding import Onboarding, OnboardingRefused, onboard


class Command(BaseCommand):
    help = "Register a municipality and make its schema and database role, as far as they are not there."

    def add_arguments(self, parser: CommandParser) -> None:
        parser.add_argument("--naam", required=True)
        parser.add_argument("--schema", required=True)
        parser.add_argument("--host", required=True, action="append", help="the first one is the primary")
        parser.add_argument("--cbs-code")
        parser.add_argument(
            "--environment",
            choices=Municipality.Environment.values,
            default=Municipality.Environment.PRODUCTIE,
        )
        parser.add_argument("--json", action="store_true", help="print what stands and what was done as JSON")

    def handle(self, *args: Any, **options: Any) -> None:  # Django's signature
        try:
            onboarding = onboard(
                naam=options["naam"],
                schema=options["schema"],
                hosts=options["host"],
                cbs_code=options["cbs_code"],
                environment=options["environment"],
            )
        except OnboardingRefused as refused:
            raise CommandError(str(refused)) from refused
        self.stdout.write(as_json(onboarding) if options["json"] else as_text(onboarding))


def as_text(onboarding: Onboarding) -> str:
    return "\n".join(onboarding.done or [f"{onboarding.municipality.naam} stood already."])


def as_json(onboarding: Onboarding) -> str:
    municipality = onboarding.municipality
    domains = municipality.domains.order_by("-is_primary", "pk")
    return json.dumps(
        {
            "naam": municipality.naam,
            "schema": municipality.schema_name,
            "cbs_code": municipality.cbs_code,
            "environment": municipality.environment,
            "hosts": [domain.domain for domain in domains],
            "done": onboarding.done,
        },
        ensure_ascii=False,
    )
