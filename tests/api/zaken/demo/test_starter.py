"""What is wrong with the zip of a starter catalogue is said in words of people."""

from __future__ import annotations

import pytest

from api.pipeline.words.violations import Violation
from api.zaken.demo.starter import _said


@pytest.mark.parametrize(
    ("name", "said"),
    [
        ("nonFieldErrors", "Leeg."),
        ("ZaakType.json.3.nonFieldErrors", "ZaakType.json.3: Leeg."),
        ("ZaakType.json.3.doel", "ZaakType.json.3.doel: Leeg."),
    ],
)
def test_no_word_of_a_program_is_said(name: str, said: str) -> None:
    assert _said([Violation(name, "empty", "Leeg.")], "") == f"De zip is geweigerd: {said}"
