"""Content that comes with a document, or after it in parts: from none, by way of pending, to complete."""

from __future__ import annotations

from pathlib import Path
from typing import Any

import pytest

from api.documenten import parts
from api.documenten.models import BestandsDeel, Inhoud
from api.documenten.parts import MOST_PARTS
from api.documenten.resources.enkelvoudiginformatieobject import EnkelvoudigInformatieObjectResource
from api.documenten.rules import integriteit
from api.documenten.rules.inhoud import MOST_BYTES
from api.pipeline.words.refusals import Conflict
from tenants.registry.context import in_municipality
from tenants.registry.storage import StorageSilent
from tests.api.documenten.conftest import BYTES, DOCUMENTEN, ROOT, Archive, base64, files_below
from tests.api.refusals import violations
from tests.api.requests import BOUNDARY, part_of_content

OBJECT = "nonFieldErrors"
ONE, TWO = b"12345", b"678"

pytestmark = pytest.mark.django_db


@pytest.fixture
def in_fives(monkeypatch: pytest.MonkeyPatch) -> None:
    """Parts are small."""
    monkeypatch.setattr(parts, "PART_BYTES", len(ONE))


@pytest.fixture
def pending(archive: Archive, in_fives: None) -> dict[str, Any]:
    """A new document whose content is still to come, in two parts."""
    return archive.made(bestandsomvang=len(ONE + TWO), inhoud=None)


def state(archive: Archive, url: str) -> tuple[bool, int | None, bool, int]:
    """Whether there is content, its size, whether it is locked, and how many parts there are."""
    shown = archive.api.get(url).json()
    return shown["inhoud"] is not None, shown["bestandsomvang"], shown["locked"], len(shown["bestandsdelen"])


def contents(archive: Archive) -> int:
    with in_municipality(archive.municipality):
        return Inhoud.objects.count()


def test_content_comes_with_the_document(archive: Archive) -> None:
    made = archive.stored()

    assert state(archive, made["url"]) == (True, len(BYTES), False, 0)
    assert archive.content(made["url"]) == BYTES
    answer = archive.api.get(made["inhoud"])
    assert answer.status_code == 200
    assert answer["Content-Type"] == "application/octet-stream"
    assert archive.made(inhoud=base64(BYTES))["bestandsomvang"] == len(BYTES)


def test_a_document_may_have_none(archive: Archive) -> None:
    for given, omvang in (
        ({}, None),
        ({"inhoud": None}, None),
        ({"inhoud": ""}, 0),
        ({"bestandsomvang": 0}, 0),
    ):
        made = archive.made(**given)
        assert (made["bestandsomvang"], made["locked"], made["lock"]) == (omvang, False, "")
        answer = archive.api.get(f"{made['url']}/download")
        assert answer.status_code == (404 if omvang is None else 200)
        assert (made["inhoud"] is None) == (omvang is None)


def test_parts_become_the_content(archive: Archive, pending: dict[str, Any]) -> None:
    url, lock = pending["url"], pending["lock"]
    one, two = pending["bestandsdelen"]
    assert [(part["volgnummer"], part["omvang"], part["voltooid"]) for part in (one, two)] == [
        (1, 5, False),
        (2, 3, False),
    ]
    assert state(archive, url) == (False, 8, True, 2)
    assert archive.api.get(f"{url}/download").status_code == 404

    # out of order is no matter
    assert archive.answered(archive.part(two["url"], TWO, lock), 200)["voltooid"] is True
    assert violations(archive.api.post(f"{url}/unlock", {"lock": lock})) == [(OBJECT, "incomplete-upload")]
    assert archive.part(one["url"], ONE, lock).status_code == 200
    assert archive.api.post(f"{url}/unlock", {"lock": lock}).status_code == 204

    assert state(archive, url) == (True, 8, False, 0)
    assert archive.content(url) == ONE + TWO
    assert contents(archive) == 1
    assert archive.part(one["url"], ONE, lock).status_code == 404


def test_one_part_is_the_content_itself(archive: Archive) -> None:
    made = archive.made(bestandsomvang=5)
    archive.part(made["bestandsdelen"][0]["url"], ONE, made["lock"])
    with in_municipality(archive.municipality):
        key = Inhoud.objects.get().pk

    archive.api.post(f"{made['url']}/unlock", {"lock": made["lock"]})

    assert archive.row(made["url"]).inhoud_id == key
    assert archive.content(made["url"]) == ONE


def test_a_part_that_comes_twice_replaces_itself(archive: Archive, pending: dict[str, Any]) -> None:
    url, lock = pending["bestandsdelen"][0]["url"], pending["lock"]
    archive.part(url, ONE, lock)
    assert archive.part(url, b"54321", lock).status_code == 200
    assert contents(archive) == 1
    archive.part(pending["bestandsdelen"][1]["url"], TWO, lock)
    archive.api.post(f"{pending['url']}/unlock", {"lock": lock})
    assert archive.content(pending["url"]) == b"54321" + TWO


def test_nothing_of_a_part_that_is_wrong_stays(
    archive: Archive, pending: dict[str, Any], media: Path
) -> None:
    part, lock = pending["bestandsdelen"][0], pending["lock"]
    other = archive.made(bestandsomvang=5)
    cases = [
        (ONE[:-1], lock, [(OBJECT, "file-size")]),
        (ONE + b"x", lock, [(OBJECT, "file-size")]),
        (ONE, "iets", [(OBJECT, "incorrect-lock-id")]),
        (ONE, other["lock"], [(OBJECT, "incorrect-lock-id")]),
        (ONE, "", [("lock", "required")]),
    ]
    for content, shown, refused in cases:
        assert violations(archive.part(part["url"], content, shown)) == refused
    assert list(files_below(media)) == []
    assert contents(archive) == 0
    assert archive.api.get(pending["url"]).json()["bestandsdelen"][0]["voltooid"] is False


def test_other_bodies_are_no_part(archive: Archive, pending: dict[str, Any]) -> None:
    url = pending["bestandsdelen"][0]["url"]
    assert archive.api.put(url, {"lock": pending["lock"]}).status_code == 415
    form = archive.api.http.generic(
        "PUT",
        url,
        b"lock=x",
        content_type="application/x-www-form-urlencoded",
        headers={"Authorization": f"Bearer {archive.api.token()}"},
        SERVER_NAME=archive.api.host,
    )
    assert form.status_code == 415
    whole = part_of_content(ONE, pending["lock"])
    for cut in (10, 60, 120, len(whole) - 20):
        assert archive.api.multipart("PUT", url, whole[:cut], BOUNDARY).status_code == 400
    assert archive.api.get(url).status_code == 405
    assert contents(archive) == 0


def test_content_is_replaced_in_parts(archive: Archive, in_fives: None) -> None:
    url = archive.stored()["url"]
    lock = archive.locked(url)

    after = archive.answered(archive.api.patch(url, {"bestandsomvang": 8, "lock": lock}), 200)

    assert [(part["lock"], part["voltooid"]) for part in after["bestandsdelen"]] == [(lock, False)] * 2
    assert archive.api.get(f"{url}?versie=1").json()["bestandsomvang"] == len(BYTES)
    assert violations(archive.api.post(f"{url}/unlock", {"lock": lock})) == [(OBJECT, "file-size")]
    for part, content in zip(after["bestandsdelen"], (ONE, TWO), strict=True):
        assert archive.part(part["url"], content, lock).status_code == 200
    assert archive.api.post(f"{url}/unlock", {"lock": lock}).status_code == 204
    assert archive.content(url) == ONE + TWO


def test_pending_parts_are_laid_out_anew_with_another_size(archive: Archive, pending: dict[str, Any]) -> None:
    url, lock = pending["url"], pending["lock"]
    archive.part(pending["bestandsdelen"][0]["url"], ONE, lock)

    kept = archive.answered(archive.api.patch(url, {"titel": "Anders", "lock": lock}), 200)
    assert [part["voltooid"] for part in kept["bestandsdelen"]] == [True, False]
    anew = archive.answered(archive.api.patch(url, {"bestandsomvang": 5, "lock": lock}), 200)
    assert [part["voltooid"] for part in anew["bestandsdelen"]] == [False]
    assert contents(archive) == 0
    whole = archive.answered(archive.api.patch(url, {"inhoud": base64(ONE), "lock": lock}), 200)
    assert (whole["bestandsdelen"], whole["bestandsomvang"]) == ([], 5)
    with in_municipality(archive.municipality):
        assert not BestandsDeel.objects.exists()


def test_force_gives_up_what_did_not_come(archive: Archive, pending: dict[str, Any]) -> None:
    url = pending["url"]
    archive.part(pending["bestandsdelen"][0]["url"], ONE, pending["lock"])

    assert archive.reader("documenten.geforceerd-unlock").post(f"{url}/unlock").status_code == 204

    assert state(archive, url) == (False, None, False, 0)
    assert contents(archive) == 0


def test_force_completes_what_did_come(archive: Archive, pending: dict[str, Any]) -> None:
    for part, content in zip(pending["bestandsdelen"], (ONE, TWO), strict=True):
        archive.part(part["url"], content, pending["lock"])
    assert archive.reader("documenten.geforceerd-unlock").post(f"{pending['url']}/unlock").status_code == 204
    assert archive.content(pending["url"]) == ONE + TWO


def test_only_a_body_that_is_none_forces(archive: Archive) -> None:
    """An odd one is a mistake, and gives up no parts."""
    pending = archive.api.post(DOCUMENTEN, archive.body(bestandsomvang=3)).json()
    forcing = archive.reader("documenten.geforceerd-unlock")

    assert forcing.post(f"{pending['url']}/unlock", []).status_code == 400
    refused = forcing.post(f"{pending['url']}/unlock", {"lock": None})
    assert violations(refused) == [("lock", "null")]
    assert archive.api.get(pending["url"]).json()["locked"] is True


def test_of_smaller_parts_there_are_no_more(archive: Archive) -> None:
    """A municipality that takes little at once takes less in all."""
    archive.api.municipality.documents_most_mib = 1
    archive.api.municipality.save(update_fields=["documents_most_mib"])
    most = MOST_PARTS * 1024**2

    refused = archive.api.post(DOCUMENTEN, archive.body(bestandsomvang=most + 1))
    assert violations(refused) == [("bestandsomvang", "max_value")]
    made = archive.api.post(DOCUMENTEN, archive.body(bestandsomvang=most)).json()
    assert len(made["bestandsdelen"]) == MOST_PARTS


@pytest.mark.parametrize(
    ("given", "refused"),
    [
        ({"inhoud": base64(BYTES), "bestandsomvang": 3}, [(OBJECT, "file-size")]),
        ({"inhoud": base64(BYTES), "bestandsomvang": 0}, [(OBJECT, "file-size")]),
        ({"inhoud": "geen base64"}, [("inhoud", "invalid")]),
        ({"inhoud": "QQ"}, [("inhoud", "invalid")]),
        ({"inhoud": 5}, [("inhoud", "invalid")]),
        ({"inhoud": [base64(BYTES)]}, [("inhoud", "invalid")]),
        ({"bestandsomvang": -1}, [("bestandsomvang", "min_value")]),
        ({"bestandsomvang": MOST_BYTES + 1}, [("bestandsomvang", "max_value")]),
        ({"bestandsomvang": 10**30}, [("bestandsomvang", "max_value")]),
        ({"inhoud": base64(BYTES), "taal": "nl"}, [("taal", "min_length")]),
        ({"inhoud": base64(BYTES), "bronorganisatie": "123456789"}, [("bronorganisatie", "invalid")]),
        ({"inhoud": base64(BYTES), "bestandsnaam": "x" * 300}, [("bestandsnaam", "max_length")]),
        ({"inhoud": base64(BYTES), "trefwoorden": ["x" * 101]}, [("trefwoorden.0", "max_length")]),
        (
            {"inhoud": base64(BYTES), "status": "in_bewerking", "ontvangstdatum": "2026-01-05"},
            [("status", "invalid_for_received")],
        ),
    ],
)
def test_nothing_of_what_is_refused_stays(
    archive: Archive, media: Path, given: dict[str, Any], refused: list[tuple[str, str]]
) -> None:
    assert violations(archive.api.post(DOCUMENTEN, archive.body(**given))) == refused
    assert list(files_below(media)) == []
    assert contents(archive) == 0
    assert archive.api.get(DOCUMENTEN).json()["count"] == 0


def test_nothing_stays_of_who_may_not(archive: Archive, media: Path) -> None:
    url = archive.stored()["url"]
    lock, before = archive.locked(url), set(files_below(media))
    reader = archive.reader("documenten.lezen", "documenten.aanmaken", type=archive.other)

    assert reader.post(DOCUMENTEN, archive.with_content()).status_code == 403
    assert reader.patch(url, {"inhoud": base64(b"x"), "lock": lock}).status_code == 403
    assert archive.api.patch(url, {"inhoud": base64(b"x"), "lock": "iets"}).status_code == 400
    assert set(files_below(media)) == before


def test_what_was_done_is_not_taken_back(
    archive: Archive, media: Path, monkeypatch: pytest.MonkeyPatch
) -> None:
    """Whatever refuses once a row points at the content."""

    def refuse(*_: object) -> None:
        raise Conflict

    monkeypatch.setattr(EnkelvoudigInformatieObjectResource, "created", refuse)

    assert archive.api.post(DOCUMENTEN, archive.with_content()).status_code == 409
    with in_municipality(archive.municipality):
        assert [each.name for each in files_below(media)] == [Inhoud.objects.get().key.rpartition("/")[2]]


def test_what_is_done_is_answered_though_no_checksum_can_be_computed(
    archive: Archive, monkeypatch: pytest.MonkeyPatch
) -> None:
    def silent(*_: object, **__: object) -> None:
        raise StorageSilent

    monkeypatch.setattr(integriteit, "checksum", silent)
    given = {"algoritme": "md5", "waarde": "iets", "datum": "2026-01-05"}

    answer = archive.api.post(DOCUMENTEN, archive.with_content(integriteit=given))

    assert archive.answered(answer, 201)["integriteit"] == given
    assert "X-Warning" not in answer


def test_a_checksum_that_is_not_that_of_the_content_is_kept_with_a_warning(archive: Archive) -> None:
    sums = {
        ("md5", "5d41402abc4b2a76b9719d911017c592"): False,
        ("md5", "5D41402ABC4B2A76B9719D911017C592"): False,
        ("md5", "iets"): True,
        ("sha_256", "0" * 64): True,
        ("crc_32", "iets"): False,
    }
    for (algoritme, waarde), warned in sums.items():
        given = {"algoritme": algoritme, "waarde": waarde, "datum": "2026-01-05"}
        answer = archive.api.post(DOCUMENTEN, archive.with_content(b"hello", integriteit=given))
        assert archive.answered(answer, 201)["integriteit"] == given
        assert ("X-Warning" in answer) == warned


@pytest.mark.parametrize(
    ("algoritme", "warned"), [("md5", False), ("sha_1", False), ("sha_512", False), ("sha_256", True)]
)
def test_of_large_content_no_checksum_is_computed(
    archive: Archive, monkeypatch: pytest.MonkeyPatch, algoritme: str, warned: bool
) -> None:
    monkeypatch.setattr(integriteit, "MOST_SUMMED", len(BYTES) - 1)
    given = {"algoritme": algoritme, "waarde": "iets", "datum": "2026-01-05"}

    answer = archive.api.post(DOCUMENTEN, archive.with_content(integriteit=given))

    assert archive.answered(answer, 201)["integriteit"] == given
    assert ("X-Warning" in answer) is warned


def test_html_is_never_shown_in_place(archive: Archive) -> None:
    made = archive.stored(b"<script>", formaat="text/html", bestandsnaam="../../<b>\u202e.html")
    answer = archive.api.get(made["inhoud"])
    assert answer["Content-Type"] == "application/octet-stream"
    assert answer["Content-Disposition"].startswith("attachment")
    assert answer["X-Content-Type-Options"] == "nosniff"
    assert "/" not in answer["Content-Disposition"]
    assert archive.api.get(made["inhoud"], Accept="application/json").status_code in (200, 406)


def test_names_in_snake_case_are_read(archive: Archive) -> None:
    body = archive.with_content(
        bestandsnaam="foto.jpg", indicatie_gebruiksrecht=False, is_gereed_voor_publicatie=True
    )
    body["bestandsomvang"], omvang = None, body.pop("bestandsomvang")
    made = archive.answered(archive.api.post(DOCUMENTEN, {**body, "bestandsomvang": omvang}), 201)
    assert (made["indicatieGebruiksrecht"], made["isGereedVoorPublicatie"]) == (False, True)


def in_any_order(content: bytes, lock: str, *, lock_first: bool) -> bytes:
    """The form of a part, of which clients send the fields in either order."""
    inhoud = (
        b'Content-Disposition: form-data; name="inhoud"; filename="chunk"\r\n'
        b"Content-Type: application/octet-stream\r\n\r\n" + content
    )
    shown = f'Content-Disposition: form-data; name="lock"\r\n\r\n{lock}'.encode()
    fields = (shown, inhoud) if lock_first else (inhoud, shown)
    edge = f"--{BOUNDARY}\r\n".encode()
    return b"".join(edge + field + b"\r\n" for field in fields) + f"--{BOUNDARY}--\r\n".encode()


@pytest.mark.parametrize("lock_first", [True, False])
def test_a_client_in_snake_case_brings_new_content_in_parts(
    archive: Archive, in_fives: None, lock_first: bool
) -> None:
    """As clients go about it: they follow the addresses and locks that they were answered, and no others."""
    given = archive.with_content(
        formaat="text/plain", bestandsnaam="brief.txt", ontvangstdatum="2026-01-05", status="definitief"
    )
    given |= {"vertrouwelijkheidaanduiding": "openbaar", "indicatie_gebruiksrecht": False}
    made = archive.answered(archive.api.post(DOCUMENTEN, given), 201)
    assert made["lock"] == ""
    lock = archive.answered(archive.api.post(f"{made['url']}/lock", {}), 200)["lock"]
    change = {"lock": lock, "bestandsomvang": 8, "begin_registratie": "2026-01-05T12:00:00Z"}
    pending = archive.answered(archive.api.patch(made["url"], change), 200)
    assert (pending["versie"], pending["inhoud"], pending["locked"]) == (2, None, True)

    for part, content in zip(pending["bestandsdelen"], (ONE, TWO), strict=True):
        assert len(content) == part["omvang"]
        form = in_any_order(content, part["lock"], lock_first=lock_first)
        came = archive.answered(archive.api.multipart("PUT", part["url"], form, BOUNDARY), 200)
        assert (came["voltooid"], came["lock"]) == (True, lock)
    assert archive.api.post(f"{made['url']}/unlock", {"lock": lock}).status_code == 204

    shown = archive.answered(archive.api.get(made["url"]), 200)
    assert (shown["bestandsomvang"], shown["bestandsdelen"], shown["locked"]) == (8, [], False)
    assert archive.api.get(shown["inhoud"]).status_code == 200
    assert archive.content(made["url"]) == ONE + TWO
    assert archive.api.get(f"{made['url']}/download?versie=1").status_code == 200
    assert archive.api.get(f"{made['url']}?versie=1").json()["bestandsomvang"] == len(BYTES)


def test_numbers_are_given_out_once(archive: Archive) -> None:
    path = f"{ROOT}/documentnummer_reserveren"
    asked = {"bronorganisatie": "517439943"}
    one = archive.answered(archive.api.post(path, asked), 201)["identificatie"]
    more: Any = archive.answered(archive.api.post(path, {**asked, "aantal": 3}), 201)
    numbers = [one, *(each["identificatie"] for each in more)]
    numbers += [archive.made()["identificatie"] for _ in range(2)]

    assert len(set(numbers)) == 6
    assert archive.made(identificatie=one)["identificatie"] == one
    assert violations(archive.api.post(path, {"bronorganisatie": "1", "aantal": 1})) == [
        ("bronorganisatie", "invalid")
    ]
    assert violations(archive.api.post(path, {**asked, "aantal": 0})) == [("aantal", "min_value")]
    assert archive.api.post(path, {**asked, "aantal": 501}).status_code == 400
    assert archive.reader("documenten.lezen").post(path, asked).status_code == 403
