"""Documents in bulk keep what the API keeps for documents one by one."""

from __future__ import annotations

from collections.abc import Iterator
from datetime import timedelta
from io import StringIO
from pathlib import Path

import pytest
from django.core.management import CommandError, call_command
from django.db.models import Count, F
from django.db.models.functions import ExtractYear
from django.test import override_settings
from django.utils import timezone

from api.catalogi.models import Informatieobjecttype
from api.documenten.demo.archive import CONTENTS, RSIN, generate
from api.documenten.models import (
    EnkelvoudigInformatieObject,
    Gebruiksrechten,
    Inhoud,
    ObjectInformatieObject,
    Verzending,
)
from api.documenten.rules.identificatie import next_identificaties
from api.pipeline.sql.loading import YEAR
from tenants.registry.context import in_municipality
from tenants.registry.models import Municipality
from tests.api.client import ApiClient
from tests.factories.catalogi import InformatieobjecttypeFactory

COUNT = 400
DOCUMENTEN = "/documenten/api/v1/enkelvoudiginformatieobjecten"


@pytest.fixture
def types(haarlem: Municipality, tmp_path: Path) -> Iterator[None]:
    """Three, of which one is not published; what is stored goes away with the test."""
    with in_municipality(haarlem):
        InformatieobjecttypeFactory.create_batch(2, published=True)
        InformatieobjecttypeFactory.create()
    with override_settings(MEDIA_ROOT=str(tmp_path)):
        yield


@pytest.fixture
def filled(haarlem: Municipality, types: None) -> Iterator[Municipality]:
    with in_municipality(haarlem):
        generate(COUNT, today=timezone.localdate(), seed=7, progress=lambda stored: None)
        yield haarlem


def test_it_makes_as_many_as_asked(filled: Municipality) -> None:
    assert EnkelvoudigInformatieObject.objects.count() == COUNT


def test_they_are_of_the_published_types(filled: Municipality) -> None:
    counts = Informatieobjecttype.objects.annotate(rows=Count("enkelvoudiginformatieobject_set"))
    assert set(counts.filter(rows__gt=0)) == set(Informatieobjecttype.objects.published())


def test_they_have_content_of_their_size(filled: Municipality) -> None:
    documents = EnkelvoudigInformatieObject.objects.all()
    assert documents.filter(inhoud__omvang=F("bestandsomvang")).count() == COUNT
    assert Inhoud.objects.count() == CONTENTS


def test_an_identificatie_is_of_its_year(filled: Municipality) -> None:
    made = EnkelvoudigInformatieObject.objects.annotate(jaar=ExtractYear("creatiedatum"))
    pairs = made.values_list("identificatie", "jaar")
    assert all(identificatie.startswith(f"DOCUMENT-{jaar}-") for identificatie, jaar in pairs)


def test_the_counter_goes_on_after_them(filled: Municipality) -> None:
    (following,) = next_identificaties(RSIN, timezone.localdate() - timedelta(days=YEAR), 1)
    assert not EnkelvoudigInformatieObject.objects.filter(identificatie=following).exists()


def test_most_belong_to_a_zaak_and_some_were_sent(filled: Municipality) -> None:
    assert COUNT / 2 < ObjectInformatieObject.objects.count() < COUNT
    assert 0 < Verzending.objects.count() < COUNT / 5
    assert 0 < Gebruiksrechten.objects.count() < COUNT / 5


def test_a_second_time_adds_others(filled: Municipality) -> None:
    generate(COUNT, today=timezone.localdate(), seed=7, progress=lambda stored: None)
    assert EnkelvoudigInformatieObject.objects.count() == 2 * COUNT


def test_an_application_reads_them(haarlem: Municipality, haarlem_api: ApiClient, types: None) -> None:
    call_command("generate_documenten", municipality="haarlem", count=3, stdout=StringIO())

    found = haarlem_api.get(DOCUMENTEN).json()["results"]

    assert len(found) == 3
    assert all(each["bestandsomvang"] > 0 for each in found)
    assert haarlem_api.get(found[0]["inhoud"]).status_code == 200


def test_the_command_says_what_it_made(haarlem: Municipality, types: None) -> None:
    said = StringIO()
    call_command("generate_documenten", municipality="haarlem", count=3, stdout=said)
    assert said.getvalue().startswith("3 documents\nMade 3 documents in ")


@pytest.mark.parametrize(
    ("given", "refused"),
    [
        ({"municipality": "amsterdam", "count": 3}, "no municipality amsterdam"),
        ({"municipality": "haarlem", "count": 0}, "At least one document"),
        ({"municipality": "haarlem", "count": 3, "years": 0}, "At least one year"),
        ({"municipality": "haarlem", "count": 3}, "no published informatieobjecttype"),
    ],
)
def test_what_cannot_be_made_is_refused(
    haarlem: Municipality, given: dict[str, object], refused: str
) -> None:
    with pytest.raises(CommandError, match=refused):
        call_command("generate_documenten", **given)
