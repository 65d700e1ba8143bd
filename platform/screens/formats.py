"""Numbers, money, sizes, days and durations as people read them, in the language of the page.

Money is integer cents; moments are aware and shown in the zone of the deployment; a minus is −. A space
inside a figure does not break.
"""

from __future__ import annotations

import math
from datetime import date, datetime, timedelta
from decimal import ROUND_HALF_UP, Decimal

from django.utils import timezone
from django.utils.dateformat import format as date_format
from django.utils.translation import get_language, gettext, gettext_lazy, ngettext

NBSP = "\u00a0"
MINUS = "−"

MINUTE = 60
HOUR = 60 * MINUTE
DAY = 24 * HOUR
HOURS_UNTIL = 2 * DAY
SIZES = ["B", "kB", "MB", "GB", "TB", "PB"]
THOUSAND = 1000
MILLION = 1_000_000
WEEK = 7
NEIGHBOURS = {-1: gettext_lazy("gisteren"), 0: gettext_lazy("vandaag"), 1: gettext_lazy("morgen")}


def separated(figure: Decimal | int, decimals: int) -> str:
    """The figure with the separators of the language, rounded half up as people do."""
    step = Decimal(1).scaleb(-decimals)
    text = f"{Decimal(figure).quantize(step, rounding=ROUND_HALF_UP):,f}"
    if not get_language() or get_language() == "nl":
        text = text.translate(str.maketrans(",.", ".,"))
    return text.replace("-", MINUS)


def number(figure: float | Decimal, decimals: int = 0) -> str:
    """1.204.551, and with decimals 118,4."""
    return separated(Decimal(str(figure)), decimals)


def millions(figure: float) -> str:
    """Large counts: 5,8 mln."""
    return gettext("%(figure)s mln") % {"figure": number(figure / MILLION, 1)}


def percent(figure: float | Decimal, decimals: int = 0) -> str:
    return f"{number(figure, decimals)}{NBSP}%"


def money(cents: int) -> str:
    """€ 68.400,00, −€ 84,50."""
    sign = MINUS if cents < 0 else ""
    return f"{sign}€{NBSP}{separated(Decimal(abs(cents)) / 100, 2)}"


def size(count: int) -> str:
    """Bytes in steps of a thousand: 212 kB, 1,8 MB. Rounding never shows 1.000 of a unit."""
    amount, unit = Decimal(count), 0
    while unit < len(SIZES) - 1 and shown_size(amount, unit) >= THOUSAND:
        amount, unit = amount / THOUSAND, unit + 1
    decimals = size_decimals(amount, unit)
    return f"{separated(amount, decimals)}{NBSP}{SIZES[unit]}"


def size_decimals(amount: Decimal, unit: int) -> int:
    """One after the comma where one stands before it, also once it is rounded."""
    return 1 if unit and amount < Decimal("9.95") else 0


def shown_size(amount: Decimal, unit: int) -> Decimal:
    return amount.quantize(Decimal(1).scaleb(-size_decimals(amount, unit)), rounding=ROUND_HALF_UP)


# Days and moments -------------------------------------------------------------------------------


def local(moment: datetime) -> datetime:
    return timezone.localtime(moment)


def day(when: date | datetime) -> str:
    """In a table: 31-12-2027."""
    return f"{day_of(when):%d-%m-%Y}"


def long_day(when: date | datetime) -> str:
    """In a text: 31 december 2027."""
    return date_format(day_of(when), "j F Y")


def full_day(when: date | datetime) -> str:
    """At the head of a page: Woensdag 25 november 2026."""
    words = date_format(day_of(when), "l j F Y")
    return words[:1].upper() + words[1:]


def day_of(when: date | datetime) -> date:
    """The day in the zone of the deployment."""
    return local(when).date() if isinstance(when, datetime) else when


def clock(moment: datetime) -> str:
    return f"{local(moment):%H:%M}"


def near(moment: datetime, now: datetime) -> str:
    """As vandaag 15:25, gisteren 22:00, di 24 nov 14:05 within a week, 24 nov 2025 14:05 beyond."""
    return f"{near_day(moment, now)} {clock(moment)}"


def near_day(moment: date | datetime, now: datetime) -> str:
    shown, today = day_of(moment), day_of(now)
    apart = (shown - today).days
    if apart in NEIGHBOURS:
        return str(NEIGHBOURS[apart])
    return date_format(shown, "D j M" if abs(apart) < WEEK else "j M Y").lower()


# Durations --------------------------------------------------------------------------------------


def duration(length: timedelta) -> str:
    """Hours and minutes of whole minutes: 18 min, 1 u 38 min, 29 u, 3 dagen. Less than a minute is 0 min."""
    minutes, seconds = int(length.total_seconds()) // MINUTE, int(length.total_seconds())
    if seconds < HOUR:
        return gettext("%(minutes)s min") % {"minutes": minutes}
    if seconds < DAY:
        hours, rest = divmod(minutes, 60)
        whole = gettext("%(hours)s u") % {"hours": hours}
        return f"{whole} {gettext('%(minutes)s min') % {'minutes': rest}}" if rest else whole
    if seconds < HOURS_UNTIL:
        return gettext("%(hours)s u") % {"hours": minutes // 60}
    days = seconds // DAY
    return ngettext("%(days)s dag", "%(days)s dagen", days) % {"days": days}


def remaining(until: datetime, now: datetime) -> str:
    """As nog 18 min, nu, 35 min te laat. What is left counts up to a whole minute, what is late down."""
    seconds = (until - now).total_seconds()
    if seconds == 0:
        return gettext("nu")
    if seconds > 0:
        left = timedelta(minutes=math.ceil(seconds / MINUTE))
        return gettext("nog %(duration)s") % {"duration": duration(left)}
    late = timedelta(minutes=max(1, int(-seconds // MINUTE)))
    return gettext("%(duration)s te laat") % {"duration": duration(late)}


def working_days_left(days: int) -> str:
    """As nog 3 werkdagen; below zero 2 werkdagen te laat."""
    counted = ngettext("%(days)s werkdag", "%(days)s werkdagen", abs(days)) % {"days": abs(days)}
    if days < 0:
        return gettext("%(duration)s te laat") % {"duration": counted}
    return gettext("nog %(duration)s") % {"duration": counted}


def took(length: timedelta) -> str:
    """What a step took: 0,3 s, 41 s, 3 min 5 s, 1 u 2 min."""
    seconds = Decimal(str(length.total_seconds()))
    if seconds < 10:  # noqa: PLR2004  # one figure before the comma takes one after it
        return f"{separated(seconds, 1)} s"
    if seconds < MINUTE:
        return f"{int(seconds)} s"
    if seconds < HOUR:
        minutes, rest = divmod(int(seconds), MINUTE)
        return f"{minutes} min {rest} s" if rest else f"{minutes} min"
    return duration(length)
