"""Whenever the worker of an import dies, or another does the same, each row becomes one document or none."""

from __future__ import annotations

import signal
from collections.abc import Iterator
from hashlib import sha256
from pathlib import Path
from typing import Any

import pytest
from django.utils import timezone
from pytest_django import Settings

from api.documenten.content.sweeping import sweep
from api.documenten.content.writing import settle
from api.documenten.importing import later
from api.documenten.models import DocumentImport, EnkelvoudigInformatieObject, ImportRegel, Inhoud
from tenants.jobs import bell
from tenants.jobs.asking import run_again
from tenants.jobs.kinds import Rest
from tenants.jobs.models import Job, Step
from tenants.jobs.running import work_through
from tenants.jobs.taking import MAX_ATTEMPTS, take
from tenants.registry.context import in_municipality
from tenants.registry.models import Municipality
from tenants.registry.storage import storage_of
from tests.api.client import api_with_all_rights
from tests.api.documenten.conftest import Archive, archive_of
from tests.api.documenten.content.lying import files
from tests.api.documenten.content.test_crashes import MOST_STEPS, dies
from tests.api.documenten.content.test_rows import LATER
from tests.api.documenten.importing.test_importing import (
    begun,
    cells,
    counts,
    report,
    slice_of_it,
    table,
    upload,
)
from tests.tenants.jobs.conftest import in_child, in_children

ROWS = 5
BATCH = 2


@pytest.fixture(autouse=True)
def small(monkeypatch: pytest.MonkeyPatch, settings: Settings) -> None:
    """A batch is two rows, and whoever is killed has lost the job soon."""
    monkeypatch.setattr(later, "BATCH", BATCH)
    monkeypatch.setattr(bell, "_send", lambda _: None)
    settings.JOB_LEASE_SECONDS = 1


@pytest.fixture
def archive(committing: Municipality, media: Path, settings: Settings) -> Iterator[Archive]:
    """In tables that outlive a process, with files to import."""
    folder = media / "invoer" / "haarlem"
    folder.mkdir(parents=True)
    settings.IMPORT_ROOT = str(folder.parent)
    for number in range(ROWS):
        (folder / f"{number}.txt").write_bytes(b"brief %d" % number)
    yield archive_of(api_with_all_rights(committing))
    Job.objects.filter(kind=later.KIND).delete()


def started(archive: Archive) -> str:
    """An import of all files, of which one row is wrong."""
    rows = [cells(archive, titel=f"Brief {number}", bestandspad=f"{number}.txt") for number in range(ROWS)]
    rows[3]["creatiedatum"] = "gisteren"
    url = begun(archive.api)
    assert upload(archive.api, url, table(rows)).status_code == 200
    return url


def to_its_end(archive: Archive) -> int:
    """As a worker does, slice after slice."""
    while True:
        try:
            slice_of_it(archive)
        except Rest:
            continue
        return 200


def made(archive: Archive) -> list[str]:
    """The titles of the documents, each of which has the whole of its own file."""
    with in_municipality(archive.municipality):
        found = list(EnkelvoudigInformatieObject.objects.select_related("inhoud").order_by("titel"))
        for each in found:
            assert each.inhoud is not None
            content = b"".join(storage_of(each.inhoud.opslag).pieces(each.inhoud.key))
            assert content == f"brief {each.titel[-1]}".encode()
            assert sha256(content).hexdigest() == each.inhoud.sha256
        standing = DocumentImport.objects.get()
        noted = ImportRegel.objects.exclude(document=None).values_list("document", flat=True)
        assert set(noted) == {each.pk for each in found}
        assert (standing.processed_successfully, standing.regels.count()) == (len(found), standing.processed)
    return [each.titel for each in found]


def is_complete(archive: Archive, url: str, media: Path) -> bool:
    """Each row was done once, and after a sweep there is nothing but what documents have."""
    with in_municipality(archive.municipality):
        sweep(timezone.now() + LATER)
        known = set(Inhoud.objects.values_list("key", flat=True))
    return (
        made(archive) == [f"Brief {number}" for number in (0, 1, 2, 4)]
        and counts(archive.api, url) == ("Voltooid", ROWS, ROWS, ROWS - 1, 1)
        and [row["resultaat"] for row in report(archive.api, url)].count("Geïmporteerd") == ROWS - 1
        and files(media).keys() == known
    )


def test_wherever_it_dies_it_goes_on(archive: Archive, media: Path) -> None:
    """The same import dies one step later each time, from where it was."""
    url, deaths = started(archive), 0
    while dies(lambda: to_its_end(archive), deaths + 1):
        deaths += 1
        made(archive)
        assert deaths < MOST_STEPS

    assert deaths > ROWS
    assert is_complete(archive, url, media)


STEPS: dict[str, tuple[Any, str]] = {
    "before files are read": (later, "_prepared"),
    "before files are forced to the disk": (later, "settle"),
    "before documents are made": (later, "_make"),
    "after documents are made, in their transaction": (ImportRegel.objects, "bulk_create"),
    "before it is noted that all is done": (later, "_finish"),
}


@pytest.mark.parametrize("step", STEPS)
def test_a_worker_that_is_killed_is_followed_by_another(
    archive: Archive, media: Path, monkeypatch: pytest.MonkeyPatch, step: str
) -> None:
    url = started(archive)
    job = Job.objects.get(kind=later.KIND)
    holder, name = STEPS[step]

    def killed() -> None:
        monkeypatch.setattr(holder, name, lambda *_: signal.raise_signal(signal.SIGKILL))
        work_through(job)

    assert in_child(killed) == -signal.SIGKILL
    made(archive)

    assert work_through(job).state == "done"
    assert is_complete(archive, url, media)


@pytest.mark.parametrize("workers", [2, 3])
def test_workers_at_once_make_each_document_once(archive: Archive, media: Path, workers: int) -> None:
    """As when one lost its lease and did not notice."""
    url = started(archive)

    assert in_children(workers, lambda: to_its_end(archive)) == [0] * workers

    assert is_complete(archive, url, media)


def test_one_that_fails_is_told_as_broken_off_until_it_is_run_again(
    archive: Archive, media: Path, monkeypatch: pytest.MonkeyPatch
) -> None:
    url = started(archive)
    job = Job.objects.get(kind=later.KIND)
    calls = iter([True])

    def settling_once(every: Any) -> None:
        if not next(calls, False):
            raise OSError("the disk is full")
        settle(every)

    with monkeypatch.context() as broken:
        broken.setattr(later, "settle", settling_once)
        assert work_through(job).state == "failed"

    assert counts(archive.api, url) == ("Onderbroken", ROWS, 2, 2, 0)
    assert [row["titel"] for row in report(archive.api, url)] == made(archive) == ["Brief 0", "Brief 1"]

    run_again(job)
    assert work_through(job).state == "done"
    assert is_complete(archive, url, media)


def test_one_whose_workers_die_each_time_is_broken_off(archive: Archive) -> None:
    url = started(archive)
    job = Job.objects.get(kind=later.KIND)
    Step.objects.filter(job=job).update(attempts=MAX_ATTEMPTS)

    assert take(Step.Connection.values, job=job) is None

    assert counts(archive.api, url) == ("Onderbroken", ROWS, 0, 0, 0)
    assert report(archive.api, url) == []
    assert archive.api.delete(f"{url}/delete").status_code == 204
    run_again(job)
    assert work_through(job).state == "done"
