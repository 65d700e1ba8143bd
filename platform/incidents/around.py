"""What of incidents stands around every page, for one statement: what runs, and an update that is late."""

from __future__ import annotations

from datetime import datetime

from django.urls import reverse
from django.utils import timezone
from django.utils.translation import gettext, ngettext

from incidents.concerning import our_running
from incidents.models import Incident
from incidents.showing import promised
from incidents.states import AREA
from screens.formats import near, number
from screens.shell import Banner, Item
from tenants.accounts.person import Person
from tenants.accounts.rights import Level
from tenants.accounts.side import Around

PAGE = "storingen"
MOST = 5
"""Of those that are told of on every page."""
MOST_READ = 50


def around_the_vendor(person: Person) -> Around:
    """How many of one's own run; in red where an update is late."""
    if not person.may(AREA, Level.SEE):
        return Around()
    running = Incident.objects.mended_by(person).running()
    ends = list(running.order_by("next_update_at").values_list("next_update_at", flat=True)[:MOST_READ])
    if not ends:
        return Around()
    words = ngettext("%(count)s loopt", "%(count)s lopen", len(ends)) % {"count": number(len(ends))}
    return Around(counts={PAGE: (words, ends[0] is not None and ends[0] <= timezone.now())})


def around_a_municipality(person: Person) -> Around:
    """What runs and concerns it: on every page, since every page may be why somebody looks."""
    if not person.may(AREA, Level.SEE):
        return Around()
    now = timezone.now()
    found = list(our_running()[:MOST_READ])
    counts = {PAGE: (number(len(found)), True)} if found else {}
    return Around([_banner(incident, now) for incident in found[:MOST]], counts)


def _banner(incident: Incident, now: datetime) -> Banner:
    words = gettext("Ernst: %(severity)s. Staat: %(state)s.") % {
        "severity": str(incident.get_severity_display()).lower(),
        "state": str(incident.get_state_display()).lower(),
    }
    return Banner(
        label=gettext("Storing %(number)s") % {"number": incident},
        told=gettext("Storing: %(title)s.") % {"title": incident.title.rstrip(".")},
        words=f"{words} {_promise(incident, now)}",
        due=promised(incident, now),
        more=Item(str(incident), reverse("incident", args=[incident.pk])),
    )


def _promise(incident: Incident, now: datetime) -> str:
    if incident.next_update_at is None:
        return ""
    when = {"when": near(incident.next_update_at, now)}
    if incident.is_overdue(now):
        return gettext("De update van %(when)s is er nog niet.") % when
    return gettext("Volgende update: %(when)s.") % when
