from __future__ import annotations

import pytest

from api.pipeline.declare.rules import rule
from api.pipeline.declare.write import Write
from api.pipeline.words.marks import number_of, registered
from api.zaken.rules.zrc_007_afsluiten import close_zaak
from api.zaken.rules.zrc_011_relevante_andere_zaken import relevante_zaken_found


def test_a_file_gives_its_functions_number_and_subject() -> None:
    (found,) = [each for each in registered() if each.function is relevante_zaken_found]
    assert (found.number, found.subject, found.kind) == ("zrc-011", "relevante andere zaken", "rule")


def test_an_effect_has_the_number_of_its_rule() -> None:
    assert number_of(close_zaak) == "zrc-007"


def test_a_function_without_a_rule_has_no_number() -> None:
    assert number_of(test_a_function_without_a_rule_has_no_number) == ""


def test_a_mark_in_a_file_that_names_no_rule_is_refused() -> None:
    def obligation(write: Write) -> list[object]:
        return []

    with pytest.raises(ValueError, match="is not named after a rule"):
        rule(obligation)  # type: ignore[arg-type]
