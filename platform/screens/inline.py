"""The small marks inside a sentence or a cell, as safe text: for tags, and for the columns of a list."""

from __future__ import annotations

from enum import StrEnum

from django.utils.html import format_html
from django.utils.safestring import SafeString


class Icon(StrEnum):
    """Each has a symbol in ``templates/screens/icons.html``. An icon never stands without a word."""

    CHECK = "check"
    WARN = "warn"
    STOP = "stop"
    DOT = "dot"
    PAUSE = "pause"
    CLOCK = "clock"
    INFO = "info"
    LOCK = "lock"
    SEARCH = "search"
    USER = "user"
    UP = "up"
    DOWN = "down"
    X = "x"
    SPIN = "spin"
    DOC = "doc"
    CHAT = "chat"
    KEY = "key"
    EYE = "eye"
    RIGHT = "right"
    MINUS = "minus"


class Tone(StrEnum):
    """What colour says, and nothing else: good, soon, wrong."""

    PLAIN = ""
    OK = "ok"
    WARN = "warn"
    BAD = "bad"
    MUTED = "zp-muted"
    BUSY = "zp-spin"


def icon(name: Icon | str, tone: Tone | str = Tone.PLAIN) -> SafeString:
    """Raises ValueError for a name or tone that does not exist."""
    return format_html(
        '<svg class="zp-i {}" aria-hidden="true" viewBox="0 0 16 16"><use href="#i-{}"/></svg>',
        Tone(tone).value,
        Icon(name).value,
    )


def link(words: str, url: str, *, hidden: str = "") -> SafeString:
    """``hidden`` tells repeated links apart for who cannot see the row: "Oppakken" + "melding 2052"."""
    suffix = format_html('<span class="zp-hide"> {}</span>', hidden) if hidden else ""
    return format_html('<a class="utrecht-link utrecht-link--html-a" href="{}">{}{}</a>', url, words, suffix)


def toned(words: str, tone: Tone | str, mark: Icon | str | None = None) -> SafeString:
    """Words in a colour; one that is not muted takes an icon too, since colour alone says nothing."""
    drawn = format_html("{} ", icon(mark)) if mark else ""
    return format_html('<span class="{}">{}{}</span>', Tone(tone).value, drawn, words)


def muted(words: str) -> SafeString:
    return toned(words, Tone.MUTED)


def strong(words: str) -> SafeString:
    return format_html('<strong class="zp-strong">{}</strong>', words)


def numbered(number: str, words: str) -> SafeString:
    """The number that people call it by, before its subject."""
    return format_html('<span class="zp-id">{}</span> {}', number, words)


def removed(words: str) -> SafeString:
    """What was, in a table that compares; a minus stands before it."""
    return format_html("<del>{}</del>", words)


def added(words: str) -> SafeString:
    return format_html("<ins>{}</ins>", words)


def mono(words: str, *, breaks: bool = False) -> SafeString:
    """Identifiers do not break over two lines, but for one that is longer than a narrow screen."""
    return format_html('<span class="zp-mono{}">{}</span>', "" if breaks else " zp-nowrap", words)
