"""Content is looked through for viruses before a row points at it, or comes in as the municipality wants."""

from __future__ import annotations

from datetime import timedelta
from io import StringIO
from pathlib import Path
from typing import Any

import pytest
from django.conf import settings as deployment
from django.core.management import CommandError, call_command
from django.utils import timezone
from pytest_django import Settings

from api.documenten import parts, tasks
from api.documenten.content import rechecking
from api.documenten.content.rows import let_go
from api.documenten.content.sweeping import sweep
from api.documenten.models import EnkelvoudigInformatieObject, Inhoud, OngecontroleerdeInhoud
from api.documenten.models.keuzes import Ongecontroleerd
from backoffice.models import LogLine as VendorsLine
from tenants.registry.context import in_municipality
from tenants.registry.models import Municipality
from tests.api.client import ApiClient
from tests.api.documenten.conftest import DOCUMENTEN, Archive, archive_of, files_below
from tests.api.documenten.content.lying import lay
from tests.api.refusals import violations
from tests.clamd import VIRUS

pytestmark = pytest.mark.django_db
EICAR = b"een EICAR"
REFUSED = [("inhoud", "virus-gevonden")]


@pytest.fixture
def passing(archive: Archive, clamd: dict[str, str]) -> Archive:
    """What cannot be looked through comes in."""
    Municipality.objects.filter(pk=archive.municipality.pk).update(passes_unchecked=True)
    return archive


def marks(archive: Archive) -> list[tuple[str, str]]:
    with in_municipality(archive.municipality):
        return list(OngecontroleerdeInhoud.objects.values_list("reden", "virus"))


def nothing_is_there(archive: Archive, media: Path) -> bool:
    with in_municipality(archive.municipality):
        rows = Inhoud.objects.count() + EnkelvoudigInformatieObject.objects.count()
    return not rows and not list(files_below(media))


def test_infected_content_is_refused_and_leaves_nothing(
    archive: Archive, clamd: dict[str, str], media: Path
) -> None:
    assert violations(archive.api.post(DOCUMENTEN, archive.with_content(EICAR))) == REFUSED
    large = EICAR + bytes(2 * 1024 * 1024)
    assert violations(archive.api.post(DOCUMENTEN, archive.with_content(large))) == REFUSED
    assert nothing_is_there(archive, media)

    made = archive.stored()
    lock = archive.locked(made["url"])
    assert (
        violations(archive.api.patch(made["url"], {**archive.with_content(EICAR), "lock": lock})) == REFUSED
    )
    assert archive.row(made["url"]).versie == 1
    assert marks(archive) == []
    assert len(list(files_below(media))) == 1


def test_parts_are_looked_through_together(
    archive: Archive, clamd: dict[str, str], media: Path, monkeypatch: pytest.MonkeyPatch
) -> None:
    monkeypatch.setattr(parts, "PART_BYTES", 6)
    made = archive.made(bestandsomvang=len(EICAR), inhoud=None)
    url, lock = made["url"], made["lock"]
    for part, content in zip(made["bestandsdelen"], (EICAR[:6], EICAR[6:]), strict=True):
        assert archive.part(part["url"], content, lock).status_code == 200

    assert violations(archive.api.post(f"{url}/unlock", {"lock": lock})) == REFUSED

    shown = archive.api.get(url).json()
    assert (shown["locked"], shown["inhoud"], len(shown["bestandsdelen"])) == (True, None, 2)
    assert [each.stat().st_size for each in files_below(media)] == [len(EICAR)]  # parts may be sent again

    whole = archive.made(bestandsomvang=5, inhoud=None)
    (part,) = whole["bestandsdelen"]
    assert archive.part(part["url"], b"EICAR", whole["lock"]).status_code == 200
    assert violations(archive.api.post(f"{whole['url']}/unlock", {"lock": whole["lock"]})) == REFUSED


@pytest.mark.parametrize(
    ("content", "reason"),
    [(b"DIES", "antwoordt niet"), (b"GARBAGE", "antwoordt niet"), (b"LIMIT", "groter")],
)
def test_what_cannot_be_looked_through_is_refused_with_the_reason(
    archive: Archive, clamd: dict[str, str], media: Path, content: bytes, reason: str
) -> None:
    answer = archive.api.post(DOCUMENTEN, archive.with_content(content))

    assert (answer.status_code, answer.json()["code"]) == (503, "unavailable")
    assert reason in answer.json()["detail"]
    assert nothing_is_there(archive, media)


def test_or_it_comes_in_and_is_marked(passing: Archive, settings: Settings, monkeypatch: Any) -> None:
    made = passing.stored(b"DIES")
    assert marks(passing) == [(Ongecontroleerd.SCANNER, "")]
    assert passing.api.get(made["inhoud"]).status_code == 200

    settings.CLAMAV_MOST_MIB = 1
    whole = passing.made(bestandsomvang=1024 * 1024 + 1, inhoud=None)
    (part,) = whole["bestandsdelen"]
    assert passing.part(part["url"], bytes(1024 * 1024 + 1), whole["lock"]).status_code == 200
    assert len(marks(passing)) == 1  # a part is no content by itself
    assert passing.api.post(f"{whole['url']}/unlock", {"lock": whole["lock"]}).status_code == 204
    assert sorted(marks(passing)) == [(Ongecontroleerd.OMVANG, ""), (Ongecontroleerd.SCANNER, "")]

    passing.stored(b"een gewone brief")
    assert violations(passing.api.post(DOCUMENTEN, passing.with_content(EICAR))) == REFUSED
    assert len(marks(passing)) == 2

    assert passing.api.delete(made["url"]).status_code == 204
    assert marks(passing) == [(Ongecontroleerd.OMVANG, "")]


def test_what_one_municipality_lets_in_another_refuses(passing: Archive, utrecht_api: ApiClient) -> None:
    passing.stored(b"DIES")
    neighbour = archive_of(utrecht_api)

    assert neighbour.api.post(DOCUMENTEN, neighbour.with_content(b"DIES")).status_code == 503
    assert (len(marks(passing)), marks(neighbour)) == (1, [])
    with in_municipality(neighbour.municipality):
        assert rechecking.recheck(timezone.now()) == 0


def test_a_mark_keeps_no_content_and_goes_with_it(passing: Archive) -> None:
    with in_municipality(passing.municipality):
        inhoud = lay(b"van niemand")
        OngecontroleerdeInhoud.objects.create(inhoud=inhoud, reden=Ongecontroleerd.SCANNER)
        Inhoud.objects.update(opgeslagen_op=timezone.now() - timedelta(days=3))
        assert sweep(timezone.now()).rows == 1
        assert let_go([inhoud.pk]) == 0
    assert marks(passing) == []


def test_what_was_marked_is_looked_through_later(passing: Archive, settings: Settings) -> None:
    place = settings.CLAMAV
    settings.CLAMAV = "/nowhere/clamd.sock"
    passing.stored(b"een brief")
    bad = passing.stored(EICAR)
    dies = passing.stored(b"DIES")
    assert len(marks(passing)) == 3
    with in_municipality(passing.municipality):
        assert rechecking.recheck(timezone.now()) == 0  # still silent
        settings.CLAMAV = ""
        assert rechecking.recheck(timezone.now()) == 0
        settings.CLAMAV = place
        OngecontroleerdeInhoud.objects.filter(inhoud=passing.row(dies["url"]).inhoud_id).update(
            geprobeerd_op=timezone.now()
        )
    with in_municipality(passing.municipality):
        assert rechecking.recheck(timezone.now()) == 2

    assert sorted(marks(passing)) == [(Ongecontroleerd.SCANNER, ""), (Ongecontroleerd.SCANNER, VIRUS)]
    answer = passing.api.get(bad["inhoud"])
    assert (answer.status_code, answer.json()["code"]) == (403, "virus-gevonden")
    line = VendorsLine.objects.get(action="virus gevonden")
    assert (line.municipality, line.changes) == ("haarlem", {"virus": [None, VIRUS]})
    told = StringIO()
    call_command("check_viruses", municipality="haarlem", stdout=told)
    assert f"A virus ({VIRUS}) is in content {passing.row(bad['url']).inhoud_id}" in told.getvalue()
    assert "1 contents of 4 bytes wait (scanner)." in told.getvalue()
    assert "comes in and is marked" in told.getvalue()


def test_what_was_too_large_waits_for_a_higher_limit(passing: Archive, settings: Settings) -> None:
    settings.CLAMAV_MOST_MIB = 1
    passing.stored(bytes(1024 * 1024 + 1))
    with in_municipality(passing.municipality):
        assert rechecking.recheck(timezone.now()) == 0
        settings.CLAMAV_MOST_MIB = 2
        assert rechecking.recheck(timezone.now()) == 1
    assert marks(passing) == []


def test_each_municipality_is_asked_where_there_is_a_scanner(
    clamd: dict[str, str], settings: Settings, monkeypatch: pytest.MonkeyPatch, haarlem: Municipality
) -> None:
    asked: list[dict[str, Any]] = []
    monkeypatch.setattr(tasks.check_passed_here, "apply_async", lambda **given: asked.append(given))

    tasks.check_what_was_passed()
    assert asked == [{"expires": deployment.UNCHECKED_SECONDS}] * 2
    settings.CLAMAV = ""
    tasks.check_what_was_passed()
    assert len(asked) == 2
    assert deployment.CELERY_BEAT_SCHEDULE["unchecked-content"]["task"] == tasks.check_what_was_passed.name


def test_the_vendor_says_what_a_municipality_wants(haarlem: Municipality) -> None:
    for how, wants in (("pass_unchecked", True), ("pass_unchecked", True), ("refuse_unchecked", False)):
        call_command("check_viruses", municipality="haarlem", stdout=StringIO(), **{how: True})
        haarlem.refresh_from_db()
        assert haarlem.passes_unchecked is wants
    assert VendorsLine.objects.filter(action__startswith="ongecontroleerde inhoud").count() == 2
    with pytest.raises(CommandError):
        call_command("check_viruses", municipality="nergens")
