"""Every change of a document makes a version; each of them is read under the address of the document."""

from __future__ import annotations

from datetime import UTC, datetime, timedelta
from typing import Any

import pytest

from api.clients.vertrouwelijkheid import Vertrouwelijkheidaanduiding as Level
from api.documenten.models import InformatieObjectVersie
from tenants.registry.context import in_municipality
from tests.api.documenten.conftest import BYTES, DOCUMENTEN, Archive, base64

pytestmark = pytest.mark.django_db


@pytest.fixture
def report(archive: Archive) -> dict[str, Any]:
    """A document in two versions, of which the second has other content."""
    first = archive.stored(titel="Concept")
    archive.changed(first["url"], titel="Eindversie", inhoud=base64(b"Klaar."), bestandsomvang=6)
    return first


def test_a_version_is_shown_as_it_was(archive: Archive, report: dict[str, Any]) -> None:
    newest = archive.api.get(report["url"]).json()
    earlier = archive.api.get(f"{report['url']}?versie=1").json()

    assert (newest["versie"], newest["titel"], newest["bestandsomvang"]) == (2, "Eindversie", 6)
    without = {name: value for name, value in report.items() if name != "lock"}
    assert earlier == without
    assert earlier["inhoud"] == f"{report['url']}/download?versie=1"
    assert archive.api.get(f"{report['url']}?versie=2").json() == newest


def test_what_is_not_given_stays(archive: Archive, report: dict[str, Any]) -> None:
    again = archive.changed(report["url"], beschrijving="Van de balie")

    assert (again["titel"], again["beschrijving"]) == ("Eindversie", "Van de balie")
    assert (again["versie"], again["bestandsomvang"]) == (3, 6)
    assert archive.content(report["url"]) == b"Klaar."


def test_a_put_without_content_makes_a_version_without(archive: Archive) -> None:
    made = archive.stored()
    lock = archive.locked(made["url"])

    after = archive.answered(archive.api.put(made["url"], archive.body(lock=lock)), 200)

    assert (after["versie"], after["inhoud"], after["bestandsomvang"]) == (2, None, None)
    assert archive.api.get(f"{made['url']}?versie=1").json()["bestandsomvang"] == len(BYTES)


def test_as_it_was_at_a_moment(archive: Archive, report: dict[str, Any]) -> None:
    row = archive.row(report["url"])
    with in_municipality(archive.municipality):
        first = InformatieObjectVersie.objects.get(document=row).begin_registratie
    cases = {first: 1, row.begin_registratie: 2, row.begin_registratie - timedelta(microseconds=1): 1}
    for moment, versie in cases.items():
        asked = moment.isoformat().replace("+", "%2B")
        assert archive.api.get(f"{report['url']}?registratieOp={asked}").json()["versie"] == versie
    before = (first - timedelta(microseconds=1)).isoformat().replace("+", "%2B")
    assert archive.api.get(f"{report['url']}?registratieOp={before}").status_code == 404


@pytest.mark.parametrize(
    ("asked", "status"),
    [
        ("versie=3", 404),
        ("versie=0", 404),
        ("versie=" + "9" * 20, 404),
        ("versie=een", 400),
        ("versie=", 200),
    ],
)
def test_a_version_that_is_not_there(
    archive: Archive, report: dict[str, Any], asked: str, status: int
) -> None:
    for path in (report["url"], f"{report['url']}/download"):
        assert archive.api.get(f"{path}?{asked}").status_code == status
    assert archive.api.head(f"{report['url']}?{asked}").status_code == status


def test_head_and_etag_are_those_of_the_version(archive: Archive, report: dict[str, Any]) -> None:
    earlier, newest = f"{report['url']}?versie=1", report["url"]
    tags = [archive.api.get(url)["ETag"] for url in (earlier, newest)]

    assert tags == [archive.api.head(url)["ETag"] for url in (earlier, newest)]
    assert tags[0] != tags[1]
    assert archive.api.get(earlier, If_None_Match=tags[0]).status_code == 304
    assert archive.api.get(newest, If_None_Match=tags[0]).status_code == 200


def test_it_is_judged_on_both_versions(archive: Archive, report: dict[str, Any]) -> None:
    url, row = report["url"], archive.row(report["url"])
    modest = archive.reader("documenten.lezen", "audittrails.lezen", maximum=Level.OPENBAAR)
    with in_municipality(archive.municipality):
        versions = InformatieObjectVersie.objects.filter(document=row)
        levels = [(Level.OPENBAAR, Level.GEHEIM), (Level.GEHEIM, Level.OPENBAAR)]
        for newest, earlier in levels:
            type(row).objects.filter(pk=row.pk).update(vertrouwelijkheidaanduiding=newest)
            versions.update(vertrouwelijkheidaanduiding=earlier)
            now = 200 if newest is Level.OPENBAAR else 403
            for path in (f"{url}?versie=1", f"{url}/download?versie=1", f"{url}/audittrail"):
                assert modest.get(path).status_code == 403, path
            assert modest.head(f"{url}?versie=1").status_code == 403
            assert modest.get(f"{url}?versie=1&expand=informatieobjecttype").status_code == 403
            assert [modest.get(path).status_code for path in (url, f"{url}/download")] == [now, now]
            # how many versions there are is nobody's business either
            assert modest.get(f"{url}?versie=7").status_code == (404 if now == 200 else 403)
        versions.update(vertrouwelijkheidaanduiding=Level.OPENBAAR)
        type(row).objects.filter(pk=row.pk).update(vertrouwelijkheidaanduiding=Level.OPENBAAR)
    assert modest.get(f"{url}?versie=1").status_code == 200
    assert modest.get(f"{url}/audittrail").status_code == 200


def test_a_list_shows_the_newest_alone(archive: Archive, report: dict[str, Any]) -> None:
    assert [each["versie"] for each in archive.api.get(DOCUMENTEN).json()["results"]] == [2]
    found = archive.api.post(f"{DOCUMENTEN}/_zoek", {"uuid__in": [report["url"].rpartition("/")[2]]}).json()
    assert [each["titel"] for each in found["results"]] == ["Eindversie"]


def test_versions_expand_as_documents_do(archive: Archive, report: dict[str, Any]) -> None:
    shown = archive.api.get(f"{report['url']}?versie=1&expand=informatieobjecttype").json()
    assert shown["_expand"]["informatieobjecttype"]["url"] == report["informatieobjecttype"]


def test_moments_are_in_utc(archive: Archive) -> None:
    before = datetime.now(UTC)
    made = archive.made()
    assert before <= datetime.fromisoformat(made["beginRegistratie"]) <= datetime.now(UTC)
    assert made["versie"] == 1
