"""The states of an incident, what brings it from one into the next, and what is refused: the one table."""

from __future__ import annotations

from collections.abc import Mapping
from dataclasses import dataclass
from types import MappingProxyType

from django.utils.functional import Promise
from django.utils.translation import gettext
from django.utils.translation import gettext_lazy as _

from incidents.models import OVER, RUNNING, Concerned, Incident, State
from incidents.refusals import IncidentRefused
from tenants.accounts.person import Person
from tenants.accounts.rights import Level
from tenants.accounts.side import side_of
from tenants.registry.models import Municipality

AREA = "storingen"
"""Of the permission tables of both consoles."""


@dataclass(frozen=True, slots=True)
class Act:
    """What is said of an incident, from which states, and into which; each is an update of its own."""

    word: str | Promise
    before: tuple[State, ...]
    after: tuple[State, ...]
    """Of which one is chosen; empty leaves the state as it is."""
    means: str | Promise
    logged: str
    is_mailed: bool = False
    """Whether the administrators of all concerned get a mail; the rest stands on their pages."""
    says_cause: bool = False
    says_prevention: bool = False


ACTS: Mapping[str, Act] = MappingProxyType(
    {
        "update": Act(
            _("Plaats een update"),
            RUNNING,
            RUNNING,
            _("Alle gemeenten die het raakt, lezen dit meteen op hun eigen adres."),
            logged="update over storing geplaatst",
        ),
        "oplossen": Act(
            _("Meld dat het is opgelost"),
            RUNNING,
            (State.OPGELOST,),
            _("Alle gemeenten die het raakt, lezen dit meteen. Hun beheerders krijgen een mail."),
            logged="storing opgelost",
            is_mailed=True,
            says_cause=True,
        ),
        "evalueren": Act(
            _("Evalueer de storing"),
            (State.OPGELOST,),
            (State.GEEVALUEERD,),
            _("De gemeenten lezen wat de oorzaak was en wat herhaling voorkomt. Daarna staat dit vast."),
            logged="storing geëvalueerd",
            says_cause=True,
            says_prevention=True,
        ),
        "heropenen": Act(
            _("Heropen de storing"),
            (State.OPGELOST, State.VALS_ALARM),
            RUNNING,
            _("Het was toch niet over. De melding dat het is opgelost, blijft in het verloop staan."),
            logged="storing heropend",
            is_mailed=True,
        ),
        "vals-alarm": Act(
            _("Meld vals alarm"),
            RUNNING,
            (State.VALS_ALARM,),
            _(
                "Er was niets stuk. Alle gemeenten die het raakte, lezen waarom het zo leek. Hun beheerders"
                " krijgen een mail."
            ),
            logged="storing was vals alarm",
            is_mailed=True,
        ),
        "aanvullen": Act(
            _("Vul aan of verbeter"),
            OVER,
            (),
            _("Wat er staat, blijft staan. Schrijf op wat er anders is dan eerder is gezegd."),
            logged="storing aangevuld",
        ),
    }
)
"""By the word in the address of its page; what one does most stands first."""

CONCERNS = (*RUNNING, State.OPGELOST)
"""As long as that is found out which municipalities it concerns."""
NOT_SO = _("Een storing met de staat “%(state)s” kan dit niet. Het kan bij: %(states)s.")


def check(incident: Incident, act: Act, *, person: Person) -> None:
    """Whether this person may do this with it now. Raises IncidentRefused."""
    check_person(incident, person)
    check_state(incident, act.before)


def check_person(incident: Incident, person: Person) -> None:
    """Of the organisation that mends it, and who sees all whom it concerns: they all read what is said."""
    if why := _not_by(incident, person):
        raise IncidentRefused(why)


def check_state(incident: Incident, states: tuple[State, ...]) -> None:
    if incident.state not in states:
        raise IncidentRefused(
            str(NOT_SO)
            % {
                "state": str(State(incident.state).label).lower(),
                "states": ", ".join(str(state.label).lower() for state in states),
            }
        )


def may(incident: Incident, act: Act, *, person: Person) -> bool:
    try:
        check(incident, act, person=person)
    except IncidentRefused:
        return False
    return True


def why_not(incident: Incident, person: Person) -> str:
    """Why this person says nothing of it; empty where he does."""
    try:
        check_person(incident, person)
    except IncidentRefused as refused:
        return str(refused)
    return ""


def who_may() -> str:
    return side_of("vendor").table.who_may(AREA, Level.CHANGE).lower()


def _not_by(incident: Incident, person: Person) -> str:
    """Why it is not for this person; empty where it is."""
    if not person.side.has_organisations:
        return gettext("Updates plaatst wie de storing oplost: %(organisation)s.") % {
            "organisation": incident.organisation_name
        }
    if not person.may(AREA, Level.CHANGE):
        return gettext("Uw rol is %(role)s. Dit kan: %(who)s.") % {
            "role": person.role_name.lower(),
            "who": who_may(),
        }
    if incident.organisation_id != person.organisation_id:
        return gettext("Dit is een storing van %(organisation)s. Alleen die plaatst updates.") % {
            "organisation": incident.organisation_name
        }
    if person.schemas is not None and _concerns_others(incident, person):
        return gettext(
            "Deze storing raakt ook gemeenten die u niet ziet. Vraag een collega die ze alle ziet."
        )
    return ""


def _concerns_others(incident: Incident, person: Person) -> bool:
    """Whether what is said would be read by municipalities that the person does not see."""
    seen = Municipality.objects.visible_to(person)
    return Concerned.objects.still().filter(incident=incident).exclude(municipality__in=seen).exists()
