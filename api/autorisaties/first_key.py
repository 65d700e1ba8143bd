"""The first key of a municipality: it reads the catalogue, and ends after a day.

With it one sees that the APIs answer. Keys for cases are made by the municipality itself.
"""

from __future__ import annotations

import secrets
from datetime import timedelta

from django.utils import timezone

from api.autorisaties.resources.applicatie import ApplicatieResource
from api.catalogi.scopes import CATALOGI_LEZEN
from api.clients.client import Client
from api.clients.models import Component, Credential
from api.pipeline.commit.entry import carry_out
from api.pipeline.declare.write import Write
from api.pipeline.represent.serializers import attributes, write_serializer
from api.pipeline.words.caller import Caller
from tenants.jobs.kinds import Connection, Work, step
from tenants.onboarding.steps import is_new
from tenants.registry.context import current_municipality

VALID_FOR = timedelta(days=1)
SECRET_BYTES = 32
LABEL = "Eerste sleutel, leest de catalogus"


@step("key", "Eerste sleutel maken", connection=Connection.MUNICIPALITY)
def first_key(work: Work) -> None:
    """What is found out is the client id and its end; the secret stands with the credential alone."""
    if not is_new(work):
        return
    client_id = f"inrichting-{work.job.pk.hex[:8]}"
    until = work.now + VALID_FOR
    Credential.objects.create(
        client_id=client_id, secret=secrets.token_urlsafe(SECRET_BYTES), valid_until=until
    )
    _register(client_id, work)
    work.found["first_key"] = {"client_id": client_id, "valid_until": until.isoformat(timespec="seconds")}
    moment = timezone.localtime(until).strftime("%Y-%m-%d %H:%M")
    work.found["done"].append(f"Made key {client_id}, which reads the catalogue until {moment}.")


def _register(client_id: str, work: Work) -> None:
    """As the one that brings the municipality aboard, who has all rights until it is open."""
    municipality = current_municipality()
    primary = next(domain for domain in municipality.domains.all() if domain.is_primary)
    client = Client("inrichting", label="Inrichting", heeft_alle_autorisaties=True)
    caller = Caller(client, municipality, work.now, f"https://{primary.domain}")
    body = {
        "clientIds": [client_id],
        "label": LABEL,
        "autorisaties": [{"component": Component.CATALOGI, "scopes": list(CATALOGI_LEZEN.labels())}],
    }
    serializer = write_serializer(ApplicatieResource)(context={"caller": caller})
    data = attributes(ApplicatieResource, serializer.run_validation(body))
    carry_out(Write(ApplicatieResource, "create", caller, data), answered=False)
