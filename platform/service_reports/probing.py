"""Ask the deployment's own front, on each municipality's host, whether that municipality is served.

What answers is ``zaakplein.health.served``: front, web, host, role and schema were all there.
"""

from __future__ import annotations

import json
import time
from collections.abc import Callable, Iterator, Sequence
from concurrent.futures import Future, ThreadPoolExecutor, wait
from dataclasses import dataclass
from http import HTTPStatus
from http.client import HTTPConnection, HTTPException
from urllib.parse import urlsplit

from service_reports.models.minutes import Measured
from tenants.registry.addresses import checked_addresses, is_public
from tenants.registry.probe_pass import PROBE_HEADER, PROBE_PATH, probe_pass

TIMEOUT_SECONDS = 2.0
BETWEEN_SECONDS = 1.0
"""Before who did not answer is asked once more."""
PACE_SECONDS = 0.005
"""Between two that are asked: while all is well hardly any two are asked at once."""
AT_ONCE = 40
DEADLINE_SECONDS = 50
LONGEST_ANSWER = 4096


class NotOurFront(Exception):
    """Where the front would be is an address of somebody else."""


@dataclass(frozen=True, slots=True)
class Asked:
    """A municipality, and the host on which it is asked."""

    municipality: int
    host: str
    naam: str


@dataclass(frozen=True, slots=True)
class Front:
    """Where the front listens; an address, since a name may tell another one the next time."""

    address: str
    port: int


Ask = Callable[[Front, Asked], bool]


def front_at(url: str) -> Front:
    """Raises NotOurFront, OSError where its name is not known, ValueError for what is no URL of a front."""
    parts = urlsplit(url)
    if parts.scheme != "http" or not parts.hostname:
        raise ValueError("The front is asked by http, behind what ends TLS.")
    port = parts.port or 80
    found = checked_addresses(parts.hostname, port, private_allowed=True, timeout=TIMEOUT_SECONDS)
    if any(map(is_public, found)):
        raise NotOurFront
    return Front(found[0], port)


def probe_all(asked: Sequence[Asked], front: Front, *, ask: Ask) -> dict[int, Measured]:
    """Up or down, by municipality. Who was not asked before the deadline is left out: nobody measured it."""
    pool = ThreadPoolExecutor(max_workers=AT_ONCE, thread_name_prefix="probe")
    deadline = time.monotonic() + DEADLINE_SECONDS
    begun: dict[Future[bool], int] = {}
    for each in asked:
        begun[pool.submit(_twice, front, each, ask)] = each.municipality
        time.sleep(PACE_SECONDS)
    wait(begun, timeout=max(0.0, deadline - time.monotonic()))
    pool.shutdown(cancel_futures=True)
    return dict(_measured(begun))


def answers(front: Front, asked: Asked) -> bool:
    """Whether this very municipality answers that it is served."""
    connection = HTTPConnection(front.address, front.port, timeout=TIMEOUT_SECONDS)
    headers = {"Host": asked.host, PROBE_HEADER: probe_pass(), "Connection": "close"}
    try:
        connection.request("GET", PROBE_PATH, headers=headers)
        answer = connection.getresponse()
        found = json.loads(answer.read(LONGEST_ANSWER)) if answer.status == HTTPStatus.OK else {}
    except (OSError, HTTPException, ValueError, RecursionError):
        return False
    finally:
        connection.close()
    return isinstance(found, dict) and found.get("naam") == asked.naam


def _twice(front: Front, asked: Asked, ask: Ask) -> bool:
    if ask(front, asked):
        return True
    time.sleep(BETWEEN_SECONDS)
    return ask(front, asked)


def _measured(begun: dict[Future[bool], int]) -> Iterator[tuple[int, Measured]]:
    for future, municipality in begun.items():
        if not future.cancelled():
            yield municipality, Measured.UP if future.result() else Measured.DOWN
