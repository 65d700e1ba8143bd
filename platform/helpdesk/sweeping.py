"""Files that belong to nothing: who was killed between keeping a file and writing its row leaves one.

A file is left alone for a day, which is far longer than any request or mail takes: a running upload never
misses its own. After that it goes, unless a row has it, and both logs say how many went.
"""

from __future__ import annotations

from collections.abc import Iterator, Sequence
from datetime import datetime, timedelta

import structlog
from django.core.files.storage import Storage, default_storage
from django.db import transaction

from helpdesk.attachments import DIRECTORY
from helpdesk.mail.files import waiting_storage
from helpdesk.models import Attachment, ReceivedMail
from helpdesk.states import AREA
from tenants.accounts.log import note
from tenants.registry.context import in_municipality, require_public
from tenants.registry.local_storage import UNDER_WAY
from tenants.registry.models import Municipality

GRACE = timedelta(days=1)
MOST = 1000
"""Of one place in one round; the next day goes on."""
SWEPT = "losse bijlagen opgeruimd"

logger = structlog.get_logger(__name__)


def swept_places() -> Sequence[int]:
    """The municipalities that have a storage."""
    require_public()
    return list(Municipality.objects.serving().order_by("pk").values_list("pk", flat=True))


def sweep(pk: int, now: datetime) -> int:
    """How many files of a municipality were taken away."""
    require_public()
    municipality = Municipality.objects.serving().filter(pk=pk).first()
    if municipality is None:
        return 0
    with in_municipality(municipality):
        found = list(_old(default_storage, DIRECTORY, now))
        halfway = list(_old(default_storage, UNDER_WAY, now))
    kept = Attachment.objects.filter(municipality=municipality, erased_at=None, key__in=found)
    known = set(kept.values_list("key", flat=True))
    gone = [*(each for each in found if each not in known), *halfway][:MOST]
    if not gone:
        return 0
    _note(municipality, len(gone))
    with in_municipality(municipality):
        for key in gone:
            default_storage.delete(key)
    logger.info("files_swept", municipality=municipality.schema_name, count=len(gone))
    return len(gone)


def sweep_mails(now: datetime) -> int:
    """As ``sweep``, of mails about which somebody has to decide, which are of no municipality yet."""
    require_public()
    storage = waiting_storage()
    found = list(_old(storage, "", now))
    known = {each["key"] for files in _held() for each in files} if found else set()
    gone = [each for each in found if each not in known][:MOST]
    for key in gone:
        storage.delete(key)
    if gone:
        logger.info("files_of_mails_swept", count=len(gone))
    return len(gone)


def _held() -> Iterator[list[dict[str, str]]]:
    rows = ReceivedMail.objects.exclude(files=[]).values_list("files", flat=True)
    return iter(rows.iterator())


def _old(storage: Storage, directory: str, now: datetime) -> Iterator[str]:
    """Their names in the storage, of those that nobody is writing any more."""
    try:
        _directories, names = storage.listdir(directory)
    except FileNotFoundError:
        return
    for name in names:
        key = f"{directory}/{name}" if directory else name
        try:
            written = storage.get_modified_time(key)
        except FileNotFoundError:  # gone meanwhile
            continue
        if written <= now - GRACE:
            yield key


@transaction.atomic
def _note(municipality: Municipality, count: int) -> None:
    """Before they go: what the logs do not tell does not happen."""
    changes = {"bestanden": [count, None]}
    subject = municipality.naam
    note(person=None, area=AREA, action=SWEPT, subject=subject, municipality=municipality, changes=changes)
    with in_municipality(municipality):
        note(person=None, area=AREA, action=SWEPT, subject=subject, changes=changes)
