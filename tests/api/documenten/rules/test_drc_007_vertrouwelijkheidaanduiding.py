"""drc-007: the level is the client's, or else that of the type."""

from __future__ import annotations

import pytest

from api.catalogi.models import Informatieobjecttype
from api.clients.vertrouwelijkheid import Vertrouwelijkheidaanduiding as Level
from tenants.registry.context import in_municipality
from tests.api.documenten.conftest import DOCUMENTEN, Archive

LEVEL = "vertrouwelijkheidaanduiding"

pytestmark = pytest.mark.django_db


@pytest.fixture(autouse=True)
def secret_type(archive: Archive) -> None:
    with in_municipality(archive.municipality):
        Informatieobjecttype.objects.filter(pk=archive.type.pk).update(
            vertrouwelijkheidaanduiding=Level.GEHEIM
        )


def test_it_is_that_of_the_type_where_none_is_given(archive: Archive, either_mode: bool) -> None:
    assert [archive.made()[LEVEL], archive.made(**{LEVEL: ""})[LEVEL]] == ["geheim", "geheim"]
    assert archive.made(**{LEVEL: "openbaar"})[LEVEL] == "openbaar"


def test_an_empty_one_in_a_change_changes_nothing(archive: Archive) -> None:
    url = archive.made(**{LEVEL: "openbaar"})["url"]
    assert archive.changed(url, **{LEVEL: ""})[LEVEL] == "openbaar"


def test_the_caller_is_judged_on_what_is_filled_in(archive: Archive) -> None:
    maker = archive.reader("documenten.aanmaken", maximum=Level.CONFIDENTIEEL)
    assert maker.post(DOCUMENTEN, archive.body()).status_code == 403
    assert maker.post(DOCUMENTEN, archive.body(**{LEVEL: "confidentieel"})).status_code == 201
