from __future__ import annotations

from datetime import timedelta
from pathlib import Path

import pytest
from django.conf import settings
from django.utils import timezone

from api.documenten.content.rows import keep, let_go
from api.documenten.content.sweeping import GRACE, Swept, sweep
from api.documenten.content.writing import merge, write
from api.documenten.models import InformatieObjectVersie, Inhoud, VerlatenInhoud
from api.documenten.tasks import sweep_documents, sweep_fleet
from tenants.registry.models import Municipality
from tests.api.documenten.content.lying import MOST, document, files, lay, with_parts

LATER = GRACE + timedelta(days=1)


@pytest.fixture(autouse=True)
def inside(in_haarlem: Municipality) -> None:
    """Each of these happens in Haarlem."""


def test_the_one_part_that_is_the_content_keeps_its_row() -> None:
    (part,) = with_parts(b"alles").bestandsdelen.all()
    assert part.inhoud is not None

    assert keep(merge([part.inhoud], expected=5)) == part.inhoud


def test_what_nothing_points_at_is_let_go_and_waits_to_be_removed(media: Path) -> None:
    inhoud = lay(b"oud")

    assert let_go([inhoud.pk]) == 1
    assert not Inhoud.objects.exists()
    assert VerlatenInhoud.objects.filter(opslag="default", key=inhoud.key).exists()
    assert list(files(media)) == [inhoud.key]


def test_what_something_points_at_stays() -> None:
    newest, part = document(lay(b"nieuwste")), with_parts(b"een", b"twee")
    earlier = lay(b"eerder")
    InformatieObjectVersie.objects.create(
        document=newest,
        **{
            field.name: getattr(newest, field.name)
            for field in InformatieObjectVersie._meta.fields
            if field.name not in {"id", "document", "inhoud", "bestandsomvang"}
        },
        inhoud=earlier,
        bestandsomvang=earlier.omvang,
    )
    every = list(Inhoud.objects.values_list("pk", flat=True))

    assert (len(every), part.bestandsdelen.count()) == (4, 2)
    assert let_go(every) == 0
    assert let_go([]) == 0
    assert Inhoud.objects.count() == 4


def test_a_sweep_takes_what_nobody_points_at_and_nothing_else(media: Path) -> None:
    pointed = document(lay(b"gewezen")).inhoud
    parts = [part.inhoud for part in with_parts(b"een", b"twee").bestandsdelen.all()]
    given_up, loose = lay(b"verlaten"), lay(b"los")
    let_go([given_up.pk])
    orphan = write([b"wees"], most=MOST)
    now = timezone.now()
    Inhoud.objects.filter(pk=loose.pk).update(opgeslagen_op=now - timedelta(days=2))

    assert sweep(now + LATER) == Swept(rows=1, files=1)
    kept = {each.key for each in [pointed, *parts, given_up, loose] if each}
    assert files(media).keys() == kept
    assert orphan.key not in kept
    assert set(VerlatenInhoud.objects.values_list("key", flat=True)) == {given_up.key, loose.key}
    assert sweep(now + LATER) == Swept(rows=0, files=0)


@pytest.mark.parametrize(("age", "gone"), [(timedelta(), 0), (GRACE, 0), (LATER, 1), (timedelta(days=13), 1)])
def test_what_a_running_request_may_need_is_left_alone(media: Path, age: timedelta, gone: int) -> None:
    write([b"wees"], most=MOST)

    assert sweep(timezone.now() + age).files == gone
    assert len(files(media)) == 1 - gone


def test_a_row_that_is_young_is_left_alone() -> None:
    lay(b"los")

    assert sweep(timezone.now() + GRACE - timedelta(seconds=60)).rows == 0


def test_what_is_no_key_of_ours_is_left_alone(media: Path) -> None:
    stored = write([b"wees"], most=MOST)
    day = (media / "haarlem" / stored.key).parent
    (day / "map").mkdir()
    (day / "map" / "van-een-ander").write_bytes(b"x")
    (media / "haarlem" / "brieven").mkdir()
    (media / "haarlem" / "brieven" / "brief.pdf").write_bytes(b"x")

    sweep(timezone.now() + LATER)

    assert (media / "haarlem" / "brieven" / "brief.pdf").exists()


def test_a_sweep_that_takes_too_long_ends_and_says_so(media: Path, monkeypatch: pytest.MonkeyPatch) -> None:
    write([b"wees"], most=MOST)
    monkeypatch.setattr("api.documenten.content.sweeping.MOST_SECONDS", -1)

    assert sweep(timezone.now() + LATER) == Swept(rows=0, files=0, is_whole=False)
    assert len(files(media)) == 1


def test_a_sweep_stays_at_home(media: Path) -> None:
    write([b"wees"], most=MOST)
    theirs = media / "utrecht" / "documenten"
    theirs.mkdir(parents=True)
    (theirs / "wees").write_bytes(b"x")

    sweep(timezone.now() + LATER)

    assert (theirs / "wees").exists()


def test_by_night_each_municipality_is_asked_to_sweep() -> None:
    asked = settings.CELERY_BEAT_SCHEDULE["documents-swept"]["task"]

    assert (asked, sweep_fleet.for_vendor) == (sweep_fleet.name, True)
    assert getattr(sweep_documents, "for_vendor", False) is False
