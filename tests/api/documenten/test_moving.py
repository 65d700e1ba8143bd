"""Contents move to another storage while they are in use, and are whole wherever a row points."""

from __future__ import annotations

import os
import signal
from collections.abc import Callable, Iterator
from datetime import timedelta
from hashlib import sha256
from pathlib import Path
from time import monotonic
from typing import Any

import pytest
from django.core.management import CommandError, call_command
from django.utils import timezone
from pytest_django import Settings

from api.documenten import moving
from api.documenten.content.leaving import delete_left, grace
from api.documenten.content.writing import new_key
from api.documenten.models import Inhoud, VerlatenInhoud
from api.documenten.moving import Move, MoveRefused, ask_move, carry
from backoffice.models import LogLine
from tenants.jobs import bell
from tenants.jobs.models import Job
from tenants.jobs.running import work_through
from tenants.registry import local_storage
from tenants.registry.context import in_municipality
from tenants.registry.models import Municipality
from tenants.registry.storage import MunicipalStorage, StorageSilent, storage_of
from tests.conftest import municipality
from tests.tenants.jobs.conftest import in_child

BY = "Opdrachtregel"
SIZES = [0, 1, 1000, 2 * 1024 * 1024 + 7]


@pytest.fixture(autouse=True)
def settles(settings: Settings) -> None:
    settings.MOVE_SETTLES_SECONDS = 0
    settings.JOB_LEASE_SECONDS = 1


@pytest.fixture
def rung(monkeypatch: pytest.MonkeyPatch) -> list[str]:
    """The logins whose workers would be woken; none of them runs."""
    heard: list[str] = []
    monkeypatch.setattr(bell, "_send", heard.append)
    return heard


@pytest.fixture
def used(stored_in: dict[str, Any], committing: Municipality, rung: list[str]) -> Iterator[Municipality]:
    """Haarlem with some contents, as other processes see it too."""
    with in_municipality(committing):
        for size in SIZES:
            stored(os.urandom(size))
    yield committing
    Job.objects.filter(kind=moving.KIND).delete()
    Municipality.objects.filter(pk=committing.pk).update(storage="default")


def stored(content: bytes, alias: str = "default") -> Inhoud:
    key = new_key()
    storage_of(alias).keep(key, [content])
    return Inhoud.objects.create(
        opslag=alias, key=key, omvang=len(content), sha256=sha256(content).hexdigest()
    )


def asked(target: str, **more: Any) -> Job:
    return ask_move(municipality("haarlem"), Move(target, **more), by=BY)


def readable() -> list[str]:
    """The storage of each content; one that is not what its row says fails."""
    with in_municipality(municipality("haarlem")):
        rows = list(Inhoud.objects.order_by("omvang"))
        for row in rows:
            content = b"".join(storage_of(row.opslag).pieces(row.key))
            assert (len(content), sha256(content).hexdigest()) == (row.omvang, row.sha256)
    return [row.opslag for row in rows]


def lying(alias: str) -> set[str]:
    with in_municipality(municipality("haarlem")):
        return {each.name for each in storage_of(alias).every("documenten")}


def known(alias: str) -> set[str]:
    """What a row points at, or waits to be deleted."""
    with in_municipality(municipality("haarlem")):
        return {
            key
            for model in (Inhoud, VerlatenInhoud)
            for key in model._default_manager.filter(opslag=alias).values_list("key", flat=True)
        }


@pytest.mark.parametrize(("there", "back"), [("objecten", "default"), ("archief", "objecten")])
def test_all_contents_go_there_and_come_back(used: Municipality, there: str, back: str) -> None:
    assert work_through(asked(there)).state == "done"
    assert readable() == [there] * len(SIZES)
    assert len(lying("default")) == len(SIZES)

    assert work_through(asked(back)).state == "done"

    assert readable() == [back] * len(SIZES)


def test_new_contents_go_there_at_once(used: Municipality) -> None:
    asked("archief")

    used.refresh_from_db()
    assert used.storage == "archief"
    line = LogLine.objects.latest("pk")
    assert (line.person, line.action, line.municipality) == (BY, "opslag gewijzigd", "haarlem")
    assert line.changes == {"opslag": ["default", "archief"]}


def test_what_was_left_is_deleted_after_its_grace_and_no_sooner(used: Municipality) -> None:
    work_through(asked("archief"))
    now = timezone.now()
    with in_municipality(used):
        VerlatenInhoud.objects.update(verlaten_op=now)
        assert delete_left(now + grace() - timedelta(seconds=1)) == 0
    assert len(lying("default")) == len(SIZES)

    with in_municipality(used):
        assert delete_left(now + grace()) == len(SIZES)

    assert lying("default") == set()
    assert readable() == ["archief"] * len(SIZES)


def test_what_a_row_points_at_is_never_deleted(used: Municipality) -> None:
    with in_municipality(used):
        row = Inhoud.objects.first()
        assert row is not None
        VerlatenInhoud.objects.create(opslag=row.opslag, key=row.key, verlaten_op=timezone.now())

        assert delete_left(timezone.now() + grace()) == 0

    readable()


def test_a_storage_that_is_gone_holds_up_no_other(used: Municipality) -> None:
    with in_municipality(used):
        for alias in ("weg", "default"):
            VerlatenInhoud.objects.create(opslag=alias, key=new_key(), verlaten_op=timezone.now())

        assert delete_left(timezone.now() + grace()) == 1
        assert list(VerlatenInhoud.objects.values_list("opslag", flat=True)) == ["weg"]


# However it ends -------------------------------------------------------------------------------------


def dies_at(nth: int, act: Callable[..., Any]) -> Callable[..., Any]:
    """The act, which ends its process at the nth call, before it does anything."""
    calls = iter(range(nth))

    def acting(*args: Any, **kwargs: Any) -> Any:
        if next(calls, None) is None:
            os.kill(os.getpid(), signal.SIGKILL)
        return act(*args, **kwargs)

    return acting


STEPS: dict[str, tuple[Any, str]] = {
    "before a copy is made": (local_storage.LocalStorage, "keep"),
    "while a copy is written": (os, "fsync"),
    "before it is read back": (moving, "_read_back"),
    "before the row is switched": (moving, "switch"),
    "while the row is switched": (VerlatenInhoud.objects, "bulk_create"),
    "between two contents": (moving, "carry"),
}


@pytest.mark.parametrize("nth", [0, 2])
@pytest.mark.parametrize("step", STEPS)
def test_a_move_that_is_killed_goes_on(
    used: Municipality, monkeypatch: pytest.MonkeyPatch, step: str, nth: int
) -> None:
    job = asked("archief")
    holder, name = STEPS[step]

    def killed() -> None:
        with monkeypatch.context() as patched:
            patched.setattr(holder, name, dies_at(nth, getattr(holder, name)))
            work_through(job)

    assert in_child(killed) == -signal.SIGKILL
    readable()
    assert known("default") <= lying("default")

    assert work_through(job).state == "done"

    assert readable() == ["archief"] * len(SIZES)
    assert known("archief") <= lying("archief")


def test_a_deletion_that_is_killed_goes_on(used: Municipality, monkeypatch: pytest.MonkeyPatch) -> None:
    work_through(asked("archief"))
    later = timezone.now() + grace()

    def killed() -> None:
        with monkeypatch.context() as patched, in_municipality(municipality("haarlem")):
            patched.setattr(VerlatenInhoud, "delete", dies_at(1, VerlatenInhoud.delete))
            delete_left(later)

    assert in_child(killed) == -signal.SIGKILL
    with in_municipality(used):
        delete_left(later)

    assert lying("default") == set()
    assert readable() == ["archief"] * len(SIZES)


def test_in_slices_all_contents_are_moved_and_others_have_a_turn(
    used: Municipality, monkeypatch: pytest.MonkeyPatch
) -> None:
    monkeypatch.setattr(moving, "SLICE_SECONDS", 0)
    monkeypatch.setattr("tenants.jobs.running.REST_SECONDS", 0)
    job = work_through(asked("archief"))

    assert job.state == "done"
    assert readable() == ["archief"] * len(SIZES)
    assert job.steps.get().attempts == 1


def test_it_waits_for_who_began_before(used: Municipality, settings: Settings) -> None:
    settings.MOVE_SETTLES_SECONDS = 2
    job = asked("archief")
    with in_municipality(used):
        stored(b"van wie eerder begon")

    done = work_through(job)

    assert readable() == ["archief"] * (len(SIZES) + 1)
    assert done.ended_at is not None
    assert done.ended_at - done.created_at >= timedelta(seconds=2)


# What goes wrong --------------------------------------------------------------------------------------


def test_what_the_source_lost_or_changed_stays_and_is_told(used: Municipality, settings: Settings) -> None:
    with in_municipality(used):
        lost, changed = stored(b"weg"), stored(b"goed")
        storage_of("default").delete(lost.key)
        (Path(settings.MEDIA_ROOT) / "haarlem" / changed.key).write_bytes(b"kwaad, en langer")

    job = work_through(asked("archief"))

    assert job.state == "failed"
    assert job.steps.get().error.startswith("2 bestanden zijn bij de bron weg of beschadigd")
    with in_municipality(used):
        assert set(Inhoud.objects.exclude(opslag="archief")) == {lost, changed}
    assert known("archief") == lying("archief")

    (Path(settings.MEDIA_ROOT) / "haarlem" / changed.key).write_bytes(b"goed")
    (Path(settings.MEDIA_ROOT) / "haarlem" / lost.key).write_bytes(b"weg")
    assert work_through(asked("archief")).state == "done"
    assert set(readable()) == {"archief"}


def test_a_copy_that_is_not_the_same_is_not_taken(
    used: Municipality, monkeypatch: pytest.MonkeyPatch
) -> None:
    keep = local_storage.LocalStorage.keep

    def spoiling(self: MunicipalStorage, name: str, pieces: Any) -> int:
        for _ in pieces:
            pass
        return keep(self, name, [b"iets anders"])  # type: ignore[arg-type]

    monkeypatch.setattr(local_storage.LocalStorage, "keep", spoiling)

    assert work_through(asked("archief")).state == "failed"

    assert readable() == ["default"] * len(SIZES)
    assert lying("archief") == set()


def test_a_source_that_is_gone_altogether_ends_it_early(
    used: Municipality, settings: Settings, monkeypatch: pytest.MonkeyPatch
) -> None:
    monkeypatch.setattr(moving, "MOST_DAMAGED", 1)
    settings.MEDIA_ROOT = f"{settings.MEDIA_ROOT}-weg"

    job = work_through(asked("archief"))

    assert (job.state, job.steps.get().error.split()[0]) == ("failed", "2")


def test_a_storage_that_does_not_answer_is_told_and_the_step_can_be_repeated(
    used: Municipality, monkeypatch: pytest.MonkeyPatch
) -> None:
    def silent(*_: Any) -> int:
        raise StorageSilent

    with monkeypatch.context() as patched:
        patched.setattr(local_storage.LocalStorage, "keep", silent)
        job = work_through(asked("archief"))
    assert job.steps.get().error.startswith("De opslag antwoordt niet, of is vol.")

    assert work_through(asked("archief")).state == "done"


def test_a_content_that_is_deleted_meanwhile_leaves_no_copy(
    used: Municipality, monkeypatch: pytest.MonkeyPatch
) -> None:
    with in_municipality(used):
        row = Inhoud.objects.order_by("-omvang")[0]
        monkeypatch.setattr(
            moving,
            "_read_back",
            lambda *given: (Inhoud.objects.filter(pk=row.pk).delete(), READ_BACK(*given))[1],
        )
        assert carry(row, "archief", iter)

    assert lying("archief") == set()
    with in_municipality(used):
        assert not VerlatenInhoud.objects.exists()


READ_BACK = moving._read_back


def test_of_those_at_one_storage_the_others_stay(used: Municipality) -> None:
    with in_municipality(used):
        stored(b"uit het archief", "archief")

    work_through(asked("objecten", source="archief"))

    assert sorted(readable()) == ["default"] * len(SIZES) + ["objecten"]


# What is asked ----------------------------------------------------------------------------------------


def test_two_at_once_are_refused(used: Municipality) -> None:
    job = asked("archief")

    assert asked("archief") == job
    with pytest.raises(MoveRefused, match="being moved to archief already"):
        asked("objecten")
    used.refresh_from_db()
    assert used.storage == "archief"


@pytest.mark.parametrize(
    "wanted",
    [Move("weg"), Move("jobs"), Move("archief", "weg"), Move("archief", "archief"), Move("archief", "", 0)],
)
def test_what_makes_no_sense_is_refused(used: Municipality, wanted: Move) -> None:
    with pytest.raises(MoveRefused):
        ask_move(used, wanted, by=BY)

    used.refresh_from_db()
    assert used.storage == "default"
    assert not Job.objects.filter(kind=moving.KIND).exists()


def test_a_neighbour_keeps_his_where_they_are(used: Municipality) -> None:
    utrecht = municipality("utrecht")
    with in_municipality(utrecht):
        theirs = stored(b"van Utrecht")
    try:
        work_through(asked("archief"))

        utrecht.refresh_from_db()
        with in_municipality(utrecht):
            theirs.refresh_from_db()
            assert b"".join(storage_of("default").pieces(theirs.key)) == b"van Utrecht"
        assert (utrecht.storage, theirs.opslag) == ("default", "default")
    finally:
        with in_municipality(utrecht):
            theirs.delete()


def test_the_command_moves_and_says_where_things_are(
    used: Municipality, capsys: pytest.CaptureFixture[str]
) -> None:
    call_command("move_documents", municipality="haarlem", to="objecten")
    call_command("move_documents", municipality="haarlem", show=True)

    said = capsys.readouterr().out.splitlines()
    assert said == ["objecten: 4 contents of 2.1 MB, where new ones go.", "4 files wait to be deleted."] * 2


def test_asked_for_later_it_leaves_it_to_the_workers(
    used: Municipality,
    rung: list[str],
    capsys: pytest.CaptureFixture[str],
) -> None:
    call_command("move_documents", municipality="haarlem", to="objecten", later=True)

    assert rung == ["app"]
    assert "default: 4 contents" in capsys.readouterr().out


def test_the_command_says_why_not(used: Municipality) -> None:
    with pytest.raises(CommandError, match="There is no storage weg, but: default"):
        call_command("move_documents", municipality="haarlem", to="weg")
    with pytest.raises(CommandError, match="no municipality"):
        call_command("move_documents", municipality="weg", to="archief")


def test_it_reads_no_faster_than_asked() -> None:
    pace = moving.Pace(1_000_000)
    began = monotonic()

    assert len(list(pace([b"x" * 100_000] * 5))) == 5

    assert monotonic() - began >= 0.5
