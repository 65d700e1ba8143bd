"""What was seen with a grant, as the vendor's page of that grant tells it; the municipality sees the same."""

from __future__ import annotations

from datetime import datetime

from django.utils.translation import gettext

from access.models import Grant
from screens.formats import near
from screens.inline import mono
from screens.tables import Cell, Heading, Row, Table
from tenants.registry.context import in_municipality
from tenants.registry.models import Municipality
from tenants.visits.models import Action, Visit
from tenants.visits.words import what_of

MOST = 50


def visits_of(grant: Grant) -> list[Visit]:
    """The last ones, newest first; none of a municipality that has ended, whose schema may be gone."""
    if grant.municipality.status == Municipality.Status.BEEINDIGD:
        return []
    with in_municipality(grant.municipality):
        return list(Visit.objects.filter(grant=grant.number)[:MOST])


def table_of_visits(grant: Grant, now: datetime) -> Table | None:
    """Nothing where nothing was seen yet."""
    visits = visits_of(grant)
    if not visits:
        return None
    words = (gettext("Tijd"), gettext("Pagina"), gettext("Handeling"), gettext("Adres"))
    return Table(
        caption=gettext("Wat er bekeken is"),
        headings=[Heading(word) for word in words],
        rows=[_row(visit, now) for visit in visits],
    )


def _row(visit: Visit, now: datetime) -> Row:
    return Row(
        [
            Cell(near(visit.at, now), nowrap=True),
            Cell(what_of(visit), sub=visit.reason or _asked(visit)),
            Cell(str(visit.get_action_display()), label=gettext("Handeling")),
            Cell(mono(visit.ip or ""), label=gettext("Adres")),
        ]
    )


def _asked(visit: Visit) -> str:
    """What was asked for and not shown."""
    return visit.objects_seen[0] if visit.action == Action.REFUSED else ""
