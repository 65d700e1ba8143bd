"""What a version of a service level means for clocks."""

from __future__ import annotations

from collections.abc import Mapping
from datetime import datetime

from django.utils import timezone
from django.utils.translation import gettext as _

from contracts.clocks import TermsAt
from contracts.models import Calendar, ServiceLevelVersion
from contracts.models.version import in_force
from contracts.running import ClockKind, Target
from contracts.working_time import Hours
from screens.formats import day


class CalendarNotYet(Exception):
    """Its text says which calendar begins later than what is asked."""


def terms_of(version: ServiceLevelVersion) -> TermsAt:
    """Read once; of each calendar a clock then takes the version that holds on the day that it starts.

    What is returned raises CalendarNotYet.
    """
    targets = list(version.targets.select_related("calendar").prefetch_related("calendar__versions"))

    def terms_at(start: datetime) -> Mapping[str, Target]:
        return {
            each.priority: Target(
                hours=_hours(each.calendar, start),
                minutes={
                    ClockKind.RESPONSE: each.response,
                    ClockKind.UPDATE: each.update,
                    ClockKind.WORKAROUND: each.workaround,
                    ClockKind.RESOLUTION: each.resolution,
                },
                pauses_for_reporter=each.pauses_for_reporter,
                pauses_for_third_party=each.pauses_for_third_party,
            )
            for each in targets
        }

    return terms_at


def _hours(calendar: Calendar, start: datetime) -> Hours:
    versions = list(calendar.versions.all())
    found = in_force(versions, timezone.localdate(start))
    if found is None:
        first = min(each.effective_from for each in versions)
        raise CalendarNotYet(
            _("Kalender %(name)s geldt vanaf %(day)s. Kies een later moment.")
            % {"name": calendar, "day": day(first)}
        )
    return found.hours
