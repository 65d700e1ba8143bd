"""What a newcomer can look around in: the same after the second time as after the first."""

from __future__ import annotations

import json
from collections.abc import Iterator
from io import StringIO
from typing import Any

import pytest
from django.core.management import call_command
from django.db import transaction
from django.test import override_settings

from api.catalogi.models import (
    Informatieobjecttype,
    Resultaattype,
    Zaaktype,
    ZaaktypeInformatieobjecttype,
)
from api.documenten.models import EnkelvoudigInformatieObject, InformatieObjectVersie, Inhoud
from api.selectielijst.lookup import Kind, find
from api.zaken.models import Zaak
from tenants.registry.context import in_municipality
from tenants.registry.models import Municipality
from tenants.registry.storage import storage_of
from tests.conftest import Connected

ZAAKTYPEN = [
    "BEZWAAR",
    "EVENEMENTENVERGUNNING",
    "MELDING-OPENBARE-RUIMTE",
    "OMGEVINGSVERGUNNING",
    "WOO-VERZOEK",
]


def seed() -> dict[str, Any]:
    said = StringIO()
    call_command("seed_demo", json=True, stdout=said)
    return dict(json.loads(said.getvalue()))


def inventory(schema: str) -> list[int]:
    counted = (
        Zaaktype,
        Informatieobjecttype,
        Zaak,
        EnkelvoudigInformatieObject,
        InformatieObjectVersie,
        Inhoud,
    )
    with in_municipality(Municipality.objects.get(schema_name=schema)):
        return [model._default_manager.count() for model in counted]


@pytest.fixture(scope="module")
def seeded(owner_connection: Connected, tmp_path_factory: pytest.TempPathFactory) -> Iterator[dict[str, Any]]:
    """As manage.py does, with the owner, once for all tests; all of it is rolled back."""
    media = str(tmp_path_factory.mktemp("media"))
    with override_settings(MEDIA_ROOT=media), owner_connection(), transaction.atomic():
        yield seed()
        transaction.set_rollback(True)


def test_it_says_how_to_reach_both(seeded: dict[str, Any]) -> None:
    reached = {each["schema"]: (each["name"], each["hosts"]) for each in seeded["municipalities"]}
    assert reached == {
        "haarlem": ("Haarlem", ["haarlem.localhost", "127.0.0.2"]),
        "utrecht": ("Utrecht", ["utrecht.localhost", "127.0.0.3"]),
    }


def test_each_has_a_secret_of_its_own(seeded: dict[str, Any]) -> None:
    haarlem, utrecht = seeded["municipalities"]
    assert haarlem["secret"] != utrecht["secret"]


def test_again_it_keeps_the_secrets(seeded: dict[str, Any]) -> None:
    assert seed() == seeded


def test_again_it_adds_nothing(seeded: dict[str, Any]) -> None:
    first = [inventory("haarlem"), inventory("utrecht")]
    seed()
    assert [inventory("haarlem"), inventory("utrecht")] == first


def test_there_is_one_person_for_each_role(seeded: dict[str, Any]) -> None:
    vendor = [each["role"] for each in seeded["vendor"]["people"]]
    haarlem, utrecht = ([each["role"] for each in house["people"]] for house in seeded["municipalities"])

    assert vendor == ["eigenaar", "operatie", "helpdesk", "accountbeheer", "financien", "alleen-lezen"]
    assert haarlem == utrecht
    assert haarlem == ["beheerder", "catalogusbeheerder", "archivaris", "privacyfunctionaris", "lezer"]


def test_there_are_some_zaken(seeded: dict[str, Any]) -> None:
    assert (inventory("haarlem")[2:], inventory("utrecht")[2:]) == ([20, 3, 1, 4], [20, 3, 1, 4])


@pytest.mark.parametrize("schema", ["haarlem", "utrecht"])
def test_there_are_documents_to_read(seeded: dict[str, Any], schema: str) -> None:
    begins: dict[tuple[str, int], bytes] = {}
    with in_municipality(Municipality.objects.get(schema_name=schema)):
        versions = [*EnkelvoudigInformatieObject.objects.all(), *InformatieObjectVersie.objects.all()]
        for each in versions:
            assert each.inhoud is not None
            content = b"".join(storage_of(each.inhoud.opslag).pieces(each.inhoud.key))
            assert len(content) == each.bestandsomvang
            begins[each.bestandsnaam, each.versie] = content[:4]
        assert not EnkelvoudigInformatieObject.objects.exclude(lock="").exists()

    assert begins == {
        ("ontvangstbevestiging.pdf", 1): b"%PDF",
        ("stoeptegel.png", 1): b"\x89PNG",
        ("rapport-parkeergarage.pdf", 1): b"%PDF",
        ("rapport-parkeergarage.pdf", 2): b"%PDF",
    }


@pytest.mark.parametrize("schema", ["haarlem", "utrecht"])
def test_the_zaaktypen_are_published(seeded: dict[str, Any], schema: str) -> None:
    with in_municipality(Municipality.objects.get(schema_name=schema)):
        published = Zaaktype.objects.published().order_by("identificatie")
        assert list(published.values_list("identificatie", flat=True)) == ZAAKTYPEN


def test_every_document_named_is_a_published_type(seeded: dict[str, Any]) -> None:
    with in_municipality(Municipality.objects.get(schema_name="haarlem")):
        named = ZaaktypeInformatieobjecttype.objects.values_list(
            "informatieobjecttype_omschrijving", flat=True
        )
        published = Informatieobjecttype.objects.published().values_list("omschrijving", flat=True)
        assert set(named) == set(published)


def test_a_resultaattype_says_what_the_selectielijst_says(seeded: dict[str, Any]) -> None:
    haarlem = Municipality.objects.get(schema_name="haarlem")
    with in_municipality(haarlem):
        for each in Resultaattype.objects.all():
            found = find(Kind.RESULTAATTYPEOMSCHRIJVING, each.resultaattypeomschrijving, haarlem)
            assert each.omschrijving_generiek == found["omschrijving"]
