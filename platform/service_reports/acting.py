"""What people of the vendor do with a service report: each act in one transaction, with its line."""

from __future__ import annotations

from datetime import datetime

from django.db import transaction
from django.utils.translation import gettext

from contracts.working_days import end_of_term
from service_reports import mails
from service_reports.drawing import draw_again
from service_reports.hearing import let_hear
from service_reports.making import figures_anew
from service_reports.models import ServiceReport, State
from service_reports.models.report import WORKING_DAYS_TO_DISPUTE
from service_reports.states import ACTS, AREA, ReportRefused, ReportStale, check, how_it_stands
from tenants.accounts.log import note, note_for_both
from tenants.accounts.person import Person
from tenants.registry.context import require_public
from tenants.registry.happenings import CREATED

LONGEST_REASON = 500


@transaction.atomic
def refresh(report: ServiceReport, *, person: Person, now: datetime) -> ServiceReport:
    """Make the figures of a concept anew. Raises ReportRefused."""
    locked = _locked(report, "herbereken", person, now)
    for name, value in figures_anew(locked).items():
        setattr(locked, name, value)
    locked.made_at, locked.made_by = now, str(person.user)
    locked.save(update_fields=["figures", "contract_number", "made_at", "made_by"])
    _note(locked, "herbereken", person)
    let_hear(locked)
    return locked


@transaction.atomic
def share(report: ServiceReport, *, person: Person, now: datetime) -> ServiceReport:
    """Show it to the municipality, which has ten working days to dispute it. Raises ReportRefused."""
    locked = _locked(report, "deel", person, now)
    locked.state, locked.shared_at, locked.shared_by = State.GEDEELD, now, str(person.user)
    locked.fixes_at = end_of_term(now, WORKING_DAYS_TO_DISPUTE)
    locked.save(update_fields=["state", "shared_at", "shared_by", "fixes_at"])
    _note_for_both(locked, "deel", person)
    let_hear(locked)
    mails.tell_municipality("shared", locked)
    draw_again(locked.pk)
    return locked


@transaction.atomic
def agree(report: ServiceReport, *, person: Person, now: datetime) -> ServiceReport:
    """For the vendor; where the municipality agreed before, it is fixed. Raises ReportRefused."""
    locked = _locked(report, "stem-in", person, now)
    locked.vendor_agreed_at, locked.vendor_agreed_by = now, str(person.user)
    if locked.municipality_agreed_at is not None:
        locked.state, locked.fixed_at = State.VASTGESTELD, now
    locked.save(update_fields=["vendor_agreed_at", "vendor_agreed_by", "state", "fixed_at"])
    _note_for_both(locked, "stem-in", person)
    let_hear(locked)
    draw_again(locked.pk)
    return locked


@transaction.atomic
def correct(report: ServiceReport, reason: str, *, person: Person, now: datetime) -> ServiceReport:
    """A concept of the next version, with figures as they are now. Raises ReportRefused.

    What was shared and not decided on is replaced by it; what was fixed or disputed stays as it is.
    """
    locked = _locked(report, "corrigeer", person, now)
    if not reason.strip():
        raise ReportRefused(gettext("Schrijf op waarom er een nieuwe versie komt."))
    _check_last(locked, now)
    if locked.state == State.GEDEELD:
        locked.state, locked.fixed_at = _replaced(locked, now)
        locked.save(update_fields=["state", "fixed_at"])
        draw_again(locked.pk)
        let_hear(locked)
    made = ServiceReport.objects.create(
        municipality_id=locked.municipality_id,
        organisation_id=locked.organisation_id,
        municipality_name=locked.municipality_name,
        organisation_name=locked.organisation_name,
        month=locked.month,
        version=locked.version + 1,
        reason=reason.strip()[:LONGEST_REASON],
        made_at=now,
        made_by=str(person.user),
        **figures_anew(locked),
    )
    _note(made, "corrigeer", person, {"versie": [locked.version, made.version], "reden": [None, made.reason]})
    let_hear(made, CREATED)
    return made


def _replaced(locked: ServiceReport, now: datetime) -> tuple[State, datetime | None]:
    """Where silence has agreed meanwhile, that is written down instead."""
    if locked.state_at(now) is State.VASTGESTELD:
        return State.VASTGESTELD, locked.fixes_at
    return State.VERVANGEN, None


def _locked(report: ServiceReport, key: str, person: Person, now: datetime) -> ServiceReport:
    """Of two who act at once the second finds what the first made of it."""
    require_public()
    rows = ServiceReport.objects.visible_to(person).select_for_update(of=("self",))
    locked: ServiceReport = rows.select_related("municipality").get(pk=report.pk)
    check(locked, key, person=person, now=now)
    return locked


def _check_last(locked: ServiceReport, now: datetime) -> None:
    later = ServiceReport.objects.filter(
        municipality=locked.municipality_id,
        organisation=locked.organisation_id,
        month=locked.month,
        version__gt=locked.version,
    ).first()
    if later is not None:
        raise ReportStale(
            gettext("Er is al versie %(number)s. %(how)s")
            % {"number": later.version, "how": how_it_stands(later, now)}
        )


def _note(
    report: ServiceReport, key: str, person: Person, changes: dict[str, list[object]] | None = None
) -> None:
    """In the vendor's log alone: the municipality does not know of a concept."""
    note(
        person=person,
        area=AREA,
        action=ACTS[key].logged,
        subject=str(report),
        municipality=report.municipality,
        changes=changes,
    )


def _note_for_both(report: ServiceReport, key: str, person: Person) -> None:
    note_for_both(
        person=person,
        area=AREA,
        action=ACTS[key].logged,
        subject=str(report),
        municipality=report.municipality,
    )
