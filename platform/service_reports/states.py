"""What may be done with a service report: by which side, in which state, and what follows."""

from __future__ import annotations

from collections.abc import Mapping
from dataclasses import dataclass
from datetime import datetime
from types import MappingProxyType

from django.utils.functional import Promise
from django.utils.translation import gettext
from django.utils.translation import gettext_lazy as _

from service_reports.models import ServiceReport, State
from tenants.accounts.person import Person
from tenants.accounts.rights import Level
from tenants.accounts.side import side_of

AREA = "rapporten"
S = State


class ReportRefused(ValueError):
    """A sentence that says why, and who can do it."""


class ReportStale(ReportRefused):
    """Somebody, or time, was first."""


@dataclass(frozen=True, slots=True)
class Act:
    """One act of one side; ``level`` is of the area of reports in that side's permission table."""

    before: tuple[State, ...]
    is_of_municipality: bool
    level: Level
    words: str | Promise
    means: str | Promise
    logged: str


ACTS: Mapping[str, Act] = MappingProxyType(
    {
        "herbereken": Act(
            before=(S.CONCEPT,),
            is_of_municipality=False,
            level=Level.APPROVE,
            words=_("Bereken opnieuw"),
            means=_(
                "De cijfers worden opnieuw gemaakt uit wat nu bekend is. De gemeente ziet een concept niet."
            ),
            logged="serviceniveaurapport herberekend",
        ),
        "deel": Act(
            before=(S.CONCEPT,),
            is_of_municipality=False,
            level=Level.APPROVE,
            words=_("Deel met de gemeente"),
            means=_(
                "De gemeente ziet het rapport en krijgt bericht. Vanaf nu veranderen deze cijfers niet meer."
                " Na tien werkdagen zonder bezwaar staat het vast."
            ),
            logged="serviceniveaurapport gedeeld",
        ),
        "stem-in": Act(
            before=(S.GEDEELD,),
            is_of_municipality=False,
            level=Level.APPROVE,
            words=_("Ga akkoord voor de leverancier"),
            means=_("Gaat de gemeente ook akkoord, dan staat het rapport vast."),
            logged="serviceniveaurapport akkoord leverancier",
        ),
        "corrigeer": Act(
            before=(S.GEDEELD, S.BETWIST, S.VASTGESTELD),
            is_of_municipality=False,
            level=Level.APPROVE,
            words=_("Maak een nieuwe versie"),
            means=_("Er komt een concept met nieuwe cijfers en uw reden. De eerdere versie blijft te lezen."),
            logged="serviceniveaurapport gecorrigeerd",
        ),
        "akkoord": Act(
            before=(S.GEDEELD,),
            is_of_municipality=True,
            level=Level.APPROVE,
            words=_("Ga akkoord"),
            means=_("Gaat de leverancier ook akkoord, dan staat het rapport vast."),
            logged="serviceniveaurapport akkoord gemeente",
        ),
        "betwist": Act(
            before=(S.GEDEELD,),
            is_of_municipality=True,
            level=Level.APPROVE,
            words=_("Betwist het rapport"),
            means=_("De leverancier leest waarom, en maakt een nieuwe versie of overlegt met u."),
            logged="serviceniveaurapport betwist",
        ),
    }
)
FIXED_BY_TIME = "serviceniveaurapport vastgesteld"
MADE = "serviceniveaurapport gemaakt"


def check(report: ServiceReport, key: str, *, person: Person, now: datetime) -> Act:
    """Raises ReportRefused where this person may not do this now."""
    why = why_not(report, key, person=person, now=now)
    if why:
        raise ReportRefused(why)
    return ACTS[key]


def may(report: ServiceReport, key: str, *, person: Person, now: datetime) -> bool:
    return not why_not(report, key, person=person, now=now)


def why_not(report: ServiceReport, key: str, *, person: Person, now: datetime) -> str:
    """A sentence for whoever may not; empty for who may."""
    act = ACTS[key]
    if act.is_of_municipality is person.side.has_organisations:
        return _of_the_other_side(act, report)
    if not person.may(AREA, act.level):
        return gettext("Uw rol is %(role)s. Dit kan: %(who)s.") % {
            "role": str(person.role_name).lower(),
            "who": person.side.table.who_may(AREA, act.level).lower(),
        }
    if report.state_at(now) not in act.before:
        return how_it_stands(report, now)
    return _agreed_already(report, key, str(person.user))


def how_it_stands(report: ServiceReport, now: datetime) -> str:
    return gettext("Het rapport is %(state)s. Dit kan niet meer.") % {
        "state": str(report.state_at(now).label).lower()
    }


def _of_the_other_side(act: Act, report: ServiceReport) -> str:
    console, party = (
        ("municipality", report.municipality_name)
        if act.is_of_municipality
        else ("vendor", report.organisation_name)
    )
    return gettext("Dit kan van %(party)s: %(roles)s.") % {
        "party": party,
        "roles": side_of(console).table.who_may(AREA, act.level).lower(),
    }


def _agreed_already(report: ServiceReport, key: str, who: str) -> str:
    if key == "stem-in" and report.vendor_agreed_at is not None:
        return gettext("%(who)s ging al akkoord.") % {"who": report.vendor_agreed_by}
    if key in {"akkoord", "betwist"} and report.municipality_agreed_at is not None:
        return gettext("%(who)s ging al akkoord.") % {"who": report.municipality_agreed_by}
    others = {
        "akkoord": (report.shared_by, report.vendor_agreed_by),
        "stem-in": (report.municipality_agreed_by,),
    }.get(key, ())
    if who.casefold() in {each.casefold() for each in others if each}:
        return gettext("U handelde hier al voor de andere partij. Laat een collega dit doen.")
    return ""
