"""The two commands, as an administrator gives them."""

from __future__ import annotations

from io import StringIO
from pathlib import Path

import pytest
from django.core.management import CommandError, call_command

from api.catalogi.exchange.command import there_are
from api.catalogi.models import Catalogus
from tenants.registry.models import Municipality
from tests.api.catalogi.cast import make, nothing_written
from tests.api.catalogi.exchange import open_zaak
from tests.api.catalogi.exchange.contents import packed, rich_catalogus, shown, unpacked, wipe
from tests.api.client import ApiClient
from tests.factories.catalogi import CatalogusFactory


def run(command: str, *arguments: str) -> str:
    said = StringIO()
    call_command(command, *arguments, "--municipality", "haarlem", stdout=said)
    return said.getvalue()


@pytest.fixture
def file(tmp_path: Path) -> Path:
    return tmp_path / "catalogus.zip"


@pytest.fixture
def catalogus(haarlem: Municipality) -> Catalogus:
    return make(haarlem, CatalogusFactory)


def test_a_catalogus_goes_out_and_in(haarlem: Municipality, haarlem_api: ApiClient, file: Path) -> None:
    rich_catalogus(haarlem)
    before = shown(haarlem_api)
    assert "RIJK (517439943)" in run("export_catalogue", "--catalogus", "RIJK", "--output", str(file))
    wipe(haarlem)
    said = run("import_catalogue", str(file))
    assert f"{len(before)} van {len(before)} objecten" in said
    assert "ZaakType.json: 4 nieuw" in said
    assert "\nGeschreven (" in said
    assert shown(haarlem_api) == before


def test_a_zaaktype_goes_out_in_its_latest_version(haarlem: Municipality, file: Path) -> None:
    rich_catalogus(haarlem)
    run("export_catalogue", "--zaaktype", "MELDING", "--catalogus", "RIJK", "--output", str(file))
    (zaaktype,) = unpacked(file.read_bytes())["ZaakType.json"]
    assert zaaktype["beginGeldigheid"] == "2027-01-01"


def test_a_dry_run_writes_nothing(haarlem: Municipality, catalogus: Catalogus, file: Path) -> None:
    file.write_bytes(packed(open_zaak.files()))
    with nothing_written(haarlem):
        said = run("import_catalogue", str(file), "--catalogus", str(catalogus.pk), "--dry-run")
    assert "ZaakType.json: 1 nieuw" in said
    assert "er is niets geschreven" in said


def test_a_difference_is_shown(haarlem: Municipality, catalogus: Catalogus, file: Path) -> None:
    file.write_bytes(packed(open_zaak.files()))
    run("import_catalogue", str(file), "--catalogus", str(catalogus.pk), "--as-concept")
    file.write_bytes(packed(open_zaak.files(doel="Iets anders")))
    said = run(
        "import_catalogue", str(file), "--catalogus", str(catalogus.pk), "--on-difference", "vervangen"
    )
    assert "ZaakType.json.0 (MELDING) vervangen: verschilt in doel, concept" in said


def test_what_is_otherwise_than_in_the_zip_is_told(
    haarlem: Municipality, catalogus: Catalogus, file: Path
) -> None:
    file.write_bytes(packed(open_zaak.files(servicenorm="P0D", vreemd=1)))
    said = run("import_catalogue", str(file), "--catalogus", str(catalogus.pk))
    assert "ZaakType.json.0 (MELDING) nieuw: servicenorm is leeg: 'P0D' is geen tijd." in said
    assert "onbekend en niet overgenomen: vreemd" in said


def test_a_refusal_names_the_place(haarlem: Municipality, catalogus: Catalogus, file: Path) -> None:
    file.write_bytes(packed(open_zaak.files(doel=None)))
    with nothing_written(haarlem), pytest.raises(CommandError, match=r"ZaakType\.json\.0\.doel: .*\(null\)"):
        run("import_catalogue", str(file), "--catalogus", str(catalogus.pk))


def test_a_part_of_a_published_zaaktype_has_to_be_forced(
    haarlem: Municipality, catalogus: Catalogus, file: Path
) -> None:
    into = ("--catalogus", str(catalogus.pk))
    file.write_bytes(packed({**open_zaak.files(), "RolType.json": []}))
    run("import_catalogue", str(file), *into)
    file.write_bytes(packed(open_zaak.files()))
    with nothing_written(haarlem), pytest.raises(CommandError, match="non-concept-zaaktype"):
        run("import_catalogue", str(file), *into)
    assert "RolType.json: 1 nieuw" in run("import_catalogue", str(file), *into, "--force")


def test_what_is_here_already_is_not_called_written(
    haarlem: Municipality, catalogus: Catalogus, file: Path
) -> None:
    file.write_bytes(packed(open_zaak.files()))
    run("import_catalogue", str(file), "--catalogus", str(catalogus.pk))
    said = run("import_catalogue", str(file), "--catalogus", str(catalogus.pk))
    assert "Niets te schrijven: alles blijft zoals het hier stond" in said


def test_what_is_no_zip_is_refused_without_a_word_for_machines(haarlem: Municipality, file: Path) -> None:
    file.write_text("geen zip")
    with pytest.raises(CommandError, match=r"^Dit is geen leesbare zip"):
        run("import_catalogue", str(file))


@pytest.mark.parametrize("arguments", [("--catalogus", "NIETS"), ()])
def test_who_names_no_catalogus_hears_which_there_are(
    haarlem: Municipality, file: Path, arguments: tuple[str]
) -> None:
    rich_catalogus(haarlem)
    with pytest.raises(CommandError, match="There are: RIJK"):
        run("export_catalogue", *arguments, "--output", str(file))


def test_who_names_no_zaaktype_hears_which_there_are(haarlem: Municipality, file: Path) -> None:
    rich_catalogus(haarlem)
    with pytest.raises(CommandError, match="There are: BEZWAAR, MELDING"):
        run("export_catalogue", "--zaaktype", "NIETS", "--output", str(file))


def test_of_many_names_the_first_are_told() -> None:
    assert there_are(f"D{number:02}" for number in range(21)).endswith("D19 and 1 more.")
    assert there_are(f"D{number:02}" for number in range(20)).endswith("D19.")


@pytest.mark.parametrize(
    "arguments",
    [("--catalogus", "NIETS"), ("--zaaktype", "NIETS"), ()],
)
def test_what_is_not_there_is_not_exported(haarlem: Municipality, file: Path, arguments: tuple[str]) -> None:
    with pytest.raises(CommandError):
        run("export_catalogue", *arguments, "--output", str(file))
    assert not file.exists()
