"""Hoe draait het platform: how many environments answer, how requests went, and how much work waits."""

from __future__ import annotations

from collections.abc import Sequence
from datetime import datetime, timedelta

from django.db.models import F, IntegerField, Sum, Value
from django.db.models.functions import Length, Replace
from django.utils.translation import gettext

from backoffice.fleet import ANSWERS, Seen
from screens.charts.spark import spark
from screens.formats import number, percent
from screens.inline import Tone, muted, strong
from screens.tables import Cell, Heading, Row, Table
from service_reports.availability import share_of, shown_percent
from service_reports.models import Measured, Minutes
from service_reports.states import AREA as REPORTS
from tenants.accounts.person import Person
from tenants.accounts.rights import Level
from tenants.registry.models import Municipality

HOURS = 12
ALL = 100
Line = tuple[str, Sequence[float], str, Tone]
"""What is measured, how it went, how it is now, and whether that is bad."""
Hour = dict[str, int]
"""How many minutes were measured and up, how many requests there were and how many failed."""


def health(person: Person, rows: Sequence[Seen], jobs: int | None, now: datetime) -> Table:
    """``jobs`` are those that wait or run; None for who does not see them."""
    words = (gettext("Meting"), gettext("Laatste uren"), gettext("Nu"))
    measured = _hours(person, now) if person.may(REPORTS, Level.SEE) else None
    found = [_answering(rows)]
    if measured is not None:
        found += [_up(measured), _failures(measured)]
    if jobs is not None:
        found.append(_waiting(jobs))
    return Table(
        caption=gettext("Hoe draait het platform"),
        headings=[Heading(words[0]), Heading(words[1]), Heading(words[2], numeric=True)],
        rows=[
            Row(
                [
                    Cell(word),
                    Cell(spark(line), label=words[1], skip=True),
                    Cell(
                        strong(told) if told else muted(gettext("geen meting")), label=words[2], numeric=True
                    ),
                ],
                tone=tone,
            )
            for word, line, told, tone in found
        ],
    )


def _answering(rows: Sequence[Seen]) -> Line:
    """Of those that should."""
    served = [row for row in rows if row.status in ANSWERS]
    silent = sum(row.is_silent for row in served)
    told = gettext("%(answer)s van %(all)s") % {
        "answer": number(len(served) - silent),
        "all": number(len(served)),
    }
    return gettext("Omgevingen die antwoorden"), [], told, Tone.BAD if silent else Tone.PLAIN


def _up(hours: Sequence[Hour]) -> Line:
    """Rounded as in the reports: what was away for a minute is never all of it."""
    known = [share_of(hour["up"], hour["measured"] - hour["up"]) for hour in hours]
    shares = [share for share in known if share is not None]
    told = percent(shown_percent(shares[-1]), 2) if shares else ""
    return gettext("Bereikbaar"), [float(share) for share in shares], told, Tone.PLAIN


def _failures(hours: Sequence[Hour]) -> Line:
    shares = [ALL * hour["failures"] / hour["requests"] for hour in hours if hour["requests"]]
    told = percent(shares[-1], 2) if shares else ""
    return gettext("Aanroepen met een fout van ons"), shares, told, Tone.PLAIN


def _waiting(jobs: int) -> Line:
    return gettext("Taken in de wachtrij"), [], number(jobs), Tone.PLAIN


def _hours(person: Person, now: datetime) -> list[Hour]:
    """Of the municipalities that this person sees, together; by one statement, the last hour last."""
    since = now - timedelta(hours=HOURS)
    rows = Minutes.objects.filter(
        municipality__in=Municipality.objects.visible_to(person), hour__gt=since, hour__lte=now
    )
    without = {
        "up": Replace(F("states"), Value(Measured.UP.value), Value("")),
        "measured": Replace(F("states"), Value(Measured.NOTHING.value), Value("")),
    }
    found = rows.values("hour").annotate(
        all=Sum(Length("states")),
        other=Sum(Length(without["up"]), output_field=IntegerField()),
        measured=Sum(Length(without["measured"]), output_field=IntegerField()),
        of_all=Sum("requests"),
        failed=Sum("failures"),
    )
    return [
        {
            "up": each["all"] - each["other"],
            "measured": each["measured"],
            "requests": each["of_all"],
            "failures": each["failed"],
        }
        for each in found.order_by("hour")
    ]
