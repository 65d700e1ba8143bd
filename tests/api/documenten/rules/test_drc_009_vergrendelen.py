"""drc-009: changing a document needs its lock, which is a secret of who holds it."""

from __future__ import annotations

from typing import Any

import pytest

from api.clients.models import Applicatie
from api.records.models import AuditTrail, OutboxMessage
from tenants.registry.context import in_municipality
from tests.api.client import api_with_all_rights
from tests.api.documenten.conftest import DOCUMENTEN, Archive
from tests.api.refusals import violations

OBJECT = "nonFieldErrors"

pytestmark = pytest.mark.django_db


def test_without_the_lock_nothing_changes(archive: Archive) -> None:
    url = archive.stored()["url"]
    patch, put = {"titel": "Anders"}, archive.body(titel="Anders")

    assert violations(archive.api.patch(url, patch)) == [(OBJECT, "unlocked")]
    assert violations(archive.api.put(url, put)) == [("lock", "required")]
    assert violations(archive.api.put(url, {**put, "lock": "iets"})) == [(OBJECT, "unlocked")]
    archive.locked(url)
    assert violations(archive.api.patch(url, patch)) == [(OBJECT, "missing-lock-id")]
    assert violations(archive.api.put(url, put)) == [("lock", "required")]
    for wrong in ("iets", "ë", " "):
        assert violations(archive.api.patch(url, {**patch, "lock": wrong})) == [(OBJECT, "incorrect-lock-id")]
    assert violations(archive.api.patch(url, {**patch, "lock": 1})) == [("lock", "invalid")]
    assert archive.row(url).versie == 1


def test_a_second_lock_is_not_given(archive: Archive) -> None:
    url = archive.stored()["url"]
    lock = archive.locked(url)

    assert len(lock) == 32
    assert violations(archive.api.post(f"{url}/lock")) == [(OBJECT, "existing-lock")]
    assert archive.api.get(url).json()["locked"] is True
    assert archive.api.post(f"{url}/unlock", {"lock": lock}).status_code == 204
    assert archive.api.get(url).json()["locked"] is False
    assert archive.locked(url) != lock


def test_it_is_unlocked_with_the_lock_or_by_force(archive: Archive) -> None:
    url = archive.stored()["url"]
    locking = archive.reader("documenten.lock")
    forcing = archive.reader("documenten.geforceerd-unlock")
    lock = archive.locked(url)

    assert violations(locking.post(f"{url}/unlock", {"lock": "iets"})) == [(OBJECT, "incorrect-lock-id")]
    assert violations(locking.post(f"{url}/unlock", {})) == [(OBJECT, "incorrect-lock-id")]
    assert forcing.post(f"{url}/unlock", {"lock": lock}).status_code == 403
    assert archive.reader("documenten.lezen").post(f"{url}/unlock", {"lock": lock}).status_code == 403
    assert forcing.post(f"{url}/unlock").status_code == 204
    assert violations(locking.post(f"{url}/unlock", {})) == [(OBJECT, "unlocked")]
    lock = archive.locked(url)
    assert locking.post(f"{url}/unlock", {"lock": lock}).status_code == 204


def test_the_lock_is_told_to_who_holds_it_alone(archive: Archive) -> None:
    """In no answer to another, no ETag of another, no trail and no message."""
    other = api_with_all_rights(archive.municipality)
    made = archive.made(bestandsomvang=5)
    url, lock = made["url"], made["lock"]

    def locks_of(document: dict[str, Any]) -> list[str]:
        return [part["lock"] for part in document["bestandsdelen"]]

    assert lock
    assert locks_of(made) == [lock]
    assert locks_of(archive.api.get(url).json()) == [lock]
    assert locks_of(archive.api.get(DOCUMENTEN).json()["results"][0]) == [lock]
    assert locks_of(other.get(url).json()) == [""]
    assert locks_of(other.get(DOCUMENTEN).json()["results"][0]) == [""]
    assert other.get(url)["ETag"] != archive.api.get(url)["ETag"]
    told = archive.answered(other.patch(url, {"titel": "Door een ander", "lock": lock}), 200)
    assert locks_of(told) == [""]
    part = archive.answered(archive.part(made["bestandsdelen"][0]["url"], b"12345", lock), 200)
    assert part["lock"] == lock
    assert archive.answered(archive.part(part["url"], b"54321", lock, other), 200)["lock"] == ""
    archive.api.post(f"{url}/unlock", {"lock": lock})
    with in_municipality(archive.municipality):
        kept = [f"{each.oud}{each.nieuw}" for each in AuditTrail.objects.all()]
        assert len(kept) == 5
        sent = [f"{each.kenmerken}{each.resource_url}" for each in OutboxMessage.objects.all()]
    assert lock not in "".join((*kept, *sent))
    trail = archive.api.get(f"{url}/audittrail").content.decode()
    assert lock not in trail
    assert archive.answered(archive.api.get(url), 200)["bestandsdelen"] == []


def test_locking_tells_no_subscriber_and_stands_in_the_trail(archive: Archive) -> None:
    url = archive.made()["url"]
    archive.changed(url, titel="Anders")
    with in_municipality(archive.municipality):
        sent = [each.actie for each in OutboxMessage.objects.order_by("id")]
    assert sent == ["create", "partial_update"]
    trail = [each["actie"] for each in archive.api.get(f"{url}/audittrail").json()]
    assert trail == ["create", "lock", "partial_update", "unlock"]


def test_a_lock_in_a_new_document_says_nothing(archive: Archive) -> None:
    made = archive.stored(lock="iets")
    assert (made["lock"], made["locked"]) == ("", False)


def test_the_holder_is_a_client_id_and_no_application(archive: Archive) -> None:
    url = archive.made(bestandsomvang=5)["url"]
    with in_municipality(archive.municipality):
        Applicatie.objects.update(label="Een andere naam")
    assert archive.api.get(url).json()["bestandsdelen"][0]["lock"]
