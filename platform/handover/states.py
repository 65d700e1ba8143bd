"""The states of a hand-over: what follows on which, who may bring it there, and how others are refused."""

from __future__ import annotations

from collections.abc import Mapping
from dataclasses import dataclass
from types import MappingProxyType

from django.db import models
from django.utils.functional import Promise
from django.utils.translation import gettext_lazy as _

from tenants.accounts.rights import Level


class State(models.TextChoices):
    CONCEPT = "concept", _("Concept")
    AANGEVRAAGD = "aangevraagd", _("Aangevraagd")
    AANVAARD = "aanvaard", _("Aanvaard")
    BEVESTIGD = "bevestigd", _("Bevestigd")
    GESCHIL = "geschil", _("Geschil")
    VOORBEREIDING = "voorbereiding", _("Voorbereiding")
    GEPLAND = "gepland", _("Gepland")
    OVERGEDRAGEN = "overgedragen", _("Overgedragen")
    AFGEROND = "afgerond", _("Afgerond")
    AFGEBROKEN = "afgebroken", _("Afgebroken")
    AFGEWEZEN = "afgewezen", _("Afgewezen")


class Side(models.TextChoices):
    GEMEENTE = "gemeente", _("Gemeente")
    NEW = "nieuw", _("Nieuwe partij")
    OLD = "oud", _("Oude partij")
    TIME = "tijd", _("Systeem")


class Moves(models.TextChoices):
    """What a transition asks beside a person and a state."""

    NOTHING = "nothing"
    REASON = "reason"
    MOMENT = "moment"


S = State
BEFORE_THE_MOMENT = (
    S.CONCEPT,
    S.AANGEVRAAGD,
    S.AANVAARD,
    S.BEVESTIGD,
    S.GESCHIL,
    S.VOORBEREIDING,
    S.GEPLAND,
)
OVER = frozenset({S.AFGEROND, S.AFGEBROKEN, S.AFGEWEZEN})
ANSWERS: Mapping[State, Side] = MappingProxyType(
    {
        S.CONCEPT: Side.GEMEENTE,
        S.AANGEVRAAGD: Side.NEW,
        S.AANVAARD: Side.OLD,
        S.GESCHIL: Side.GEMEENTE,
    }
)
"""Of which side a signature or an answer is asked: it is told by mail, and on every page."""
WORKING_DAYS_TO_OBJECT = 5


@dataclass(frozen=True, slots=True)
class Transition:
    """One act: from which states, to which, by whom.

    ``level`` is of the area of hand-overs in that side's permission table; who signs shows once more who he
    is. ``refused`` is told to whoever stands on another side; ``means_without_old`` is what it means where
    nobody had the role.
    """

    before: tuple[State, ...]
    after: State
    side: Side
    level: Level
    words: str | Promise
    done: str | Promise
    means: str | Promise
    refused: str | Promise
    asks: Moves = Moves.NOTHING
    is_signature: bool = False
    means_without_old: str | Promise = ""

    @property
    def takes_an_old_side(self) -> bool:
        return self.side is Side.OLD or self.before == (State.GESCHIL,)


TRANSITIONS: Mapping[str, Transition] = MappingProxyType(
    {
        "aanvragen": Transition(
            before=(S.CONCEPT,),
            after=S.AANGEVRAAGD,
            side=Side.GEMEENTE,
            level=Level.APPROVE,
            words=_("Onderteken en vraag aan"),
            done=_("Aangevraagd"),
            means=_("De gemeente ondertekent. De nieuwe en de oude partij zien de overdracht vanaf nu."),
            means_without_old=_("De gemeente ondertekent. De nieuwe partij ziet het verzoek vanaf nu."),
            refused=_("Alleen de gemeente vraagt een overdracht aan."),
            is_signature=True,
        ),
        "aanvaarden": Transition(
            before=(S.AANGEVRAAGD,),
            after=S.AANVAARD,
            side=Side.NEW,
            level=Level.APPROVE,
            words=_("Onderteken en aanvaard"),
            done=_("Aanvaard"),
            means=_("De nieuwe partij ondertekent. De oude partij heeft daarna vijf werkdagen voor bezwaar."),
            means_without_old=_(
                "De nieuwe partij ondertekent. Niemand heeft deze rol nu, dus niemand hoeft te wachten."
            ),
            refused=_("Alleen de nieuwe partij aanvaardt de overdracht."),
            is_signature=True,
        ),
        "afwijzen": Transition(
            before=(S.AANGEVRAAGD,),
            after=S.AFGEWEZEN,
            side=Side.NEW,
            level=Level.APPROVE,
            words=_("Wijs de overdracht af"),
            done=_("Afgewezen"),
            means=_("De nieuwe partij neemt het niet over en zegt waarom. Alles blijft zoals het is."),
            refused=_("Alleen de nieuwe partij wijst de overdracht af."),
            asks=Moves.REASON,
        ),
        "bevestigen": Transition(
            before=(S.AANVAARD,),
            after=S.BEVESTIGD,
            side=Side.OLD,
            level=Level.APPROVE,
            words=_("Bevestig de overdracht"),
            done=_("Bevestigd"),
            means=_("De oude partij heeft geen bezwaar. Zonder antwoord geldt dat na vijf werkdagen ook."),
            refused=_("Alleen de oude partij bevestigt de overdracht."),
        ),
        "bezwaar": Transition(
            before=(S.AANVAARD,),
            after=S.GESCHIL,
            side=Side.OLD,
            level=Level.APPROVE,
            words=_("Maak bezwaar"),
            done=_("Bezwaar gemaakt"),
            means=_("De oude partij zegt waarom niet. Dat houdt niets tegen: de gemeente beslist."),
            refused=_("Alleen de oude partij maakt bezwaar."),
            asks=Moves.REASON,
        ),
        "stilzwijgend": Transition(
            before=(S.AANVAARD,),
            after=S.BEVESTIGD,
            side=Side.TIME,
            level=Level.NONE,
            words=_("Stilzwijgend bevestigd"),
            done=_("Stilzwijgend bevestigd"),
            means=_("Vijf werkdagen zonder antwoord van de oude partij."),
            means_without_old=_("Meteen: niemand heeft deze rol nu."),
            refused=_("Dit doet niemand: het volgt uit de tijd."),
        ),
        "doorgaan": Transition(
            before=(S.GESCHIL,),
            after=S.BEVESTIGD,
            side=Side.GEMEENTE,
            level=Level.APPROVE,
            words=_("Ga door ondanks het bezwaar"),
            done=_("Doorgegaan ondanks bezwaar"),
            means=_("De gemeente las het bezwaar en gaat door."),
            refused=_("Alleen de gemeente beslist over een bezwaar."),
            asks=Moves.REASON,
        ),
        "voorbereiden": Transition(
            before=(S.BEVESTIGD,),
            after=S.VOORBEREIDING,
            side=Side.NEW,
            level=Level.CHANGE,
            words=_("Begin de voorbereiding"),
            done=_("Voorbereiding begonnen"),
            means=_(
                "Er wordt vastgelegd wat er is: aantallen en namen, geen geheimen. Zo ontstaan de taken."
            ),
            refused=_("Alleen de nieuwe partij begint de voorbereiding."),
        ),
        "plannen": Transition(
            before=(S.VOORBEREIDING,),
            after=S.GEPLAND,
            side=Side.GEMEENTE,
            level=Level.APPROVE,
            words=_("Plan het moment"),
            done=_("Gepland"),
            means=_("De gemeente kiest vanaf wanneer het mag, en tot wanneer oude sleutels mogen werken."),
            means_without_old=_("De gemeente kiest vanaf wanneer het mag."),
            refused=_("Alleen de gemeente plant het moment."),
            asks=Moves.MOMENT,
        ),
        "verzetten": Transition(
            before=(S.GEPLAND,),
            after=S.VOORBEREIDING,
            side=Side.GEMEENTE,
            level=Level.APPROVE,
            words=_("Haal de planning weg"),
            done=_("Planning weggehaald"),
            means=_("De voorbereiding gaat verder, zonder moment."),
            refused=_("Alleen de gemeente haalt de planning weg."),
        ),
        "overdragen": Transition(
            before=(S.GEPLAND,),
            after=S.OVERGEDRAGEN,
            side=Side.NEW,
            level=Level.APPROVE,
            words=_("Draag nu over"),
            done=_("Overgedragen"),
            means=_(
                "In één keer: de nieuwe partij is verantwoordelijk, rollen en toegang van de oude eindigen."
                " Open meldingen gaan mee."
            ),
            means_without_old=_("De nieuwe partij is vanaf nu verantwoordelijk."),
            refused=_("Alleen de nieuwe partij voert de overdracht uit."),
        ),
        "afronden": Transition(
            before=(S.OVERGEDRAGEN,),
            after=S.AFGEROND,
            side=Side.GEMEENTE,
            level=Level.APPROVE,
            words=_("Rond de overdracht af"),
            done=_("Afgerond"),
            means=_("Alle taken zijn gedaan, ook het wisselen van geheimen."),
            refused=_("Alleen de gemeente rondt de overdracht af."),
        ),
        "afbreken": Transition(
            before=BEFORE_THE_MOMENT,
            after=S.AFGEBROKEN,
            side=Side.GEMEENTE,
            level=Level.APPROVE,
            words=_("Breek de overdracht af"),
            done=_("Afgebroken"),
            means=_("Alles blijft zoals het is. De gemeente kan altijd een nieuwe overdracht beginnen."),
            refused=_("Alleen de gemeente breekt een overdracht af."),
            asks=Moves.REASON,
        ),
    }
)

AREA = "overdrachten"
"""In the permission tables of both consoles."""
