"""The states of a support contract: what follows on which, and who may bring it there."""

from __future__ import annotations

from collections.abc import Mapping
from dataclasses import dataclass
from types import MappingProxyType

from django.db import models
from django.utils.functional import Promise
from django.utils.translation import gettext_lazy as _

from tenants.accounts.rights import Level

VENDOR_AREA = "contracten"
MUNICIPALITY_AREA = "contract"
"""In the permission tables of the two consoles."""


class State(models.TextChoices):
    """Of a version, as it is stored: what a person made of it."""

    CONCEPT = "concept", _("Concept")
    AANGEBODEN = "aangeboden", _("Aangeboden")
    GETEKEND = "getekend", _("Getekend")
    AFGEWEZEN = "afgewezen", _("Afgewezen")
    INGETROKKEN = "ingetrokken", _("Ingetrokken")


class Standing(models.TextChoices):
    """As it stands on a day: of these, days alone make the last five."""

    CONCEPT = "concept", _("Concept")
    AANGEBODEN = "aangeboden", _("Aangeboden")
    GETEKEND = "getekend", _("Getekend")
    AFGEWEZEN = "afgewezen", _("Afgewezen")
    INGETROKKEN = "ingetrokken", _("Ingetrokken")
    VERLOPEN = "verlopen", _("Verlopen")
    ACTIEF = "actief", _("Actief")
    GEWIJZIGD = "gewijzigd", _("Gewijzigd")
    OPGEZEGD = "opgezegd", _("Opgezegd")
    BEEINDIGD = "beeindigd", _("Beëindigd")


class Side(models.TextChoices):
    GEMEENTE = "gemeente", _("Gemeente")
    LEVERANCIER = "leverancier", _("Leverancier")


OPEN = (State.CONCEPT, State.AANGEBODEN)
OFFER_DAYS = 30
LONGEST_OFFER_DAYS = 180

S = Standing


@dataclass(frozen=True, slots=True)
class Transition:
    """One act, on a version or, where ``is_of_contract``, on the whole contract.

    ``level`` is of that side's own area. Who signs shows once more who he is, and drafted nothing of it.
    Of an act that a municipality does, its console calls a function of the door.
    """

    before: tuple[Standing, ...]
    after: tuple[Standing, ...]
    side: Side
    level: Level
    words: str | Promise
    done: str | Promise
    means: str | Promise
    refused: str | Promise
    asks_reason: bool = False
    is_signing: bool = False
    is_of_contract: bool = False


TRANSITIONS: Mapping[str, Transition] = MappingProxyType(
    {
        "opstellen": Transition(
            before=(S.ACTIEF, S.GETEKEND, S.AFGEWEZEN, S.INGETROKKEN, S.VERLOPEN),
            after=(S.CONCEPT,),
            side=Side.LEVERANCIER,
            level=Level.CHANGE,
            words=_("Stel een addendum op"),
            done=_("Opgesteld"),
            means=_(
                "De nieuwe versie begint als wat nu geldt. De gemeente ziet haar pas als u haar aanbiedt."
            ),
            refused=_("Alleen de leverancier stelt een contract op."),
            asks_reason=True,
            is_of_contract=True,
        ),
        "weggooien": Transition(
            before=(S.CONCEPT,),
            after=(S.INGETROKKEN,),
            side=Side.LEVERANCIER,
            level=Level.CHANGE,
            words=_("Gooi het concept weg"),
            done=_("Weggegooid"),
            means=_("Het concept wordt niets. Wat nu geldt, blijft gelden."),
            refused=_("Alleen de leverancier gooit een concept weg."),
        ),
        "aanbieden": Transition(
            before=(S.CONCEPT,),
            after=(S.AANGEBODEN,),
            side=Side.LEVERANCIER,
            level=Level.CHANGE,
            words=_("Bied aan ter ondertekening"),
            done=_("Aangeboden"),
            means=_("De gemeente ziet deze versie, en niemand wijzigt haar meer."),
            refused=_("Alleen de leverancier biedt een contract aan."),
        ),
        "intrekken": Transition(
            before=(S.AANGEBODEN, S.VERLOPEN),
            after=(S.INGETROKKEN,),
            side=Side.LEVERANCIER,
            level=Level.CHANGE,
            words=_("Trek het aanbod in"),
            done=_("Ingetrokken"),
            means=_("Niemand kan deze versie nog ondertekenen. U kunt een nieuwe opstellen."),
            refused=_("Alleen de leverancier trekt een aanbod in."),
            asks_reason=True,
        ),
        "tekenen-leverancier": Transition(
            before=(S.AANGEBODEN,),
            after=(S.AANGEBODEN, S.GETEKEND),
            side=Side.LEVERANCIER,
            level=Level.APPROVE,
            words=_("Onderteken namens de leverancier"),
            done=_("Ondertekend"),
            means=_("Zodra beide partijen tekenden, geldt deze versie vanaf haar begindatum."),
            refused=_("Alleen de leverancier ondertekent voor de leverancier."),
            is_signing=True,
        ),
        "getekend-pdf": Transition(
            before=(S.AANGEBODEN,),
            after=(S.AANGEBODEN, S.GETEKEND),
            side=Side.LEVERANCIER,
            level=Level.APPROVE,
            words=_("Leg een ondertekende pdf vast"),
            done=_("Vastgelegd"),
            means=_("Voor wie op papier tekende: de pdf, met naam en datum, is de handtekening."),
            refused=_("Alleen de leverancier legt een ondertekende pdf vast."),
            is_signing=True,
        ),
        "tekenen-gemeente": Transition(
            before=(S.AANGEBODEN,),
            after=(S.AANGEBODEN, S.GETEKEND),
            side=Side.GEMEENTE,
            level=Level.APPROVE,
            words=_("Onderteken namens de gemeente"),
            done=_("Ondertekend"),
            means=_("Zodra beide partijen tekenden, geldt deze versie vanaf haar begindatum."),
            refused=_("Alleen de gemeente ondertekent voor de gemeente."),
            is_signing=True,
        ),
        "afwijzen": Transition(
            before=(S.AANGEBODEN,),
            after=(S.AFGEWEZEN,),
            side=Side.GEMEENTE,
            level=Level.APPROVE,
            words=_("Wijs het aanbod af"),
            done=_("Afgewezen"),
            means=_("De leverancier leest waarom, en kan een nieuwe versie opstellen."),
            refused=_("Alleen de gemeente wijst een aanbod af."),
            asks_reason=True,
        ),
        "opzeggen": Transition(
            before=(S.ACTIEF, S.GETEKEND),
            after=(S.OPGEZEGD,),
            side=Side.GEMEENTE,
            level=Level.APPROVE,
            words=_("Zeg het contract op"),
            done=_("Opgezegd"),
            means=_("Het contract loopt door tot en met zijn laatste dag, en wordt daarna niet verlengd."),
            refused=_("Alleen de gemeente zegt voor de gemeente op."),
            asks_reason=True,
            is_of_contract=True,
        ),
        "opzegging-gemeente": Transition(
            before=(S.ACTIEF, S.GETEKEND),
            after=(S.OPGEZEGD,),
            side=Side.LEVERANCIER,
            level=Level.CHANGE,
            words=_("Leg een opzegging van de gemeente vast"),
            done=_("Vastgelegd"),
            means=_("Voor een opzegging per brief. Het contract loopt door tot en met zijn laatste dag."),
            refused=_("Alleen de leverancier legt vast wat hij per brief kreeg."),
            asks_reason=True,
            is_of_contract=True,
        ),
        "opzeggen-leverancier": Transition(
            before=(S.ACTIEF, S.GETEKEND),
            after=(S.OPGEZEGD,),
            side=Side.LEVERANCIER,
            level=Level.APPROVE,
            words=_("Zeg op als leverancier"),
            done=_("Opgezegd"),
            means=_("Het contract loopt door tot en met zijn laatste dag, en wordt daarna niet verlengd."),
            refused=_("Alleen de leverancier zegt voor de leverancier op."),
            asks_reason=True,
            is_of_contract=True,
        ),
    }
)
AREAS = MappingProxyType({Side.GEMEENTE: MUNICIPALITY_AREA, Side.LEVERANCIER: VENDOR_AREA})
