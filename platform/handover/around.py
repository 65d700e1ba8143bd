"""What of a hand-over stands around every page: that somebody's signature or answer is asked."""

from __future__ import annotations

from collections.abc import Iterable
from datetime import datetime

from django.db.models import Q
from django.urls import reverse
from django.utils import timezone
from django.utils.translation import gettext

from handover.asking import rows
from handover.models import Handover
from handover.refusals import standing
from handover.showing import title_of
from handover.states import ANSWERS, AREA, TRANSITIONS, Side, State
from screens.formats import number
from screens.shell import Banner, Item
from tenants.accounts.person import Person
from tenants.accounts.rights import Level
from tenants.accounts.side import Around

MOST = 5
"""Of those that are told of on every page."""
MOST_READ = 50
"""As many are counted. Silence answers without a line in the table, so what is asked no more is read too."""


def asked_of_the_vendor(person: Person) -> Around:
    """Of the new side that it signs, of the old one that it confirms or objects; for who may alone."""
    if not person.may(AREA, Level.APPROVE):
        return Around()
    own = {Side.NEW: "to_organisation", Side.OLD: "from_organisation"}
    asked = Q()
    for state, side in ANSWERS.items():
        if side in own:
            asked |= Q(state=state, **{own[side]: person.organisation_id})
    found = Handover.objects.visible_to(person).filter(asked)[:MOST_READ]
    return _around(found, page="overdrachten", now=timezone.now())


def asked_of_a_municipality(person: Person) -> Around:
    if not person.may(AREA, Level.APPROVE):
        return Around()
    states = [state for state, side in ANSWERS.items() if side is Side.GEMEENTE]
    found = rows().of(Handover).filter(state__in=states)[:MOST_READ]
    return _around(found, page="overdracht_home", now=timezone.now())


def _around(found: Iterable[Handover], *, page: str, now: datetime) -> Around:
    """Where silence has answered meanwhile nothing is asked any more."""
    asked = [each for each in found if standing(each, now) == each.state]
    counts = {page: (number(len(asked)), True)} if asked else {}
    return Around([_banner(each) for each in asked[:MOST]], counts)


def _banner(handover: Handover) -> Banner:
    state = State(handover.state)
    side = ANSWERS[state]
    acts = [str(act.words) for act in TRANSITIONS.values() if act.side is side and state in act.before]
    return Banner(
        label=title_of(handover),
        told=gettext("%(title)s wacht op u.") % {"title": title_of(handover)},
        words=gettext("U kunt: %(acts)s.") % {"acts": ", ".join(acts).lower()},
        more=Item(gettext("Bekijk de overdracht"), reverse("overdracht", args=[handover.pk])),
    )
