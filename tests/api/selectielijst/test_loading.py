"""From the files to the tables, at once or not at all."""

from __future__ import annotations

import json
from pathlib import Path
from uuid import uuid4

import pytest
from django.db import IntegrityError

from api.selectielijst import loading
from api.selectielijst.models import (
    TAAKGEBIEDEN,
    Communicatiekanaal,
    GeladenVersie,
    Procestype,
    Resultaat,
    Resultaattypeomschrijving,
)
from tenants.registry.context import WrongMunicipality
from tenants.registry.models import Municipality

DOCUMENTATION = Path(__file__).parents[3] / "docs" / "selectielijst.md"
KANAAL = {
    "uuid": "2b757868-45c2-42ca-b637-b63ddc87beb4",
    "naam": "Aan de balie",
    "omschrijving": "Aan de balie.",
}


@pytest.fixture
def other_files(tmp_path: Path, monkeypatch: pytest.MonkeyPatch) -> Path:
    """Files of a next version: no list has rows but the communicatiekanalen."""
    for name in loading.FILES:
        (tmp_path / name).write_text("[]")
    (tmp_path / "communicatiekanalen.json").write_text(json.dumps([KANAAL]))
    monkeypatch.setattr(loading, "DATA", tmp_path)
    return tmp_path


def test_what_stands_already_is_not_loaded_again(db: None) -> None:
    before = GeladenVersie.objects.get()

    assert not loading.load()
    assert GeladenVersie.objects.get() == before


def test_other_files_take_the_place_of_what_stood(db: None, other_files: Path) -> None:
    assert loading.load()

    assert Communicatiekanaal.objects.get().naam == "Aan de balie"
    assert not Resultaat.objects.exists()
    assert not Procestype.objects.exists()
    assert not loading.load()


def test_a_file_that_is_wrong_changes_nothing(db: None, other_files: Path) -> None:
    (other_files / "communicatiekanalen.json").write_text(json.dumps([KANAAL, KANAAL]))

    with pytest.raises(IntegrityError):
        loading.load()

    assert (Procestype.objects.count(), Resultaat.objects.count()) == (58, 651)


def test_a_municipality_does_not_load(in_haarlem: Municipality) -> None:
    with pytest.raises(WrongMunicipality):
        loading.load()


def test_each_resultaat_has_the_number_of_its_procestype(db: None) -> None:
    numbers = Resultaat.objects.values_list("procestype__nummer", "nummers")

    assert [nummers for procestype, nummers in numbers if nummers[0] != procestype] == []


def test_each_specific_resultaat_refines_a_generic_one(db: None) -> None:
    numbers = {(pk, tuple(nummers)) for pk, nummers in Resultaat.objects.values_list("procestype", "nummers")}

    assert {(pk, nummers[:2]) for pk, nummers in numbers} <= numbers


def test_each_taakgebied_is_known(db: None) -> None:
    named = {
        each
        for taakgebieden in Resultaat.objects.values_list("taakgebieden", flat=True)
        for each in taakgebieden
    }

    assert named <= set(TAAKGEBIEDEN)


def test_the_uuids_of_resultaattypeomschrijvingen_have_a_source(db: None) -> None:
    sources = Resultaattypeomschrijving.objects.values_list("uuid_bron", flat=True)

    assert sorted(sources) == ["oneground"] * 31 + ["selectielijst.openzaak.nl"] * 16


def test_the_documentation_names_what_a_public_server_knows_by_another_uuid(db: None) -> None:
    page = " ".join(DOCUMENTATION.read_text().split())
    others = Resultaattypeomschrijving.objects.filter(uuid_bron="oneground", alias_van=None)

    listed = page.partition("is a `bad-url` here: ")[2].partition(".")[0].split(", ")
    assert sorted(listed) == sorted(others.values_list("omschrijving", flat=True))


def test_the_documentation_names_the_words_of_the_public_server(db: None) -> None:
    page = " ".join(DOCUMENTATION.read_text().split())
    public = Resultaattypeomschrijving.objects.filter(uuid_bron="selectielijst.openzaak.nl")

    listed = page.partition("under its own uuids: ")[2].partition(".")[0].replace(" and ", ", ").split(", ")
    assert listed == sorted(public.values_list("omschrijving", flat=True))


def test_an_alias_says_what_its_word_says(db: None) -> None:
    said = ("omschrijving", "definitie", "opmerking")
    aliases = Resultaattypeomschrijving.objects.exclude(alias_van=None)

    told = aliases.order_by("pk").values_list(*said)
    assert len(told) == 3
    assert list(told) == list(aliases.order_by("pk").values_list(*(f"alias_van__{each}" for each in said)))


def test_a_word_stands_once_under_a_uuid_of_its_own(db: None) -> None:
    twin = Resultaattypeomschrijving(uuid=uuid4(), uuid_bron="elders", omschrijving="Vastgesteld")

    with pytest.raises(IntegrityError):
        twin.save(force_insert=True)
