"""The steps of bringing a municipality aboard, but for what stands in other houses and in the letter.

Role and schema come first, so that the registry never names a municipality that has none: migrations,
probes and whatever goes past all municipalities would fail on it.
"""

from __future__ import annotations

from tenants.jobs.kinds import Connection, StepFailed, Work, step
from tenants.jobs.models import Job
from tenants.registry.context import current_municipality
from tenants.registry.models import Municipality
from tenants.registry.onboarding import (
    Onboarding,
    OnboardingRefused,
    open_municipality,
    provide_domain,
    provide_municipality,
    settle_domains,
)
from tenants.registry.provisioning import provision_role, provision_tables
from tenants.registry.storage import DEFAULT, current_alias, storage_of

TRIAL = "inrichting/proef.txt"


def is_new(work: Work) -> bool:
    """Whether the municipality was being set up when the job began; else only what is missing is added."""
    new: bool = work.found["is_new"]
    return new


@step("role", "Rol in de database maken", connection=Connection.OWNER)
def role(work: Work) -> None:
    provision_role(work.given["schema"])
    work.found["done"] = []


@step("schema", "Schema maken", connection=Connection.OWNER)
def schema(work: Work) -> None:
    name = work.given["schema"]
    if provision_tables(name):
        work.found["done"].append(f"Made schema {name} and its role.")


@step("registry", "Gemeente registreren", connection=Connection.VENDOR)
def registry(work: Work) -> None:
    given = work.given
    try:
        onboarding = provide_municipality(
            naam=given["naam"],
            schema=given["schema"],
            cbs_code=given["cbs_code"],
            environment=given["environment"],
        )
    except OnboardingRefused as refused:
        raise StepFailed(str(refused)) from refused
    Job.objects.filter(pk=work.job.pk).update(municipality=onboarding.municipality)
    work.found["is_new"] = onboarding.municipality.status == Municipality.Status.IN_INRICHTING
    work.found["done"] += onboarding.done


@step("hosts", "Hosts toekennen", connection=Connection.VENDOR)
def hosts(work: Work) -> None:
    onboarding = Onboarding(Municipality.objects.get(schema_name=work.given["schema"]))
    try:
        for host in work.given["hosts"]:
            provide_domain(onboarding, host)
        if is_new(work):
            settle_domains(onboarding, work.given["hosts"])
    except OnboardingRefused as refused:
        raise StepFailed(str(refused)) from refused
    work.found["done"] += onboarding.done


@step("storage", "Opslag gereedmaken", connection=Connection.MUNICIPALITY)
def storage(work: Work) -> None:
    """Its prefix of each storage that it uses takes what is written, and gives it back."""
    for alias in {DEFAULT, current_alias()}:
        kept = storage_of(alias)
        kept.delete(TRIAL)
        kept.keep(TRIAL, [b"proef"])
        if b"".join(kept.pieces(TRIAL)) != b"proef":
            raise StepFailed("De opslag geeft niet terug wat erin is gezet.")
        kept.delete(TRIAL)
    work.found["storage"] = f"{current_municipality().schema_name}/"


@step("opening", "Openstellen", connection=Connection.VENDOR)
def opening(work: Work) -> None:
    municipality = Municipality.objects.get(schema_name=work.given["schema"])
    open_municipality(municipality, actor=work.job.asked_by, now=work.now)
