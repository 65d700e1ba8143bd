"""How much time is left, in words, colour and a bar."""

from __future__ import annotations

from dataclasses import dataclass
from enum import StrEnum

from django.utils.html import format_html
from django.utils.safestring import SafeString

from screens.inline import Icon, icon

SOON_FROM_PERCENT = 75
FULL_PERCENT = 100


class DueKind(StrEnum):
    OK = "ok"
    SOON = "soon"
    LATE = "late"
    STILL = "still"
    DONE = "done"


ICONS = {
    DueKind.OK: Icon.CLOCK,
    DueKind.SOON: Icon.WARN,
    DueKind.LATE: Icon.STOP,
    DueKind.STILL: Icon.PAUSE,
    DueKind.DONE: Icon.CHECK,
}
# The colour of the bar: that of the house while there is time.
METERS = {DueKind.OK: "", DueKind.DONE: "ok"}


@dataclass(frozen=True)
class Due:
    kind: DueKind
    words: str
    percent: int | None = None


def due_kind(percent: float, *, still: bool = False) -> DueKind:
    """Of the working time that is used: amber from 75 %, red from 100 %, also where it stands still."""
    if percent >= FULL_PERCENT:
        return DueKind.LATE
    if still:
        return DueKind.STILL
    return DueKind.SOON if percent >= SOON_FROM_PERCENT else DueKind.OK


def meter(percent: float, tone: str = "", *, cell: bool = False) -> SafeString:
    """A bar from 0 to 100 %; what is beyond is full. The words beside it say the number."""
    return format_html(
        '<svg class="zp-meter {} {}" viewBox="0 0 100 5" preserveAspectRatio="none" aria-hidden="true">'
        '<rect width="{}" height="5"/></svg>',
        tone,
        "zp-meter--cell" if cell else "",
        round(min(max(percent, 0), FULL_PERCENT)),
    )


def meter_tone(kind: DueKind) -> str:
    return METERS.get(kind, kind.value)


def due(shown: Due) -> SafeString:
    kind = DueKind(shown.kind)
    words = format_html(
        '<span class="zp-due zp-due--{}">{}{}</span>', kind.value, icon(ICONS[kind]), shown.words
    )
    if shown.percent is None:
        return words
    return format_html("{}{}", words, meter(shown.percent, meter_tone(kind), cell=True))
