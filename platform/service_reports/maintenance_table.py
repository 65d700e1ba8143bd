"""Maintenance that is coming, as a municipality reads it."""

from __future__ import annotations

from collections.abc import Iterable

from django.utils.translation import gettext

from screens.tables import Cell, Heading, Row, Table
from service_reports.announcing import in_time_or_not
from service_reports.models import Maintenance
from service_reports.showing import moment


def table_of(coming: Iterable[Maintenance]) -> Table | None:
    words = (gettext("Van"), gettext("Tot"), gettext("Wat"), gettext("Uitval"))
    rows = [
        Row(
            [
                Cell(moment(each.starts_at), nowrap=True),
                Cell(moment(each.ends_at), label=words[1], nowrap=True),
                Cell(each.reason, label=words[2]),
                Cell(
                    gettext("gaat niet door") if each.called_off_at else in_time_or_not(each), label=words[3]
                ),
            ]
        )
        for each in coming
    ]
    caption = gettext("Aangekondigd onderhoud")
    return Table(caption=caption, headings=[Heading(word) for word in words], rows=rows) if rows else None
