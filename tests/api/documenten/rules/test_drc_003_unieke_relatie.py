"""drc-003: a document belongs to an object once."""

from __future__ import annotations

import pytest

from api.zaken.models import Zaak
from tests.api.documenten.conftest import Archive
from tests.api.documenten.rules.test_drc_002_object import RELATIONS
from tests.api.documenten.sources import Kept
from tests.api.refusals import violations

pytestmark = pytest.mark.django_db


def test_a_second_relation_is_refused(archive: Archive, zaak: Zaak, source: Kept) -> None:
    document = archive.new()
    source.relations.add((zaak.pk, document.pk))
    body = {"informatieobject": archive.url(document), "object": archive.url(zaak), "objectType": "zaak"}

    assert archive.api.post(RELATIONS, body).status_code == 201
    assert violations(archive.api.post(RELATIONS, body)) == [("nonFieldErrors", "unique")]
    by_another_host = {**body, "object": body["object"].replace("haarlem.localhost", "127.0.0.2")}
    assert violations(archive.api.post(RELATIONS, by_another_host)) == [("nonFieldErrors", "unique")]
