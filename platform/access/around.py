"""What of access stands around every page: what runs, and how much waits."""

from __future__ import annotations

from datetime import datetime

from django.db.models import Q
from django.urls import reverse
from django.utils import timezone
from django.utils.translation import gettext, ngettext

from access.deciding import grants
from access.models import Grant, Kind, State
from access.models.grant import RUNNING
from access.states import AREA, may
from screens.due import Due, due_kind
from screens.formats import clock, number, remaining
from screens.parts import Act
from screens.shell import Banner, Item
from tenants.accounts.person import Person
from tenants.accounts.rights import Level
from tenants.accounts.side import Around

PAGE = "toegang"
MOST = 50
"""As many as are counted; more is more than anybody looks at from here."""


def around_the_vendor(person: Person) -> Around:
    """One's own access that runs; and emergencies that wait for a second person."""
    if not person.may(AREA, Level.SEE):
        return Around()
    now = timezone.now()
    own = Q(person=person.user, state__in=RUNNING, valid_until__gt=now)
    waits = Q(kind=Kind.NOOD, state=State.AANGEVRAAGD, lapses_at__gt=now, organisation=person.organisation_id)
    found = Grant.objects.select_related("municipality").filter(own | (waits & ~Q(person=person.user)))[:MOST]
    running = [grant for grant in found if grant.person_id == person.user.pk]
    waiting = [grant for grant in found if may(grant, "confirm", person=person, now=now)]
    counts = {}
    if waiting:
        counts[PAGE] = (gettext("%(count)s wacht") % {"count": number(len(waiting))}, True)
    elif running:
        words = ngettext("%(count)s loopt", "%(count)s lopen", len(running))
        counts[PAGE] = (words % {"count": number(len(running))}, False)
    return Around([own_access(grant, now) for grant in running], counts)


def around_a_municipality(person: Person) -> Around:
    """What waits for an answer; and emergencies, which are on every page as long as they run."""
    if not person.may(AREA, Level.SEE):
        return Around()
    now = timezone.now()
    asked = Q(state=State.AANGEVRAAGD, kind=Kind.GEWOON, lapses_at__gt=now) | Q(state=State.VERANTWOORD)
    inside = Q(state=State.NOODTOEGANG, valid_until__gt=now)
    found = list(grants().filter(asked | inside)[:MOST])
    emergencies = [grant for grant in found if grant.state == State.NOODTOEGANG]
    waiting = len(found) - len(emergencies)
    return Around(
        [emergency(grant, person, now) for grant in emergencies],
        {PAGE: (number(waiting), True)} if waiting else {},
    )


def own_access(grant: Grant, now: datetime) -> Banner:
    masked = (
        gettext("Alleen lezen, persoonsgegevens gemaskeerd.")
        if grant.mask_personal_data
        else gettext("Alleen lezen.")
    )
    return Banner(
        label=gettext("Lopende toegang %(number)s") % {"number": grant},
        told=gettext("U hebt toegang tot %(naam)s, %(environment)s.")
        % {
            "naam": grant.municipality.naam,
            "environment": str(grant.municipality.get_environment_display()).lower(),
        },
        words=f"{masked} {gettext('Alles wat u bekijkt ziet de gemeente.')}",
        due=time_left(grant, now),
        act=Act(gettext("Stop toegang"), reverse("give_back_access", args=[grant.pk])),
        more=Item(str(grant), reverse("grant", args=[grant.pk])),
    )


def emergency(grant: Grant, person: Person, now: datetime) -> Banner:
    stops = may(grant, "stop_emergency", person=person, now=now)
    return Banner(
        label=gettext("Noodtoegang %(number)s") % {"number": grant},
        told=gettext("%(who)s van %(organisation)s heeft noodtoegang tot %(until)s.")
        % {
            "who": grant.person_name,
            "organisation": grant.organisation_name,
            "until": clock(grant.valid_until) if grant.valid_until else "",
        },
        words=gettext("Wat wordt bekeken staat in uw logboek."),
        due=time_left(grant, now),
        act=Act(gettext("Stop toegang"), reverse("stop_access", args=[grant.pk])) if stops else None,
        more=Item(str(grant), reverse("grant", args=[grant.pk])),
    )


def time_left(grant: Grant, now: datetime) -> Due | None:
    if grant.valid_from is None or grant.valid_until is None:
        return None
    used = (now - grant.valid_from) / (grant.valid_until - grant.valid_from) * 100
    return Due(due_kind(used), remaining(grant.valid_until, now))
