"""The closed sets of the helpdesk: states, kinds, channels, and everything that can happen to a report."""

from __future__ import annotations

from collections.abc import Mapping
from types import MappingProxyType

from django.db.models import IntegerChoices, TextChoices
from django.utils.translation import gettext_lazy as _

from contracts.running import Happening


class Kind(TextChoices):
    STORING = "storing", _("Storing")
    VRAAG = "vraag", _("Vraag")
    WENS = "wens", _("Wens")
    WIJZIGING = "wijziging", _("Wijziging")
    BEVEILIGING = "beveiliging", _("Beveiliging")
    DATALEK = "datalek", _("Datalek")


class Weight(TextChoices):
    """Of impact and of urgency, as the matrix of a service level has them."""

    HOOG = "hoog", _("Hoog")
    MIDDEL = "middel", _("Middel")
    LAAG = "laag", _("Laag")


class Status(TextChoices):
    NIEUW = "nieuw", _("Nieuw")
    IN_BEHANDELING = "in_behandeling", _("In behandeling")
    WACHT_OP_MELDER = "wacht_op_melder", _("Wacht op melder")
    WACHT_OP_DERDE = "wacht_op_derde", _("Wacht op derde")
    GEPLAND = "gepland", _("Gepland")
    OPGELOST = "opgelost", _("Opgelost")
    GESLOTEN = "gesloten", _("Gesloten")
    INGETROKKEN = "ingetrokken", _("Ingetrokken")
    SAMENGEVOEGD = "samengevoegd", _("Samengevoegd")


OURS = (Status.NIEUW, Status.IN_BEHANDELING)
"""The ball is with us."""
OPEN = (*OURS, Status.WACHT_OP_MELDER, Status.WACHT_OP_DERDE, Status.GEPLAND)
STANDING = (*OPEN, Status.OPGELOST)
"""Not yet over: a solution may be disputed."""
OVER = (Status.GESLOTEN, Status.INGETROKKEN, Status.SAMENGEVOEGD)


class Channel(TextChoices):
    PORTAAL = "portaal", _("via het portaal")
    MAIL = "mail", _("per e-mail")
    API = "api", _("via de API")
    TELEFOON = "telefoon", _("per telefoon")
    INTERN = "intern", _("intern")


class Side(TextChoices):
    GEMEENTE = "gemeente", _("Gemeente")
    LEVERANCIER = "leverancier", _("Leverancier")
    SYSTEEM = "systeem", _("Systeem")


class SupportLine(IntegerChoices):
    FIRST = 1, _("Eerste lijn")
    SECOND = 2, _("Tweede lijn")
    THIRD = 3, _("Derde lijn")


class What(TextChoices):
    """What happens to a report. Those that clocks know have the same value there."""

    RECEIVED = Happening.RECEIVED.value, Happening.RECEIVED.label
    OPENED = Happening.OPENED.value, Happening.OPENED.label
    PRIORITY = Happening.PRIORITY.value, Happening.PRIORITY.label
    AUTOMATIC = Happening.AUTOMATIC.value, Happening.AUTOMATIC.label
    NOTE = Happening.NOTE.value, Happening.NOTE.label
    REPLIED = Happening.REPLIED.value, Happening.REPLIED.label
    DISPUTED = Happening.DISPUTED.value, Happening.DISPUTED.label
    RESUMED = Happening.RESUMED.value, Happening.RESUMED.label
    ANSWERED = Happening.ANSWERED.value, Happening.ANSWERED.label
    ASKED = Happening.ASKED.value, Happening.ASKED.label
    WAITS_FOR_THIRD = Happening.WAITS_FOR_THIRD.value, Happening.WAITS_FOR_THIRD.label
    WORKAROUND = Happening.WORKAROUND.value, Happening.WORKAROUND.label
    SOLVED = Happening.SOLVED.value, Happening.SOLVED.label
    WITHDRAWN = Happening.WITHDRAWN.value, Happening.WITHDRAWN.label
    MOVED = Happening.MOVED.value, Happening.MOVED.label
    CORRECTED = Happening.CORRECTED.value, Happening.CORRECTED.label
    PICKED_UP = "oppakken", _("Opgepakt")
    HANDED_OVER = "overdragen", _("Overgedragen")
    PLANNED = "gepland", _("Gepland")
    MERGED = "samenvoegen", _("Samengevoegd in een andere melding")
    TOOK_IN = "opgenomen", _("Andere melding hierin samengevoegd")
    CONFIRMED = "bevestigd", _("De melder bevestigt de oplossing")
    CLOSED = "gesloten", _("Gesloten")
    LINKED = "koppeling", _("Gekoppeld")
    ACCESS = "toegang", _("Toegang gekoppeld")
    HOTFIX = "hotfix", _("Hotfix")
    DETAILS = "gegevens", _("Gegevens gewijzigd")
    REMINDED = "herinnering", _("Herinnering aan de melder")
    PROPOSED = "voorstel", _("Voorstel om te sluiten")
    RATED = "waardering", _("Waardering van de melder")


HAPPENS: Mapping[str, Happening] = MappingProxyType(
    {
        **{each.value: each for each in Happening},
        What.PLANNED.value: Happening.ANSWERED,
        What.MERGED.value: Happening.WITHDRAWN,
        What.CLOSED.value: Happening.WITHDRAWN,
    }
)
"""What it is to the clocks. Naming a moment is an answer. What goes on in another report lapses here, and so
does what is closed; where it was solved before, nothing was left to lapse.
"""
WITHOUT_CLOCKS = (What.NOTE, What.AUTOMATIC)
MOVES_CLOCKS = tuple(each for each in What if each.value in HAPPENS and each not in WITHOUT_CLOCKS)
"""Both sides see these: they work out the same clocks from what each of them reads."""
PUBLIC_WORDS = (
    What.RECEIVED,
    What.OPENED,
    What.REPLIED,
    What.DISPUTED,
    What.ANSWERED,
    What.ASKED,
    What.WORKAROUND,
    What.SOLVED,
    What.PLANNED,
)
"""What somebody said to the other side."""
OF_THE_REPORTER = (What.RECEIVED, What.REPLIED, What.DISPUTED, What.CONFIRMED, What.WITHDRAWN)
"""What the reporter says, also where somebody of the vendor wrote it down."""
LONGEST_TEXT = 20_000
LONGEST_SUBJECT = 200
LONGEST_COMPONENT = 100
LONGEST_REASON = 1_000
