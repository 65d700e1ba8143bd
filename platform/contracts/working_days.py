"""Working days as the Algemene termijnenwet has them: no weekend and no recognised holiday."""

from __future__ import annotations

from datetime import date, datetime, time, timedelta

from django.utils import timezone

SATURDAY = 5
DAY = timedelta(days=1)


def end_of_term(since: datetime, working_days: int) -> datetime:
    """The first moment after so many whole working days, the day of ``since`` itself not counted."""
    day = timezone.localtime(since).date()
    for _ in range(working_days):
        day = next_working_day(day)
    return timezone.make_aware(datetime.combine(day + DAY, time.min))


def next_working_day(day: date) -> date:
    day += DAY
    while not is_working_day(day):
        day += DAY
    return day


def working_days_until(today: date, day: date) -> int:
    """How many come after today, that day among them; 0 for a day that is not after today."""
    return sum(is_working_day(today + n * DAY) for n in range(1, (day - today).days + 1))


def is_working_day(day: date) -> bool:
    return day.weekday() < SATURDAY and day not in holidays(day.year)


def holidays(year: int) -> frozenset[date]:
    """Article 3 of the law, with 5 May and the King's day, which moves when it would be a Sunday."""
    easter = easter_of(year)
    kings_day = date(year, 4, 27)
    if kings_day.weekday() == SATURDAY + 1:
        kings_day -= DAY
    movable = {easter + timedelta(days=days) for days in (-2, 1, 39, 50)}
    fixed = {date(year, 1, 1), date(year, 5, 5), date(year, 12, 25), date(year, 12, 26)}
    return frozenset(movable | fixed | {kings_day})


def easter_of(year: int) -> date:
    """By the rule of Gauss as Meeus gives it for the Gregorian calendar."""
    a, b, c = year % 19, year // 100, year % 100
    d, e, f = b // 4, b % 4, (b + 8) // 25
    g = (b - f + 1) // 3
    h = (19 * a + b - d - g + 15) % 30
    i, k = c // 4, c % 4
    j = (32 + 2 * e + 2 * i - h - k) % 7
    m = (a + 11 * h + 22 * j) // 451
    month, day = divmod(h + j - 7 * m + 114, 31)
    return date(year, month, day + 1)
