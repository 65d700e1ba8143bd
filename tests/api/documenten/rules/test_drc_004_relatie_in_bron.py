"""drc-004: a relation is mirrored after it was made at its source, and goes after it went there."""

from __future__ import annotations

from typing import Any

import pytest

from api.documenten.models import ObjectInformatieObject
from api.documenten.sources import source_of
from api.zaken.models import Zaak
from tenants.registry.context import in_municipality
from tests.api.documenten.conftest import DOCUMENTEN, Archive
from tests.api.documenten.rules.test_drc_002_object import RELATIONS, relation
from tests.api.documenten.sources import Kept
from tests.api.refusals import violations

INCONSISTENT = [("nonFieldErrors", "inconsistent-relation")]

pytestmark = pytest.mark.django_db


@pytest.fixture
def mirrored(archive: Archive, zaak: Zaak, source: Kept) -> dict[str, Any]:
    """A relation that its source has."""
    document = archive.new()
    source.relations.add((zaak.pk, document.pk))
    body = {"informatieobject": archive.url(document), "object": archive.url(zaak), "objectType": "zaak"}
    return archive.answered(archive.api.post(RELATIONS, body), 201)


def test_without_its_source_it_is_refused(archive: Archive, zaak: Zaak, source: Kept) -> None:
    assert violations(archive.api.post(RELATIONS, relation(archive, archive.url(zaak)))) == INCONSISTENT
    with in_municipality(archive.municipality):
        assert not ObjectInformatieObject.objects.exists()


def test_while_nobody_keeps_relations_there_are_none(archive: Archive, zaak: Zaak) -> None:
    assert source_of("besluit") is None
    if source_of("zaak") is None:
        assert violations(archive.api.post(RELATIONS, relation(archive, archive.url(zaak)))) == INCONSISTENT


def test_it_is_found_by_the_document(archive: Archive, mirrored: dict[str, Any], zaak: Zaak) -> None:
    archive.made(titel="Een ander")
    for spelling in ("_", "__"):
        names = [f"objectinformatieobjecten{spelling}{name}" for name in ("object", "objectType")]
        found = archive.api.get(f"{DOCUMENTEN}?{names[0]}={archive.url(zaak)}&{names[1]}=zaak").json()
        assert [each["url"] for each in found["results"]] == [mirrored["informatieobject"]]
        assert archive.api.get(f"{DOCUMENTEN}?{names[1]}=besluit").json()["count"] == 0
    for query in (f"object={archive.url(zaak)}", f"informatieobject={mirrored['informatieobject']}"):
        assert archive.api.get(f"{RELATIONS}?{query}").json() == [mirrored]


def test_it_goes_after_its_source(
    archive: Archive, mirrored: dict[str, Any], zaak: Zaak, source: Kept
) -> None:
    assert violations(archive.api.delete(mirrored["url"])) == INCONSISTENT

    source.relations.clear()
    assert archive.api.delete(mirrored["url"]).status_code == 204
    assert archive.api.get(RELATIONS).json() == []
