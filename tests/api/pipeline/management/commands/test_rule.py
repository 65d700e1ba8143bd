from dataclasses import replace
from io import StringIO

import pytest
from django.core.management import CommandError, call_command

from api.pipeline.declare.declaration import declarations
from api.pipeline.words.marks import registered
from api.zaken.resources.audittrail import ZaakAudittrailResource
from api.zaken.resources.zaken import ZakenResource
from api.zaken.rules.zrc_006_autorisatie import RIGHTS


def shown(number: str) -> str:
    output = StringIO()
    call_command("rule", number, stdout=output)
    return output.getvalue()


def test_a_rule_shows_its_functions_resources_and_tests() -> None:
    text = shown("zrc-007")
    assert text.startswith("zrc-007 afsluiten (built): ")
    assert "  effect api.zaken.rules.zrc_007_afsluiten." in text
    assert "\n  zaken/statussen: create\n" in text
    assert "\n  tests/api/zaken/rules/test_zrc_007_afsluiten.py\n" in text


def test_a_number_that_the_standard_uses_twice_shows_each_subject_with_its_own() -> None:
    contactmoment, bereik = shown("zrc-025").split("zrc-025 expand bereik (built)")
    assert contactmoment.startswith("zrc-025 zaakcontactmoment (not built yet)")
    assert "\nfunctions\n  none\n" in contactmoment
    assert "\n  keeps  api.pipeline.represent.expand._follow: " in bereik
    assert "\nused by\n  the pipeline, for every resource\n" in bereik
    assert "\n  tests/api/pipeline/represent/test_expand.py\n" in bereik


def test_rights_that_carry_a_rule_are_used_by_what_is_judged_by_them() -> None:
    assert "\n  zaken/rollen: list, create, retrieve, headers, update, destroy\n" in shown("zrc-006")


def test_a_rule_that_is_not_built_yet_has_no_functions() -> None:
    assert "\nfunctions\n  none\n" in shown("brc-001")


def test_an_unknown_number_is_refused() -> None:
    with pytest.raises(CommandError, match="zrc-999 is no rule of the standard"):
        shown("zrc-999")


def test_rights_are_used_by_number_and_subject(monkeypatch: pytest.MonkeyPatch) -> None:
    for resource in (ZakenResource, ZaakAudittrailResource):
        monkeypatch.setattr(resource, "rights", replace(RIGHTS, key="zrc-006 iets anders"))
    assert "\nused by\n  none\n" in shown("zrc-006")


def test_rights_name_a_rule_that_is_there() -> None:
    keys = {resource.rights.key for resource in declarations() if hasattr(resource.rights, "key")} - {""}
    assert keys
    assert keys <= {each.key for each in registered()}
