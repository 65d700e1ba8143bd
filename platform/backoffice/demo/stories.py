"""What is reported at the municipalities of the demo, and what became of each: a dozen, in every state."""

from __future__ import annotations

from dataclasses import dataclass
from datetime import timedelta
from enum import Enum, auto

from helpdesk.words import Channel, Kind, Weight

HIGH, MIDDLE, LOW = Weight.HOOG, Weight.MIDDEL, Weight.LAAG


class Step(Enum):
    PICK_UP = auto()
    ANSWER = auto()
    ASK = auto()
    REPLY = auto()
    NOTE = auto()
    WORK_AROUND = auto()
    SECOND_LINE = auto()
    WAIT_FOR_THIRD = auto()
    PLAN = auto()
    SOLVE = auto()
    DISPUTE = auto()
    CONFIRM = auto()
    WITHDRAW = auto()
    MERGE = auto()
    """Into the story whose subject is said."""
    INCIDENT = auto()


@dataclass(frozen=True, slots=True)
class Story:
    """``ago`` is when it came; each step says how many minutes after that, what happens, and the words.

    Without it, it came on a Tuesday in the middle of last month, whatever day it is now.
    """

    subject: str
    text: str
    kind: Kind
    impact: Weight
    urgency: Weight
    ago: timedelta | None
    steps: tuple[tuple[int, Step, str], ...] = ()
    channel: Channel = Channel.PORTAAL
    component: str = ""
    is_ours: bool = False


def hours(count: float) -> timedelta:
    return timedelta(hours=count)


def days(count: float) -> timedelta:
    return timedelta(days=count)


LAST_MONTHS = Story(
    "Documenten openen duurt soms een minuut",
    "Vooral grote bestanden. Het gebeurt sinds de laatste release.",
    Kind.STORING,
    MIDDLE,
    HIGH,
    None,
    (
        (200, Step.PICK_UP, ""),
        (210, Step.ANSWER, "Excuus voor het wachten. Wij meten waar de tijd blijft."),
        (2900, Step.SOLVE, "De opslag las grote bestanden tweemaal. Dat is verholpen."),
        (4400, Step.CONFIRM, "Het gaat weer vlot."),
    ),
)
"""Answered too late, so that the report of a month has something to explain."""
CLOSES_NOT = "Zaken van één zaaktype kunnen niet worden afgesloten"
STORIES: dict[str, tuple[Story, ...]] = {
    "haarlem": (
        Story(
            CLOSES_NOT,
            "Sinds vanmorgen kunnen behandelaars sommige zaken van het type Evenementenvergunning niet"
            " afsluiten. De foutmelding is “archiefactiedatum kan niet worden bepaald”. Andere zaaktypen"
            " gaan goed.",
            Kind.STORING,
            MIDDLE,
            HIGH,
            days(1),
            (
                (30, Step.PICK_UP, ""),
                (
                    47,
                    Step.ANSWER,
                    "Dank voor uw melding. We zien de fout ook en zoeken uit welk resultaattype dit geeft.",
                ),
                (
                    125,
                    Step.ASK,
                    (
                        "Kunt u het nummer geven van één zaak die niet sluit? Dan vergelijken wij die met een"
                        " zaak die wel sluit."
                    ),
                ),
                (205, Step.REPLY, "ZAAK-2026-0041877 sluit niet. ZAAK-2026-0040112 sloot maandag nog wel."),
                (
                    1100,
                    Step.NOTE,
                    (
                        "Versie 3 van het zaaktype leidt af van een eigenschap die niet verplicht is. Leeg"
                        " betekent: geen datum."
                    ),
                ),
                (
                    1120,
                    Step.ANSWER,
                    (
                        "De archiefdatum ontbreekt omdat een eigenschap leeg is. Wij stellen u vandaag een"
                        " oplossing voor."
                    ),
                ),
            ),
            component="Zaken, afsluiten",
        ),
        Story(
            "Evenementenvergunning sluit niet",
            "Een collega meldt dat zijn zaak niet dicht wil. Is dat dezelfde storing?",
            Kind.STORING,
            LOW,
            MIDDLE,
            hours(20),
            ((60, Step.PICK_UP, ""), (70, Step.MERGE, CLOSES_NOT)),
            channel=Channel.TELEFOON,
        ),
        Story(
            "Hoe voegen wij een tweede beoordelaar toe aan een vernietigingslijst?",
            "Onze archivaris wil dat een collega meekijkt. Wij vinden niet waar dat kan.",
            Kind.VRAAG,
            MIDDLE,
            LOW,
            hours(2),
        ),
        Story(
            "Zoeken op BSN geeft af en toe een time-out",
            "Vooral tussen negen en tien uur. Daarna gaat het weer goed.",
            Kind.STORING,
            MIDDLE,
            MIDDLE,
            days(2),
            (
                (40, Step.PICK_UP, ""),
                (90, Step.ANSWER, "Wij zien de trage vragen in onze metingen en zoeken de oorzaak."),
                (300, Step.ASK, "Welke applicatie gebruikt u daarbij, en vanaf welk adres?"),
            ),
        ),
        Story(
            "Inloggen met SSO geeft een lege pagina",
            "Drie collega's zien na het inloggen niets. Met een ander account gaat het goed.",
            Kind.STORING,
            MIDDLE,
            HIGH,
            hours(27),
            (
                (20, Step.PICK_UP, ""),
                (35, Step.ANSWER, "Wij hebben dit bij drie accounts nagespeeld."),
                (
                    120,
                    Step.WAIT_FOR_THIRD,
                    (
                        "Het inlogsysteem geeft geen groep mee. Wij vroegen de beheerder daarvan dat aan te"
                        " passen."
                    ),
                ),
            ),
            component="Inloggen",
        ),
        Story(
            "Kolommen in het zoekresultaat zelf kiezen",
            "Behandelaars willen de kolom behandelaar zien in plaats van registratiedatum.",
            Kind.WENS,
            LOW,
            LOW,
            days(14),
            (
                (500, Step.PICK_UP, ""),
                (560, Step.PLAN, "Dit komt in de volgende release. U krijgt bericht als zij er is."),
            ),
        ),
        Story(
            "Archiefactiedatum wijkt af bij gerelateerde zaken",
            "Bij twee hoofdzaken telt de datum van de deelzaak niet mee.",
            Kind.STORING,
            MIDDLE,
            MIDDLE,
            days(4),
            (
                (50, Step.PICK_UP, ""),
                (100, Step.ANSWER, "Wij rekenen beide zaken na."),
                (
                    900,
                    Step.SECOND_LINE,
                    (
                        "Nagerekend: de afleidingswijze is gerelateerde zaak, maar de relatie staat andersom."
                        " Graag kijken of wij dat zien of de gemeente."
                    ),
                ),
                (
                    2000,
                    Step.SOLVE,
                    "De relatie stond andersom. Wij hebben samen de twee zaken rechtgezet; de datum klopt.",
                ),
            ),
        ),
        Story(
            "Mail over een verlopen sleutel kwam bij de verkeerde collega",
            "De mail over de sleutel van het vergunningensysteem ging naar een oud adres.",
            Kind.VRAAG,
            LOW,
            MIDDLE,
            days(9),
            (
                (60, Step.PICK_UP, ""),
                (130, Step.ANSWER, "Het adres staat bij de applicatie. Wij laten zien waar u het wijzigt."),
                (180, Step.SOLVE, "Bij Applicaties staat nu het adres van uw beheergroep."),
                (1500, Step.DISPUTE, "Er kwam net weer een mail op het oude adres."),
                (1560, Step.ANSWER, "Dat was een tweede applicatie. Wij wijzigen die ook."),
                (1600, Step.SOLVE, "Beide applicaties hebben nu het nieuwe adres."),
                (3000, Step.CONFIRM, "Nu klopt het. Dank."),
            ),
        ),
        Story(
            "Kunnen wij het zaaktype Melding openbare ruimte terugzetten?",
            "Wij willen de versie van vorige maand terug.",
            Kind.WIJZIGING,
            LOW,
            LOW,
            days(6),
            ((200, Step.PICK_UP, ""), (400, Step.WITHDRAW, "Wij hebben het zelf gevonden.")),
        ),
        LAST_MONTHS,
    ),
    "utrecht": (
        LAST_MONTHS,
        Story(
            "Notificaties komen niet aan bij het vergunningensysteem",
            "Sinds een uur ziet het vergunningensysteem geen nieuwe zaken meer.",
            Kind.STORING,
            HIGH,
            HIGH,
            hours(3),
            ((150, Step.PICK_UP, ""), (155, Step.INCIDENT, "")),
            component="Notificaties",
        ),
        Story(
            "Verzoek om een extra oefenomgeving",
            "Voor de opleiding in januari willen wij een tweede oefenomgeving.",
            Kind.WIJZIGING,
            LOW,
            MIDDLE,
            hours(5),
            channel=Channel.MAIL,
        ),
        Story(
            "Het certificaat van uw koppeling loopt over drie weken af",
            "Wij vernieuwen het op donderdagavond; u merkt daar niets van.",
            Kind.WIJZIGING,
            LOW,
            LOW,
            days(1),
            ((10, Step.PICK_UP, ""), (15, Step.ANSWER, "U hoeft niets te doen.")),
            is_ours=True,
        ),
        Story(
            "Import van documenten meldt fouten",
            "Van 12.000 documenten zijn er 14 niet ingelezen.",
            Kind.STORING,
            LOW,
            HIGH,
            days(3),
            (
                (30, Step.PICK_UP, ""),
                (70, Step.ANSWER, "Wij bekijken het rapport van de import."),
                (
                    300,
                    Step.WORK_AROUND,
                    "De veertien documenten kunt u vast zelf toevoegen; de lijst staat in het rapport.",
                ),
            ),
        ),
    ),
}
