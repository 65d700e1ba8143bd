"""A municipality comes aboard: its row, its hosts, its schema and its role."""

from __future__ import annotations

from dataclasses import dataclass, field
from datetime import datetime

from django.conf import settings
from django.core.exceptions import ValidationError
from django.db import transaction
from django.dispatch import Signal
from django.utils import timezone

from tenants.registry.gemeenten import gemeente
from tenants.registry.models import Domain, Municipality, Organisation
from tenants.registry.provisioning import provision_schema
from tenants.registry.states import COMMAND_LINE, Status, change_state

DEFAULT_VENDOR = "Leverancier"
opened = Signal()
"""A municipality opened by this ``change``, in whose transaction it is sent: the vendor's log listens."""


class OnboardingRefused(ValueError):
    """What was asked contradicts what stands, or is not well-formed."""


@dataclass
class Onboarding:
    """The municipality as it now stands, and each thing that was done for it, as a sentence."""

    municipality: Municipality
    done: list[str] = field(default_factory=list)


@transaction.atomic
def onboard(
    *,
    naam: str,
    schema: str,
    hosts: list[str],
    cbs_code: str | None = None,
    environment: str = Municipality.Environment.PRODUCTIE,
) -> Onboarding:
    """Bring a municipality aboard, or what is still missing of it; the first host becomes the primary one.

    For the owner's connection, in one transaction. Raises OnboardingRefused.
    """
    onboarding = provide_municipality(naam=naam, schema=schema, cbs_code=cbs_code, environment=environment)
    for host in hosts:
        provide_domain(onboarding, host.lower())
    if provision_schema(schema):
        onboarding.done.append(f"Made schema {schema} and its role.")
    open_municipality(onboarding.municipality, actor=COMMAND_LINE, now=timezone.now())
    return onboarding


@transaction.atomic
def open_municipality(municipality: Municipality, *, actor: str, now: datetime) -> None:
    """Let it be active, where it is still being set up."""
    if municipality.status == Status.IN_INRICHTING:
        change = change_state(municipality, Status.ACTIEF, actor=actor, reason="Ingericht.", now=now)
        opened.send(Municipality, change=change)


def provide_municipality(*, naam: str, schema: str, cbs_code: str | None, environment: str) -> Onboarding:
    """Its row, being set up; what is known of it already has to agree. Raises OnboardingRefused."""
    municipality = Municipality.objects.filter(schema_name=schema).first()
    if municipality is None:
        municipality = Municipality(
            schema_name=schema,
            naam=naam,
            vendor=provide_vendor(),
            environment=environment,
            storage=settings.STORAGE_OF_NEW,
        )
        _note_cbs_code(municipality, cbs_code)
        _save(municipality)
        return Onboarding(municipality, [f"Registered {naam}."])
    if municipality.naam != naam:
        raise OnboardingRefused(f"Schema {schema} is {municipality.naam}'s, not {naam}'s.")
    if municipality.environment != environment:
        raise OnboardingRefused(f"Schema {schema} is {municipality.environment}, not {environment}.")
    if cbs_code in {None, municipality.cbs_code}:
        return Onboarding(municipality)
    if municipality.cbs_code is not None:
        raise OnboardingRefused(f"{naam} has CBS code {municipality.cbs_code}, not {cbs_code}.")
    _note_cbs_code(municipality, cbs_code)
    _save(municipality)
    return Onboarding(municipality, [f"Noted CBS code {cbs_code}."])


def _note_cbs_code(municipality: Municipality, cbs_code: str | None) -> None:
    """With its number of inhabitants, which CBS gives by the same code."""
    if cbs_code is None:
        return
    known = gemeente(cbs_code)
    if known is None:
        raise OnboardingRefused(f"CBS knows no municipality with code {cbs_code}.")
    municipality.cbs_code = known.cbs_code
    municipality.inwoners = known.inwoners


def provide_vendor() -> Organisation:
    """The organisation that runs this deployment."""
    vendor = Organisation.objects.filter(kind=Organisation.Kind.VENDOR).order_by("pk").first()
    return vendor or Organisation.objects.create(kind=Organisation.Kind.VENDOR, name=DEFAULT_VENDOR)


def provide_domain(onboarding: Onboarding, host: str) -> None:
    """One host, in lower case; the first is the primary one. Raises OnboardingRefused."""
    municipality = onboarding.municipality
    if host in settings.VENDOR_HOSTS:
        raise OnboardingRefused(f"{host} is a host of the vendor.")
    known = Domain.objects.filter(domain=host).select_related("tenant").first()
    if known is None:
        is_first = not municipality.domains.exists()
        Domain.objects.create(domain=host, tenant=municipality, is_primary=is_first)
        onboarding.done.append(f"Gave it host {host}.")
    elif known.tenant_id != municipality.pk:
        raise OnboardingRefused(f"{host} is a host of {known.tenant.naam}.")


@transaction.atomic
def settle_domains(onboarding: Onboarding, hosts: list[str]) -> None:
    """Only these, and the first is the primary one: what an attempt that was abandoned gave it, goes.

    For a municipality that is being set up, which nobody has reached yet.
    """
    domains = onboarding.municipality.domains.all()
    for host in domains.exclude(domain__in=hosts):
        host.delete()
        onboarding.done.append(f"Took away host {host.domain}.")
    domains.exclude(domain=hosts[0]).update(is_primary=False)
    domains.filter(domain=hosts[0]).update(is_primary=True)


def _save(municipality: Municipality) -> None:
    try:
        municipality.full_clean()
    except ValidationError as refused:
        raise OnboardingRefused(" ".join(refused.messages)) from refused
    municipality.save()
