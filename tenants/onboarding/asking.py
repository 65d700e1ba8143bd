"""Asking that a gemeente is brought aboard: what is asked is checked first, all of it at once."""

from __future__ import annotations

from collections.abc import Callable, Iterator
from dataclasses import asdict, dataclass
from enum import StrEnum
from typing import Any
from uuid import uuid4

from django.core.exceptions import ValidationError
from django.core.files.base import ContentFile
from django.core.files.storage import storages
from django.core.validators import validate_email
from django.utils.translation import gettext

from tenants.jobs.asking import ask
from tenants.jobs.models import Job
from tenants.onboarding.hosts import refused_host
from tenants.registry.context import require_public
from tenants.registry.gemeenten import gemeente
from tenants.registry.models import Municipality
from tenants.registry.names import validate_schema_name

Environment = Municipality.Environment
KIND = "onboarding"
LONGEST_NAME = 200


class Catalogue(StrEnum):
    """With which zaaktypen a municipality begins."""

    NONE = "none"
    DEMO = "demo"
    ZIP = "zip"


class RequestRefused(ValueError):
    """What is wrong with what was asked: of each member the sentences."""

    def __init__(self, problems: dict[str, list[str]]) -> None:
        super().__init__(" ".join(sentence for each in problems.values() for sentence in each))
        self.problems = problems


@dataclass(frozen=True, slots=True)
class Request:
    """One environment of a gemeente, as it is asked for; the first host is the primary one."""

    naam: str
    schema: str
    hosts: tuple[str, ...]
    cbs_code: str | None = None
    environment: str = Environment.PRODUCTIE
    catalogue: str = Catalogue.NONE
    administrator_name: str = ""
    administrator_email: str = ""
    """Who is invited as the first administrator; empty for nobody."""

    def problems(self) -> dict[str, list[str]]:
        """Of each member that cannot be, why; empty where all can."""
        found: dict[str, list[str]] = {}
        for member, sentence in (*self._malformed(), *self._taken()):
            found.setdefault(member, []).append(sentence)
        return found

    def _malformed(self) -> Iterator[tuple[str, str]]:
        if not 0 < len(self.naam.strip()) <= LONGEST_NAME:
            yield "naam", gettext("Geef een naam van 1 tot %(most)s tekens op.") % {"most": LONGEST_NAME}
        if not _is_valid(validate_schema_name, self.schema):
            yield (
                "schema",
                gettext("Een schema heeft kleine letters, cijfers en _, en begint met een letter."),
            )
        if not self.hosts:
            yield "hosts", gettext("Geef minstens één host op.")
        if self.environment not in Environment.values:
            yield "environment", gettext("%(given)s is geen omgeving.") % {"given": self.environment}
        if self.catalogue not in set(Catalogue):
            yield (
                "catalogue",
                gettext("%(given)s is geen begin voor een catalogus.") % {"given": self.catalogue},
            )
        if self.administrator_email and not _is_valid(validate_email, self.administrator_email):
            yield (
                "administrator_email",
                gettext("%(given)s is geen e-mailadres.") % {"given": self.administrator_email},
            )

    def _taken(self) -> Iterator[tuple[str, str]]:
        for host in self.hosts:
            refused = refused_host(host, schema=self.schema)
            if refused:
                yield "hosts", refused
        known = Municipality.objects.filter(schema_name=self.schema).first()
        if known is not None and (known.naam, known.environment) != (self.naam, self.environment):
            described = f"{known.naam} ({known.get_environment_display().lower()})"
            yield (
                "schema",
                gettext("Schema %(schema)s is van %(whose)s.") % {"schema": self.schema, "whose": described},
            )
        if self.cbs_code is not None:
            yield from self._taken_code(self.cbs_code)

    def _taken_code(self, cbs_code: str) -> Iterator[tuple[str, str]]:
        if gemeente(cbs_code) is None:
            yield (
                "cbs_code",
                gettext("Het CBS kent geen gemeente met code %(code)s.") % {"code": cbs_code},
            )
        same = Municipality.objects.filter(cbs_code=cbs_code, environment=self.environment)
        if self.environment != Environment.SANDBOX and same.exclude(schema_name=self.schema).exists():
            yield "environment", gettext("Deze gemeente heeft deze omgeving al.")


def _is_valid(validate: Callable[[str], None], value: str) -> bool:
    try:
        validate(value)
    except ValidationError:
        return False
    return True


def ask_onboarding(request: Request, *, asked_by: str, archive: bytes | None = None) -> Job:
    """The job that brings it aboard; ``archive`` is the zip of a catalogue that is not the demo's.

    Raises RequestRefused.
    """
    require_public()
    problems = request.problems()
    if (archive is None) == (request.catalogue == Catalogue.ZIP):
        problems.setdefault("catalogue", []).append(
            gettext("Een zip hoort bij de keuze voor een zip, en daarbij alleen.")
        )
    if problems:
        raise RequestRefused(problems)
    given: dict[str, Any] = {**asdict(request), "hosts": list(request.hosts)}
    if archive is not None:
        given["archive"] = storages["jobs"].save(f"{uuid4()}.zip", ContentFile(archive))
    return ask(KIND, request.schema, asked_by=asked_by, given=given)
