"""Files that belong to nothing go after a day; what has a row, or is still written, stays."""

from __future__ import annotations

import os
from datetime import timedelta
from pathlib import Path

import pytest
from django.utils import timezone
from pytest_django import Settings

from backoffice.models import LogLine as VendorsLine
from helpdesk.models import Attachment
from helpdesk.sweeping import GRACE, SWEPT, sweep, sweep_mails
from helpdesk.tasks import sweep_files, sweep_one
from tenants.console.models import LogLine
from tenants.registry.context import WrongMunicipality, in_municipality
from tenants.registry.models import Municipality
from tests.helpdesk.mail.letters import address_of, arrives, letter, make_ticket, use_addresses

NOW = timezone.now()


@pytest.fixture(autouse=True)
def addressed(settings: Settings, files_apart: Path) -> None:
    use_addresses(settings, files_apart)


def orphan(place: Path, name: str = "los") -> Path:
    place.mkdir(parents=True, exist_ok=True)
    (place / name).write_bytes(b"x")
    return aged(place / name)


def aged(file: Path) -> Path:
    then = (NOW - GRACE).timestamp()
    os.utime(file, (then, then))
    return file


def test_a_file_without_a_row_goes_and_both_logs_say_so(
    haarlem: Municipality, utrecht: Municipality, files_apart: Path
) -> None:
    report = make_ticket(haarlem)
    arrives(letter(sender=report.reporter_email, files=(("a.txt", b"a"),)), address_of(report))
    kept = aged(files_apart / "haarlem" / Attachment.objects.get().key)
    lost, halfway = orphan(files_apart / "haarlem" / "meldingen"), orphan(files_apart / "haarlem" / "bezig")
    theirs = orphan(files_apart / "utrecht" / "meldingen")

    assert sweep(haarlem.pk, NOW) == 2

    assert [each.exists() for each in (kept, lost, halfway, theirs)] == [True, False, False, True]
    assert VendorsLine.objects.get(action=SWEPT).changes == {"bestanden": [2, None]}
    with in_municipality(haarlem):
        assert LogLine.objects.get(action=SWEPT).changes == {"bestanden": [2, None]}
    with in_municipality(utrecht):
        assert not LogLine.objects.filter(action=SWEPT).exists()
    assert sweep(haarlem.pk, NOW) == 0


def test_what_is_still_written_stays_until_the_grace_is_over(
    haarlem: Municipality, files_apart: Path
) -> None:
    lost = orphan(files_apart / "haarlem" / "meldingen")

    assert sweep(haarlem.pk, NOW - timedelta(microseconds=1)) == 0
    assert lost.exists()
    assert not VendorsLine.objects.filter(action=SWEPT).exists()

    assert sweep(haarlem.pk, NOW) == 1


def test_a_file_of_a_neighbour_keeps_none_of_the_same_name(
    haarlem: Municipality, utrecht: Municipality, files_apart: Path
) -> None:
    report = make_ticket(haarlem)
    arrives(letter(sender=report.reporter_email, files=(("a.txt", b"a"),)), address_of(report))
    key = Path(Attachment.objects.get().key)
    theirs = orphan(files_apart / "utrecht" / key.parent, key.name)

    assert sweep(utrecht.pk, NOW) == 1

    assert not theirs.exists()
    assert (files_apart / "haarlem" / key).exists()


def test_of_mails_those_that_wait_keep_their_files(db: None, files_apart: Path) -> None:
    arrives(letter(sender="piet@elders.example", files=(("a.txt", b"a"),)))
    (waits,) = (files_apart / ".mail").iterdir()
    aged(waits)
    lost = orphan(files_apart / ".mail")

    assert sweep_mails(NOW) == 1

    assert waits.exists()
    assert not lost.exists()


def test_no_municipality_sweeps(haarlem: Municipality) -> None:
    with in_municipality(haarlem), pytest.raises(WrongMunicipality):
        sweep(haarlem.pk, NOW)


def test_each_municipality_is_swept_by_itself(
    haarlem: Municipality, utrecht: Municipality, monkeypatch: pytest.MonkeyPatch, files_apart: Path
) -> None:
    asked: list[int] = []
    monkeypatch.setattr(sweep_one, "apply_async", lambda args, **_: asked.extend(args))
    Municipality.objects.filter(pk=utrecht.pk).update(status=Municipality.Status.BEEINDIGD)

    sweep_files.run()

    assert haarlem.pk in asked
    assert utrecht.pk not in asked
    assert sweep(utrecht.pk, NOW) == 0
