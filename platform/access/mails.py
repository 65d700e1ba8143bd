"""What is told by mail: to those of a municipality who decide, and to whoever asked.

A mail names nobody but who asked and who decided, and nothing of a zaak.
"""

from __future__ import annotations

from collections.abc import Sequence

from django.conf import settings
from django.template.loader import render_to_string
from django.urls import reverse
from django.utils.translation import override

from access.models import Grant, Scope
from access.states import AREA
from tenants.accounts.letters import addresses, post
from tenants.accounts.rights import Level
from tenants.accounts.side import side_of
from tenants.registry.context import current_municipality, in_municipality
from tenants.registry.models import Municipality
from tenants.registry.origin import origin_at, origin_of

SUBJECTS = {
    "asked": "{grant}: {grant.person_name} vraagt toegang",
    "emergency": "{grant}: noodtoegang van {grant.person_name} is begonnen",
    "first_use": "{grant}: {grant.person_name} gebruikt de toegang",
    "ended": "{grant}: de toegang van {grant.person_name} is beëindigd",
    "accounted": "{grant}: noodtoegang is verantwoord",
    "decided": "{grant}: {naam} besliste over uw aanvraag",
    "stopped": "{grant}: {naam} stopte uw toegang",
    "lapsed": "{grant}: uw aanvraag bij {naam} is vervallen",
    "unanswered": "{grant}: de aanvraag van {grant.person_name} is vervallen",
    "over": "{grant}: uw toegang tot {naam} is voorbij",
    "judged": "{grant}: {naam} beoordeelde uw verantwoording",
}


def tell_municipality(what: str, grant: Grant) -> None:
    """From the side of the vendor."""
    with in_municipality(grant.municipality) as municipality:
        _send(what, grant, municipality, administrators(), link=_at_the_municipality(grant, municipality))


def tell_administrators(what: str, grant: Grant) -> None:
    """From inside the municipality."""
    municipality = current_municipality()
    _send(what, grant, municipality, administrators(), link=_at_the_municipality(grant, municipality))


def tell_asker(what: str, grant: Grant, municipality: Municipality) -> None:
    path = reverse("grant", urlconf=side_of("vendor").urlconf, args=[grant.pk])
    link = f"{origin_at(settings.VENDOR_HOSTS[0])}{path}"
    _send(what, grant, municipality, [grant.person_email], link=link)


def administrators() -> list[str]:
    """Those of the municipality one is in who decide on access."""
    return addresses("municipality", AREA, Level.APPROVE)


def _at_the_municipality(grant: Grant, municipality: Municipality) -> str:
    return f"{origin_of(municipality)}{reverse('grant', urlconf=of_municipality(), args=[grant.pk])}"


def _send(what: str, grant: Grant, municipality: Municipality, whom: Sequence[str], *, link: str) -> None:
    """To each by himself, once what it tells of stands."""
    given = {
        "grant": grant,
        "naam": municipality.naam,
        "scopes": words_of(grant),
        "link": link,
    }
    with override(settings.LANGUAGE_CODE):
        body = render_to_string(f"access/mail/{what}.txt", given)
    post(SUBJECTS[what].format(grant=grant, naam=municipality.naam), body, whom)


def of_municipality() -> str:
    return side_of("municipality").urlconf


def words_of(grant: Grant) -> str:
    return ", ".join(str(Scope(scope).label).lower() for scope in grant.scopes)
