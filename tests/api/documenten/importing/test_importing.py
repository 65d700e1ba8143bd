"""Documents in bulk: a table, files in the municipality's own folder, and what becomes of each row."""

from __future__ import annotations

import csv
import os
from collections.abc import Iterable
from datetime import timedelta
from io import StringIO
from pathlib import Path
from typing import Any
from uuid import uuid4

import pytest
from django.db import OperationalError
from django.utils import timezone
from pytest_django import Settings

from api.clients.models import Applicatie
from api.documenten.importing import later
from api.documenten.importing.folder import NoSuchFile, opened
from api.documenten.importing.rows import Prepared
from api.documenten.importing.table import COLUMNS, MOST_BYTES, MOST_ROWS
from api.documenten.models import DocumentImport, EnkelvoudigInformatieObject, ImportRegel, Inhoud
from api.documenten.resources.documentimport import DocumentImportResource
from api.records.models import AuditTrail, OutboxMessage
from tenants.jobs import bell
from tenants.jobs.kinds import Rest, Work, action_of
from tenants.jobs.models import Job
from tenants.jobs.running import work_through
from tenants.registry.context import in_municipality
from tests.api.client import ApiClient, Response
from tests.api.documenten.conftest import DOCUMENTEN, ROOT, RSIN, Archive, archive_of, files_below
from tests.api.refusals import violations

pytestmark = pytest.mark.django_db
OBJECT = "nonFieldErrors"
IMPORT = f"{ROOT}/import"
BYTES = b"Een brief van vroeger."


@pytest.fixture(autouse=True)
def rung(monkeypatch: pytest.MonkeyPatch) -> list[str]:
    """The logins whose workers were woken; none of them runs."""
    heard: list[str] = []
    monkeypatch.setattr(bell, "_send", heard.append)
    return heard


@pytest.fixture
def folder(settings: Settings, tmp_path: Path) -> Path:
    """That of Haarlem, with one letter in it."""
    settings.IMPORT_ROOT = str(tmp_path / "invoer")
    settings.MEDIA_ROOT = str(tmp_path / "media")
    own = tmp_path / "invoer" / "haarlem"
    (own / "brieven").mkdir(parents=True)
    (own / "brieven" / "een.txt").write_bytes(BYTES)
    return own


def cells(archive: Archive, **more: str) -> dict[str, str]:
    """The smallest row, and more."""
    given = {
        "bronorganisatie": RSIN,
        "creatiedatum": "2026-01-05",
        "titel": "Brief",
        "auteur": "Suzanne Moulin",
        "taal": "nld",
        "informatieobjecttype": archive.url(archive.type),
        "bestandspad": "brieven/een.txt",
        **more,
    }
    return {name: given.get(name, "") for name in COLUMNS}


def table(rows: Iterable[dict[str, str]]) -> bytes:
    text = StringIO()
    lines = csv.writer(text)
    lines.writerow(COLUMNS)
    lines.writerows(row.values() for row in rows)
    return text.getvalue().encode()


def begun(api: ApiClient) -> str:
    answer = api.post(f"{IMPORT}/create")
    assert answer.status_code == 201, answer.content
    addresses: dict[str, str] = answer.json()
    own = addresses["uploadUrl"].removesuffix("/upload")
    assert addresses == {f"{step}Url": f"{own}/{step}" for step in ("upload", "status", "report")}
    return own


def upload(api: ApiClient, url: str, raw: bytes, content_type: str = "text/csv") -> Response:
    return api.http.generic(
        "POST",
        f"{url}/upload",
        raw,
        content_type=content_type,
        headers={"Authorization": f"Bearer {api.token()}"},
        SERVER_NAME=api.host,
    )


def done(url: str) -> Job:
    return work_through(Job.objects.get(kind=later.KIND, given__import=url.rpartition("/")[2]))


def imported(archive: Archive, *rows: dict[str, str]) -> list[dict[str, str]]:
    """The report of an import of these rows."""
    url = begun(archive.api)
    answer = upload(archive.api, url, table(rows))
    assert (answer.status_code, answer.content) == (200, b"")
    assert done(url).state == "done"
    return report(archive.api, url)


def report(api: ApiClient, url: str) -> list[dict[str, str]]:
    answer = api.get(f"{url}/report")
    assert (answer.status_code, answer["Content-Type"]) == (200, "text/csv")
    return list(csv.DictReader(StringIO(answer.content.decode(), newline="")))


def counts(api: ApiClient, url: str) -> tuple[str, int, int, int, int]:
    told = api.get(f"{url}/status").json()
    members = ("status", "total", "processed", "processedSuccessfully", "processedInvalid")
    assert set(told) == set(members)
    return tuple(told[name] for name in members)  # five of them


def documents(archive: Archive) -> int:
    with in_municipality(archive.municipality):
        return EnkelvoudigInformatieObject.objects.count()


def test_each_row_becomes_a_document(archive: Archive, folder: Path) -> None:
    key = str(uuid4())
    full = {
        "uuid": key,
        "identificatie": "BRIEF-1",
        "vertrouwelijkheidaanduiding": "vertrouwelijk",
        "status": "definitief",
        "formaat": "text/plain",
        "bestandsnaam": "een.txt",
        "bestandsomvang": str(len(BYTES)),
        "beschrijving": 'Met "aanhaling",\nen een regel',
        "indicatieGebruiksrecht": "False",
        "ondertekening.soort": "analoog",
        "ondertekening.datum": "2026-01-05",
        "integriteit.algoritme": "md5",
        "integriteit.waarde": "x",
        "integriteit.datum": "2026-01-05",
        "trefwoorden": '"brief, oud"',
    }
    one, two = imported(archive, cells(archive, **full), cells(archive))

    assert [(row["resultaat"], row["opmerking"]) for row in (one, two)] == [("Geïmporteerd", "")] * 2
    assert (one["uuid"], one["identificatie"], one["beschrijving"]) == (key, "BRIEF-1", full["beschrijving"])
    shown = archive.api.get(f"{DOCUMENTEN}/{key}").json()
    assert (shown["titel"], shown["bestandsomvang"], shown["trefwoorden"]) == ("Brief", 22, ["brief", "oud"])
    assert shown["ondertekening"] == {"soort": "analoog", "datum": "2026-01-05"}
    assert shown["vertrouwelijkheidaanduiding"] == "vertrouwelijk"
    assert archive.content(shown["url"]) == BYTES
    other = archive.api.get(f"{DOCUMENTEN}/{two['uuid']}").json()
    assert other["identificatie"] == two["identificatie"] != ""
    assert other["indicatieGebruiksrecht"] is None
    with in_municipality(archive.municipality):
        assert AuditTrail.objects.filter(hoofd_object__contains=key).count() == 1
        assert OutboxMessage.objects.count() >= 2


def test_rows_that_fail_leave_the_others_alone(archive: Archive, folder: Path, settings: Settings) -> None:
    (folder / "buiten").symlink_to("/etc")
    (folder / "link.txt").symlink_to(folder / "brieven" / "een.txt")
    (folder.parent / "utrecht").mkdir()
    (folder.parent / "utrecht" / "hun.txt").write_bytes(b"geheim")
    os.mkfifo(folder / "pijp")
    twice = str(uuid4())
    there = archive.made(identificatie="ER-AL")
    paths = (
        "brieven/geen.txt",
        "brieven",
        "buiten/passwd",
        "link.txt",
        "../utrecht/hun.txt",
        "/etc/passwd",
        "brieven//een.txt",
        "./brieven/een.txt",
        "pijp",
        "",
        "x" * 2000,
    )
    wrong: list[dict[str, str]] = [{"bestandspad": path} for path in paths]
    wrong += [
        {"informatieobjecttype": f"http://haarlem.localhost/catalogi/api/v1/informatieobjecttypen/{uuid4()}"},
        {"informatieobjecttype": "geen url"},
        {"titel": ""},
        {"creatiedatum": "gisteren"},
        {"bestandsomvang": "3"},
        {"bestandsomvang": "veel"},
        {"uuid": "geen"},
        {"uuid": there["url"].rpartition("/")[2]},
        {"identificatie": "ER-AL"},
        {"zaakUuid": str(uuid4())},
        {"indicatieGebruiksrecht": "misschien"},
        {"bronorganisatie": "123"},
        {"ondertekening.soort": "analoog", "ondertekening.datum": "2026-01-05", "status": "in_bewerking"},
    ]
    right = [{}, {"uuid": twice}, {"identificatie": "TWEE"}]
    again = [{"uuid": twice}, {"identificatie": "TWEE"}]

    told = imported(archive, *(cells(archive, **each) for each in [*right, *wrong, *again, {}]))

    outcomes = [row["resultaat"] == "Geïmporteerd" for row in told]
    assert outcomes == [True] * 3 + [False] * (len(wrong) + 2) + [True], [row["opmerking"] for row in told]
    assert all(bool(row["opmerking"]) is not made for row, made in zip(told, outcomes, strict=True))
    assert "bestandspad" in told[3]["opmerking"]
    assert not any("geheim" in str(row) for row in told)
    with in_municipality(archive.municipality):
        assert EnkelvoudigInformatieObject.objects.count() == 5
        assert Inhoud.objects.count() == 4
    stored = Path(settings.MEDIA_ROOT) / "haarlem" / "documenten"
    assert len(list(files_below(stored))) == 4  # of what was refused nothing is left


def test_a_row_may_have_too_few_cells(archive: Archive, folder: Path) -> None:
    url = begun(archive.api)
    raw = (
        table([cells(archive)])
        + b"te,weinig\r\n\r\n"
        + table([cells(archive)]).split(b"\r\n")[1]
        + b",meer\r\n"
    )
    assert upload(archive.api, url, b"\xef\xbb\xbf" + raw, "text/csv; charset=utf-8").status_code == 200
    done(url)

    assert counts(archive.api, url) == ("Voltooid", 3, 3, 1, 2)
    assert report(archive.api, url)[0]["resultaat"] == "Geïmporteerd"


@pytest.mark.parametrize(
    ("raw", "expected"),
    [
        (b"  \n", "empty-file"),
        (",".join(COLUMNS).encode(), "empty-file"),
        (b"titel,auteur\nx,y\n", "missing-import-headers"),
        ((",".join(COLUMNS) + ",titel\n").encode(), "invalid-import-headers"),
        ((",".join(COLUMNS) + "\n" + "x\n" * (MOST_ROWS + 1)).encode(), "too-many-rows"),
        ("ü".encode("latin-1"), 400),
        (b"a\0b", 400),
        (b'"open', 400),
        (b"x" * 200_000, 400),
        (b"\xff\xfe" + "titel".encode("utf-16-le"), 400),
    ],
)
def test_what_is_no_table_is_refused_and_may_be_sent_again(
    archive: Archive, folder: Path, raw: bytes, expected: Any
) -> None:
    url = begun(archive.api)
    answer = upload(archive.api, url, raw)

    assert answer.status_code == 400, answer.content
    if expected != 400:
        assert violations(answer) == [(OBJECT, expected)]
    assert counts(archive.api, url) == ("Openstaand", 0, 0, 0, 0)
    assert not Job.objects.filter(kind=later.KIND).exists()
    assert archive.api.get(f"{url}/report").status_code == 404


def test_a_table_has_its_type_and_size_and_comes_once(
    archive: Archive, folder: Path, settings: Settings, monkeypatch: pytest.MonkeyPatch
) -> None:
    url, raw = begun(archive.api), table([cells(archive)])
    assert upload(archive.api, url, b"{}", "application/json").status_code == 415
    assert upload(archive.api, url, bytes(MOST_BYTES + 1)).status_code == 413
    settings.IMPORT_ROOT = "/nergens"
    assert violations(upload(archive.api, url, raw)) == [(OBJECT, "import-dir-not-found")]
    settings.IMPORT_ROOT = str(folder.parent)
    assert upload(archive.api, url, raw).status_code == 200
    assert violations(upload(archive.api, url, raw)) == [(OBJECT, "invalid-status")]
    assert violations(archive.api.delete(f"{url}/delete")) == [(OBJECT, "import-invalid-status")]

    second = begun(archive.api)  # several at a time
    assert upload(archive.api, second, raw).status_code == 200
    done(url), done(second)
    assert documents(archive) == 2
    assert archive.api.delete(f"{url}/delete").status_code == 204
    assert archive.api.get(f"{url}/status").status_code == 404
    assert documents(archive) == 2

    monkeypatch.setattr(later, "MOST_OPEN", 1)
    begun(archive.api)
    assert archive.api.post(f"{IMPORT}/create").status_code == 429


def slice_of_it(archive: Archive) -> None:
    """What a worker does of the import before others have a turn."""
    job = Job.objects.get(kind=later.KIND)
    work = Work(job, archive.municipality, {}, timezone.now(), lambda *_: None)
    with in_municipality(archive.municipality):
        action_of(later.KIND, "import").run(work)


def test_it_goes_on_where_it_was(archive: Archive, folder: Path, monkeypatch: pytest.MonkeyPatch) -> None:
    monkeypatch.setattr(later, "BATCH", 2)
    monkeypatch.setattr(later, "SLICE_SECONDS", -1)
    url = begun(archive.api)
    upload(archive.api, url, table(cells(archive, titel=f"Brief {number}") for number in range(5)))

    with pytest.raises(Rest):
        slice_of_it(archive)
    assert counts(archive.api, url) == ("Actief", 5, 2, 2, 0)

    def dies(*_: Any) -> None:
        raise ZeroDivisionError

    with monkeypatch.context() as broken:
        broken.setattr(ImportRegel.objects, "bulk_create", dies)
        with pytest.raises(ZeroDivisionError):
            slice_of_it(archive)
    assert documents(archive) == 2  # those of the batch were undone, with their files
    with in_municipality(archive.municipality):
        assert Inhoud.objects.count() == 2
    for _ in range(2):
        with pytest.raises(Rest):
            slice_of_it(archive)
    slice_of_it(archive)
    assert counts(archive.api, url) == ("Voltooid", 5, 5, 5, 0)
    assert documents(archive) == 5
    slice_of_it(archive)
    assert documents(archive) == 5


def test_what_stands_keeps_its_file_though_nobody_heard_so(
    archive: Archive, folder: Path, monkeypatch: pytest.MonkeyPatch
) -> None:
    url = begun(archive.api)
    upload(archive.api, url, table([cells(archive)]))
    make = later._make

    def unheard(*given: Any) -> None:
        make(*given)
        raise OperationalError

    monkeypatch.setattr(later, "_make", unheard)
    with pytest.raises(OperationalError):
        slice_of_it(archive)

    assert counts(archive.api, url) == ("Actief", 1, 1, 1, 0)
    (made,) = archive.api.get(DOCUMENTEN).json()["results"]
    assert len(archive.content(made["url"])) == made["bestandsomvang"]


def test_what_another_was_first_with_leaves_no_file(
    archive: Archive, folder: Path, settings: Settings, monkeypatch: pytest.MonkeyPatch
) -> None:
    url = begun(archive.api)
    upload(archive.api, url, table([cells(archive)]))
    make = later._make

    def late(standing: DocumentImport, batch: list[Prepared]) -> None:
        DocumentImport.objects.update(processed=1, processed_invalid=1)
        make(standing, batch)

    monkeypatch.setattr(later, "_make", late)
    with pytest.raises(Rest):
        slice_of_it(archive)

    assert documents(archive) == 0
    assert list(files_below(Path(settings.MEDIA_ROOT) / "haarlem" / "documenten")) == []


def test_an_application_that_lost_its_rights_imports_no_more(archive: Archive, folder: Path) -> None:
    url = begun(archive.api)
    upload(archive.api, url, table([cells(archive)]))
    with in_municipality(archive.municipality):
        Applicatie.objects.update(heeft_alle_autorisaties=False)
    done(url)
    with in_municipality(archive.municipality):
        standing = DocumentImport.objects.get()
        assert (standing.status, standing.processed) == (DocumentImport.Status.ERROR, 0)
        Applicatie.objects.update(heeft_alle_autorisaties=True)
    assert report(archive.api, url) == []


def test_it_is_for_applications_with_all_rights_and_for_nobody_next_door(
    archive: Archive, folder: Path, utrecht_api: ApiClient
) -> None:
    url = begun(archive.api)
    upload(archive.api, url, table([cells(archive)]))
    done(url)
    reader = archive.reader("documenten.lezen", "documenten.aanmaken")
    neighbour = archive_of(utrecht_api).api
    uuid = url.rpartition("/")[2]
    for step in ("status", "report"):
        assert reader.get(f"{IMPORT}/{uuid}/{step}").status_code == 403
        assert neighbour.get(f"{IMPORT}/{uuid}/{step}").status_code == 404
    assert reader.post(f"{IMPORT}/create").status_code == 403
    for api, status in ((reader, 403), (neighbour, 404)):
        assert upload(api, f"{IMPORT}/{uuid}", b"x").status_code == status
        assert api.delete(f"{IMPORT}/{uuid}/delete").status_code == status
    assert counts(archive.api, url)[0] == "Voltooid"


def test_infected_files_and_the_neighbours_folder_stay_out(
    archive: Archive, folder: Path, clamd: dict[str, str]
) -> None:
    (folder / "ziek.txt").write_bytes(b"een EICAR")
    ill, well = imported(archive, cells(archive, bestandspad="ziek.txt"), cells(archive))

    assert "virus" in ill["opmerking"]
    assert well["resultaat"] == "Geïmporteerd"
    assert documents(archive) == 1


def test_a_folder_that_is_itself_a_link_is_none(archive: Archive, folder: Path) -> None:
    folder.rename(folder.parent / "elders")
    folder.symlink_to(folder.parent / "elders")
    with in_municipality(archive.municipality), pytest.raises(NoSuchFile), opened("brieven/een.txt"):
        pass
    assert violations(upload(archive.api, begun(archive.api), table([cells(archive)]))) == [
        (OBJECT, "import-dir-not-found")
    ]


def test_what_was_deleted_meanwhile_is_not_found(
    archive: Archive, folder: Path, settings: Settings, monkeypatch: pytest.MonkeyPatch
) -> None:
    """By who was looked for before, and found it."""
    monkeypatch.setattr(DocumentImportResource, "_found", lambda *_: DocumentImport())
    gone = f"{IMPORT}/{uuid4()}"

    assert upload(archive.api, gone, table([cells(archive)])).status_code == 404
    assert archive.api.get(f"{gone}/status").status_code == 404
    assert archive.api.delete(f"{gone}/delete").status_code == 404
    assert list(files_below(Path(settings.MEDIA_ROOT))) == []


def test_after_a_while_nobody_can_ask_for_it(archive: Archive, folder: Path, settings: Settings) -> None:
    imported(archive, cells(archive))
    with in_municipality(archive.municipality):
        later.forget_old(timezone.now() + later.KEPT_FOR - timedelta(minutes=1))
        assert DocumentImport.objects.count() == 1
        later.forget_old(timezone.now() + later.KEPT_FOR + timedelta(minutes=1))
        assert (DocumentImport.objects.count(), ImportRegel.objects.count()) == (0, 0)
    assert list(files_below(Path(settings.MEDIA_ROOT) / "haarlem" / "invoer")) == []
    assert documents(archive) == 1
