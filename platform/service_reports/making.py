"""How reports come about: of each month a concept by itself, and later versions by people."""

from __future__ import annotations

from datetime import date, datetime

from django.db import IntegrityError, transaction
from django.db.models import QuerySet
from django.utils import timezone
from django.utils.translation import gettext

from service_reports.gathering import (
    Agreed,
    agreed_in,
    environments_of_each,
    figures_of,
    holding,
    month_before,
    vendors_in,
)
from service_reports.hearing import let_hear
from service_reports.models import ServiceReport
from service_reports.snapshot import to_json
from service_reports.states import AREA, MADE, ReportRefused
from tenants.accounts.log import note
from tenants.registry.context import require_public
from tenants.registry.happenings import CREATED
from tenants.registry.models import Municipality

AT_A_TIME = 1000


def to_make(now: datetime) -> list[int]:
    """The municipalities of whose last month there should be a report by now, and is none.

    By the contract that held last, and only where it is reported on: so nobody is asked for over and over.
    """
    require_public()
    today = timezone.localdate(now)
    month = month_before(today)
    made = set(ServiceReport.objects.filter(month=month).values_list("municipality_id", "organisation_id"))
    held_last = {each.municipality_id: each for each in holding(month)}
    missing = {
        pk: held
        for pk, held in held_last.items()
        if held.version.service_level_version.report_day <= today.day
        and (pk, held.contract.organisation_id) not in made
    }
    reported = environments_of_each({held.version_id for held in missing.values()})
    return sorted(pk for pk, held in missing.items() if pk in reported[held.version_id])[:AT_A_TIME]


def make_concept(municipality: int, now: datetime) -> ServiceReport | None:
    """Of last month, of each vendor that it had; the last of them.

    None where there is nothing to report on, or where it was made meanwhile.
    """
    require_public()
    month = month_before(timezone.localdate(now))
    made = [_make(municipality, each, month, now) for each in vendors_in(municipality, month)]
    return next((each for each in reversed(made) if each is not None), None)


def _make(municipality: int, organisation: int, month: date, now: datetime) -> ServiceReport | None:
    agreed = agreed_in(municipality, month, organisation)
    if agreed is None or versions_of(municipality, agreed, month).exists():
        return None
    figures = to_json(figures_of(municipality, agreed))
    try:
        with transaction.atomic():
            made = ServiceReport.objects.create(
                **of_contract(municipality, agreed), month=month, figures=figures, made_at=now
            )
            note(person=None, area=AREA, action=MADE, subject=str(made), municipality=made.municipality)
            let_hear(made, CREATED)
    except IntegrityError:
        return None
    return made


def figures_anew(report: ServiceReport) -> dict[str, object]:
    """What the report would say if it were made now, and of which contract. Raises ReportRefused."""
    agreed = agreed_in(report.municipality_id, report.month, report.organisation_id)
    if agreed is None:
        raise ReportRefused(gettext("In deze maand is er nu geen contract waaruit cijfers volgen."))
    figures = to_json(figures_of(report.municipality_id, agreed))
    return {"figures": figures, "contract_number": agreed.held.contract.number}


def of_contract(municipality: int, agreed: Agreed) -> dict[str, object]:
    contract, known = agreed.held.contract, Municipality.objects.get(pk=municipality)
    return {
        "municipality": known,
        "organisation": contract.organisation,
        "municipality_name": known.naam,
        "organisation_name": contract.organisation.name,
        "contract_number": contract.number,
    }


def versions_of(municipality: int, agreed: Agreed, month: date) -> QuerySet[ServiceReport]:
    organisation = agreed.held.contract.organisation_id
    rows: QuerySet[ServiceReport] = ServiceReport.objects.filter(
        municipality=municipality, organisation=organisation, month=month
    )
    return rows
