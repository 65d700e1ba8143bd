"""docs/standard/rules.toml accounts for every numbered rule of the standard, and what it says is true."""

import tomllib
from collections import Counter
from importlib import import_module
from pathlib import Path
from typing import NotRequired, TypedDict, cast

import pytest

from api.pipeline.words.marks import registered

ROOT = Path(__file__).resolve().parents[2]


class Entry(TypedDict):
    number: str
    subject: str
    title: str
    status: str
    built_in: NotRequired[list[str]]


LEDGER = cast(
    "list[Entry]", tomllib.loads((ROOT / "docs/standard/rules.toml").read_text(encoding="utf-8"))["rule"]
)

STATUSES = frozenset({"built", "not built yet", "withdrawn", "not in this version"})

# Frozen: a number leaves or joins this list only when the standard itself changes.
STANDARD = """
zrc-001 zaaktype
zrc-002 identificatie
zrc-003 informatieobject
zrc-004 aard relatie
zrc-005 spiegelen
zrc-006 autorisatie
zrc-007 afsluiten
zrc-008 heropenen
zrc-009 vertrouwelijkheidaanduiding
zrc-010 communicatiekanaal
zrc-011 relevante andere zaken
zrc-012 groepen
zrc-013 hoofdzaak
zrc-014 betaling
zrc-015 producten of diensten
zrc-016 statustype
zrc-017 informatieobjecttype
zrc-018 eigenschap
zrc-019 roltype
zrc-020 resultaattype
zrc-021 archiefparameters
zrc-022 archiefstatus
zrc-023 verwijderen
zrc-024 zaakverzoek
zrc-025 zaakcontactmoment
zrc-025 expand bereik
zrc-026 startdatum bewaartermijn
zrc-026 expand diepte
zrc-027 expand pad
zrc-028 expand onbereikbaar
zrc-029 fields
ztc-001 selectielijst procestype
ztc-002 selectielijst resultaat
ztc-003 afleidingswijze
ztc-004 datumkenmerk
ztc-005 einddatum bekend
ztc-006 objecttype
ztc-007 registratie
ztc-008 procestermijn
ztc-009 definitief
ztc-010 definitief zaaktype
ztc-011 relaties definitief
ztc-012 publiceren met concepten
ztc-013 zelfde catalogus
ztc-014 lezen
ztc-015 datumformaat
ztc-016 overlap
ztc-017 catalogus verwijderen
drc-001 informatieobjecttype
drc-002 object
drc-003 unieke relatie
drc-004 relatie in bron
drc-005 ontvangen
drc-006 gebruiksrechten
drc-007 vertrouwelijkheidaanduiding
drc-008 verwijderen
drc-009 vergrendelen
drc-010 bijwerken
drc-011 expand bereik
drc-012 expand diepte
drc-013 expand pad
drc-014 expand onbereikbaar
brc-001 besluittype
brc-002 identificatie
brc-003 informatieobject
brc-004 aard relatie
brc-005 spiegelen document
brc-006 spiegelen zaak
brc-007 besluittype van zaaktype
brc-008 informatieobjecttype
brc-009 verwijderen
brc-caching caching
ac-001 client ids
ac-002 volledigheid
ac-003 verplichte typen
"""

# Frozen: this list only shrinks. All of brc stands in it until its first resource exists.
NOT_BUILT_YET = """
zrc-003 informatieobject
zrc-004 aard relatie
zrc-005 spiegelen
zrc-017 informatieobjecttype
zrc-018 eigenschap
zrc-021 archiefparameters
zrc-024 zaakverzoek
zrc-025 zaakcontactmoment
zrc-026 startdatum bewaartermijn
zrc-029 fields
brc-001 besluittype
brc-002 identificatie
brc-003 informatieobject
brc-004 aard relatie
brc-005 spiegelen document
brc-006 spiegelen zaak
brc-007 besluittype van zaaktype
brc-008 informatieobjecttype
brc-009 verwijderen
brc-caching caching
"""

RULE_FILES = sorted(ROOT.glob("api/*/rules/[a-z]*_[0-9]*.py"))


def keys(block: str) -> set[str]:
    return set(block.strip().splitlines())


def key(entry: Entry) -> str:
    return f"{entry['number']} {entry['subject']}"


BUILT = [(key(entry), module) for entry in LEDGER for module in entry.get("built_in", [])]
"""(number and subject, dotted module) of every built rule."""

IN_FILES = [(rule, module) for rule, module in BUILT if ".rules." in module]
IN_THE_PIPELINE = [(rule, module) for rule, module in BUILT if ".rules." not in module]


def dotted(file: Path) -> str:
    return ".".join(file.relative_to(ROOT).with_suffix("").parts)


def test_every_rule_of_the_standard_stands_in_the_ledger_once() -> None:
    assert Counter(map(key, LEDGER)) == Counter(keys(STANDARD))


@pytest.mark.parametrize("entry", LEDGER, ids=key)
def test_a_status_is_one_of_four(entry: Entry) -> None:
    assert entry["status"] in STATUSES


@pytest.mark.parametrize("entry", LEDGER, ids=key)
def test_a_rule_has_a_title(entry: Entry) -> None:
    assert entry["title"].strip()


@pytest.mark.parametrize("entry", LEDGER, ids=key)
def test_a_built_rule_and_no_other_names_its_modules(entry: Entry) -> None:
    assert bool(entry.get("built_in")) == (entry["status"] == "built")


def test_what_is_not_built_yet_is_the_frozen_list() -> None:
    assert {key(entry) for entry in LEDGER if entry["status"] == "not built yet"} == keys(NOT_BUILT_YET)


@pytest.mark.parametrize(("rule", "module"), BUILT)
def test_a_module_carries_the_rule_it_builds(rule: str, module: str) -> None:
    import_module(module)
    assert rule in {each.key for each in registered() if each.function.__module__ == module}


@pytest.mark.parametrize(("rule", "module"), IN_FILES)
def test_a_module_with_rules_has_its_test(rule: str, module: str) -> None:
    name = module.rpartition(".")[2]
    assert list(ROOT.glob(f"tests/api/**/rules/test_{name}.py")), f"{rule} has no test_{name}.py"


@pytest.mark.parametrize(("rule", "module"), IN_THE_PIPELINE)
def test_what_the_pipeline_keeps_is_named_by_its_test(rule: str, module: str) -> None:
    tests = ROOT.glob("tests/api/pipeline/**/test_*.py")
    assert any(f'"""{rule}' in file.read_text(encoding="utf-8") for file in tests), f"{rule} has no test"


@pytest.mark.parametrize("file", RULE_FILES, ids=lambda file: file.stem)
def test_a_file_with_rules_stands_in_the_ledger(file: Path) -> None:
    assert dotted(file) in {module for _, module in BUILT}


def test_what_the_code_marks_stands_as_built_and_what_is_built_is_marked() -> None:
    for module in {*(module for _, module in BUILT), *map(dotted, RULE_FILES)}:
        import_module(module)
    assert {each.key for each in registered()} == {rule for rule, _ in BUILT}
