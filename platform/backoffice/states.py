"""The states of a municipality as people change them: in words, by whom, and against what stood there."""

from __future__ import annotations

from collections.abc import Mapping
from types import MappingProxyType

from django.db import transaction
from django.utils import timezone
from django.utils.functional import Promise
from django.utils.translation import gettext
from django.utils.translation import gettext_lazy as _

from screens.formats import near
from tenants.accounts.log import SYSTEM, note
from tenants.accounts.person import Person
from tenants.accounts.rights import Level
from tenants.registry.models import Municipality
from tenants.registry.states import FOLLOWS, Door, StateRefused, Status, change_state

AREA = "gemeenten"

CONSEQUENCES: Mapping[str, Promise] = MappingProxyType(
    {
        Status.IN_INRICHTING: _("Applicaties krijgen nog geen antwoord, en niemand logt in."),
        Status.ACTIEF: _("Applicaties lezen en schrijven, en medewerkers loggen in."),
        Status.BEPERKT: _(
            "Applicaties lezen, maar schrijven niet: zij krijgen 403 met de reden. Medewerkers loggen in."
        ),
        Status.IN_EXIT: _("Alles werkt door tot de dag van de verhuizing."),
        Status.BEEINDIGD: _("Geen adres van de gemeente antwoordt nog. Terug kan niet."),
    }
)
DOOR_WORDS: Mapping[Door, Promise] = MappingProxyType(
    {
        Door.OPEN: _("open"),
        Door.REFUSED: _("403, met reden"),
        Door.CLOSED: _("503, tijdelijk"),
        Door.ABSENT: _("404, geen host"),
    }
)


def choices(municipality: Municipality, person: Person) -> list[Status]:
    """What may follow now, and this person may decide; the end is asked on a page of its own."""
    if not person.may(AREA, Level.CHANGE):
        return []
    following = FOLLOWS[municipality.status] - {Status.BEEINDIGD}
    return [state for state in Status if state in following and not _opens(municipality, state)]


def _opens(municipality: Municipality, to: str) -> bool:
    """What onboarding alone does, once all is there."""
    return municipality.status == Status.IN_INRICHTING and to == Status.ACTIEF


def may_end(municipality: Municipality, person: Person) -> bool:
    return Status.BEEINDIGD in FOLLOWS[municipality.status] and person.may(AREA, Level.APPROVE)


@transaction.atomic
def decide(  # noqa: PLR0913  # each is said once, by name
    municipality: Municipality, to: str, *, before: str, reason: str, person: Person | None, by: str = SYSTEM
) -> None:
    """Change the state from what the person saw, and log it; without a person it is `by`.

    Raises StateRefused; who changed it meanwhile and to what is part of it.
    """
    standing = Municipality.objects.select_for_update().get(pk=municipality.pk)
    if standing.status != before:
        raise StateRefused(meanwhile(standing))
    if _opens(standing, to):
        raise StateRefused(gettext("De inrichting opent de gemeente zelf, als alles klaar is."))
    actor = by if person is None else str(person.user)
    change_state(municipality, to, actor=actor, reason=reason, now=timezone.now())
    note(
        person=person,
        by=by,
        area=AREA,
        action="staat gewijzigd",
        subject=f"{standing.naam} ({standing.environment})",
        municipality=standing,
        changes={"staat": [before, to], "reden": [None, reason.strip()]},
    )


def meanwhile(municipality: Municipality) -> str:
    """For whoever saw another state: who changed it, when and why."""
    last = municipality.state_changes.first()
    if last is None:
        return gettext("De staat is intussen gewijzigd in %(state)s.") % {
            "state": municipality.get_status_display()
        }
    return gettext("De staat is intussen gewijzigd in %(state)s, door %(who)s, %(when)s: %(reason)s") % {
        "state": municipality.get_status_display(),
        "who": last.actor,
        "when": near(last.at, timezone.now()),
        "reason": last.reason,
    }
