"""Overzicht: what there is, in numbers, and what was done last."""

from __future__ import annotations

from collections.abc import Iterator

from django.http import HttpResponseBase
from django.urls import reverse
from django.utils import timezone
from django.utils.translation import gettext, ngettext

from api.catalogi.models import Catalogus, Zaaktype
from api.clients.models import Applicatie
from api.zaken.models import Zaak
from screens.formats import clock, full_day, near, number
from screens.parts import Count, Event
from tenants.accounts.log_words import action_of, who_did
from tenants.accounts.models import Invitation, Membership
from tenants.accounts.models.membership import today_here
from tenants.accounts.pages import PageRequest, page
from tenants.accounts.person import Person
from tenants.accounts.rights import Level
from tenants.accounts.shell import show_page
from tenants.accounts.views.logbook import visible_lines
from tenants.registry.context import current_municipality
from tenants.registry.estimates import counted

LINES = 6
EXACTLY_BELOW = 10_000


@page(area="overzicht", level=Level.SEE)
def overzicht(request: PageRequest) -> HttpResponseBase:
    person, now = request.person, timezone.now()
    municipality = current_municipality()
    context = {
        "facts": [f"{full_day(now)}, {clock(now)}"],
        "status": municipality.status,
        "counts": list(_people(person)),
        "holds": _holds(),
        "hosts": [
            (gettext("Hoofdadres") if domain.is_primary else gettext("Ook bereikbaar"), domain.domain)
            for domain in sorted(municipality.domains.all(), key=lambda domain: not domain.is_primary)
        ],
        "sees_log": person.may("logboek", Level.SEE),
        "lines": _lines(person) if person.may("logboek", Level.SEE) else [],
    }
    return show_page(request, "console/overzicht.html", context)


def _people(person: Person) -> Iterator[Count]:
    """What has a page of its own, as far as the person sees it."""
    if person.may("medewerkers", Level.SEE):
        members = Membership.objects.current(today_here()).count()
        waiting = Invitation.objects.open(timezone.now()).count()
        yield Count(number(members), ngettext("medewerker", "medewerkers", members), reverse("medewerkers"))
        yield Count(
            number(waiting),
            ngettext("uitnodiging wacht", "uitnodigingen wachten", waiting),
            reverse("invitations"),
        )


def _holds() -> list[tuple[str, str]]:
    """Cheap at any size: zaken are counted up to ten thousand, and estimated beyond."""
    zaken, exact = counted(Zaak, exactly_below=EXACTLY_BELOW)
    concepts = Zaaktype.objects.filter(concept=True).count()
    return [
        (gettext("Applicaties"), number(Applicatie.objects.count())),
        (gettext("Catalogi"), number(Catalogus.objects.count())),
        (gettext("Zaaktypen, gepubliceerd"), number(Zaaktype.objects.count() - concepts)),
        (gettext("Zaaktypen, concept"), number(concepts)),
        (
            gettext("Zaken"),
            number(zaken) if exact else gettext("ongeveer %(count)s") % {"count": number(zaken)},
        ),
    ]


def _lines(person: Person) -> list[Event]:
    now = timezone.now()
    return [
        Event(
            who=action_of(line).capitalize(), when=near(line.at, now), note=f"{who_did(line)}: {line.subject}"
        )
        for line in visible_lines(person)[:LINES]
    ]
