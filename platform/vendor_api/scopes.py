"""What a key can be good for: a level in an area of the vendor's permission table, and never more."""

from __future__ import annotations

from collections.abc import Iterable, Mapping
from dataclasses import dataclass
from types import MappingProxyType

from django.utils.functional import Promise
from django.utils.translation import gettext_lazy as _

from tenants.accounts.rights import Level

SEE, CHANGE = Level.SEE, Level.CHANGE


@dataclass(frozen=True, slots=True)
class Scope:
    """``word`` is how people read it, ``help`` what a program does with it."""

    area: str
    level: Level
    word: str | Promise
    help: str | Promise


SCOPES: Mapping[str, Scope] = MappingProxyType(
    {
        "gemeenten:read": Scope(
            "gemeenten", SEE, _("Gemeenten lezen"), _("Gemeenten, hun omgevingen en hun hosts.")
        ),
        "gemeenten:write": Scope(
            "gemeenten",
            CHANGE,
            _("Gemeenten lezen en toevoegen"),
            _("Vraagt ook een inrichting aan, zonder eerste beheerder."),
        ),
        "taken:read": Scope(
            "taken", SEE, _("Achtergrondtaken lezen"), _("Wat er loopt, en aan welke stap het is.")
        ),
        "taken:write": Scope(
            "taken", CHANGE, _("Achtergrondtaken lezen en herhalen"), _("Herhaalt ook een mislukte stap.")
        ),
        "medewerkers:read": Scope(
            "medewerkers", SEE, _("Medewerkers lezen"), _("Medewerkers, en wie welke rol heeft.")
        ),
        "toegang:read": Scope(
            "toegang",
            SEE,
            _("Toegang tot gemeenten lezen"),
            _("Wie toegang vroeg aan welke gemeente, en wat er van kwam."),
        ),
        "toegang:write": Scope(
            "toegang",
            CHANGE,
            _("Toegang tot gemeenten lezen, vragen en stoppen"),
            _("Vraagt ook toegang voor een medewerker, en stopt haar. Geven doet alleen de gemeente."),
        ),
        "overdrachten:read": Scope(
            "overdrachten",
            SEE,
            _("Overdrachten lezen"),
            _("Welke gemeente naar wie gaat, en hoe ver het is."),
        ),
        "afspraken:read": Scope(
            "afspraken",
            SEE,
            _("Afspraken lezen"),
            _("Kalenders, serviceniveaus en prijslijsten, met elke versie ervan."),
        ),
        "afspraken:write": Scope(
            "afspraken",
            CHANGE,
            _("Afspraken lezen en publiceren"),
            _("Publiceert ook nieuwe versies van kalenders, serviceniveaus en prijslijsten."),
        ),
        "contracten:read": Scope(
            "contracten", SEE, _("Contracten lezen"), _("Contracten, hun versies, prijzen en uren.")
        ),
        "contracten:write": Scope(
            "contracten",
            CHANGE,
            _("Contracten lezen en opstellen"),
            _(
                "Stelt ook op, indexeert, biedt aan en trekt in, en koopt, boekt en corrigeert uren."
                " Ondertekenen doet een mens."
            ),
        ),
        "meldingen:read": Scope(
            "meldingen",
            SEE,
            _("Meldingen lezen"),
            _("Meldingen met hun verloop, klokken en bijlagen. Hierin staan persoonsgegevens."),
        ),
        "meldingen:write": Scope(
            "meldingen",
            CHANGE,
            _("Meldingen lezen en behandelen"),
            _("Maakt, beantwoordt, draagt over en lost ook op, en boekt uren."),
        ),
        "storingen:read": Scope(
            "storingen",
            SEE,
            _("Storingen lezen"),
            _("Storingen, hun updates en welke gemeenten zij raken."),
        ),
        "storingen:write": Scope(
            "storingen",
            CHANGE,
            _("Storingen lezen en melden"),
            _("Meldt ook storingen en plaatst updates, die gemeenten meteen lezen."),
        ),
        "rapporten:read": Scope(
            "rapporten",
            SEE,
            _("Serviceniveaurapporten lezen"),
            _("Rapporten met hun cijfers, ook als csv en pdf. Delen en instemmen doet een mens."),
        ),
        "sleutels:read": Scope(
            "sleutels", SEE, _("Webhooks lezen"), _("Welke er zijn, en of zij ontvangen. Geen sleutels.")
        ),
        "sleutels:write": Scope(
            "sleutels",
            CHANGE,
            _("Webhooks lezen en uitproberen"),
            _("Stuurt ook een testbericht. Maken en beëindigen doet een mens."),
        ),
        "logboek:read": Scope("logboek", SEE, _("Logboek lezen"), _("Wie wat deed, en wanneer.")),
    }
)
"""Each also holds the lower level of its area. One that is taken out here ends for every key."""


def level_of(scopes: Iterable[str], area: str) -> Level:
    """The highest that these scopes give in an area."""
    known = (SCOPES[scope] for scope in scopes if scope in SCOPES)
    return max((scope.level for scope in known if scope.area == area), default=Level.NONE)


def enough_for(area: str, level: Level) -> list[str]:
    """The scopes of which each is enough."""
    return [name for name, scope in SCOPES.items() if scope.area == area and scope.level >= level]
