"""The lists of access, of both consoles."""

from __future__ import annotations

from datetime import datetime
from functools import cache

from django.urls import reverse
from django.utils import timezone
from django.utils.translation import gettext_lazy as _

from access.models import Grant, Kind, Scope, State
from access.models.grant import RUNNING
from access.shown import badge_of, period
from screens.badges import badge
from screens.formats import near
from screens.inline import Tone
from screens.listing.columns import Column
from screens.listing.declaration import Listing
from screens.listing.filters import Choose, Search, Since


def address_of(grant: Grant) -> str:
    return reverse("grant", args=[grant.pk])


def environment_of(grant: Grant) -> str:
    return str(grant.municipality.get_environment_display())


def scopes_of(grant: Grant) -> str:
    return ", ".join(str(Scope(scope).label).lower() for scope in grant.scopes)


def asked(grant: Grant) -> str:
    return near(grant.asked_at, timezone.now())


def runs(grant: Grant) -> str:
    return period(grant, timezone.now())


def tone(grant: Grant) -> Tone:
    now: datetime = timezone.now()
    return (
        Tone.PLAIN if grant.state_at(now) in {*RUNNING, State.AANGEVRAAGD, State.VERANTWOORD} else Tone.MUTED
    )


@cache
def listing(*, of_vendor: bool) -> Listing:
    def state(grant: Grant) -> str:
        return badge(badge_of(grant, timezone.now(), decides=not of_vendor))

    def plain_state(grant: Grant) -> str:
        return str(grant.state_at(timezone.now()).label)

    gemeente = Column(
        "gemeente", _("Gemeente"), field="municipality.naam", sub=environment_of, order=["municipality__naam"]
    )
    return Listing(
        name="toegang",
        caption=_("Toegang"),
        one=_("%(count)s toegang"),
        many=_("%(count)s toegangen"),
        nothing=_("Nog geen toegang gevraagd"),
        columns=[
            Column("nummer", _("Nummer"), show=str, plain=str, url=address_of, order=["pk"], nowrap=True),
            *([gemeente] if of_vendor else []),
            Column("wie", _("Wie"), field="person_name", sub=lambda grant: grant.organisation_name),
            Column("staat", _("Staat"), show=state, plain=plain_state, order=["state_now"], narrow=False),
            Column("wat", _("Wat"), show=scopes_of, plain=scopes_of, order=(), fold="wide"),
            Column("melding", _("Melding"), field="ticket"),
            Column("gevraagd", _("Gevraagd"), field="asked_at", show=asked, nowrap=True),
            Column("wanneer", _("Wanneer"), show=runs, plain=runs, order=["valid_until"]),
        ],
        filters=[
            Search(
                "q",
                _("Wie, melding of gemeente") if of_vendor else _("Wie of melding"),
                ["person_name", "ticket", *(["municipality__naam"] if of_vendor else [])],
            ),
            Choose("staat", _("Staat"), State.choices, field="state_now"),
            Choose("soort", _("Soort"), Kind.choices, field="kind"),
            Since("vanaf", _("Vanaf"), "asked_at"),
        ],
        order="-gevraagd",
        tone=tone,
    )
