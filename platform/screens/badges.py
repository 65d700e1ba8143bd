"""A state as a badge: shape, colour and word together, from one dictionary."""

from __future__ import annotations

from dataclasses import dataclass
from enum import StrEnum

from django.utils.functional import Promise
from django.utils.html import format_html
from django.utils.safestring import SafeString
from django.utils.translation import gettext_lazy as _

from screens.inline import Icon, icon


class Kind(StrEnum):
    SAFE = "safe"
    WARNING = "warning"
    DANGER = "danger"
    NEUTRAL = "neutral"
    INFO = "info"
    WAIT = "wait"
    LOCK = "lock"
    BUSY = "busy"


LOOKS = {
    Kind.SAFE: ("safe", Icon.CHECK),
    Kind.WARNING: ("warning", Icon.WARN),
    Kind.DANGER: ("danger", Icon.STOP),
    Kind.NEUTRAL: ("inactive", Icon.DOT),
    Kind.INFO: ("neutral", Icon.DOT),
    Kind.WAIT: ("inactive", Icon.PAUSE),
    Kind.LOCK: ("inactive", Icon.LOCK),
    Kind.BUSY: ("neutral", Icon.SPIN),
}


@dataclass(frozen=True)
class Badge:
    kind: Kind
    word: str | Promise
    icon: Icon | None = None


STATES = {
    "concept": Badge(Kind.NEUTRAL, _("Concept")),
    "actief": Badge(Kind.SAFE, _("Actief")),
    "in_inrichting": Badge(Kind.BUSY, _("In inrichting")),
    "beperkt": Badge(Kind.WARNING, _("Beperkt")),
    "in_exit": Badge(Kind.WARNING, _("In exit")),
    "beeindigd": Badge(Kind.NEUTRAL, _("Beëindigd")),
    "gestopt": Badge(Kind.DANGER, _("Gestopt")),
    "storing": Badge(Kind.DANGER, _("Storing")),
    "gezond": Badge(Kind.SAFE, _("Gezond")),
    "wacht": Badge(Kind.WAIT, _("Wacht")),
    "bezig": Badge(Kind.BUSY, _("Bezig")),
    "mislukt": Badge(Kind.DANGER, _("Mislukt")),
    "klaar": Badge(Kind.SAFE, _("Klaar")),
    "in_behandeling": Badge(Kind.INFO, _("In behandeling")),
    "wij_aan_zet": Badge(Kind.WAIT, _("Wij zijn aan zet"), Icon.RIGHT),
    "wacht_op_melder": Badge(Kind.WAIT, _("Wacht op melder")),
    "wacht_op_gemeente": Badge(Kind.WAIT, _("Wacht op gemeente")),
    "opgelost": Badge(Kind.SAFE, _("Opgelost")),
    "toegestaan": Badge(Kind.SAFE, _("Toegestaan")),
    "teruggegeven": Badge(Kind.NEUTRAL, _("Teruggegeven")),
    "ingetrokken": Badge(Kind.NEUTRAL, _("Ingetrokken")),
    "verlopen": Badge(Kind.NEUTRAL, _("Verlopen")),
}


def badge(state: str | Badge) -> SafeString:
    """A state of the dictionary, or a badge of one's own. Raises KeyError for a state that nobody named."""
    shown = state if isinstance(state, Badge) else STATES[state]
    look, own_icon = LOOKS[shown.kind]
    return format_html(
        '<span class="utrecht-status-badge utrecht-status-badge--{} zp-badge">{}{}</span>',
        look,
        icon(shown.icon or own_icon),
        shown.word,
    )
