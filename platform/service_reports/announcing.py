"""Maintenance is announced to municipalities, and may be called off: in one transaction, with its lines."""

from __future__ import annotations

from collections.abc import Sequence
from dataclasses import dataclass
from datetime import datetime, timedelta

from django.db import transaction
from django.utils import timezone
from django.utils.translation import gettext

from screens.formats import day
from service_reports.gathering import is_in_time
from service_reports.mails import tell_of_maintenance_later
from service_reports.models import Maintenance
from service_reports.models.maintenance import LONGEST_HOURS
from service_reports.states import AREA, ReportRefused
from tenants.accounts.log import note_for_both
from tenants.accounts.person import Person
from tenants.accounts.rights import Level
from tenants.registry.context import require_public
from tenants.registry.models import Municipality, MunicipalityQuerySet

FARTHEST = timedelta(days=366)
ANNOUNCED, CALLED_OFF = "onderhoud aangekondigd", "onderhoud afgelast"


@dataclass(frozen=True, slots=True)
class Plan:
    starts_at: datetime
    ends_at: datetime
    reason: str


@transaction.atomic
def announce(
    municipalities: Sequence[Municipality], plan: Plan, *, person: Person, now: datetime
) -> list[Maintenance]:
    """A row, a line and a mail for each. Raises ReportRefused."""
    require_public()
    _check(plan, person, now)
    chosen = list(
        hosted_by(person)
        .filter(pk__in=[each.pk for each in municipalities])
        .prefetch_related("domains", "allowed_hosts")
    )
    if not chosen:
        raise ReportRefused(gettext("Kies ten minste één gemeente."))
    rows = Maintenance.objects.bulk_create(
        Maintenance(
            municipality=each,
            starts_at=plan.starts_at,
            ends_at=plan.ends_at,
            reason=plan.reason.strip(),
            announced_at=now,
            announced_by=str(person.user),
        )
        for each in chosen
    )
    for row in rows:
        _tell(ANNOUNCED, "maintenance", row, person)
    return list(rows)


@transaction.atomic
def call_off(maintenance: Maintenance, *, person: Person, now: datetime) -> Maintenance:
    """Before it begins. Raises ReportRefused."""
    require_public()
    if not person.may(AREA, Level.APPROVE):
        raise ReportRefused(gettext("Uw rol gelast geen onderhoud af."))
    rows = Maintenance.objects.visible_to(person).select_for_update(of=("self",))
    locked: Maintenance = rows.select_related("municipality").get(pk=maintenance.pk)
    if not is_hosted_by(locked.municipality, person):
        raise ReportRefused(gettext("Onderhoud gelast de leverancier van de gemeente af."))
    if locked.called_off_at is not None:
        raise ReportRefused(gettext("%(who)s gelastte dit al af.") % {"who": locked.called_off_by})
    if locked.starts_at <= now:
        raise ReportRefused(gettext("Dit onderhoud is al begonnen."))
    locked.called_off_at, locked.called_off_by = now, str(person.user)
    locked.save(update_fields=["called_off_at", "called_off_by"])
    _tell(CALLED_OFF, "called_off", locked, person)
    return locked


def hosted_by(person: Person) -> MunicipalityQuerySet:
    """Whose maintenance this person announces: it takes minutes out of what their host has promised."""
    return Municipality.objects.visible_to(person).serving().filter(vendor=person.organisation_id or 0)


def is_hosted_by(municipality: Municipality, person: Person) -> bool:
    return municipality.vendor_id == person.organisation_id


def in_time_or_not(maintenance: Maintenance) -> str:
    """Whether it counts as unavailable, in a word."""
    return gettext("telt niet mee") if is_in_time(maintenance) else gettext("telt mee: te laat aangekondigd")


def _check(plan: Plan, person: Person, now: datetime) -> None:
    if not person.may(AREA, Level.APPROVE):
        raise ReportRefused(gettext("Uw rol kondigt geen onderhoud aan."))
    if plan.starts_at <= now:
        raise ReportRefused(gettext("Kies een begin dat nog komt."))
    if plan.starts_at > now + FARTHEST:
        raise ReportRefused(gettext("Kies een begin binnen een jaar."))
    if not timedelta() < plan.ends_at - plan.starts_at <= timedelta(hours=LONGEST_HOURS):
        raise ReportRefused(
            gettext("Kies een einde na het begin, ten hoogste %(hours)s uur later.")
            % {"hours": LONGEST_HOURS}
        )
    if not plan.reason.strip():
        raise ReportRefused(gettext("Schrijf op wat er gebeurt: de gemeente leest het."))


def _tell(action: str, letter: str, row: Maintenance, person: Person) -> None:
    note_for_both(
        person=person,
        area=AREA,
        action=action,
        subject=f"{row.municipality.naam}: {day(timezone.localtime(row.starts_at))}",
        municipality=row.municipality,
    )
    tell_of_maintenance_later(letter, row.pk)
