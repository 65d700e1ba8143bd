"""Each minute: ask, keep what was found, and write down what is kept.

What was found is kept outside the database until it stands there, so that an outage of the database itself is
measured as well. Where nothing can be kept either, the minute is a gap.
"""

from __future__ import annotations

from collections.abc import Iterable, Mapping
from datetime import UTC, datetime, timedelta

import structlog
from django.conf import settings
from django.core.cache import caches
from django.db import DatabaseError, transaction
from redis.exceptions import RedisError

from service_reports.models.minutes import MINUTES_OF_AN_HOUR, Measured, Minutes
from service_reports.probing import Asked, NotOurFront, answers, front_at, probe_all
from service_reports.traffic import MINUTE, Counts, taken_over
from tenants.registry.connection import connection
from tenants.registry.context import require_public
from tenants.registry.models import Municipality
from tenants.registry.states import DOORS, Door

LEAST_REQUESTS = 20
MOST_FAILURES_PERCENT = 10
"""A minute with so many requests is down where more of them failed."""
KEPT_MINUTES = 6 * 60
"""How long an outage of the database may be, and still be measured from its beginning."""
HANDED_OVER_AFTER, TRAFFIC_UNTIL = 2, 6
"""In minutes: by then each process of the web has handed over what it counted; and one that was late."""
KEPT_DAYS = 400
FLEET = "probed-fleet"
A_DAY = 24 * 3600

Found = Mapping[int, str]
"""By municipality the letter of a minute."""

logger = structlog.get_logger(__name__)


def measure(now: datetime) -> Found:
    """Ask every municipality that should be served, and note what came of it at this minute."""
    require_public()
    try:
        front = front_at(settings.PROBE_URL)
    except (NotOurFront, OSError, ValueError) as failure:
        logger.exception("no_front_to_probe", failure=type(failure).__name__)
        return {}
    found = {key: each.value for key, each in probe_all(fleet(), front, ask=answers).items()}
    minute = int(now.timestamp()) // MINUTE
    try:
        _keep(minute, found)
        _write_down_what_is_kept(minute)
    except RedisError:
        write_down({minute: found})
    except DatabaseError as failure:
        logger.warning("minutes_wait", failure=type(failure).__name__)
    return found


def fleet() -> list[Asked]:
    """Those whose APIs are open; where the database is away, those that were so when it was last there."""
    open_states = [status for status, doors in DOORS.items() if doors.api_read is Door.OPEN]
    try:
        known = Municipality.objects.filter(status__in=open_states).order_by("pk")
        asked = list(known.filter(domains__is_primary=True).values_list("pk", "domains__domain", "naam"))
    except DatabaseError:
        asked = caches["public"].get(FLEET, [])
    else:
        _remember(asked)
    return [Asked(pk, host, naam) for pk, host, naam in asked]


def write_down(found: Mapping[int, Found]) -> None:
    """By minute, the letters of the probe. What is known of a minute stays, so that again is the same."""
    known = _still_there(found.values())
    for minute, all_letters in found.items():
        letters = {key: letter for key, letter in all_letters.items() if key in known}
        hour, place = _place(minute)
        _execute(
            """
            INSERT INTO service_reports_minutes AS known (municipality_id, hour, states, requests, failures)
            SELECT given.municipality, %(hour)s, overlay(repeat('.', 60) placing given.letter from %(place)s),
                0, 0
            FROM unnest(%(municipalities)s::bigint[], %(letters)s::text[]) AS given (municipality, letter)
            ON CONFLICT (municipality_id, hour) DO UPDATE
            SET states = overlay(known.states placing substr(excluded.states, %(place)s, 1) from %(place)s)
            WHERE substr(known.states, %(place)s, 1) = '.'
            """,
            hour=hour,
            place=place,
            municipalities=list(letters),
            letters=list(letters.values()),
        )


def write_traffic(traffic: Mapping[int, Counts]) -> None:
    """By minute, what was counted. One that was up is not, where too many requests failed."""
    known = _still_there(traffic.values())
    for minute, all_counts in traffic.items():
        counts = {key: counted for key, counted in all_counts.items() if key in known}
        hour, place = _place(minute)
        _execute(
            """
            INSERT INTO service_reports_minutes AS known (municipality_id, hour, states, requests, failures)
            SELECT given.municipality, %(hour)s, repeat('.', 60), given.requests, given.failures
            FROM unnest(%(municipalities)s::bigint[], %(requests)s::int[], %(failures)s::int[])
                AS given (municipality, requests, failures)
            ON CONFLICT (municipality_id, hour) DO UPDATE
            SET requests = known.requests + excluded.requests, failures = known.failures + excluded.failures,
                states = CASE
                    WHEN substr(known.states, %(place)s, 1) = 'u'
                        AND known.municipality_id = ANY (%(failing)s::bigint[])
                    THEN overlay(known.states placing 'f' from %(place)s) ELSE known.states END
            """,
            hour=hour,
            place=place,
            municipalities=list(counts),
            requests=[requests for requests, _ in counts.values()],
            failures=[failures for _, failures in counts.values()],
            failing=[key for key, (requests, failures) in counts.items() if is_failing(requests, failures)],
        )


def _still_there(found: Iterable[Mapping[int, object]]) -> frozenset[int]:
    """A municipality that was removed since holds up no other; nothing is kept of what is not there."""
    named = {key for each in found for key in each}
    return frozenset(Municipality.objects.filter(pk__in=named).values_list("pk", flat=True))


def is_failing(requests: int, failures: int) -> bool:
    return requests >= LEAST_REQUESTS and failures * 100 > MOST_FAILURES_PERCENT * requests


def forget_old(now: datetime) -> None:
    """What is older than any report that could still be made of it."""
    Minutes.objects.filter(hour__lt=now - timedelta(days=KEPT_DAYS)).delete()


def _remember(asked: Iterable[object]) -> None:
    try:
        caches["public"].set(FLEET, list(asked), timeout=A_DAY)
    except RedisError:
        logger.warning("fleet_not_remembered")


def _keep(minute: int, found: Found) -> None:
    caches["public"].set(_key(minute), dict(found), timeout=KEPT_MINUTES * MINUTE)


def _write_down_what_is_kept(minute: int) -> None:
    """All of it, which is one minute but after an outage; then it is kept no longer."""
    keys = {_key(each): each for each in range(minute - KEPT_MINUTES, minute + 1)}
    kept = caches["public"].get_many(list(keys))
    with transaction.atomic():
        write_down({keys[key]: _letters(found) for key, found in kept.items()})
    caches["public"].delete_many(list(kept))
    late = range(minute - TRAFFIC_UNTIL, minute - HANDED_OVER_AFTER + 1)
    with transaction.atomic():
        write_traffic(taken_over(list(late)))


def _letters(found: Mapping[str, str]) -> Found:
    """As they come back from JSON, whose keys are texts."""
    return {int(key): letter for key, letter in found.items() if letter in set(Measured)}


def _key(minute: int) -> str:
    return f"probed:{minute}"


def _place(minute: int) -> tuple[datetime, int]:
    """The hour, and which of its minutes it is, counted from one as SQL does."""
    hours, place = divmod(minute, MINUTES_OF_AN_HOUR)
    return datetime.fromtimestamp(hours * MINUTES_OF_AN_HOUR * MINUTE, UTC), place + 1


def _execute(statement: str, **given: object) -> None:
    with connection.cursor() as cursor:
        cursor.execute(statement, given)
