"""drc-001: a document is of a published informatieobjecttype, and may get another."""

from __future__ import annotations

from uuid import uuid4

import pytest

from api.catalogi.models import Informatieobjecttype
from tenants.registry.context import in_municipality
from tests.api.documenten.conftest import DOCUMENTEN, Archive
from tests.api.refusals import violations
from tests.factories.catalogi import InformatieobjecttypeFactory

pytestmark = pytest.mark.django_db


def test_it_is_published(archive: Archive) -> None:
    with in_municipality(archive.municipality):
        concept = InformatieobjecttypeFactory.create()
    given = {"informatieobjecttype": archive.url(concept)}
    made = archive.made()
    lock = archive.locked(made["url"])

    refused = [("informatieobjecttype", "not-published")]
    assert violations(archive.api.post(DOCUMENTEN, archive.body(**given))) == refused
    assert violations(archive.api.patch(made["url"], {**given, "lock": lock})) == refused


def test_it_is_an_informatieobjecttype(archive: Archive) -> None:
    absent = archive.url(Informatieobjecttype(pk=uuid4()))
    catalogus = archive.url(archive.type.catalogus)
    codes = {absent: "bad-url", "geen url": "bad-url", catalogus: "invalid-resource"}
    for url, code in codes.items():
        answer = archive.api.post(DOCUMENTEN, archive.body(informatieobjecttype=url))
        assert violations(answer) == [("informatieobjecttype", code)]


def test_it_may_become_another(archive: Archive) -> None:
    after = archive.changed(archive.made()["url"], informatieobjecttype=archive.url(archive.other))
    assert after["informatieobjecttype"] == archive.url(archive.other)
