"""drc-002: the object of a relation is there, and of the kind that the relation says."""

from __future__ import annotations

from typing import Any
from uuid import uuid4

import pytest

from api.documenten.models import ObjectInformatieObject
from api.zaken.models import Zaak
from tenants.registry.context import in_municipality
from tests.api.documenten.conftest import ROOT, Archive
from tests.api.documenten.sources import Kept
from tests.api.refusals import violations

RELATIONS = f"{ROOT}/objectinformatieobjecten"

pytestmark = pytest.mark.django_db


def relation(archive: Archive, objekt: str, kind: str = "zaak") -> dict[str, Any]:
    return {"informatieobject": archive.url(archive.new()), "object": objekt, "objectType": kind}


def test_one_of_the_municipality_is_looked_up(archive: Archive, zaak: Zaak, source: Kept) -> None:
    absent = archive.url(Zaak(pk=uuid4()))
    cases = [
        (absent, "zaak", "bad-url"),
        (archive.url(archive.type), "zaak", "invalid-resource"),
        (archive.url(zaak), "besluit", "invalid-resource"),
        (archive.url(zaak), "verzoek", "invalid-resource"),
        ("geen url", "zaak", "bad-url"),
    ]
    for objekt, kind, code in cases:
        assert violations(archive.api.post(RELATIONS, relation(archive, objekt, kind))) == [("object", code)]
    with in_municipality(archive.municipality):
        assert not ObjectInformatieObject.objects.exists()


def test_one_of_another_house_is_asked_for(archive: Archive, source: Kept) -> None:
    objekt = "http://127.0.0.1:9/zaken/api/v1/zaken/1"  # nobody listens there, and nobody is asked there
    assert violations(archive.api.post(RELATIONS, relation(archive, objekt))) == [("object", "bad-url")]
