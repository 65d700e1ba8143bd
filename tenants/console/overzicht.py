"""Overzicht: what there is, in numbers, and what was done last."""

from __future__ import annotations

from collections.abc import Iterator

from allauth.mfa.models import Authenticator
from django.http import HttpResponseBase
from django.urls import reverse
from django.utils import timezone
from django.utils.translation import gettext, ngettext

from api.catalogi.models import Catalogus, Zaaktype
from api.clients.models import Applicatie
from api.zaken.models import Zaak
from screens.formats import clock, full_day, number
from screens.inline import Tone, link
from screens.parts import Count, Event, Task, TaskState
from tenants.accounts.mfa_adapter import FACTORS
from tenants.accounts.models import Invitation, Membership
from tenants.accounts.models.membership import today_here
from tenants.accounts.pages import PageRequest, page
from tenants.accounts.person import Person
from tenants.accounts.rights import Level
from tenants.accounts.shell import show_page
from tenants.accounts.views.logbook import event_of, visible_lines
from tenants.console.waits import access_asked, reports_of, what_waits, with_the_vendor
from tenants.registry.context import current_municipality
from tenants.registry.estimates import counted

LINES = 6
EXACTLY_BELOW = 10_000


@page(area="overzicht", level=Level.SEE)
def overzicht(request: PageRequest) -> HttpResponseBase:
    person, now = request.person, timezone.now()
    municipality = current_municipality()
    asked, reports = access_asked(person, now), reports_of(person)
    context = {
        "facts": [f"{full_day(now)}, {clock(now)}"],
        "status": municipality.status,
        "begin": _begin(person),
        "counts": list(_people(person, len(asked))),
        "waits": what_waits(person, asked, reports, now),
        "reports": with_the_vendor(reports, now),
        "sees_reports": person.may("meldingen", Level.SEE),
        "may_report": person.may("meldingen", Level.CHANGE),
        "holds": _holds(),
        "hosts": [
            (gettext("Hoofdadres") if domain.is_primary else gettext("Ook bereikbaar"), domain.domain)
            for domain in sorted(municipality.domains.all(), key=lambda domain: not domain.is_primary)
        ],
        "sees_log": person.may("logboek", Level.SEE),
        "lines": _lines(person) if person.may("logboek", Level.SEE) else [],
    }
    return show_page(request, "console/overzicht.html", context)


def _begin(person: Person) -> list[Task]:
    """What whoever manages a new municipality does first; nothing once all of it was done."""
    if not person.may("medewerkers", Level.CHANGE):
        return []
    factors = Authenticator.objects.filter(user=person.user, type__in=FACTORS)
    others = Membership.objects.exclude(user=person.user).exists() or Invitation.objects.exclude(
        email__iexact=person.user.email
    )
    todo = [
        (gettext("Stel een tweede factor in"), bool(factors), reverse("mfa_index")),
        (gettext("Nodig collega's uit"), bool(others), reverse("invite_person")),
    ]
    if all(done for _word, done, _url in todo):
        return []
    return [
        Task(word, TaskState.DONE, note=gettext("gedaan"))
        if done
        else Task(word, TaskState.AHEAD, more=link(gettext("Doe dit nu"), url, hidden=word))
        for word, done, url in todo
    ]


def _people(person: Person, asked: int) -> Iterator[Count]:
    """What has a page of its own, as far as the person sees it; ``asked`` is how much access waits."""
    if person.may("medewerkers", Level.SEE):
        members = Membership.objects.current(today_here()).count()
        waiting = Invitation.objects.open(timezone.now()).count()
        yield Count(number(members), ngettext("medewerker", "medewerkers", members), reverse("medewerkers"))
        yield Count(
            number(waiting),
            ngettext("uitnodiging wacht", "uitnodigingen wachten", waiting),
            reverse("invitations"),
        )
    if person.may("toegang", Level.SEE):
        yield Count(
            number(asked),
            ngettext("aanvraag van de leverancier wacht", "aanvragen van de leverancier wachten", asked),
            f"{reverse('toegang')}?staat=aangevraagd",
            Tone.WARN if asked else Tone.PLAIN,
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
    return [event_of(line) for line in visible_lines(person)[:LINES]]
