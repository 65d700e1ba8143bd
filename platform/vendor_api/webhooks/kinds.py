"""What a webhook can be told of. It is told by numbers alone: what happened is read over the API."""

from __future__ import annotations

from collections.abc import Mapping
from dataclasses import dataclass
from types import MappingProxyType

from django.utils.functional import Promise
from django.utils.translation import gettext_lazy as _


@dataclass(frozen=True, slots=True)
class Kind:
    """``area`` is the one of the permission table in which whoever makes the webhook sees these."""

    area: str
    word: str | Promise
    help: str | Promise


KINDS: Mapping[str, Kind] = MappingProxyType(
    {
        "ticket.created": Kind(
            "meldingen", _("Nieuwe melding"), _("Een gemeente meldt iets, of een collega doet dat.")
        ),
        "ticket.changed": Kind(
            "meldingen", _("Melding gewijzigd"), _("Een antwoord, een andere staat, iemand anders aan zet.")
        ),
        "incident.created": Kind(
            "storingen", _("Nieuwe storing"), _("Een storing bij een of meer gemeenten.")
        ),
        "incident.changed": Kind(
            "storingen", _("Storing gewijzigd"), _("Een update, of andere gemeenten die zij raakt.")
        ),
        "report.created": Kind(
            "rapporten", _("Nieuw serviceniveaurapport"), _("Het concept van een maand staat klaar.")
        ),
        "report.changed": Kind(
            "rapporten", _("Serviceniveaurapport gewijzigd"), _("Gedeeld, vastgesteld of betwist.")
        ),
    }
)
"""By the name that stands in the message as its type."""
TEST = "webhook.test"
"""Of a message that tells nothing: nobody asks for it, and every webhook can be sent it."""
