"""Contents of a municipality go to another storage, while it stays in use.

From the moment that it is asked new contents go to the target. Each one that is elsewhere is copied under a
new key, read back there and compared with its row; only then does the row point at the copy. What was left
at the source is deleted after a grace (``content.leaving``). So whatever ends at whatever moment, each row
points at whole bytes, and a move that goes on begins with the rows that are not at the target yet.
"""

from __future__ import annotations

from collections.abc import Callable, Iterable, Iterator
from dataclasses import dataclass, field
from datetime import timedelta
from time import monotonic, sleep
from uuid import UUID

import structlog
from django.conf import settings
from django.db import transaction
from django.db.models import Count, QuerySet, Sum
from django.utils.translation import gettext

from api.documenten.content.rows import leave
from api.documenten.content.writing import Passing, new_key
from api.documenten.models import Inhoud
from api.pipeline.words.refusals import TooLarge
from tenants.accounts.keeping import put_contents_in
from tenants.jobs.asking import ask, run_again
from tenants.jobs.kinds import Connection, Rest, StepFailed, Work, step
from tenants.jobs.models import Job
from tenants.registry.context import require_public
from tenants.registry.models import Municipality
from tenants.registry.storage import MunicipalStorage, storage_aliases, storage_of

KIND = "move-documents"
SUBJECT = "documenten"
SLICE_SECONDS = 20
"""After so long others have a turn; one content is never cut in two."""
BATCH = 100
MOST_DAMAGED = 100
"""So many that cannot be moved are no accident any more: somebody has to look at the source."""
MEGABYTE = 1_000_000
USUAL_MEGABYTES = 40
BEFORE_ALL = str(UUID(int=0))

logger = structlog.get_logger(__name__)


class MoveRefused(ValueError):
    """The move cannot be asked for as things stand."""


@dataclass(frozen=True, slots=True)
class Move:
    """What is asked: all that is not at ``target``, or of that only what is at ``source``."""

    target: str
    source: str = ""
    megabytes: int = USUAL_MEGABYTES
    """At most so many are read in a second, so that others find the storages free."""

    def rows(self) -> QuerySet[Inhoud]:
        """Those that are still to be moved."""
        rows = Inhoud.objects.exclude(opslag=self.target)
        return rows.filter(opslag=self.source) if self.source else rows


@transaction.atomic
def ask_move(municipality: Municipality, wanted: Move, *, by: str) -> Job:
    """The job; the one that is open where it is the same, which goes on if it failed. Raises MoveRefused.

    From here on new contents go to the target.
    """
    require_public()
    _refuse_what_makes_no_sense(wanted)
    standing = Municipality.objects.select_for_update().get(pk=municipality.pk)
    if standing.status == Municipality.Status.BEEINDIGD:
        raise MoveRefused(f"{standing.naam} has ended.")
    given = {"to": wanted.target, "from": wanted.source, "megabytes": wanted.megabytes}
    job = Job.objects.open().of(standing).filter(kind=KIND).first()
    if job is None:
        put_contents_in(standing, wanted.target, by=by)
        return ask(KIND, SUBJECT, asked_by=by, given=given, municipality=standing)
    if (job.given["to"], job.given["from"]) != (wanted.target, wanted.source):
        raise MoveRefused(f"Contents of {standing.naam} are being moved to {job.given['to']} already.")
    if job.state == Job.State.FAILED:
        run_again(job)
    return job


def _refuse_what_makes_no_sense(wanted: Move) -> None:
    known = storage_aliases()
    for alias in {wanted.target, wanted.source or wanted.target}:
        if alias not in known:
            raise MoveRefused(f"There is no storage {alias}, but: {', '.join(known)}.")
    if wanted.source == wanted.target:
        raise MoveRefused("That is where they are to come from.")
    if wanted.megabytes < 1:
        raise MoveRefused("At least one megabyte a second.")


@step("move", "Inhoud verplaatsen", connection=Connection.MUNICIPALITY, is_undoable=False)
def move(work: Work) -> None:
    """In slices, in the order of the rows; what came in behind, or failed, is tried at the end."""
    given = work.given
    wanted = Move(given["to"], given["from"], given["megabytes"])
    carrying = Carrying(work, wanted, Pace(wanted.megabytes * MEGABYTE))
    try:
        _move(carrying)
    except OSError as failure:
        logger.exception("storage_failed")
        raise StepFailed(
            gettext("De opslag antwoordt niet, of is vol. Herhaal deze stap als dat verholpen is.")
        ) from failure


def _move(carrying: Carrying) -> None:
    until = monotonic() + SLICE_SECONDS
    while batch := carrying.next_ones():
        for inhoud in batch:
            carrying.carry(inhoud)
            if monotonic() >= until:
                raise Rest
    if not carrying.is_settled():
        raise Rest
    last = list(carrying.wanted.rows().order_by("pk")[: MOST_DAMAGED + 1])
    damaged = sum(not carrying.carry(inhoud) for inhoud in last)
    if damaged:
        raise StepFailed(_damaged(damaged))
    if len(last) > MOST_DAMAGED:
        raise Rest


class Carrying:
    """How far a move is: its place among the rows is kept between slices."""

    def __init__(self, work: Work, wanted: Move, pace: Pace) -> None:
        self.work = work
        self.wanted = wanted
        self.pace = pace
        self.all = Inhoud.objects.count()
        self.left = wanted.rows().count()
        self.damaged = 0
        self._tell()

    def next_ones(self) -> list[Inhoud]:
        after = UUID(self.work.found.get("after", BEFORE_ALL))
        return list(self.wanted.rows().filter(pk__gt=after).order_by("pk")[:BATCH])

    def carry(self, inhoud: Inhoud) -> bool:
        """Whether it is no longer to be moved. Raises StepFailed where too many are."""
        is_carried = carry(inhoud, self.wanted.target, self.pace)
        self.left -= is_carried
        self.damaged += not is_carried
        if self.damaged > MOST_DAMAGED:
            raise StepFailed(_damaged(self.damaged))
        self.work.found["after"] = max(str(inhoud.pk), self.work.found.get("after", BEFORE_ALL))
        self._tell()
        return is_carried

    def is_settled(self) -> bool:
        """Whether nobody writes to the source any more who began before the municipality changed."""
        patience = timedelta(seconds=settings.MOVE_SETTLES_SECONDS)
        return self.work.now >= self.work.job.created_at + patience

    def _tell(self) -> None:
        self.work.progress(self.all - self.left, self.all)


def carry(inhoud: Inhoud, target: str, pace: Callable[[Iterable[bytes]], Iterator[bytes]]) -> bool:
    """Whether it is at the target afterwards, or nobody's any more; False where the source lost it."""
    storage, key = storage_of(target), new_key()
    try:
        passing = Passing(pace(storage_of(inhoud.opslag).pieces(inhoud.key)), inhoud.omvang)
        storage.keep(key, passing)
        is_whole = is_as_written(inhoud, passing) and is_as_written(inhoud, _read_back(storage, key, inhoud))
    except (FileNotFoundError, TooLarge):
        is_whole = False
    if is_whole and switch(inhoud, target, key):
        return True
    storage.delete(key)
    if not Inhoud.objects.filter(pk=inhoud.pk, opslag=inhoud.opslag, key=inhoud.key).exists():
        return True  # deleted meanwhile, with its document, or moved by another
    logger.error("content_damaged", inhoud=str(inhoud.pk), storage=inhoud.opslag)
    return False


def is_as_written(inhoud: Inhoud, passed: Passing) -> bool:
    return (passed.omvang, passed.sha256) == (inhoud.omvang, inhoud.sha256)


def _read_back(storage: MunicipalStorage, key: str, inhoud: Inhoud) -> Passing:
    """As the storage itself gives it, to its end."""
    passing = Passing(storage.pieces(key), inhoud.omvang)
    for _ in passing:
        pass
    return passing


@transaction.atomic
def switch(inhoud: Inhoud, target: str, key: str) -> bool:
    """Let the row point at its copy, unless it changed; what it pointed at waits to be deleted."""
    there = Inhoud.objects.filter(pk=inhoud.pk, opslag=inhoud.opslag, key=inhoud.key)
    if not there.update(opslag=target, key=key):
        return False
    leave([(inhoud.opslag, inhoud.key)])
    return True


def _damaged(count: int) -> str:
    return gettext(
        "%(count)s bestanden zijn bij de bron weg of beschadigd, en blijven daar. Zet ze terug van een"
        " back-up en herhaal deze stap; het logboek van de server noemt ze."
    ) % {"count": count}


@dataclass(slots=True)
class Pace:
    """Lets pieces pass no faster than so many bytes a second."""

    bytes_a_second: int
    since: float = field(default_factory=monotonic)
    passed: int = 0

    def __call__(self, pieces: Iterable[bytes]) -> Iterator[bytes]:
        for piece in pieces:
            yield piece
            self.passed += len(piece)
            ahead = self.passed / self.bytes_a_second - (monotonic() - self.since)
            if ahead > 0:
                sleep(ahead)


@dataclass(frozen=True, slots=True)
class Held:
    """What lies in a storage."""

    opslag: str
    count: int
    size: int
    """In bytes."""


def held() -> list[Held]:
    """Of the municipality that one is in, by storage."""
    rows = Inhoud.objects.values("opslag").annotate(count=Count("pk"), size=Sum("omvang"))
    return [Held(row["opslag"], row["count"], row["size"]) for row in rows.order_by("opslag")]
